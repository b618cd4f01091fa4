"""Write a frame as CSV: RFC 4180 with CRLF, ISO dates, and no cell a spreadsheet would execute.

Text cells that begin, after spaces, with one of `= + - @`, tab, CR, NUL or their full-width forms
get a leading apostrophe (OWASP, CSV injection); `raw` switches that off for programs. Lists are
joined with "; ", a missing value is empty, instants end in Z.
"""

import re
from collections.abc import Sequence

import pandas as pd

from pipelines.hashing import id_text
from pipelines.query import Query
from pipelines.reports.columns import COLUMNS

_DANGEROUS = re.compile(r"^\s*[=+\-@\t\r\x00\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]")
_LONGEST_EVIDENCE = 32_000  # characters; a spreadsheet cell holds 32,767


def to_csv(frame: pd.DataFrame, what: str, *, bom: bool = False, raw: bool = False) -> bytes:
    """Return `frame` as a CSV file of the kind `what` (a key of COLUMNS), encoded in UTF-8."""
    table = to_table(frame, what)
    text = pd.DataFrame({name: _texts(table[name], raw=raw) for name in table.columns})
    return _encoded(text, bom=bom)


def guarded_cells(frame: pd.DataFrame, what: str) -> int:
    """Return how many cells of the file `what` get an apostrophe in front."""
    table = to_table(frame, what)
    return sum(
        bool(_DANGEROUS.match(cell))
        for name in table.columns
        if not pd.api.types.is_numeric_dtype(table[name].dtype)
        for cell in _texts(table[name], raw=True)
    )


def wide_csv(attention: pd.DataFrame, *, raw: bool = False) -> bytes:
    """Return Media Cloud's wide file: date, then count, total_count and ratio of each series."""
    parts = [pd.DataFrame({"date": attention["date"].drop_duplicates()}).reset_index(drop=True)]
    for _, rows in attention.groupby("series", sort=False):
        label = rows["query"].iloc[0]
        label = f"'{label}" if not raw and _DANGEROUS.match(label) else label
        part = rows[["count", "total_count", "ratio"]].reset_index(drop=True)
        cells = {f"{label}-{name}": _texts(part[name], raw=raw) for name in part.columns}
        parts.append(pd.DataFrame(cells))
    return _encoded(pd.concat(parts, axis=1), bom=False)


def _encoded(text: pd.DataFrame, *, bom: bool) -> bytes:
    content: str = text.to_csv(index=False, lineterminator="\r\n")
    return content.encode("utf-8-sig" if bom else "utf-8")


def to_table(frame: pd.DataFrame, what: str) -> pd.DataFrame:
    """Return `frame` with the columns of the file `what`, in its order and under its names."""
    table = frame.rename(columns=_RENAMED.get(what, {})).reindex(columns=list(COLUMNS[what]))
    for name in _IDS & set(table.columns):
        table[name] = [None if pd.isna(number) else id_text(number) for number in table[name]]
    return table


_IDS = frozenset({"id", "article_id", "copy_of", "syndication_id"})


_RENAMED: dict[str, dict[str, str]] = {
    "articles": {
        "article_id": "id",
        "first_seen_at": "indexed_date",
        "outlet_name": "media_name",
        "outlet_domain": "media_url",
        "published_day": "publish_date",
        "outlet_country": "media_pub_country",
        "countries": "mentioned_countries",
        "about": "about_countries",
        "dateline": "dateline_country",
        "date_source": "publish_date_source",
        "date_precision": "publish_date_precision",
        "date_confidence": "publish_date_confidence",
    },
    "mentions": {
        "day": "publish_date",
        "outlet_name": "media_name",
        "outlet_country": "media_pub_country",
    },
}


def with_evidence(articles: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """Return `articles` with a column `evidence`: the distinct sentences behind each count."""
    sentences = mentions.drop_duplicates(["article_id", "sentence"]).groupby("article_id")
    joined = {key: " | ".join(rows)[:_LONGEST_EVIDENCE] for key, rows in sentences["sentence"]}
    evidence = [joined.get(article_id, "") for article_id in articles["article_id"]]
    return articles.assign(evidence=pd.Series(evidence, dtype="str", index=articles.index))


def csv_name(what: str, query: Query, version: int) -> str:
    """Return the file name: what, topics, outlet countries, period, interval and store version."""
    parts = [
        "wirewatch",
        what,
        "-".join(query.topics + query.entities),
        "-".join(query.outlet_countries),
        query.start.isoformat() if query.start else "",
        query.end.isoformat() if query.end else "",
        query.interval.value if query.interval else "",
        f"v{version}",
    ]
    name = "_".join(part for part in parts if part)
    return re.sub(r"[^\w.\-]+", "-", name)[:180] + ".csv"


def _texts(column: pd.Series, *, raw: bool) -> pd.Series:
    """Return the cells of one column as text."""
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        return column.dt.tz_convert("UTC").dt.strftime("%Y-%m-%dT%H:%M:%SZ").fillna("")
    cells = [_cell(value) for value in column]
    is_text = not pd.api.types.is_numeric_dtype(column.dtype)
    if is_text and not raw:
        cells = [f"'{cell}" if _DANGEROUS.match(cell) else cell for cell in cells]
    return pd.Series(cells, index=column.index, dtype="object")


def _cell(value: object) -> str:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "; ".join(map(str, value))
    if hasattr(value, "tolist") and not isinstance(value, str):
        return _cell(value.tolist())
    if value is None or value is pd.NaT or value is pd.NA or value != value:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.6g}" if value % 1 else str(int(value))
    return str(value)
