"""Print a frame: an aligned table for people, CSV or JSON for programs."""

import json
import shutil
import sys

import pandas as pd

from pipelines.reports.csv_report import to_csv, to_table

FORMATS = ("table", "csv", "json")
_SHOWN: dict[str, tuple[str, ...]] = {  # columns of the table; CSV and JSON always have all
    "attention": ("query", "date", "count", "total_count", "ratio", "copies", "coverage"),
    "articles": (
        "id",
        "publish_date",
        "publish_date_source",
        "media_name",
        "media_pub_country",
        "mentions",
        "title",
    ),
    "mentions": ("article_id", "publish_date", "media_name", "tag", "zone", "surface", "sentence"),
}
_WIDEST = 60


def print_frame(frame: pd.DataFrame, what: str, form: str, *, raw: bool = False) -> None:
    """Print `frame` as the file `what` of conventions.md, in one of FORMATS."""
    if form == "csv":
        sys.stdout.flush()
        sys.stdout.buffer.write(to_csv(frame, what, raw=raw))
        sys.stdout.buffer.flush()
    elif form == "json":
        table = to_table(frame, what)
        text = table.to_json(orient="records", date_format="iso", force_ascii=False)
        print(json.dumps(json.loads(text), ensure_ascii=False, indent=1))
    else:
        table = to_table(frame, what)
        print_table(table[list(_SHOWN.get(what, table.columns))])


def print_table(table: pd.DataFrame) -> None:
    """Print rows under their column names, cut to the width of the terminal."""
    cells = [[_short(value) for value in row] for row in table.itertuples(index=False)]
    names = list(table.columns)
    widths = [max(map(len, column)) for column in zip(names, *cells, strict=True)]
    right = [pd.api.types.is_numeric_dtype(dtype) for dtype in table.dtypes]
    terminal = shutil.get_terminal_size((120, 40)).columns
    for row in [names, ["-" * width for width in widths], *cells]:
        parts = [
            cell.rjust(width) if flush else cell.ljust(width)
            for cell, width, flush in zip(row, widths, right, strict=True)
        ]
        print("  ".join(parts).rstrip()[:terminal])
    if not cells:
        print("(no rows)")


def _short(value: object) -> str:
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return ""
    if isinstance(value, float):
        return f"{value:.3g}" if value % 1 else str(int(value))
    text = " ".join(str(value).split())
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"
