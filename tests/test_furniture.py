"""The rule for learned furniture, on articles and counts written by hand."""

from dataclasses import replace
from datetime import date

import pytest

from pipelines.article import UNKNOWN_OUTLET, Outlet, Zone, ZoneSpan
from pipelines.furniture import Repeats, is_furniture, lay_over, lines_of, without_furniture
from tests.store.build import HERALD, LENTA, article

_APPEAL = "Write to our Syria desk"
_LONG = "Our readers in 12 countries pay for all that this paper writes."


def _article(*lines, **more):
    return article(1, text="\n".join(lines), **more)


def _keys(*lines, **more):
    return [line.key for line in lines_of(_article(*lines, **more))]


def _zones(written):
    return [(written.text[z.start : z.end], z.zone) for z in written.zones]


_TWO_MONTHS = Repeats(
    is_long=False,
    in_place=True,
    articles=4,
    anywhere=4,
    first=date(2015, 6, 1),
    last=date(2015, 7, 31),
    meanwhile=400,
    all=1000,
)


def _in(articles, **more):
    return {"articles": articles, "anywhere": articles, **more}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param(changes, expected, id=name)
        for name, expected, changes in (
            ("a short line in four articles over a week", True, {}),
            ("three articles of many", False, _in(3)),
            ("three articles of few", True, _in(3, all=15)),
            ("two articles", False, _in(2, all=2)),
            ("six days from first to last", False, {"last": date(2015, 6, 7)}),
            ("seven days from first to last", True, {"last": date(2015, 6, 8)}),
            ("in its place in half of its articles", True, {"anywhere": 8}),
            ("mostly elsewhere", False, {"anywhere": 9}),
            ("a short line anywhere", False, {"in_place": False}),
            ("a long line in few of many", False, {"is_long": True, "meanwhile": 4}),
            ("a long line in a fifth", True, {"is_long": True, "all": 20}),
            ("a long line in ten", True, _in(10, is_long=True)),
            ("a long line in ten, anywhere", True, _in(10, is_long=True, in_place=False)),
            ("a long line anywhere", False, {"is_long": True, "in_place": False, "all": 7}),
            ("nearly everywhere", True, {"is_long": True, "in_place": False, "all": 6}),
            ("no dates", False, _in(4, first=None, last=None, all=4)),
            ("no dates, but in two thirds of all", True, _in(6, first=None, last=None, all=9)),
            ("one day, two thirds of all", True, _in(6, last=date(2015, 6, 1), all=9)),
            ("one day, less", False, _in(6, last=date(2015, 6, 1), all=10, meanwhile=9)),
            ("one day, two thirds of it", True, _in(10, last=date(2015, 6, 1), meanwhile=15)),
            ("one day, less than that", False, _in(10, last=date(2015, 6, 1), meanwhile=16)),
            ("four on one day, all", False, _in(4, last=date(2015, 6, 1), all=4, meanwhile=4)),
        )
    ],
)
def test_a_line_is_furniture(changes, expected):
    assert is_furniture(replace(_TWO_MONTHS, **changes)) is expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("12 comments", "7 Comments", True),
        ("Updated 3 May", "Updated: 28 June", True),
        ("12 comments", "12 shares", False),
        (_LONG, _LONG.upper(), True),
        (_LONG, _LONG.replace("12", "13"), False),
    ],
    ids=["number", "month", "word", "case", "number in a long line"],
)
def test_two_lines_are_the_same(one, other, same):
    assert (_keys(one) == _keys(other)) is same


def test_outlets_do_not_share_keys():
    assert _keys(_APPEAL, outlet=HERALD) != _keys(_APPEAL, outlet=LENTA)


def test_nothing_is_learned_where_the_outlet_is_not_known():
    assert _keys(_APPEAL, outlet=Outlet(UNKNOWN_OUTLET, "(unknown outlet)")) == []


def test_headline_and_lines_without_a_letter_teach_nothing():
    written = _article("First.", "* * *", "12:30", "Last.")
    lines = [written.text[line.start : line.end] for line in lines_of(written)]
    assert lines == ["First.\n", "Last."]


def test_zones_that_do_not_count_teach_nothing():
    written = _article("First.", "Last.")
    edge = written.text.index("Last.")
    head, body = written.zones
    zones = (head, ZoneSpan(body.start, edge, Zone.BODY), ZoneSpan(edge, body.end, Zone.RELATED))
    assert len(lines_of(replace(written, zones=zones))) == 1


def test_a_place_is_told_by_its_neighbours_and_ends():
    first, middle, last = lines_of(_article("One talk.", "Two talks.", "Three talks."))
    assert first.before == last.after == 0
    assert 0 not in (middle.before, middle.after)
    again = lines_of(_article("Another.", "One talk.", "Two talks."))
    assert again[2].before == middle.before
    assert again[2].after == 0 != middle.after


def test_a_learned_line_is_laid_over_wherever_it_stands():
    written = _article("Talks on Syria.", _APPEAL, "More talks.", _APPEAL)
    news = without_furniture(written, set(_keys(_APPEAL)))
    assert _zones(news) == [
        ("Headline 1\n", Zone.HEADLINE),
        ("Talks on Syria.\n", Zone.LEDE),
        (f"{_APPEAL}\n", Zone.FURNITURE),
        ("More talks.\n", Zone.LEDE),
        (_APPEAL, Zone.FURNITURE),
    ]
    assert replace(news, zones=written.zones) == written


def test_a_headline_is_never_furniture():
    written = _article(_APPEAL, title=_APPEAL)
    news = without_furniture(written, set(_keys(_APPEAL)))
    assert [zone for _, zone in _zones(news)] == [Zone.HEADLINE, Zone.FURNITURE]


def test_neighbouring_furniture_is_one_zone():
    zones = (ZoneSpan(0, 10, Zone.BODY), ZoneSpan(10, 12, Zone.FURNITURE))
    expected = (ZoneSpan(0, 4, Zone.BODY), ZoneSpan(4, 12, Zone.FURNITURE))
    assert lay_over(zones, [(7, 10), (4, 7)]) == expected
