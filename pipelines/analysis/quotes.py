"""Who said what in the articles of a query."""

from collections.abc import Sequence

import pandas as pd

from pipelines.analysis.labels import known_entities
from pipelines.query import Query
from pipelines.store import (
    Store,
    StoredArticle,
    read_quote_count,
    read_quotes,
    read_speakers,
    read_speakers_on_topics,
)

DATE_COLUMNS = (
    "published_at",
    "published_day",
    "date_precision",
    "date_source",
    "date_confidence",
)
UNCERTAIN = "speaker uncertain"


def quotes(
    store: Store,
    query: Query,
    *,
    speakers: Sequence[str] = (),
    uncertain: bool = True,
    naming: Sequence[str] = (),
    limit: int | None = None,
    offset: int = 0,
) -> pd.DataFrame:
    """Return one row for each quote, newest article first.

    Columns: date, speaker, entity_id, quote, topic, media_name, url, article_id, then kind,
    speaker_certain, beside, why, start, end, title, media_pub_country, and those of the article's
    date: published_at, published_day, date_precision, date_source, date_confidence. `speaker` is
    the name of the table, else the fullest name of the article, else the words beside the quote.
    `topic` are those named in the quote itself. `speakers` are tags of entities or names; without
    `uncertain` only quotes whose speaker is certain; with `naming` only quotes that themselves name
    one of these topics.
    """
    said = {"speakers": speakers, "naming": naming}
    rows = read_quotes(store, query, **said, uncertain=uncertain, limit=limit, offset=offset)
    columns = (rows[name] for name in ("speaker", "speaker_name", "beside"))
    names = [speaker_name(*cells) for cells in zip(*columns, strict=True)]
    return pd.DataFrame(
        {
            "date": rows["day"],
            "speaker": pd.Series(names, dtype="str", index=rows.index),
            "entity_id": rows["speaker"],
            "quote": rows["quote"],
            "topic": rows["topics"],
            "media_name": rows["outlet_name"],
            "url": rows["url"],
            "article_id": rows["article_id"],
            "kind": rows["kind"],
            "speaker_certain": rows["certain"],
            "beside": rows["beside"],
            "why": rows["why"],
            "start": rows["start"],
            "end": rows["end"],
            "title": rows["title"],
            "media_pub_country": rows["outlet_country"],
            **{name: rows[name] for name in DATE_COLUMNS},
        }
    )


def speaker_name(tag: str, name: str, beside: str) -> str:
    """Return what to call a speaker: the table's name, else the article's, else the words there."""
    known = known_entities()
    return known[tag].name if tag in known else name or beside


def quote_count(
    store: Store,
    query: Query,
    *,
    speakers: Sequence[str] = (),
    uncertain: bool = True,
    naming: Sequence[str] = (),
) -> int:
    """Return how many rows `quotes` has without a limit."""
    return read_quote_count(store, query, speakers=speakers, uncertain=uncertain, naming=naming)


def quotes_in(article: StoredArticle) -> pd.DataFrame:
    """Return quote, speaker, entity_id, beside, kind, speaker_certain, why, start, end, zone.

    One row for each quote of the article, in order of place.
    """
    rows, text = article.quotes, article.text
    places = zip(rows["start"], rows["end"], strict=True)
    names = zip(rows["speaker_start"], rows["speaker_end"], strict=True)
    beside = [text[start:end] for start, end in names]
    tags = zip(rows["speaker"], rows["speaker_name"], beside, strict=True)
    said = {
        "quote": [text[start:end] for start, end in places],
        "speaker": [speaker_name(*cells) for cells in tags],
        "beside": beside,
    }
    frame = rows.rename(columns={"speaker": "entity_id", "certain": "speaker_certain"})
    words = {name: pd.Series(cells, dtype="str", index=rows.index) for name, cells in said.items()}
    return frame.drop(columns=["speaker_name", "speaker_start", "speaker_end"]).assign(**words)


def speakers_on_topics(store: Store, query: Query, *, limit: int | None = None) -> pd.DataFrame:
    """Return speaker, entity_id, topic, quotes, certain: who is quoted naming which topic."""
    rows = read_speakers_on_topics(store, query, limit=limit)
    names = [speaker_name(tag, tag.partition(":")[2], tag) for tag in rows["speaker"]]
    frame = rows.rename(columns={"speaker": "entity_id"})
    frame.insert(0, "speaker", pd.Series(names, dtype="str", index=rows.index))
    return frame


def speakers(store: Store, query: Query, *, limit: int | None = None) -> pd.DataFrame:
    """Return speaker, entity_id, type, quotes, certain, direct, articles, texts; most first.

    Quotes of nobody known by name are in no row.
    """
    rows = read_speakers(store, query)
    rows = rows[rows["speaker"] != ""].head(limit)
    known = known_entities()
    names = [
        known[tag].name if tag in known else name
        for tag, name in zip(rows["speaker"], rows["speaker_name"], strict=True)
    ]
    types = [known[tag].type if tag in known else tag.partition(":")[0] for tag in rows["speaker"]]
    frame = rows.rename(columns={"speaker": "entity_id"}).drop(columns="speaker_name")
    frame.insert(0, "speaker", pd.Series(names, dtype="str", index=rows.index))
    frame.insert(2, "type", pd.Series(types, dtype="str", index=rows.index))
    return frame.reset_index(drop=True)
