"""Frames of topics go in, the tables that people read come out."""

from collections.abc import Mapping

import pandas as pd


def topics_table(topics: Mapping[str, str], counts: Mapping[str, int]) -> pd.DataFrame:
    """Return one row for each topic, in the order of the topics file: name and articles."""
    return pd.DataFrame(
        {"Topic": list(topics.values()), "Articles": [counts.get(topic, 0) for topic in topics]}
    )


def words_table(shares: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each word of a query: what it carries, alone and with others."""
    return pd.DataFrame(
        {
            "Word": shares["alias"],
            "Is there as": shares["role"],
            "Articles": shares["articles"],
            "Share": 100 * pd.to_numeric(shares["share"], errors="coerce"),
            "Mentions": shares["mentions"],
            "Alone": shares["alone"],
        }
    )


def topic_versions_table(versions: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each definition, newest first."""
    newest = versions.iloc[::-1]
    in_force = newest["in_force"].map({True: "yes", False: ""})
    table = pd.DataFrame(
        {
            "Version": newest["version"],
            "Since": newest["since"].dt.strftime("%Y-%m-%d %H:%M"),
            "In force": in_force.mask(newest["is_removed"], "taken away"),
            "Name": newest["name"],
            "Query": newest["query"],
        }
    )
    if not newest["who"].any():  # changed by hand in the topics file only
        return table
    return table.assign(By=newest["who"], Why=newest["why"])


def examples_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each article gained or lost: day, outlet, sentence."""
    day = rows["day"].astype("object")
    return pd.DataFrame(
        {
            "Published": day.where(day.notna(), "undated").astype("str"),
            "Outlet": rows["outlet_name"],
            "Sentence": rows["sentence"],
        }
    )
