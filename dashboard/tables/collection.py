"""Frames of the collection go in, the tables of the coverage page come out: words for codes."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

SHARES = {
    name: st.column_config.NumberColumn(format="%.0f%%")
    for name in ("Sure date", "Undated", "Dated to fetch day")
}


def sources_table(frame: pd.DataFrame) -> pd.DataFrame:
    """Return one row per source: what was asked, what came, how its dates are."""
    return pd.DataFrame(
        {
            "Source": frame["source"],
            "Last fetch": _minutes(frame["last_fetch"]),
            "Fetches": frame["fetches"],
            "Failed": frame["failures"],
            "Entries": frame["entries"],
            "Stored": frame["stored"],
            "Articles": frame["articles"],
            "Sure date": 100 * frame["sure_share"],
            "Undated": 100 * frame["undated_share"],
            "Dated to fetch day": 100 * frame["fetch_day_share"],
            "Dates": frame["verdict"],
            "Last failure": frame["last_failure"],
            "Kind": frame["kind"],
        }
    )


def gaps_table(frame: pd.DataFrame, outlets: Mapping[str, str]) -> pd.DataFrame:
    """Return one row per gap: source, outlet by name, first and last day, days."""
    return pd.DataFrame(
        {
            "Source": frame["source"],
            "Outlet": [outlets.get(one, one) for one in frame["outlet"]],
            "From": frame["first_day"],
            "To": frame["last_day"],
            "Days": frame["days"],
        }
    )


def shortfalls_table(frame: pd.DataFrame, outlets: Mapping[str, str]) -> pd.DataFrame:
    """Return one row per run of days of which too little came: source, days, came, usual."""
    return gaps_table(frame, outlets).assign(Came=frame["came"], Usual=frame["usual"])


def trouble_table(frame: pd.DataFrame) -> pd.DataFrame:
    """Return one row per capture kept aside: when, from where, how it ended and why."""
    return pd.DataFrame(
        {
            "Collected": _minutes(frame["fetched_at"]),
            "Source": frame["source"],
            "Ended as": frame["outcome"],
            "Why": frame["reason"],
            "Place": frame["locator"],
        }
    )


def _minutes(instants: "pd.Series[Any]") -> "pd.Series[Any]":
    return pd.to_datetime(instants, utc=True).dt.strftime("%Y-%m-%d %H:%M").fillna("not known")
