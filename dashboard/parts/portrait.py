"""Parts of the page of one entity: its trend, with whom and where it is named, latest articles."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard import data, filters, tables
from dashboard.charts import theme
from dashboard.charts.attention import attention_parts, on_the_line
from dashboard.charts.drawn import Drawn
from dashboard.charts.hover import selected
from dashboard.controls import leaving
from dashboard.controls.download import csv_button
from dashboard.controls.folding import folded
from dashboard.controls.ticking import ticked_row
from dashboard.words import wording
from pipelines.analysis.entity_page import EntityPage
from pipelines.hashing import id_text
from pipelines.query import Query

ARTICLES, ARTICLE = "app_pages/articles.py", "app_pages/article.py"
LATEST = 10


def open_articles(one: Query) -> None:
    """Go to the articles that `one` counts."""
    leaving.go_to(ARTICLES, filters.link_to(one))


def show_trend(page: EntityPage, name: str) -> None:
    """Draw the chart of this name; a selected point opens its articles."""
    frame = data.frame("attention", page.query)
    buckets = on_the_line(frame)
    if buckets.empty:
        return
    chosen = st.plotly_chart(
        Drawn(attention_parts(frame, page.query, palette=theme.BROWSER)),
        key="trend",
        on_select="rerun",
        selection_mode="points",
        config={"displayModeBar": False},
        alt=wording.alternative(buckets, page.query, name),
    )
    if place := selected(chosen["selection"]["points"], page.query.interval):
        open_articles(filters.at_row(page.query, *place))
    st.caption(wording.chart_notes(buckets, page.query))
    show_numbers(page, frame)


def show_numbers(page: EntityPage, frame: pd.DataFrame) -> None:
    """Show the numbers of the chart; a ticked row opens its articles."""
    with folded("Table of the chart", "numbers_shown") as is_open:
        row = ticked_row(tables.attention_table(frame, page.query), "numbers") if is_open else None
        csv_button(lambda: frame, "attention", page.query, version_of(page))
    if row is not None:
        cells = frame.iloc[row][["series", "date", "bucket_end"]].astype(str)
        open_articles(filters.at_row(page.query, *cells))


def version_of(page: EntityPage) -> int:
    """Return the version of the store that the page is of."""
    return data.store(page.query.snap).version


def show_company(page: EntityPage, entity: str) -> None:
    """Show with whom the name is named; a ticked row opens the articles that name both."""
    st.header("Named together with")
    if page.companions.empty:
        st.text("Nobody.")
        return
    numbers = st.toggle("Show the numbers of the bond", key="bond_numbers")
    table = tables.companions_table(page.companions, numbers=numbers)
    row = ticked_row(table, "companions")
    st.caption(tables.BONDS)
    csv_button(
        lambda: page.companions,
        "comentions",
        page.query,
        version_of(page),
        label="named together",
    )
    if row is not None:
        alone = replace(page.query, entities=())
        other = str(page.companions.iloc[row]["tag"])
        open_articles(filters.with_both(alone, entity, other))


def show_where(page: EntityPage) -> None:
    """Show the outlets, the countries that the articles are about, and those they mention."""
    rankings = (
        ("Outlets", page.outlets, "outlet", "outlets"),
        ("About", page.about, "country", "about"),
        ("Countries mentioned", page.mentioned, "country", "mentioned"),
    )
    for place, (heading, frame, column, field) in zip(st.columns(3), rankings, strict=True):
        with place:
            st.header(heading)
            if frame.empty:
                st.text("None.")
                continue
            table = tables.ranking(frame)
            row = ticked_row(table, f"where_{field}", columns=tables.RANKING_COLUMNS)
            csv_button(
                lambda frame=frame: frame,  # type: ignore[misc]  # bound now, not when asked for
                "outlets" if column == "outlet" else "countries",
                page.query,
                version_of(page),
                label=heading.lower(),
                name="" if column == "outlet" else f"countries_{field}",
            )
        if row is not None:
            open_articles(filters.narrowed(page.query, field, str(frame.iloc[row][column])))


def show_latest(page: EntityPage, asked: Query) -> None:
    """List the newest articles; a ticked row opens one, the button all."""
    st.header("Latest articles")
    rows = data.articles(page.query, 1).head(LATEST)
    table = tables.articles_table(rows, data.names(page.query.snap), tz=page.query.tz)
    row = ticked_row(table, "latest")
    if st.button(f"All {wording.counted(page.articles)}", icon=":material/list:"):
        open_articles(page.query)
    if row is not None:
        own = {"article": id_text(int(rows.iloc[row]["article_id"]))}
        leaving.go_to(ARTICLE, filters.link_to(asked, own))
