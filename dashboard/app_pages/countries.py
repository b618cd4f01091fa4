"""Countries: where. The sense first, then map and bars, comparison, table, who about whom."""

from dataclasses import replace

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard import data, filters, tables
from dashboard.charts import theme
from dashboard.charts.world import country_bars, world_chart
from dashboard.controls import leaving, own_values, widgets
from dashboard.controls.download import csv_button
from dashboard.controls.folding import folded
from dashboard.controls.ticking import ticked_row
from dashboard.parts import country_lines, country_pairs, states
from dashboard.words import wording
from dashboard.words.senses import SENSES
from pipelines.analysis.press import asks_of_content
from pipelines.query import Measure, Query, Unit

LABELS = {key: one.label for key, one in SENSES.items()}


def choose_sense() -> str:
    """Draw the switch of the sense, and return it; the link has it once it was chosen.

    What a page writes into the link unasked is a step of its own on the browser's way back, and
    comes again with each step: nobody would get past this page.
    """
    asked = filters.page_value("sense")
    value = asked if asked in LABELS else next(iter(LABELS))
    st.segmented_control(
        "Country is where the article was or what it",
        list(LABELS),
        format_func=LABELS.__getitem__,
        key=own_values.shown_in("sense", value),
        on_change=own_values.take,
        args=("sense",),
        label_visibility="collapsed",
        required=True,
    )
    return value


def open_country(query: Query, code: str) -> None:
    """Go to the articles of one country."""
    wanted = filters.narrowed(query, sense.field, code)
    leaving.go_to("app_pages/articles.py", filters.link_to(wanted))


def draw(figure: go.Figure, what: str, alt: str) -> list[str]:
    """Draw map or bars and return the codes of the countries that were just selected."""
    chosen = st.plotly_chart(
        figure,
        key=what,
        on_select="rerun",
        selection_mode="points",
        config={"displayModeBar": False, "topojsonURL": data.map_address()},
        alt=f"{what.capitalize()}. {alt}",
    )
    return [str(point["customdata"][0]) for point in chosen["selection"]["points"]]


def show_map(frame: pd.DataFrame, query: Query) -> None:
    """Draw the map and the bars; a country selected in either opens its articles."""
    left, right = st.columns([3, 2])
    alt = wording.of_countries(frame, sense.label)
    with left:
        chosen = draw(world_chart(frame, query.measure), "map", alt)
        st.caption(wording.map_notes(frame, query))
    with right:
        chosen += draw(country_bars(frame, query.measure, theme.BROWSER), "bars", alt)
    for code in chosen:
        open_country(query, code)


def show_table(frame: pd.DataFrame, query: Query) -> None:
    """Show every country with its numbers; a ticked row opens its articles."""
    with folded("Table of all countries", "countries_shown") as is_open:
        rows = tables.countries_table(frame)
        row = ticked_row(rows, f"countries_{sense.field}") if is_open else None
    version = data.store(query.snap).version
    kind = "press" if "press_ratio" in frame else "countries"
    name = f"{kind}_{sense.field}"
    csv_button(lambda: frame, kind, query, version, label="countries", name=name)
    if row is not None:
        open_country(query, str(frame.iloc[row]["country"]))


asked = filters.current()
query = replace(data.resolved(asked), unit=Unit.ARTICLES, previous=False)
if query.measure is not Measure.SHARE:  # an index, say, chosen for another page's lines
    query = replace(query, measure=Measure.COUNT)
with st.container(horizontal=True, gap="small"):
    key = choose_sense()
    widgets.measuring()
sense = SENSES[key]
st.caption(sense.meaning)
if not data.count(query):
    states.no_match(asked, data.counts(filters.each_without(asked)))
    st.stop()
of_press = key == "outlet" and asks_of_content(query)
frame = data.frame("press" if of_press else sense.question, query)
if frame.empty or not frame["country"].ne("").any():
    st.header("No country to show")
    st.text(sense.nothing)
else:
    # A share of its own press says more than a share of the articles found, where there is one.
    ratio = "press_ratio" if of_press and query.measure is Measure.SHARE else "ratio"
    show_map(frame.assign(ratio=frame[ratio]), query)
    show_table(frame, query)
    country_lines.show_comparison(frame, query, sense)
    country_pairs.show_pairs(query, key)
