"""Overview: what is going on. The trend first, then its numbers, names and countries."""

from datetime import date

import pandas as pd
import streamlit as st

from dashboard import data, filters, states, tables, theme, wording
from dashboard.charts.attention import attention_chart, on_the_line
from dashboard.download import csv_button
from pipelines.query import Query

ARTICLES = "app_pages/articles.py"
BAR = st.column_config.ProgressColumn(format="%.0f%%", max_value=100, width="small")


def open_articles(query: Query) -> None:
    """Go to the articles that `query` counts."""
    st.switch_page(ARTICLES, query_params=filters.link_to(query))


def show_chart(frame: pd.DataFrame, query: Query, heading: str) -> None:
    """Draw the chart; a selected point opens its articles."""
    figure = attention_chart(
        frame, query, topics=list(data.choices(query.snap)["topics"]), palette=theme.BROWSER
    )
    chosen = st.plotly_chart(
        figure,
        key="attention",
        on_select="rerun",
        selection_mode="points",
        config={"displayModeBar": False},
        alt=wording.alternative(on_the_line(frame), query, heading),
    )
    for point in chosen["selection"]["points"][:1]:
        series, end = point["customdata"][0], date.fromisoformat(point["customdata"][1])
        open_articles(filters.at_point(query, series, date.fromisoformat(point["x"][:10]), end))


def show_ranking(what: str, column: str, field: str) -> None:
    """Show one small ranked table; a selected row opens its articles."""
    frame = data.frame(what, query)
    st.subheader(what.capitalize())
    chosen = st.dataframe(
        tables.ranking(frame),
        key=f"top_{what}",
        on_select="rerun",
        selection_mode="single-row",
        hide_index=True,
        column_config={"Share": BAR},
    )
    kind = "entities" if field == "entities" else "countries"
    csv_button(lambda: frame, kind, query, version, label=what)
    for row in chosen["selection"]["rows"][:1]:
        open_articles(filters.narrowed(query, field, str(frame.iloc[row][column])))


asked = filters.current()
query = data.resolved(asked)
version = data.store(query.snap).version
matched = data.count(query)
with st.container(horizontal=True, gap="xxsmall"):
    filters.counting(query)
if not matched:
    states.no_match(asked, data.counts(filters.each_without(asked)))
    st.stop()
frame = data.frame("attention", query)
show_chart(frame, query, wording.title(query, data.names(query.snap)))
st.caption(wording.summary(on_the_line(frame), matched, query))
states.off_the_line(asked, data.off_the_line(query))
st.caption(wording.chart_notes(on_the_line(frame), query))
with st.expander("Table of the chart"):
    st.dataframe(tables.attention_table(frame, query), hide_index=True)
csv_button(lambda: frame, "attention", query, version)
for place, ranked in zip(st.columns(3), tables.RANKINGS, strict=True):
    with place:
        show_ranking(*ranked)
