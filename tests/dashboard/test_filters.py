"""The Query, the link and the point of a chart; the widgets are tested with the pages."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from dashboard.filters import (
    active,
    at_row,
    grouped,
    link_to,
    named,
    narrowed,
    read_link,
    with_fitting_measure,
    without,
)
from pipelines.query import Interval, Measure, Placement, Query, Unit
from pipelines.store.asking.select import wanted_placements

CHOICES = {
    "topics": {"syria": "Syria", "unsc": "UN Security Council"},
    "entities": {"sergei-lavrov": "Sergei Lavrov"},
    "outlet_countries": {"RU": "Russia", "unknown": "Unknown"},
    "mentioned": {"SY": "Syria", "RU": "Russia"},
    "about": {"SY": "Syria"},
    "dateline": {"UA": "Ukraine"},
    "languages": {"en": "English", "ru": "Russian"},
    "outlets": {"daily-echo": "Daily Echo"},
}
_DAYS = some.dates(date(1990, 1, 1), date(2030, 1, 1))


def _ids(field: str) -> some.SearchStrategy[tuple[str, ...]]:
    return some.lists(some.sampled_from(sorted(CHOICES[field])), unique=True).map(tuple)


@some.composite
def _queries(draw: some.DrawFn) -> Query:
    start = draw(some.none() | _DAYS)
    later = draw(some.none() | some.integers(0, 400))
    end = start + timedelta(days=later) if start and later is not None else None
    query = Query(
        **{field: draw(_ids(field)) for field in CHOICES},
        text=draw(some.text(min_size=0, max_size=20)),
        within=draw(some.text(max_size=20)),
        start=start,
        end=end,
        last="" if start else draw(some.sampled_from(["", "7d", "ytd", "all"])),
        interval=draw(some.none() | some.sampled_from(Interval)),
        unit=draw(some.sampled_from(Unit)),
        measure=draw(some.sampled_from(Measure)),
        guesses=draw(some.booleans()),
        previous=draw(some.booleans()),
        placement=draw(some.none() | some.sampled_from(Placement)),
        snap=draw(some.none() | some.integers(1, 99)),
    )
    return with_fitting_measure(query)


@given(_queries(), some.booleans())
def test_a_query_comes_back_from_its_link_as_it_was(query, everything):
    assert read_link(query.to_params(everything=everything), CHOICES) == (query, [])


@given(
    some.lists(
        some.tuples(some.sampled_from(["topic", "date", "lang", "unit", "snap", "x"]), some.text())
    )
)
def test_no_link_breaks_the_page(pairs):
    query, notes = read_link(pairs, CHOICES)
    assert isinstance(query, Query)
    assert all(isinstance(note, str) for note in notes)


@pytest.mark.parametrize(
    ("pair", "said"),
    [
        (("topic", "syrai"), "“syrai” is not among the values of “Topics”"),
        (("outlet_country", "Russia"), "“Russia” is not among the values of “Published in”"),
        (("unit", "stories"), "`unit=stories`"),
        (("measure", "percent"), "`measure=percent`"),
        (("colour", "red"), "`colour`"),
    ],
    ids=["unknown id", "label for id", "bad choice", "bad measure", "unknown key"],
)
def test_what_cannot_be_used_is_left_out_and_said(pair, said):
    query, notes = read_link([("topic", "syria"), pair], CHOICES)
    assert query == Query(topics=("syria",))
    (note,) = notes
    assert said in note


def test_parameters_of_a_page_are_no_filters():
    assert read_link([("article", "17")], CHOICES) == (Query(), [])


@pytest.mark.parametrize(
    ("unit", "measure", "shown"),
    [
        ("mentions", "share", Measure.COUNT),
        ("mentions", "adjusted", Measure.COUNT),
        ("texts", "adjusted", Measure.SHARE),
    ],
)
def test_a_measure_that_means_nothing_for_the_unit_is_refused_in_words(unit, measure, shown):
    query, notes = read_link([("unit", unit), ("measure", measure)], CHOICES)
    assert query.measure is shown
    (note,) = notes
    assert note.endswith("They are counted." if unit == "mentions" else "The share is shown.")


@pytest.mark.parametrize("measure", ["count", "index"])
def test_mentions_can_be_counted_and_indexed(measure):
    query, notes = read_link([("unit", "mentions"), ("measure", measure)], CHOICES)
    assert (query.measure, notes) == (Measure(measure), [])


def test_a_point_opens_its_own_series_and_bucket_only():
    query = Query(topics=("syria", "unsc"), entities=("sergei-lavrov",), last="90d", text="veto")
    point = at_row(query, "topic:unsc", "2015-05-04", "2015-05-10")
    assert (point.topics, point.entities, point.text, point.last) == (("unsc",), (), "", "")
    assert (point.start, point.end) == (date(2015, 5, 4), date(2015, 5, 10))


def test_a_point_opens_placed_articles_whatever_the_list_beside_it_is_of():
    query = Query(placement=Placement.UNDATED)
    point = at_row(query, "all", "2015-05-04", "2015-05-04")
    assert wanted_placements(point) == wanted_placements(Query(placement=Placement.PLACED))


def test_a_point_of_a_clipped_bucket_stays_within_the_period():
    query = Query(start=date(2015, 5, 6), end=date(2015, 5, 8))
    point = at_row(query, "all", "2015-05-04", "2015-05-10")
    assert (point.start, point.end) == (query.start, query.end)


def test_a_point_keeps_what_narrows_every_series():
    query = Query(entities=("sergei-lavrov",), within="veto", outlet_countries=("RU",))
    point = at_row(query, "entity:sergei-lavrov", "2015-05-04", "2015-05-04")
    assert (point.entities, point.within, point.outlet_countries) == (
        ("sergei-lavrov",),
        "veto",
        ("RU",),
    )


@given(_queries())
def test_without_every_active_filter_none_is_left(query):
    for field in active(query):
        query = without(query, field)
    assert [field for field in active(query) if field != "period"] == []
    assert (query.start, query.end) == (None, None)


def test_repeated_names_stay_together_in_order():
    assert grouped([("a", "1"), ("b", "2"), ("a", "3")]) == {"a": ["1", "3"], "b": ["2"]}


def test_a_ranked_entity_keeps_the_series_it_was_counted_among():
    query = Query(topics=("syria", "unsc"), within="veto")
    row = narrowed(query, "entities", "sergei-lavrov")
    assert (row.topics, row.entities) == ((), ("sergei-lavrov",))
    assert row.within == '(veto) AND (topic:"syria" OR topic:"unsc")'


def test_a_ranked_country_keeps_the_countries_it_was_counted_among():
    row = narrowed(Query(mentioned=("SY",)), "mentioned", "RU")
    assert (row.mentioned, row.within) == (("RU",), "(mentioned:SY)")


def test_the_unknown_home_country_of_a_ranking_is_a_filter():
    assert narrowed(Query(), "outlet_countries", "").outlet_countries == ("unknown",)


def test_a_link_of_defaults_is_written_out_so_that_it_clears_filters():
    query, notes = read_link([(key, one) for key, (one,) in link_to(Query()).items()], CHOICES)
    assert (query, notes) == (Query(), [])
    assert link_to(Query())


def test_the_undated_row_opens_the_undated_articles_of_its_series():
    query = Query(topics=("syria", "unsc"), start=date(2015, 5, 4), end=date(2015, 5, 10))
    row = at_row(query, "topic:unsc", "undated", "nan")
    assert (row.topics, row.placement, row.start) == (("unsc",), Placement.UNDATED, query.start)


@pytest.mark.parametrize(
    ("typed", "found", "unknown"),
    [
        ("yemen, unsc", ["yemen", "unsc"], []),
        ("UN Security Council,  YEMEN ,", ["unsc", "yemen"], []),
        ("un s, yem", ["unsc", "yemen"], []),
        ("un, atlantis", [], ["un", "atlantis"]),  # two begin with "un"
        ("yemen, Yemen", ["yemen"], []),
        ("", [], []),
    ],
)
def test_a_typed_list_means_ids_labels_and_their_beginnings(typed, found, unknown):
    known = {"yemen": "Yemen", "unsc": "UN Security Council", "unga": "UN General Assembly"}
    assert named(typed, known) == (found, unknown)
