"""Print a frame: an aligned table for people, CSV or JSON for programs."""

import json
import shutil
import sys
from datetime import date, datetime

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
        rows = to_table(frame, what).astype("object").to_dict("records")
        plain = [{name: _plain(value) for name, value in row.items()} for row in rows]
        print(json.dumps(plain, ensure_ascii=False, indent=1))
    else:
        table = to_table(frame, what)
        print_table(table[list(_SHOWN.get(what, table.columns))])


def _plain(value: object) -> object:
    """Return a cell as JSON has it: null for a missing value, ISO dates, instants with Z."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if value is None or value is pd.NaT or value is pd.NA or value != value:
        return None
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    return value.isoformat() if isinstance(value, date) else value


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
