"""The laws of numbers, over random stores and random filters.

`test_plain_counts.py` holds the numbers themselves against a plain count.
"""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from random import Random

import pandas as pd
import pytest
from hypothesis import given, settings

from pipelines.analysis.attention import attention_over_time
from pipelines.analysis.period import useful_period
from pipelines.article import Fetch, SourceKind
from pipelines.query import Interval, Placement, Query, Unit
from pipelines.reports.csv_report import to_csv
from pipelines.store import open_store
from tests.effort import EFFORT
from tests.store.build import HERALD, LENTA, NOWHERE, article, build, naming, on_day
from tests.store.drawn_queries import numbers, queries

_MAY = (date(2015, 5, 18), date(2015, 7, 5))  # whole weeks that hold all days drawn

_asked = given(number=numbers, query=queries)
_examples = settings(max_examples=8 * EFFORT)


@_asked
@_examples
def test_placed_guess_coarse_and_undated_add_up_to_the_total(stores, number, query):
    store = stores[number].store
    query = useful_period(store, query)
    frame = attention_over_time(store, query)
    for series, rows in frame.groupby("series"):
        total = sum(store.placements(_only(query, series)).values())
        assert rows["articles"].fillna(0).sum() == total


@_asked
@_examples
def test_distinct_units_among_the_evidence_are_the_count(stores, number, query):
    store = stores[number].store
    query = replace(useful_period(store, query), unit=Unit.ARTICLES)
    frame = attention_over_time(store, query)
    named = frame[(frame["series"] != "all") & frame["articles"].gt(0)]
    for row in named.head(6).itertuples():
        opened = _bucket(_only(query, row.series), row)
        evidence = store.mentions(opened)
        assert len(evidence) == row.mentions
        if row.series == "query:NOT talks":  # opens articles, without marked spans
            assert evidence.empty
            evidence = store.articles(opened)
        assert evidence["article_id"].nunique() == row.articles


@_asked
@_examples
def test_csv_holds_the_counts_of_the_chart(stores, number, query):
    frame = attention_over_time(stores[number].store, query)
    rows = pd.read_csv(BytesIO(to_csv(frame, "attention")))
    assert rows["count"].astype("Int64").tolist() == frame["count"].tolist()
    assert rows["date"].tolist() == frame["date"].tolist()


@_asked
@_examples
def test_article_rows_are_as_many_as_the_count_says(stores, number, query):
    for placement in [None, *Placement]:
        asked = replace(query, placement=placement)
        assert len(stores[number].store.articles(asked)) == stores[number].store.article_count(
            asked
        )


@_asked
@_examples
def test_a_week_is_the_sum_of_its_days(stores, number, query):
    whole = replace(query, start=_MAY[0], end=_MAY[1])
    days = attention_over_time(stores[number].store, replace(whole, interval=Interval.DAY))
    weeks = attention_over_time(stores[number].store, replace(whole, interval=Interval.WEEK))
    for name in ("articles", "mentions"):
        by_day = _placed(days)
        monday = by_day["day"] - pd.to_timedelta(by_day["day"].dt.day_of_week, unit="D")
        expected = by_day.assign(day=monday).groupby(["series", "day"])[name].sum()
        found = _placed(weeks).set_index(["series", "day"])[name].fillna(0)
        assert (found == expected.reindex(found.index)).all()
    by_day = _placed(days)["texts"].fillna(0).sum()
    assert _placed(weeks)["texts"].fillna(0).sum() <= by_day  # a text counts on each of its days


@_asked
@_examples
def test_outlets_and_their_countries_add_up_to_the_total(stores, number, query):
    store = stores[number].store
    free = replace(query, outlets=(), outlet_countries=())
    for name, values in (
        ("outlets", [outlet.id for outlet in (HERALD, LENTA, NOWHERE)]),
        ("outlet_countries", ["GB", "RU", "unknown"]),
    ):
        parts = [_sums(store, replace(free, **{name: (value,)})) for value in values]
        total = _sums(store, free)
        for unit in ("articles", "mentions"):
            assert sum(part[unit] for part in parts) == total[unit]
        column = name.removesuffix("s").replace("countrie", "country")
        rows = store.group_counts(free, column)
        assert rows["articles"].sum() == store.article_count(free)


def _sums(store, query):
    return store.counts(query)[["articles", "mentions"]].sum()


@_asked
@_examples
def test_parts_hold_all_distinct_texts_and_a_text_in_two_parts_counts_in_both(
    stores, number, query
):
    store = stores[number].store
    one = Query() if number % 2 else query
    free = replace(one, outlets=())
    whole = store.hits(free)["syndication_id"].nunique()
    parts = [
        store.hits(replace(free, outlets=(outlet.id,)))["syndication_id"].nunique()
        for outlet in (HERALD, LENTA, NOWHERE)
    ]
    assert max(parts) <= whole <= sum(parts)
    year = replace(free, interval=Interval.YEAR, guesses=True, placement=Placement.PLACED)
    for row in store.counts(year).query("placement == 'placed'").itertuples():
        opened = store.hits(_only(year, row.series))
        within = opened[pd.to_datetime(opened["day"]).dt.year == row.bucket.year]
        assert row.texts == within["syndication_id"].nunique()


_ADDED = [
    {"languages": ("en",)},
    {"outlets": ("herald",)},
    {"outlet_countries": ("RU",)},
    {"mentioned": ("SY",)},
    {"about": ("SY",)},
    {"dateline": ("SY",)},
    {"within": "Lavrov"},
]


@_asked
@_examples
@pytest.mark.parametrize("added", _ADDED, ids=str)
def test_adding_a_filter_never_raises_a_count(stores, number, query, added):
    store, name = stores[number].store, next(iter(added))
    free = replace(query, **{name: type(added[name])()})
    narrow = replace(free, **added)
    keys = ["series", "placement", "bucket"]
    rows = store.counts(narrow).merge(store.counts(free), "left", keys, suffixes=("", "_free"))
    for unit in Unit:
        assert (rows[unit.value] <= rows[f"{unit.value}_free"]).all()


@_asked
@_examples
def test_conditions_on_content_leave_the_denominator_alone(stores, number, query):
    store = stores[number].store
    nothing = dict.fromkeys(("topics", "entities", "mentioned", "about", "dateline"), ())
    free = replace(query, **nothing, text="", within="")
    pd.testing.assert_frame_equal(store.totals(query), store.totals(free))
    corpus = {"languages": (), "outlets": (), "outlet_countries": ()}
    everything = store.totals(replace(free, **corpus))
    assert store.totals(query)["articles"].sum() <= everything["articles"].sum()
    alone = store.counts(free)[["placement", "bucket", "articles", "texts"]]
    pd.testing.assert_frame_equal(alone, store.totals(query))


@_asked
@_examples
def test_a_date_known_to_the_month_or_year_counts_in_those_or_coarser_only(stores, number, query):
    articles = stores[number].store.articles(replace(query, placement=None, start=None, end=None))
    places = {"month": (Interval.MONTH, Interval.YEAR), "year": (Interval.YEAR,)}
    for known, placement in zip(articles["date_precision"], articles["placement"], strict=True):
        fits = query.interval in places.get(known, tuple(Interval))
        assert (placement == Placement.TOO_COARSE) is not fits


@_asked
@_examples
def test_both_ends_of_a_period_are_within(stores, number, query):
    store = stores[number].store
    start, end = query.start or _MAY[0], query.end or _MAY[1]
    days = replace(query, start=start, end=end, interval=Interval.DAY)
    every = _on_days(store, replace(days, start=None, end=None))
    inside = _on_days(store, days)
    for row in every.itertuples():
        assert (inside["day"] == row.day).any() == (start <= row.day.date() <= end)
    for day in {start, end}:
        alone = _on_days(store, replace(days, start=day, end=day))
        pd.testing.assert_frame_equal(
            alone, every[every["day"] == pd.Timestamp(day)].reset_index(drop=True)
        )


def _on_days(store, query):
    rows = store.counts(query).query("placement == 'placed'").reset_index(drop=True)
    return rows.assign(day=pd.to_datetime(rows["bucket"]))


@_asked
@_examples
def test_evidence_of_texts_and_of_within_is_what_they_count(stores, number, query):
    store = stores[number].store
    alone = replace(query, topics=(), entities=(), text="", within="Syria OR Ukraine")
    for one in (alone, replace(alone, within="", text="Lavrov"), replace(query, text="talks")):
        rows = store.mentions(one)
        opened = store.articles(one)
        assert set(rows["article_id"]) == set(opened["article_id"])
        texts = opened.set_index("article_id")["syndication_id"]
        assert texts[rows["article_id"].unique()].nunique() == texts.nunique()


@pytest.mark.parametrize("seed", range(2 * EFFORT))
def test_a_gap_is_not_a_zero(tmp_path, seed):
    draw, first = Random(seed), datetime(2015, 5, 4, 12, tzinfo=UTC)
    out = draw.randint(3, 20)
    # Nearly daily, so that five days without a fetch are more than three times the usual.
    up = [n for n in range(30) if not out <= n < out + 5 and draw.random() < 0.9]
    polled = sorted({0, *up, 29})
    fetches = [
        Fetch("feed", SourceKind.FEED, f"{n}.xml", fetched_at=first + timedelta(days=n))
        for n in polled
    ]
    busy = draw.choices(range(28), k=8)  # found on the day, or brought by a later fetch
    written = [naming(article(n, on_day(_day(first, day)))) for n, day in enumerate(busy)]
    with closing(open_store(build(tmp_path / "store", written, fetches))) as store:
        span = Query(start=_day(first, 0), end=_day(first, 28), interval=Interval.DAY)
        rows = attention_over_time(store, span).head(29)
    for number, row in enumerate(rows.itertuples()):
        if number in busy:
            assert row.count == busy.count(number)  # a count stays, whatever was collected
        elif number in polled and row.coverage == 1:
            assert row.count == 0
        elif pd.isna(row.count):
            assert row.coverage == 0
            assert number not in polled
        else:  # between two fetches that lie so near that nothing was missed
            assert (row.count, row.coverage) == (0, 1)
    assert rows["count"].isna().any()


def _day(first, number):
    return (first + timedelta(days=number)).date()


def _only(query: Query, series: str) -> Query:
    kind, _, tag = series.partition(":")
    empty = replace(query, topics=(), entities=(), text="")
    if kind == "all":
        return replace(empty, placement=None)
    name = {"topic": "topics", "entity": "entities", "query": "text"}[kind]
    return replace(empty, **{name: tag if name == "text" else (tag,)})


def _placed(frame: pd.DataFrame) -> pd.DataFrame:
    rows = frame[frame["bucket_end"].notna()]
    return rows.assign(day=pd.to_datetime(rows["date"]))


def _bucket(query: Query, row: tuple) -> Query:
    """Return the query that opens one row of a chart."""
    if row.date in set(Placement):
        return replace(query, placement=Placement(row.date))
    return replace(
        query,
        start=max(date.fromisoformat(row.date), query.start),
        end=min(date.fromisoformat(row.bucket_end), query.end),
        placement=Placement.PLACED,
    )
