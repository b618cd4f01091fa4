"""Write a frame as CSV: RFC 4180 with CRLF, ISO dates, and no cell a spreadsheet would execute.

Text cells that begin, after spaces, with one of `= + - @`, tab, CR, NUL or their full-width forms
get a leading apostrophe (OWASP, CSV injection); `raw` switches that off for programs. Lists are
joined with "; ", a missing value is empty, instants end in Z.
"""

import re

import pandas as pd
import pyarrow as pa
from pandas.api.types import is_numeric_dtype

from pipelines.query import Query
from pipelines.reports.cells import dangerous, encoded, guarded, ids_as_shown, texts_of
from pipelines.reports.columns import COLUMNS

_LONGEST_EVIDENCE = 32_000  # characters; a spreadsheet cell holds 32,767


def to_csv(frame: pd.DataFrame, what: str, *, bom: bool = False, raw: bool = False) -> bytes:
    """Return `frame` as a CSV file of the kind `what` (a key of COLUMNS), encoded in UTF-8."""
    table = to_table(frame, what)
    return encoded([(name, _cells(table[name], raw=raw)) for name in table.columns], bom=bom)


def guarded_cells(frame: pd.DataFrame, what: str) -> int:
    """Return how many cells of the file `what` get an apostrophe in front."""
    table = to_table(frame, what)
    texts = (table[name] for name in table.columns if not is_numeric_dtype(table[name].dtype))
    return sum(len(dangerous(texts_of(column))) for column in texts)


def wide_csv(attention: pd.DataFrame, *, raw: bool = False) -> bytes:
    """Return Media Cloud's wide file: date, then count, total_count and ratio of each series."""
    dates = attention["date"].drop_duplicates().reset_index(drop=True)
    columns = [("date", _cells(dates, raw=raw))]
    for _, rows in attention.groupby("series", sort=False):
        label = rows["query"].iloc[0]
        if not raw:
            label = guarded(pa.array([label], pa.large_string()))[0].as_py()
        columns += [
            (f"{label}-{name}", _cells(rows[name], raw=raw))
            for name in ("count", "total_count", "ratio")
        ]
    return encoded(columns, bom=False)


def _cells(column: pd.Series, *, raw: bool) -> pa.Array:
    cells = texts_of(column)
    return cells if raw or is_numeric_dtype(column.dtype) else guarded(cells)


def to_table(frame: pd.DataFrame, what: str) -> pd.DataFrame:
    """Return `frame` with the columns of the file `what`, in its order and under its names."""
    table = frame.rename(columns=_RENAMED.get(what, {})).reindex(columns=list(COLUMNS[what]))
    for name in _IDS & set(table.columns):
        table[name] = ids_as_shown(table[name])
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
