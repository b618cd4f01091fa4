"""Rows of articles go in, their list and one article's headlines in words come out."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from dashboard.escape import isolate
from dashboard.words.wording import FOUND
from pipelines.article import LIKELY, SURE, TagKind, Zone

Names = Mapping[str, Mapping[str, str]]

Row = Mapping[str, object]
NO_HEADLINE = "(no headline)"


def articles_table(
    frame: pd.DataFrame,
    names: Names,
    sentences: Mapping[int, str] | None = None,
    *,
    tz: str,
) -> pd.DataFrame:
    """Return one row per article: date with its certainty, headline, outlet, countries, topics.

    Times are those of `tz`, in whose days the articles are counted. Where `sentences` (article id
    -> sentence) has any, the one that it is counted for too.
    """
    table = pd.DataFrame(
        {
            "Published": published(frame, tz),
            "Headline": frame["title"].where(frame["title"].fillna("") != "", NO_HEADLINE),
            "Outlet": frame["outlet_name"],
            "Date is": certainties(frame),
            "Published in": _named(frame["outlet_country"], names.get("outlet_countries", {})),
            "Topics": _listed(frame["topics"], names.get("topics", {})),
            "Countries mentioned": _listed(frame["countries"], names.get("mentioned", {})),
        }
    )
    if sentences:
        counted = [sentences.get(int(one), "") for one in frame["article_id"]]
        table.insert(3, "Counted for", counted)
    return table


def published(frame: pd.DataFrame, tz: str) -> "pd.Series[Any]":
    """Return each article's date as precisely as it is known, a time in `tz`; empty if undated."""
    precision = frame["date_precision"].astype("string").fillna("")
    day = pd.to_datetime(frame["published_day"]).dt.strftime("%Y-%m-%d").astype("string").fillna("")
    instants = pd.to_datetime(frame["published_at"], utc=True).dt.tz_convert(tz)
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


def byline(row: Row, names: Names, home_basis: str = "", *, tz: str) -> str:
    """Return outlet, where it is based and how that is known, date with certainty, and length."""
    country = names.get("outlet_countries", {}).get(str(row["outlet_country"] or ""), "")
    known = f" ({home_basis})" if home_basis else ""
    parts = [
        isolate(str(row["outlet_name"])),
        f"published in {country}{known}" if country not in ("", "unknown") else "country unknown",
        date_in_words(row, tz),
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


def why_about(row: Row, mentions: pd.DataFrame, names: Names) -> str:
    """Return how often an article names each country that it is about; empty where there is none.

    `mentions` are the article's, of all kinds.
    """
    about: Any = row["about"]
    named = mentions[mentions["kind"] == TagKind.COUNTRY.value]
    said = []
    for code in () if about is None else about:
        zones = named.loc[named["tag"] == code, "zone"]
        heads = int((zones == Zone.HEADLINE.value).sum())
        times = "once" if len(zones) == 1 else f"{len(zones)} times"
        at_head = f", {heads} in the headline" if heads else ""
        said.append(f"{names.get('mentioned', {}).get(code, code)} is named {times}{at_head}")
    if not said:
        return ""
    main = "it" if len(said) == 1 else "the first, the main one,"
    why = (
        f"{'; '.join(said)}. For {main} its people count too: who holds an office of that state, "
        "and of no other, speaks for it."
    )
    others = " The others are those named often beside it, early, and in many sentences."
    return why + (others if len(said) > 1 else "")


def date_in_words(row: Row, tz: str) -> str:
    """Return an article's date as precisely as it is known, how sure it is and how it was found."""
    one = pd.DataFrame([dict(row)])
    date = published(one, tz).iloc[0]
    zone = f" {tz}" if row["date_precision"] == "instant" else ""
    return f"{date}{zone} ({certainties(one).iloc[0]})" if date else "undated"


def with_article(mentions: pd.DataFrame, row: Row) -> pd.DataFrame:
    """Return an article's mentions with the columns that the evidence file has of the article."""
    one = pd.DataFrame([dict(row)])[
        ["article_id", "published_day", "outlet_name", "outlet_country"]
    ]
    return mentions.merge(one.rename(columns={"published_day": "day"}), how="cross")
