"""A query and its link."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.query import (
    Interval,
    Measure,
    Placement,
    Query,
    Unit,
    last_start,
    query_from_params,
)

_ids = st.lists(st.text(min_size=1, max_size=8), unique=True, max_size=3).map(tuple)
_days = st.one_of(st.none(), st.dates())


def _forward(query):
    if query.start and query.end and query.start > query.end:
        return replace(query, start=query.end, end=query.start)
    return query


_queries = st.builds(
    Query,
    topics=_ids,
    entities=_ids,
    text=st.text(max_size=20),
    within=st.text(max_size=20),
    outlet_countries=_ids,
    mentioned=_ids,
    languages=_ids,
    outlets=_ids,
    start=_days,
    end=_days,
    last=st.sampled_from(["", "24h", "7d", "90d", "ytd", "all"]),
    interval=st.sampled_from([None, *Interval]),
    unit=st.sampled_from(Unit),
    measure=st.sampled_from(Measure),
    tz=st.sampled_from(["UTC", "Europe/Kyiv", "America/New_York"]),
    guesses=st.booleans(),
    placement=st.sampled_from([None, *Placement]),
    snap=st.one_of(st.none(), st.integers(0, 10_000)),
).map(_forward)


@given(query=_queries, everything=st.booleans())
def test_a_link_leads_back_to_its_query(query, everything):
    assert query_from_params(query.to_params(everything=everything)) == (query, [])


def test_an_empty_query_has_an_empty_link():
    assert Query().to_params() == []


def test_a_whole_link_writes_the_defaults_too():
    pairs = dict(Query().to_params(everything=True))
    assert pairs == {"unit": "articles", "measure": "count", "tz": "UTC"}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("unit", "stories"),
        ("interval", "hour"),
        ("measure", ""),
        ("placement", "lost"),
        ("last", "9d"),
        ("tz", "Nowhere/Town"),
        ("tz", "Europe"),
        ("tz", "../../etc/passwd"),
        ("tz", ""),
        ("guesses", "maybe"),
        ("snap", "newest"),
        ("snap", "-1"),
        ("snap", "1_0"),
        ("colour", "red"),
    ],
    ids=lambda word: word or "(empty)",
)
def test_what_a_link_says_wrong_is_left_out_with_a_note(key, value):
    query, notes = query_from_params([("topic", "syria"), (key, value)])
    assert query == Query(topics=("syria",))
    assert len(notes) == 1
    assert f"`{key}" in notes[0]


@pytest.mark.parametrize(
    "days",
    [["2015-06-01"], ["2015-06-01", "June"], ["2015-13-01", ""], ["", "", ""]],
    ids=["one end", "a word", "no such month", "three"],
)
def test_a_period_that_is_none_is_left_out_with_a_note(days):
    query, notes = query_from_params([("date", day) for day in days])
    assert (query, len(notes)) == (Query(), 1)


def test_a_period_that_runs_backwards_is_turned_round_with_a_note():
    query, notes = query_from_params([("date", "2015-06-30"), ("date", "2015-06-01")])
    assert (query.start, query.end) == (date(2015, 6, 1), date(2015, 6, 30))
    assert len(notes) == 1


@pytest.mark.parametrize(
    ("last", "start"),
    [
        ("24h", date(2015, 6, 30)),
        ("7d", date(2015, 6, 24)),
        ("ytd", date(2015, 1, 1)),
    ],
)
def test_a_preset_ends_today_and_counts_today(last, start):
    today = date(2015, 6, 30)
    assert last_start(last, today) == start
    resolved = Query(last=last).resolve_last(today)
    assert (resolved.start, resolved.end, resolved.last) == (start, today, "")


def test_all_is_left_to_whoever_knows_the_days_there_are():
    assert last_start("all", date(2015, 6, 30)) is None
    assert Query(last="all").resolve_last(date(2015, 6, 30)) == Query(last="all")
