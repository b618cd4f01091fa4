"""A topic in the press of each country, and who writes about whom: numbers worked out by hand."""

from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest

from pipelines.analysis.country_matrix import country_matrix
from pipelines.analysis.press import asks_of_content, common_interval, compared, of_all, press
from pipelines.article import TagKind
from pipelines.query import Interval, Query
from pipelines.store import open_store
from tests.store.build import HERALD, LENTA, NOWHERE, Written, article, build, naming, on_day

FIRST = date(2015, 6, 1)
SYRIA = [(TagKind.TOPIC, "syria", "Syria"), (TagKind.COUNTRY, "SY", "Syria")]
SERIES = Query(topics=("syria",), start=FIRST, end=date(2015, 6, 28), interval=Interval.WEEK)


def _written() -> list[Written]:
    """Return 28 days of Lenta, of whose articles every second names Syria, and 10 of the Herald.

    Of the Herald each names Syria and the US; one article of nobody known names nothing.
    """
    made = []
    for n in range(28):
        text = "Talks on Syria." if n % 2 else "A harvest."
        made.append(
            naming(article(n, on_day(FIRST + timedelta(n)), outlet=LENTA, text=text), *SYRIA)
        )
    for n in range(10):
        one = article(100 + n, on_day(FIRST + timedelta(n)), outlet=HERALD, text="US and Syria.")
        made.append(naming(one, *SYRIA, (TagKind.COUNTRY, "US", "US")))
    return [*made, Written(article(200, on_day(FIRST), outlet=NOWHERE, text="Rain."))]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    path = build(tmp_path_factory.mktemp("press") / "store", _written())
    with closing(open_store(path)) as opened:
        yield opened


def test_a_share_of_the_press_is_out_of_all_it_published(store):
    rows = press(store, SERIES).set_index("country")
    assert rows.loc["RU", ["count", "total_count", "press_ratio"]].tolist() == [14, 28, 0.5]
    assert rows["ratio"].sum() == pytest.approx(1)


def test_a_press_below_twenty_articles_has_no_share(store):
    rows = press(store, SERIES).set_index("country")
    assert rows.loc["GB", ["count", "total_count"]].tolist() == [10, 10]
    assert rows["press_ratio"].isna()["GB"]


def test_conditions_on_content_are_not_part_of_the_denominator():
    query = replace(SERIES, within="x", mentioned=("SY",), outlet_countries=("RU",))
    assert asks_of_content(query)
    assert of_all(query) == replace(SERIES, topics=(), outlet_countries=("RU",))
    assert not asks_of_content(of_all(query))


def test_each_country_is_a_line_with_its_own_denominator(store):
    frame = compared(store, replace(SERIES, outlet_countries=("RU", "GB")), "outlet_countries")
    weeks = frame[frame["date"].str.startswith("2015")]
    counts = weeks.groupby("query", sort=False)[["count", "total_count"]].agg(list)
    assert counts.loc["Russia", "total_count"] == [7, 7, 7, 7]
    assert sum(counts.loc["Russia", "count"]) == 14
    herald = counts.loc["United Kingdom", "count"]
    assert herald[:2] == [7, 3]
    assert all(count is pd.NA for count in herald[2:])  # no article and no log: unknown, not 0
    assert set(frame["series"]) == {"land:RU", "land:GB"}
    assert frame["filters"].iloc[0] == "Syria; published in Russia"


def test_countries_mentioned_are_lines_out_of_all_articles(store):
    frame = compared(store, replace(SERIES, mentioned=("SY", "US")), "mentioned")
    weeks = frame[frame["date"] == "2015-06-01"].set_index("query")
    assert weeks["count"].to_dict() == {"Syria": 10, "United States": 7}
    assert set(weeks["total_count"]) == {15}


def test_no_country_is_no_row(store):
    frame = compared(store, SERIES, "about")
    assert frame.empty
    assert "total_count" in frame


def test_several_series_cannot_be_compared_by_country(store):
    query = replace(SERIES, topics=("syria", "ukraine"), outlet_countries=("RU",))
    with pytest.raises(ValueError, match="one series"):
        compared(store, query, "outlet_countries")


def test_the_interval_is_one_that_suits_the_smallest_press(tmp_path):
    made = [
        Written(article(n, on_day(FIRST + timedelta(n % 56)), outlet=outlet))
        for outlet, each, base in ((LENTA, 25, 0), (HERALD, 4, 10_000))
        for n in range(base, base + 56 * each)
    ]
    query = Query(start=FIRST, end=FIRST + timedelta(55), interval=Interval.DAY)
    with closing(open_store(build(tmp_path / "store", made))) as store:
        assert common_interval(store, replace(query, outlet_countries=("RU",))) is Interval.DAY
        both = replace(query, outlet_countries=("RU", "GB"))
        assert common_interval(store, both) is Interval.WEEK


def test_a_pair_counts_articles_of_one_press_that_name_the_country(store):
    rows = country_matrix(store, Query(), "mentioned")
    found = {
        (row.outlet_country, row.country): (row.articles, row.row_total)
        for row in rows.itertuples(index=False)
    }
    assert found == {("RU", "SY"): (14, 28), ("GB", "SY"): (10, 10), ("GB", "US"): (10, 10)}
    assert rows["share"].tolist() == [0.5, 1.0, 1.0]


def test_each_pair_opens_as_many_articles_as_it_counts(store):
    for row in country_matrix(store, SERIES, "mentioned").itertuples(index=False):
        query = replace(SERIES, outlet_countries=(row.outlet_country,), mentioned=(row.country,))
        assert store.article_count(query) == row.articles


def test_an_unknown_sense_has_no_matrix(store):
    with pytest.raises(ValueError, match="dateline"):
        country_matrix(store, Query(), "dateline")
