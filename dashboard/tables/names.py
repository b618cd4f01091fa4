"""Frames about people, organisations and places go in, the tables that people read come out."""

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from dashboard.tables.articles import Names
from dashboard.words.wording import counted, narrowing, period
from pipelines.analysis.entity_change import BASE, EntityChange
from pipelines.analysis.entity_page import EntityPage

TYPES = {"": "All", "person": "People", "organisation": "Organisations", "place": "Places"}
_LINE = st.column_config.LineChartColumn(
    "Trend", y_min=0, width="small", help="Articles in each bucket of the period."
)
CHANGE_COLUMNS: dict[str, ColumnConfig] = {
    "Share": st.column_config.NumberColumn(format="%.1f%%", help="Of the articles asked for."),
    "Change": st.column_config.NumberColumn(
        format="%+.0f%%", help=f"Against the time before; empty where that has fewer than {BASE}."
    ),
    "Before": st.column_config.NumberColumn(help="Articles in the time before."),
    "Trend": _LINE,
}


def change_table(rows: pd.DataFrame, *, comparable: bool) -> pd.DataFrame:
    """Return the ranking of names: name, articles, change, before, line, share, type, first day.

    Without `comparable` there is nothing to put into change and before, and neither is there.
    """
    table = pd.DataFrame(
        {
            "Name": rows["name"],
            "Articles": rows["articles"],
            "Change": 100 * rows["change"].astype("Float64"),
            "Before": rows["before"],
            "Trend": rows["trend"],
            "Share": 100 * pd.to_numeric(rows["ratio"], errors="coerce"),
            "Type": rows["type"],
            "First named": rows["first_day"].astype("string").fillna("undated"),
        }
    )
    return table if comparable else table.drop(columns=["Change", "Before"])


def of_type(rows: pd.DataFrame, wanted: str) -> pd.DataFrame:
    """Return the rows of one type of name, all where none is wanted."""
    kept = rows[rows["type"] == wanted] if wanted else rows
    return kept.reset_index(drop=True)


def comparison_in_words(found: EntityChange) -> str:
    """Return what the numbers are compared with, or why with nothing."""
    if found.before is None:
        return "No change is shown: it needs a period, to compare with the time before."
    span = period(found.before)
    if not found.comparable:
        if not found.days_before:
            return f"No change is shown: no article is of the time before ({span})."
        days = counted(found.days_before, "day")
        return (
            f"No change is shown: of the time before ({span}) only {days} "
            f"{'has' if found.days_before == 1 else 'have'} articles, against {found.days} now."
        )
    return f"Change is against the time before, {span}; none where that has fewer than {BASE}."


def together_table(frame: pd.DataFrame) -> pd.DataFrame:
    """Return each pair of names once, most articles first; the index is that of `frame`."""
    order = {tag: place for place, tag in enumerate(dict.fromkeys(frame["tag"]))}
    once = frame[frame["tag"].map(order) < frame["other"].map(order)]
    once = once.sort_values("articles", ascending=False, kind="stable")
    return pd.DataFrame(
        {
            "Name": once["name"],
            "With": once["other_name"],
            "Articles": once["articles"],
            "Bond": bonds(once),
        }
    )


def bonds(frame: pd.DataFrame) -> list[str]:
    """Return how strong each bond is, in words."""
    return [
        bond(lift, strength)
        for lift, strength in zip(frame["lift"], frame["strength"], strict=True)
    ]


_BEYOND_CHANCE = 3  # of `strength`, about a standard normal deviate
_OFTEN = 2  # times as often as chance would give


def bond(lift: float, strength: float) -> str:
    """Return one bond in words; strong: beyond chance, and twice as often as chance would give."""
    if strength >= _BEYOND_CHANCE:
        return "strong" if lift >= _OFTEN else "weak"
    return "chance" if strength > -_BEYOND_CHANCE else "seldom together"


BONDS = (
    "Bond: strong, at least twice as often together as chance would give; weak, more often, but "
    "less than twice; chance, no more than two names that are both in the news."
)


def companions_table(frame: pd.DataFrame, *, numbers: bool) -> pd.DataFrame:
    """Return who is named together with an entity, on demand with the numbers of the bond."""
    table = pd.DataFrame(
        {
            "Name": frame["name"],
            "Together": frame["together"],
            "Share": 100 * pd.to_numeric(frame["share"]),
            "Bond": bonds(frame),
            "Type": frame["type"],
        }
    )
    if not numbers:
        return table
    return table.assign(
        **{
            "Distinct texts": frame["texts"],
            "By chance": frame["expected"].round(1),
            "Times chance": frame["lift"].round(1),
            "Strength": frame["strength"].round(1),
        }
    )


def candidates_table(frame: pd.DataFrame) -> pd.DataFrame:
    """Return names that no table knows: name, articles, outlets, first day, type."""
    return pd.DataFrame(
        {
            "Name": frame["name"],
            "Articles": frame["articles"],
            "Outlets": frame["outlets"],
            "First named": frame["first_day"].astype("string").fillna("undated"),
            "Type": frame["type"],
        }
    )


def names_table(names: pd.DataFrame) -> pd.DataFrame:
    """Return the names an entity is counted under, and when each counts."""
    return pd.DataFrame({"Written": names["name"], "Counts": names["counts"]})


def span_in_words(page: EntityPage, choices: Names) -> str:
    """Return how many articles name somebody under which filters, and when first and last."""
    found = f"{counted(page.articles)}, {narrowing(page.query, choices)}"
    if page.first_day is None:
        return f"{found} · none of any date has a place in time"
    until = "" if page.first_day == page.last_day else f", last {page.last_day}"
    return f"{found} · first named {page.first_day}{until} (all dates)"


def matrix_in_words(frame: pd.DataFrame) -> str:
    """Return the matrix as a sentence for those who cannot see it."""
    n = frame["tag"].nunique()
    table = together_table(frame)
    most = table.iloc[0] if len(table) and table["Articles"].iloc[0] else None
    top = ""
    if most is not None:
        both = f"{most['Name']} and {most['With']}"
        top = f" Most often together: {both}, {counted(int(most['Articles']))}."
    return f"Matrix of {n} names, each with each.{top} The table below has the numbers."
