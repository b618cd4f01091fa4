"""Peaks of a real store: ten weeks of five outlets, with a peak of each make planted by a topic."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from pipelines.analysis.deviations import deviations
from pipelines.analysis.noise import usual_ranges
from pipelines.analysis.peaks import how_often, peaks
from pipelines.article import Outlet, TagKind
from pipelines.hashing import id_number
from pipelines.query import Interval, Query
from pipelines.reports.csv_report import to_csv
from pipelines.store import open_store
from tests.store.build import Written, article, build, naming, on_day

FIRST = date(2015, 3, 2)
DAYS = 70
OUTLETS = [Outlet(f"o{n}", f"Paper {n}", f"o{n}.example", "GB", "en") for n in range(5)]
TOPICS = ("plain", "wire", "alone", "weak", "late", "redated", "few", "burst", "joined")
NAMES = [(TagKind.TOPIC, one, one.upper()) for one in TOPICS]
SERIES = Query(topics=TOPICS, interval=Interval.DAY, start=FIRST, end=FIRST + timedelta(DAYS - 1))


def _day(n: int) -> date:
    return FIRST + timedelta(days=n)


def _planted() -> Iterator[tuple[int, str, int, dict]]:
    """Yield day, topic, outlet and what is odd about each article of the planted peaks."""
    for n in range(14):
        yield 40, "plain", n % 5, {}
        yield 41, "plain", n % 5, {}
        yield 42, "weak", n % 5, {"confidence": 0.7}
        yield 44, "late", n % 5, {"fetched_after": 9}
        yield 46, "alone", 0 if n < 12 else n % 5, {}
        yield 48, "redated", n % 5, {"group": 900 + n}
        yield 10, "nothing", n % 5, {"group": 900 + n}  # the same texts, five weeks before
        yield 52, "wire", n % 5, {}
        yield 52, "wire", n % 5, {"group": 800}
        yield 52, "wire", (n + 1) % 5, {"group": 800}
        yield 54, "few", 3 * (n % 2), {}  # the two that name all topics on that day anyway
        yield 58, "joined", 5, {}
    for n in range(
        144
    ):  # one outlet publishes 37 times as much, one in twelve on the topic as ever
        yield 56, "burst" if n % 12 == 0 else "nothing", 1, {}


def _usual() -> Iterator[tuple[int, str, int, dict]]:
    """Yield four articles a day of each outlet; of two outlets a day one names all topics."""
    for day in range(DAYS):
        for outlet in range(5):
            for n in range(4):
                names = " ".join(TOPICS) if n == 0 and (day + outlet) % 3 == 0 else "nothing"
                yield day, names, outlet, {}


def _write(number: int, day: int, names: str, outlet: int, odd: dict) -> Written:
    fetched = datetime.combine(_day(day + odd.get("fetched_after", 0)), time(20), UTC)
    paper = [*OUTLETS, Outlet("new", "New Paper", "new.example", "GB", "en")][outlet]
    title = f"{names.title()} spoken of again in town {number}" if number % 2 else f"Day {number}"
    one = article(
        number,
        on_day(_day(day), odd.get("confidence", 0.97)),
        outlet=paper,
        title=title,
        text=f"{names.upper()} and number {number}.",
        fetched_at=fetched,
    )
    return replace(naming(one, *NAMES), syndication_id=odd.get("group"))


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    planned = [*_usual(), *_planted()]
    written = [_write(number, *one) for number, one in enumerate(planned)]
    path = build(
        tmp_path_factory.mktemp("peaks") / "store",
        written,
        topics=[(one, one.capitalize()) for one in TOPICS],
        now=datetime(2015, 7, 1, tzinfo=UTC),
    )
    with closing(open_store(path)) as store:
        yield store


@pytest.fixture(scope="module")
def found(store):
    return peaks(store, SERIES).set_index("series")


def _of(found, topic):
    return found.loc[f"topic:{topic}"]


def test_each_planted_peak_is_found_and_nothing_else(found):
    days = {name.removeprefix("topic:"): row["date"] for name, row in found.iterrows()}
    wanted = {"weak": 42, "late": 44, "alone": 46, "redated": 48, "wire": 52}
    assert days.pop("plain") in (str(_day(40)), str(_day(41)))
    assert days == {topic: str(_day(n)) for topic, n in wanted.items()}


def test_neighbouring_days_are_one_peak(found):
    plain = _of(found, "plain")
    assert (plain["first"], plain["last"]) == (str(_day(40)), str(_day(41)))
    assert plain["texts"] >= 14


@pytest.mark.parametrize(
    ("topic", "badge", "words"),
    [
        ("plain", "solid", "texts are new"),
        ("wire", "thin", "articles are one text"),
        ("alone", "thin", "without Paper 0 it would not stand out"),
        ("weak", "suspicious", "no sure date"),
        ("late", "suspicious", "fetched days after"),
        ("redated", "suspicious", "old texts under a new date"),
    ],
)
def test_the_badge_says_what_the_peak_is_made_of(found, topic, badge, words):
    row = _of(found, topic)
    assert row["badge"] == badge, row["why"]
    assert words in row["why"]


def test_few_outlets_and_new_ones_make_no_peak(found, store):
    assert not {"topic:few", "topic:joined", "topic:burst"} & set(found.index)
    rows = deviations(store, SERIES)
    joined = rows[(rows["series"] == "topic:joined") & (rows["newcomers"] > 0)]
    assert joined["newcomers"].tolist() == [14]


def test_a_number_is_that_of_the_articles_it_opens(found, store):
    for series, row in found.iterrows():
        day = date.fromisoformat(row["date"])
        opened = Query(topics=(series.removeprefix("topic:"),), start=day, end=day)
        assert store.article_count(opened) == row["articles"]


def test_headlines_are_those_of_the_most_copied_text_first(found, store):
    wire = _of(found, "wire")
    ids = [id_number(one) for one in wire["headline_ids"]]
    facts = store.articles(Query(topics=("wire",))).set_index("article_id")
    assert [facts.loc[one, "title"] for one in ids] == wire["headlines"]
    assert facts.loc[ids[0], "syndication_id"] == 800
    assert 1 <= len(wire["headlines"]) <= 3


def test_a_peak_does_not_depend_on_where_the_chart_begins(store, found):
    short = replace(SERIES, start=_day(38), end=_day(45))
    again = peaks(store, short).set_index("series")
    assert set(again.index) == {"topic:plain", "topic:weak", "topic:late"}
    same = ["date", "texts", "expected", "chance", "badge"]
    for topic in ("plain", "weak", "late"):
        assert _of(again, topic)[same].tolist() == _of(found, topic)[same].tolist()


def test_a_query_of_nothing_is_asked_of_every_topic(store, found):
    everything = peaks(store, replace(SERIES, topics=()))
    assert set(everything["series"]) == set(found.index)


def test_the_rates_of_all_series_together_are_larger_than_the_chances(found):
    assert (found["false_discovery_rate"] >= found["chance"]).all()
    assert (found["false_discovery_rate"] <= 1).all()


def test_years_and_short_pasts_have_no_peaks(store):
    assert peaks(store, replace(SERIES, interval=Interval.YEAR)).empty
    assert peaks(store, replace(SERIES, end=_day(20))).empty
    assert list(peaks(store, Query(outlets=("nobody",))).columns) == list(
        peaks(store, SERIES).columns
    )


def test_the_usual_range_stands_around_what_is_usual(store):
    rows = usual_ranges(store, SERIES)
    plain = rows[rows["series"] == "topic:plain"].set_index("date")
    calm = plain.loc[str(_day(38))]
    assert calm["usual_low"] <= calm["usual"] <= calm["usual_high"]
    assert plain.loc[str(_day(40)), "texts"] > plain.loc[str(_day(40)), "usual_high"]


def test_how_often_is_said_in_words_and_rounded_down():
    assert how_often(2.4) == "about once in two years"
    assert how_often(9.9) == "about once in 5 years"
    assert how_often(1e6) == "less than once in a hundred years"
    assert how_often(0.5) == "more than once in two years"


def test_the_file_has_headlines_in_one_cell_and_ids_as_they_are_shown(found):
    text = to_csv(found.reset_index(), "peaks").decode()
    wire = _of(found, "wire")
    assert "; ".join(wire["headlines"]) in text
    assert wire["headline_ids"][0] in text
