"""What was found and kept of one article goes in: tables of its dates, copies and versions out."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from dashboard.tables.articles import NO_HEADLINE, certainties, published
from dashboard.words.wording import COPY_LEVELS
from pipelines.article import DateEvidence


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


def copies_table(copies: pd.DataFrame, here: int, tz: str) -> pd.DataFrame:
    """Return one row per article of a group of copies; `here` is the article that is shown."""
    level = copies["copy_level"].astype("string").fillna("")
    original = copies["copy_of"].isna()
    shown = pd.Series(np.where(copies["article_id"] == here, " (this article)", ""), copies.index)
    return pd.DataFrame(
        {
            "Is": level.replace(COPY_LEVELS).mask(original, "original") + shown,
            "Published": published(copies, tz),
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
