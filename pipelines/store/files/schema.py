"""The tables of the store and their columns, declared once; facts above, derived below.

Facts are append-only and keyed by (article_id, version). Derived tables can always be rebuilt from
facts. Instants are UTC with microseconds; days are the publisher's own.
"""

import pyarrow as pa

# 2: the table of copies; 3: versions of topics, `tagged_in`; 4: names, quotes, about and dateline;
# 5: what came with a capture, what read it, and captures that were read again; 6: who changed a
# topic and why, and when it was taken away
SCHEMA_VERSION = 6

_INSTANT = pa.timestamp("us", tz="UTC")
_TAGGED = pa.list_(pa.struct([("id", pa.string()), ("n", pa.int32()), ("n_headline", pa.int32())]))

OUTCOME_COLUMNS = (
    "stored",
    "enriched",
    "edited",
    "unchanged",
    "duplicate",
    "no_article",
    "unsupported",
    "quarantined",
    "failed",
)

ARTICLES = pa.schema(
    [
        ("article_id", pa.int64()),
        ("version", pa.int32()),
        ("url", pa.string()),
        ("outlet", pa.string()),
        ("outlet_name", pa.string()),
        ("outlet_domain", pa.string()),
        ("outlet_country", pa.string()),
        ("language", pa.string()),
        ("title", pa.string()),
        ("author", pa.string()),
        ("published_at", _INSTANT),
        ("published_day", pa.date32()),
        ("date_precision", pa.string()),
        ("date_source", pa.string()),
        ("date_confidence", pa.float64()),
        ("date_earliest", pa.date32()),
        ("date_latest", pa.date32()),
        ("modified_at", _INSTANT),
        ("date_evidence", pa.string()),  # JSON: every candidate, used or not
        ("fetched_at", _INSTANT),
        ("first_seen_at", _INSTANT),  # when this version entered the store
        ("n_words", pa.int32()),
        ("content_hash", pa.int64()),
        ("text_hash", pa.int64()),
        ("text_source", pa.string()),
        ("source", pa.string()),
        ("locator", pa.string()),
    ]
)

TEXTS = pa.schema(
    [
        ("article_id", pa.int64()),
        ("version", pa.int32()),
        ("text", pa.string()),
        ("raw_text", pa.string()),  # empty where it equals `text`
        (
            "zones",
            pa.list_(
                pa.struct([("start", pa.int32()), ("end", pa.int32()), ("zone", pa.string())])
            ),
        ),
    ]
)

FETCHES = pa.schema(
    [
        ("fetch_id", pa.int64()),
        ("source", pa.string()),
        ("kind", pa.string()),
        ("locator", pa.string()),
        ("outlet", pa.string()),
        ("fetched_at", _INSTANT),
        ("status", pa.string()),
        ("http_status", pa.int32()),
        ("size", pa.int64()),
        ("reason", pa.string()),
        ("etag", pa.string()),
        ("last_modified", pa.string()),
        ("complete_from", pa.date32()),
        ("complete_to", pa.date32()),
        ("entries", pa.int32()),  # the outcome columns add up to it
        *[(name, pa.int32()) for name in OUTCOME_COLUMNS],
    ]
)

CAPTURES = pa.schema(
    [
        ("capture_id", pa.int64()),
        ("source", pa.string()),
        ("locator", pa.string()),
        ("fetched_at", _INSTANT),
        ("outcome", pa.string()),
        ("reason", pa.string()),
        ("article_id", pa.int64()),
        ("version", pa.int32()),
        ("url", pa.string()),
        ("form", pa.string()),
        ("encoding", pa.string()),
        ("content", pa.binary()),  # the bytes as handed to us, zlib-compressed
        ("claims", pa.string()),  # JSON: what the source said of it, see `writing/captured.py`
        ("read_by", pa.string()),  # hash of the code and settings that read it
    ]
)

REREADS = pa.schema(  # a capture that was read again by later code, see `pipelines/reprocess.py`
    [
        ("capture_id", pa.int64()),
        ("read_version", pa.int32()),  # that it had brought before, 0 where it had brought none
        ("read_by", pa.string()),
        ("outcome", pa.string()),
        ("reason", pa.string()),
        ("article_id", pa.int64()),
        ("version", pa.int32()),  # that came of it; empty: none
        ("made_at", _INSTANT),
    ]
)

OVERLAYS = pa.schema(
    [
        ("article_id", pa.int64()),  # or, where the field is `line`, the key of a line
        ("field", pa.string()),
        ("value", pa.string()),
        ("who", pa.string()),
        ("made_at", _INSTANT),
        ("why", pa.string()),
    ]
)

TOPICS = pa.schema(
    [
        ("id", pa.string()),
        ("name", pa.string()),
        ("query", pa.string()),
        ("color", pa.string()),
        ("description", pa.string()),
    ]
)

DEFINITIONS = pa.schema(
    [
        ("id", pa.string()),
        ("version", pa.int32()),  # 1, 2 ... of this topic; goes up when its query does
        ("since", _INSTANT),
        ("definition", pa.int64()),  # hash of what decides, see `writing/definitions.py`
        ("name", pa.string()),
        ("query", pa.string()),
        ("color", pa.string()),
        ("description", pa.string()),
        ("is_removed", pa.bool_()),  # from then on the topic was not counted
        ("who", pa.string()),  # empty: the topics file was changed by hand
        ("why", pa.string()),
    ]
)

LABELS = pa.schema(
    [
        ("topic", pa.string()),
        ("sense", pa.string()),  # "hit", or "miss": one of the near misses
        ("article_id", pa.int64()),
        ("sentence_key", pa.int64()),
        ("definition", pa.int64()),  # that was in force
        ("seed", pa.int64()),  # of the sample it was drawn in
        ("right", pa.bool_()),  # the sentence is about the topic
        ("who", pa.string()),
        ("made_at", _INSTANT),
    ]
)

ANNOTATIONS = pa.schema(
    [
        ("article_id", pa.int64()),
        ("version", pa.int32()),
        ("syndication_id", pa.int64()),
        ("topics", _TAGGED),
        ("entities", _TAGGED),
        ("countries", _TAGGED),
        ("names", _TAGGED),  # of no table: candidates
        ("about", pa.list_(pa.string())),  # countries, the main one first
        ("dateline", pa.string()),  # country; empty: none found
        ("tagged_in", pa.int32()),  # the commit that wrote the row, see `counted/resident.py`
    ]
)

RETAGGED = pa.schema(  # what stands in `annotations.topics`, of topics that changed since
    [
        ("article_id", pa.int64()),
        ("version", pa.int32()),
        ("topic", pa.string()),
        ("n", pa.int32()),
        ("n_headline", pa.int32()),
        ("tagged_in", pa.int32()),
    ]
)

MENTIONS = pa.schema(
    [
        ("article_id", pa.int64()),
        ("version", pa.int32()),
        ("kind", pa.string()),
        ("tag", pa.string()),
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("surface", pa.string()),
        ("zone", pa.string()),
        ("in_quote", pa.bool_()),
        ("why", pa.string()),
        ("tagged_in", pa.int32()),
    ]
)

QUOTES = pa.schema(
    [
        ("article_id", pa.int64()),
        ("version", pa.int32()),
        ("kind", pa.string()),  # direct, reported
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("zone", pa.string()),
        ("speaker", pa.string()),  # tag of an entity or a name; empty: nobody of a known name
        ("speaker_name", pa.string()),
        ("speaker_start", pa.int32()),
        ("speaker_end", pa.int32()),
        ("certain", pa.bool_()),
        ("why", pa.string()),
    ]
)

LINES = pa.schema(
    [
        ("article_id", pa.int64()),
        ("version", pa.int32()),
        ("outlet", pa.string()),
        ("line_key", pa.int64()),  # of outlet and wording
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("is_long", pa.bool_()),
        ("before", pa.int32()),
        ("after", pa.int32()),
        ("day", pa.date32()),
        ("method", pa.int8()),
    ]
)

FURNITURE = pa.schema(
    [
        ("line_key", pa.int64()),
        ("outlet", pa.string()),
        ("since", _INSTANT),
        ("counts", pa.bool_()),  # a person says that it is none
    ]
)

COPIES = pa.schema(
    [
        ("article_id", pa.int64()),
        ("version", pa.int32()),
        ("arrival", pa.int64()),  # 0, 1, 2 ... in the order in which texts came
        ("syndication_id", pa.int64()),
        ("copy_level", pa.string()),  # of the article when it came; empty for later versions
        ("day", pa.date32()),
        ("method", pa.int32()),  # that made the sketch
        ("size", pa.int32()),
        ("level", pa.int32()),
        ("hashes", pa.binary()),  # a `Sketch`; here its bytes, little-endian
        ("places", pa.binary()),
    ]
)

TABLES = {
    "articles": ARTICLES,
    "texts": TEXTS,
    "fetches": FETCHES,
    "captures": CAPTURES,
    "rereads": REREADS,
    "overlays": OVERLAYS,
    "topics": TOPICS,
    "definitions": DEFINITIONS,
    "labels": LABELS,
    "annotations": ANNOTATIONS,
    "retagged": RETAGGED,
    "mentions": MENTIONS,
    "quotes": QUOTES,
    "lines": LINES,
    "furniture": FURNITURE,
    "copies": COPIES,
}

# Columns that came later: the schema that brought each, and what stands for it in older tables.
_NO_TAGS = "[]::STRUCT(id VARCHAR, n INT, n_headline INT)[]"
_LATER = {
    ("annotations", "tagged_in"): (3, "0::INT"),
    ("mentions", "tagged_in"): (3, "0::INT"),
    ("annotations", "names"): (4, _NO_TAGS),
    ("annotations", "about"): (4, "[]::VARCHAR[]"),
    ("annotations", "dateline"): (4, "''"),
    ("captures", "claims"): (5, "NULL::VARCHAR"),
    ("captures", "read_by"): (5, "''"),
    ("definitions", "is_removed"): (6, "false"),
    ("definitions", "who"): (6, "''"),
    ("definitions", "why"): (6, "''"),
}


def lacks_columns(table: str, schema: int) -> bool:
    """Return whether a table as schema `schema` wrote it lacks columns of today."""
    return any(name == table and since > schema for (name, _), (since, _) in _LATER.items())


def columns_of(table: str, schema: int) -> str:
    """Return SQL for the columns of today of a table that schema `schema` wrote, in order."""
    columns = []
    for name in TABLES[table].names:
        since, default = _LATER.get((table, name), (0, ""))
        columns.append(f'{default} AS "{name}"' if since > schema else f'"{name}"')
    return ", ".join(columns)
