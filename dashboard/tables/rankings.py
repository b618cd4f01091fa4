"""Counts by name, country or pair go in, the tables that people read come out."""

import pandas as pd
import streamlit as st

RANKINGS = (  # question, column with the id, field of the Query
    ("people, organisations, places", "entity_id", "entities"),
    ("published in", "country", "outlet_countries"),
    ("countries mentioned", "country", "mentioned"),
)
# As long names are, the numbers beside them would be out of sight.
RANKING_COLUMNS = {"Name": st.column_config.TextColumn(width=137)}
_TOP = 10


def ranking(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the first rows of a ranking of names, countries or outlets: name, articles, share."""
    top = frame.head(_TOP)
    named = next(column for column in ("name", "label", "source") if column in top)
    return pd.DataFrame(
        {
            "Name": top[named],
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
