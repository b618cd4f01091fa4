"""Peaks of a real store in which one of each make is planted, see `peak_store.py`."""

from contextlib import closing
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from pipelines.analysis.deviations import deviations
from pipelines.analysis.noise import usual_ranges
from pipelines.analysis.peaks import closest, how_often, nearest, peaks
from pipelines.hashing import id_number
from pipelines.query import Interval, Query
from pipelines.reports.csv_report import to_csv
from pipelines.store import open_store
from tests.analysis.peak_store import SERIES, day_of, write_peaks


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with closing(open_store(write_peaks(tmp_path_factory.mktemp("peaks") / "store"))) as store:
        yield store


@pytest.fixture(scope="module")
def found(store):
    return peaks(store, SERIES).set_index("series")


def _of(found, topic):
    return found.loc[f"topic:{topic}"]


def test_each_planted_peak_is_found_and_nothing_else(found):
    days = {name.removeprefix("topic:"): row["date"] for name, row in found.iterrows()}
    wanted = {"weak": 42, "late": 44, "alone": 46, "redated": 48, "wire": 52}
    assert days.pop("plain") in (str(day_of(40)), str(day_of(41)))
    assert days == {topic: str(day_of(n)) for topic, n in wanted.items()}


def test_neighbouring_days_are_one_peak(found):
    plain = _of(found, "plain")
    assert (plain["first"], plain["last"]) == (str(day_of(40)), str(day_of(41)))
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
    short = replace(SERIES, start=day_of(38), end=day_of(45))
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
    assert peaks(store, replace(SERIES, end=day_of(20))).empty
    assert list(peaks(store, Query(outlets=("nobody",))).columns) == list(
        peaks(store, SERIES).columns
    )


def test_the_usual_range_stands_around_what_is_usual(store):
    rows = usual_ranges(store, SERIES)
    plain = rows[rows["series"] == "topic:plain"].set_index("date")
    calm = plain.loc[str(day_of(38))]
    assert calm["usual_low"] <= calm["usual"] <= calm["usual_high"]
    assert plain.loc[str(day_of(40)), "texts"] > plain.loc[str(day_of(40)), "usual_high"]


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


def test_the_nearest_is_the_least_likely_bucket_that_does_not_stand_out():
    rows = pd.DataFrame(
        {
            "series": ["peak", "near", "nearer", "few", "usual"],
            "articles": [12, 11, 10, 9, 40],
            "chance": [0.001, 0.01, 0.004, 0.002, 0.2],
        }
    )
    (row,) = nearest(rows, Interval.DAY).itertuples(index=False)
    assert (row.series, round(row.a_year, 2)) == ("nearer", 1.46)
    assert nearest(rows.iloc[[0, 3, 4]], Interval.DAY).empty
    assert nearest(rows, Interval.YEAR).empty


def test_where_all_that_is_rare_is_a_peak_nothing_is_close_to_one(store):
    assert closest(store, SERIES, deviations(store, SERIES)).empty
