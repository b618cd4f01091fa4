"""The part of a page that compares countries: one line for each over time, table and CSV."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard import data, filters, tables
from dashboard.charts import theme
from dashboard.charts.attention import MOST_SERIES, attention_parts, on_the_line
from dashboard.charts.drawn import Drawn
from dashboard.charts.hover import selected
from dashboard.controls import leaving, own_values
from dashboard.controls.download import csv_button
from dashboard.controls.folding import folded
from dashboard.controls.seeding import seed
from dashboard.controls.ticking import ticked_row
from dashboard.escape import escape_markdown
from dashboard.parts import states
from dashboard.words import wording
from dashboard.words.senses import Sense
from pipelines.query import Measure, Query
from pipelines.store.asking.select import UNKNOWN

_OPENING = 3  # lines before the reader has chosen
_KEY, _NONE = "compare", "none"  # in the link, and what it has there where the reader took all away


def opening_choice(frame: pd.DataFrame, query: Query, sense: Sense) -> list[str]:
    """Return the countries compared: those of the link, else of the filter, else the largest."""
    known = options(frame)
    if filters.page_value(_KEY) == _NONE:
        return []
    asked = [code for code in filters.page_value(_KEY).split(",") if code in known]
    filtered = [code for code in getattr(query, sense.field) if code in known]
    return (asked or filtered or [code for code in known if code != UNKNOWN][:_OPENING])[
        :MOST_SERIES
    ]


def options(frame: pd.DataFrame) -> dict[str, str]:
    """Return code -> name of the countries of a frame, "unknown" for the empty code."""
    codes = frame["country"].where(frame["country"] != "", UNKNOWN)
    return dict(zip(codes, frame["label"].astype(str), strict=True))


def _take_typed(key: str, known: Mapping[str, str]) -> None:
    """Put the choice into the link, what was typed as what it means; a list means just it."""
    chosen: list[str] = st.session_state[key]
    found, _ = filters.named(",".join(one for one in chosen if one not in known), known)
    kept = [one for one in chosen if one in known]
    values = found if len(found) > 1 else list(dict.fromkeys([*kept, *found]))
    own_values.set_value(_KEY, ",".join(values[:MOST_SERIES]) or _NONE)


def one_series(query: Query, names: tables.Names) -> Query:
    """Return the query of one of its series; the reader chooses where it has several."""
    each = {
        **{f"topic:{one}": replace(query, entities=(), text="") for one in query.topics},
        **{f"entity:{one}": replace(query, topics=(), text="") for one in query.entities},
        **({f"query:{query.text}": replace(query, topics=(), entities=())} if query.text else {}),
    }
    if len(each) < 2:
        return query
    labels = dict(zip(each, wording.series_names(query, names), strict=True))
    chosen = st.selectbox("Line compared", list(each), format_func=labels.__getitem__)
    kind, _, tag = chosen.partition(":")
    fields: Mapping[str, str] = {"topic": "topics", "entity": "entities"}
    one = each[chosen]
    return replace(one, **{fields[kind]: (tag,)}) if kind in fields else one  # type: ignore[arg-type]


def show_comparison(frame: pd.DataFrame, query: Query, sense: Sense) -> None:
    """Let the reader choose countries and draw a line for each; a point opens its articles."""
    st.header("Compare over time")
    known = options(frame)
    key = f"compare_{sense.field}"
    codes = opening_choice(frame, query, sense)
    seed(key, codes)
    st.multiselect(
        sense.compared,
        list(known),
        format_func=lambda code: known.get(code, code),
        key=key,
        on_change=_take_typed,
        args=(key, known),
        max_selections=MOST_SERIES,
        placeholder="Choose countries",
        help="Names with commas between them choose just these.",
        accept_new_options=True,
        filter_mode="contains",  # as in the sidebar
        select_all=False,
    )
    one = one_series(query, data.names(query.snap))
    if codes:
        wanted = replace(one, **{sense.field: tuple(codes)})  # type: ignore[arg-type]  # codes
        by_press = sense.field == "outlet_countries" and not filters.current().interval
        _draw(data.common_interval(wanted) if by_press else wanted, sense)


def _draw(query: Query, sense: Sense) -> None:
    frame = data.frame(f"compared {sense.field}", query)
    buckets = on_the_line(frame)
    if buckets.empty:
        states.nothing_placed()
    else:
        chosen = st.plotly_chart(
            Drawn(attention_parts(frame, query, palette=theme.BROWSER)),
            key="compared",
            on_select="rerun",
            selection_mode="points",
            config={"displayModeBar": False},
            alt=wording.alternative(buckets, query, wording.title(query, data.names(query.snap))),
        )
        notes = [_explained(sense, query), wording.chart_notes(buckets, query)]
        st.caption(escape_markdown(" ".join(filter(None, notes))))
        if place := selected(chosen["selection"]["points"], query.interval):
            _open(query, sense, place)
    with folded("Table of the comparison", "compared_shown") as is_open:
        row = ticked_row(tables.attention_table(frame, query), "compared_rows") if is_open else None
    version, name = data.store(query.snap).version, f"attention_{sense.field}"
    csv_button(lambda: frame, "attention", query, version, label="comparison", name=name)
    if row is not None:
        series, first, last = frame.iloc[row][["series", "date", "bucket_end"]].astype(str)
        _open(query, sense, (series, first, last))


def _explained(sense: Sense, query: Query) -> str:
    """Return what a share is a share of; a count needs no such word."""
    if query.measure is Measure.COUNT:
        return ""
    if sense.field == "outlet_countries":
        return "Each line is a share of what the press of its own country published."
    return "All lines are shares of the same articles."


def _open(query: Query, sense: Sense, point: tuple[str, str, str]) -> None:
    series, first, last = point
    code = series.partition(":")[2]
    one = replace(query, **{sense.field: (code,)})  # type: ignore[arg-type]  # a tuple of codes
    wanted = filters.at_row(one, own_series(one), first, last)
    leaving.go_to("app_pages/articles.py", filters.link_to(wanted))


def own_series(query: Query) -> str:
    """Return the id of a query's only series."""
    tags = [f"topic:{one}" for one in query.topics] + [f"entity:{one}" for one in query.entities]
    return (tags + ([f"query:{query.text}"] if query.text else []) + ["all"])[0]
