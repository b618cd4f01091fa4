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

ATTENTION = (
    "query,date,count,total_count,ratio,ratio_low,ratio_high,unit,mentions,articles,texts,copies,"
    "coverage,weak_date_share,complete,bucket_end,tz,filters,as_of,adjusted_ratio,missing_ratio,"
    "index,index_base,previous_date,previous_count,previous_total_count,previous_coverage,previous"
)
"""Columns of each kind of file, in order; a column a frame does not have is left empty."""
COLUMNS: dict[str, tuple[str, ...]] = {
    "attention": tuple(ATTENTION.split(",")),
    "peaks": (
        "query",
        "date",
        "bucket_end",
        "articles",
        "outlets",
        "texts",
        "expected",
        "times_usual",
        "chance",
        "years",
        "how_often",
        "false_discovery_rate",
        "badge",
        "why",
        "excess",
        "new_texts",
        "copies",
        "largest_text",
        "outlet",
        "outlet_part",
        "weak_part",
        "late_part",
        "redated_part",
        "newcomers",
        "headlines",
        "headline_ids",
        "first",
        "last",
        "coverage",
        "all_texts",
        "tz",
        "filters",
        "as_of",
    ),
    "articles": (
        "id",
        "indexed_date",
        "language",
        "media_name",
        "media_url",
        "publish_date",
        "title",
        "url",
        "published_at",
        "media_pub_country",
        "about_countries",
        "mentioned_countries",
        "publish_date_source",
        "publish_date_precision",
        "publish_date_confidence",
        "syndication_id",
        "copy_of",
        "topics",
        "entities",
        "mentions",
        "headline_mentions",
        "evidence",
        "copy_level",
        "dateline_country",
    ),
    "mentions": (
        "article_id",
        "publish_date",
        "media_name",
        "media_pub_country",
        "kind",
        "tag",
        "zone",
        "start",
        "end",
        "surface",
        "sentence",
        "why",
    ),
    "entities": ("type", "name", "frequency", "articles", "texts", "entity_id", "ratio"),
    "countries": ("country", "label", "sense", "count", "ratio"),
    "press": ("country", "label", "sense", "count", "ratio", "total_count", "press_ratio"),
    "country_matrix": (
        "outlet_country",
        "outlet_label",
        "country",
        "label",
        "sense",
        "articles",
        "row_total",
        "share",
    ),
    "collection": (
        "source",
        "outlet",
        "kind",
        "last_fetch",
        "fetches",
        "failures",
        "last_failure",
        "entries",
        "stored",
        "articles",
        "sure_share",
        "undated_share",
        "fetch_day_share",
        "flagged",
        "verdict",
    ),
    "coverage": (
        "source",
        "outlet",
        "date",
        "bucket_end",
        "state",
        "coverage",
        "expected",
        "collected",
        "fetches",
        "failures",
        "stored",
        "low_days",
    ),
    "corrections": (
        "made_at",
        "what",
        "target",
        "title",
        "articles",
        "was",
        "set_to",
        "in_force",
        "who",
        "why",
    ),
    "date_ribbon": ("date", "bucket_end", "sure", "likely", "guess"),
    "expected": ("source", "outlet", "date", "usual", "came", "state"),
    "shortfalls": ("source", "outlet", "first_day", "last_day", "days", "came", "usual"),
    "gaps": ("source", "outlet", "first_day", "last_day", "days"),
    "kept_aside": ("fetched_at", "source", "outcome", "reason", "locator"),
    "outlets": ("source", "count", "ratio"),
    "languages": ("language", "count", "ratio"),
    "words": (
        "term",
        "term_count",
        "term_ratio",
        "doc_count",
        "doc_ratio",
        "sample_size",
        "language",
        "z",
    ),
    "quotes": (
        "date",
        "speaker",
        "entity_id",
        "quote",
        "topic",
        "media_name",
        "url",
        "article_id",
        "kind",
        "speaker_certain",
        "beside",
        "why",
        "start",
        "end",
        "title",
        "media_pub_country",
    ),
    "speakers": (
        "speaker",
        "entity_id",
        "type",
        "quotes",
        "certain",
        "direct",
        "articles",
        "texts",
    ),
    "comentions": (
        "tag",
        "name",
        "type",
        "together",
        "share",
        "texts",
        "expected",
        "lift",
        "strength",
    ),
    "entity_change": (
        "type",
        "name",
        "entity_id",
        "articles",
        "ratio",
        "before",
        "change",
        "first_day",
        "trend",
        "frequency",
        "texts",
    ),
    "named_together": (
        "tag",
        "name",
        "other",
        "other_name",
        "articles",
        "texts",
        "expected",
        "lift",
        "strength",
    ),
    "names": (
        "type",
        "name",
        "frequency",
        "articles",
        "texts",
        "outlets",
        "first_day",
        "last_day",
        "tag",
    ),
    "edits": (
        "article_id",
        "old_version",
        "new_version",
        "edit",
        "zone",
        "old",
        "new",
        "words",
    ),
    "aliases": ("alias", "role", "articles", "share", "mentions", "alone", "alone_share"),
    "topic_diff": ("unit", "month", "old", "gained", "lost", "kept", "new"),
    "topic_versions": (
        "topic",
        "version",
        "since",
        "in_force",
        "definition",
        "name",
        "query",
        "color",
        "description",
    ),
    "label_sheet": (
        "article_id",
        "date",
        "outlet",
        "language",
        "alias",
        "before",
        "sentence",
        "after",
        "url",
        "right",
        "key",
        "sample",
    ),
}
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
