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
    "quotes": ("date", "speaker", "speaker_certain", "kind", "quote", "media_name", "article_id"),
    "peaks": (
        "query",
        "date",
        "articles",
        "outlets",
        "texts",
        "expected",
        "how_often",
        "badge",
        "why",
        "headlines",
    ),
    "mentions": ("article_id", "publish_date", "media_name", "tag", "zone", "surface", "sentence"),
}
_WIDEST = 60


def print_frame(frame: pd.DataFrame, what: str, form: str, *, raw: bool = False) -> None:
    """Print `frame` as the file `what` of conventions.md, in one of FORMATS."""
    if form == "csv":
        print_bytes(to_csv(frame, what, raw=raw))
    elif form == "json":
        rows = to_table(frame, what).astype("object").to_dict("records")
        plain = [{name: _plain(value) for name, value in row.items()} for row in rows]
        print_bytes(json.dumps(plain, ensure_ascii=False, indent=1).encode() + b"\n")
    else:
        table = to_table(frame, what)
        table = table[list(_SHOWN.get(what, table.columns))]
        if "publish_date" in table:
            days = table["publish_date"].astype("object")
            table = table.assign(publish_date=days.where(days.notna(), "undated"))
        print_table(table)


def print_bytes(content: bytes) -> None:
    """Print a file as it is, in order with what was printed before."""
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


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
    """Print rows under their column names; on a terminal cut to its width, in a file whole."""
    cells = [[_short(value) for value in row] for row in table.itertuples(index=False)]
    columns = zip(table.columns, table.dtypes, *cells, strict=True)
    padded = [_padded(name, dtype, list(column)) for name, dtype, *column in columns]
    terminal = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    for line in zip(*padded, strict=True):
        print("  ".join(line).rstrip()[:terminal])
    if not cells:
        print("(no rows)")


def _padded(name: str, dtype: object, cells: list[str]) -> list[str]:
    """Return a column with its name and a rule on top, numbers to the right."""
    width = max(map(len, [name, *cells]))
    rows = [name, "-" * width, *cells]
    if pd.api.types.is_numeric_dtype(dtype):
        return [cell.rjust(width) for cell in rows]
    return [cell.ljust(width) for cell in rows]


def _short(value: object) -> str:
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return ""
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    if isinstance(value, float):
        return f"{value:.3g}" if value % 1 else str(int(value))
    text = " ".join(str(value).split())
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"
