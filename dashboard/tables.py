"""Frames of the store and of the analysis go in, the tables that people read come out.

Same rows, fewer columns, words for codes. The CSV is made of the frame itself, not of these.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from dashboard.marking import Marked
from dashboard.wording import COPY_LEVELS, FOUND
from pipelines.article import LIKELY, SURE, DateEvidence, Mention
from pipelines.query import Measure, Query

Names = Mapping[str, Mapping[str, str]]

NO_HEADLINE = "(no headline)"


def attention_table(frame: pd.DataFrame, query: Query) -> pd.DataFrame:
    """Return the rows of the chart: line, from, to, count, of all, measure, remark."""
    table = pd.DataFrame(
        {
            "Line": frame["query"],
            "From": frame["date"],
            "To": frame["bucket_end"].astype("string"),
            str(query.unit).capitalize(): pd.to_numeric(frame["count"], errors="coerce"),
            "Of all": pd.to_numeric(frame["total_count"], errors="coerce"),
            "Share": 100 * pd.to_numeric(frame["ratio"], errors="coerce"),
            **_made_of_it(frame, query.measure),
            **(_before(frame) if query.previous else {}),
            "Remark": _remarks(frame),
        }
    )
    return table if query.measure.is_share else table.drop(columns="Share")


def _made_of_it(frame: pd.DataFrame, measure: Measure) -> "dict[str, pd.Series[Any]]":
    """Return the columns of a measure from behind "More"; per cent and index with one decimal."""
    columns = {
        Measure.ADJUSTED: {"Adjusted share, %": "adjusted_ratio", "Missing, %": "missing_ratio"},
        Measure.INDEX: {"Index": "index"},
    }
    times = 100 if measure.is_share else 1
    return {
        title: (times * pd.to_numeric(frame[name], errors="coerce")).round(1)
        for title, name in columns.get(measure, {}).items()
    }


def _before(frame: pd.DataFrame) -> "dict[str, pd.Series[Any]]":
    """Return the columns of the span before: the bucket at the same place, and its count."""
    count = pd.to_numeric(frame["previous_count"], errors="coerce")
    return {"Before, from": frame["previous_date"].astype("string"), "Before": count}


def _remarks(frame: pd.DataFrame) -> "pd.Series[Any]":
    coverage = pd.to_numeric(frame["coverage"], errors="coerce")
    count = pd.to_numeric(frame["count"], errors="coerce")
    whole = frame["complete"].astype("boolean").fillna(True).to_numpy(dtype=bool)
    cases = [count.isna().to_numpy(), (coverage < 1).to_numpy(), ~whole]
    words = ["nothing collected", "collected in part", "not complete"]
    return pd.Series(np.select(cases, words, default=""), index=frame.index)


def articles_table(
    frame: pd.DataFrame, names: Names, sentences: Mapping[int, str] | None = None
) -> pd.DataFrame:
    """Return one row per article: date with its certainty, headline, outlet, countries, topics.

    Where `sentences` (article id -> sentence) has any, the one that it is counted for too.
    """
    table = pd.DataFrame(
        {
            "Published": published(frame),
            "Headline": frame["title"].where(frame["title"].fillna("") != "", NO_HEADLINE),
            "Date is": certainties(frame),
            "Outlet": frame["outlet_name"],
            "Published in": _named(frame["outlet_country"], names.get("outlet_countries", {})),
            "Topics": _listed(frame["topics"], names.get("topics", {})),
            "Countries mentioned": _listed(frame["countries"], names.get("mentioned", {})),
        }
    )
    if sentences:
        counted = [sentences.get(int(one), "") for one in frame["article_id"]]
        table.insert(2, "Counted for", counted)
    return table


def published(frame: pd.DataFrame) -> "pd.Series[Any]":
    """Return each article's date as precisely as it is known, empty where undated."""
    precision = frame["date_precision"].astype("string").fillna("")
    day = pd.to_datetime(frame["published_day"]).dt.strftime("%Y-%m-%d").astype("string").fillna("")
    instants = pd.to_datetime(frame["published_at"], utc=True)
    instant = instants.dt.strftime("%Y-%m-%d %H:%M").astype("string").fillna(day)
    cases = [precision == "instant", precision == "month", precision == "year", precision == "day"]
    words = [instant, day.str[:7], day.str[:4], day]
    return pd.Series(np.select(cases, words, default=""), index=frame.index, dtype="string")


def certainties(frame: pd.DataFrame) -> "pd.Series[Any]":
    """Return in words how sure each date is and how it was found."""
    sure = pd.to_numeric(frame["date_confidence"], errors="coerce").fillna(0.0)
    cases = [frame["date_precision"].fillna("") == "", sure >= SURE, sure >= LIKELY]
    word = np.select(cases, ["undated", "sure", "likely"], default="guess")
    source = frame["date_source"].astype("string").fillna("").replace(FOUND)
    return pd.Series(word, index=frame.index) + (", " + source).where(source != "", "")


def _named(codes: "pd.Series[Any]", names: Mapping[str, str]) -> "pd.Series[Any]":
    known = codes.fillna("").astype(str)
    return known.map(lambda code: names.get(code, code) or "unknown")


def _listed(lists: "pd.Series[Any]", names: Mapping[str, str]) -> list[str]:
    return [", ".join(names.get(one, one) for one in ids) for ids in lists]


def sentences(mentions: pd.DataFrame, names: Names) -> list[tuple[str, str, str]]:
    """Return for each mention its sentence, the words in it, and what they name, where and why."""
    rows = mentions[["kind", "tag", "zone", "why", "sentence", "surface"]].astype(str)
    return [
        (sentence, surface, f"{_tag_name(kind, tag, names)} ({kind}), in the {zone}, by “{why}”")
        for kind, tag, zone, why, sentence, surface in rows.itertuples(index=False)
    ]


def dates_table(evidence: Sequence[DateEvidence]) -> pd.DataFrame:
    """Return every date found in or with an article, used or not, with the reason."""
    return pd.DataFrame(
        {
            "Found in": [str(one.source) for one in evidence],
            "As written": [one.raw for one in evidence],
            "Means": [_means(one) for one in evidence],
            "Place": [one.where for one in evidence],
            "Stands for": [str(one.role) for one in evidence],
            "Why it was used or not": [one.note for one in evidence],
        },
        dtype="string",
    )


def _means(one: DateEvidence) -> str:
    if one.instant is not None:
        return one.instant.strftime("%Y-%m-%d %H:%M %z").strip()
    if one.day is None:
        return "not a date"
    width = {"month": 7, "year": 4}.get(str(one.precision), 10)
    return one.day.isoformat()[:width]


# (question, column with the id, field of the Query): the ranked tables of the overview
RANKINGS = (
    ("people, organisations, places", "entity_id", "entities"),
    ("published in", "country", "outlet_countries"),
    ("countries mentioned", "country", "mentioned"),
)
_TOP = 10


def ranking(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the first rows of a ranking of entities or countries: name, articles, share."""
    top = frame.head(_TOP)
    return pd.DataFrame(
        {
            "Name": top["name"] if "name" in top else top["label"],
            "Articles": top["articles"] if "articles" in top else top["count"],
            "Share": 100 * top["ratio"],
        }
    )


def countries_table(frame: pd.DataFrame) -> pd.DataFrame:
    """Return one row per country: name, articles, share of these, and of its press where known."""
    table = pd.DataFrame(
        {"Country": frame["label"], "Articles": frame["count"], "Share": 100 * frame["ratio"]}
    )
    if "press_ratio" not in frame:
        return table
    return table.assign(
        **{"All it published": frame["total_count"], "Of its press, %": 100 * frame["press_ratio"]}
    ).round({"Of its press, %": 1})


def pairs_table(frame: pd.DataFrame) -> pd.DataFrame:
    """Return one row per outlet country and country: names, articles, of how many, share."""
    return pd.DataFrame(
        {
            "Published in": frame["outlet_label"],
            "Country": frame["label"],
            "Articles": frame["articles"],
            "Of": frame["row_total"],
            "Share": 100 * frame["share"],
        }
    )


_KINDS = {
    "topic": " (topic)",
    "country": " (country)",
    "dateline": " (filed from)",
    "name": " (not in the table)",
}
_FIELDS = {
    "topic": "topics",
    "entity": "entities",
    "country": "mentioned",
    "dateline": "mentioned",
}
Row = Mapping[str, object]


def _tag_name(kind: str, tag: str, names: Names) -> str:
    if kind == "name":  # "person:Jane Doe"
        return tag.partition(":")[2]
    return names.get(_FIELDS.get(kind, ""), {}).get(tag, tag)


def tag_counts(mentions: pd.DataFrame, names: Names) -> dict[str, str]:
    """Return "kind:tag" -> "name, how often" for each tag of an article, most frequent first."""
    counts = mentions.groupby(["kind", "tag"], sort=True).size().sort_values(ascending=False)
    rows = counts.rename("n").reset_index()
    return {
        f"{kind}:{tag}": f"{_tag_name(kind, tag, names)}{_KINDS.get(kind, '')}: {n}"
        for kind, tag, n in zip(rows["kind"], rows["tag"], rows["n"], strict=True)
    }


def of_tag(mentions: pd.DataFrame, chosen: str | None) -> pd.DataFrame:
    """Return the mentions of the tag "kind:tag", all where none is chosen."""
    if not chosen:
        return mentions
    kind, _, tag = chosen.partition(":")
    return mentions[(mentions["kind"] == kind) & (mentions["tag"] == tag)]


def marks(mentions: pd.DataFrame, names: Names) -> list[Marked]:
    """Return the spans to mark in the text, each with the name of its tag."""
    columns = (mentions[name] for name in ("start", "end", "kind", "tag"))
    return [
        Marked(int(start), int(end), f"{kind}: {_tag_name(kind, tag, names)}")
        for start, end, kind, tag in zip(*columns, strict=True)
    ]


def marks_of(mentions: Iterable[Mention], names: Names) -> list[Marked]:
    """Return the same of mentions that are not stored yet."""
    return [
        Marked(one.start, one.end, f"{one.kind}: {_tag_name(one.kind, one.tag, names)}")
        for one in mentions
    ]


def with_article(mentions: pd.DataFrame, row: Row) -> pd.DataFrame:
    """Return an article's mentions with the columns that the evidence file has of the article."""
    one = pd.DataFrame([dict(row)])[
        ["article_id", "published_day", "outlet_name", "outlet_country"]
    ]
    return mentions.merge(one.rename(columns={"published_day": "day"}), how="cross")


def byline(row: Row, names: Names) -> str:
    """Return outlet, where it is based, date with certainty, language and length in one line."""
    country = names.get("outlet_countries", {}).get(str(row["outlet_country"] or ""), "")
    parts = [
        str(row["outlet_name"]),
        f"published in {country}" if country and country != "unknown" else "country unknown",
        date_in_words(row),
        f"{row['n_words']} words",
        str(row["author"] or ""),
    ]
    return " · ".join(part for part in parts if part)


def places_in_words(row: Row, names: Names) -> str:
    """Return which countries an article is about and where it was filed; empty if not known."""
    known = names.get("mentioned", {})
    about: Any = row["about"]
    lands = ", ".join(known.get(code, code) for code in (() if about is None else about))
    filed = str(row["dateline"] or "")
    parts = [
        f"About {lands}" if lands else "",
        f"filed from {known.get(filed, filed)}" if filed else "",
    ]
    words = " · ".join(part for part in parts if part)
    return words[:1].upper() + words[1:]


def date_in_words(row: Row) -> str:
    """Return an article's date as precisely as it is known, how sure it is and how it was found."""
    one = pd.DataFrame([dict(row)])
    date = published(one).iloc[0]
    return f"{date} ({certainties(one).iloc[0]})" if date else "undated"


def copies_table(copies: pd.DataFrame, here: int) -> pd.DataFrame:
    """Return one row per article of a group of copies; `here` is the article that is shown."""
    level = copies["copy_level"].astype("string").fillna("")
    original = copies["copy_of"].isna()
    shown = pd.Series(np.where(copies["article_id"] == here, " (this article)", ""), copies.index)
    return pd.DataFrame(
        {
            "Is": level.replace(COPY_LEVELS).mask(original, "original") + shown,
            "Published": published(copies),
            "Outlet": copies["outlet_name"],
            "Headline": copies["title"].where(copies["title"].fillna("") != "", NO_HEADLINE),
            "Date is": certainties(copies),
        }
    )


def versions_table(versions: pd.DataFrame) -> pd.DataFrame:
    """Return one row per version: number, headline, kind of text, words, when, from where."""
    return pd.DataFrame(
        {
            "Version": versions["version"],
            "Headline": versions["title"].where(versions["title"].fillna("") != "", NO_HEADLINE),
            "Text from": versions["text_source"].where(
                versions["read_from"].isna(), versions["text_source"] + ", read again"
            ),
            "Words": versions["n_words"],
            "Collected": _minutes(versions["fetched_at"]),
            "In the store since": _minutes(versions["first_seen_at"]),
            "Found in": versions["locator"],
        }
    )


def _minutes(instants: "pd.Series[Any]") -> "pd.Series[Any]":
    return pd.to_datetime(instants, utc=True).dt.strftime("%Y-%m-%d %H:%M").fillna("not known")
