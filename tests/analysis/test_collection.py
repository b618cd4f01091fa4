"""What was collected, source by source: a log of two weeks worked out by hand."""

from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import pytest

from pipelines.analysis.collection import CELLS, GAPS, SOURCES, cell_interval, cells, gaps, sources
from pipelines.article import Capture, Fetch, FetchStatus, Form, Outcome, SourceKind
from pipelines.query import Interval, Query
from pipelines.store import open_store, open_writer, read_standing
from tests.store.build import HERALD, NOW, UNDATED, Written, article, build, on_day

FIRST = date(2015, 6, 1)
PERIOD = Query(start=FIRST, end=date(2015, 6, 14))


def _fetch(source: str, day: int, *, failed: bool = False) -> Fetch:
    return Fetch(
        source,
        SourceKind.FEED,
        f"https://{source}.example/feed",
        FetchStatus.FAILED if failed else FetchStatus.OK,
        datetime(2015, 6, day, 12, tzinfo=UTC),
        reason="HTTP 503" if failed else "",
    )


def _log() -> list[Fetch]:
    """Return a feed that is well, one that fails from the 5th to the 9th, one asked only once."""
    well = [_fetch("well", day) for day in range(1, 15)]
    ill = [_fetch("ill", day, failed=5 <= day <= 9) for day in range(1, 15)]
    return [*well, *ill, _fetch("once", 3)]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    written = [
        Written(article(1, on_day(FIRST), outlet=HERALD)),
        Written(article(2, UNDATED, outlet=HERALD)),
    ]
    path = build(tmp_path_factory.mktemp("collection") / "store", written, fetches=_log())
    with closing(open_store(path)) as opened:
        yield opened


def test_each_day_of_each_source_is_collected_or_not_or_unknown(store):
    states = cells(store, PERIOD).groupby("source")["state"].agg(list)
    assert states["well"] == ["collected"] * 13 + ["unknown"]  # the last day is not over
    assert states["ill"] == ["collected"] * 4 + ["nothing"] * 5 + ["collected"] * 4 + ["unknown"]
    assert set(states["once"]) == set(states["files"]) == {"unknown"}


def test_a_day_counts_its_fetches_and_failures(store):
    rows = cells(store, PERIOD).set_index(["source", "date"])
    assert rows.loc[("ill", date(2015, 6, 5)), ["fetches", "failures"]].tolist() == [1, 1]


@pytest.mark.parametrize("year", [2014, 2016])
def test_of_days_outside_the_log_nothing_is_known(store, year: int):
    rows = cells(store, Query(start=date(year, 6, 1), end=date(year, 6, 14)))
    assert set(rows["state"]) == {"unknown"}
    assert (rows[["fetches", "failures", "stored"]] == 0).all(axis=None)


def test_a_long_period_is_shown_by_weeks_and_a_week_can_be_collected_in_part(store):
    query = Query(start=date(2015, 5, 4), end=date(2015, 7, 12))
    rows = cells(store, query)
    ill = rows[rows["source"] == "ill"].set_index("date")
    week = ill.loc[FIRST]
    assert (week["expected"], week["collected"], week["state"]) == (7, 4, "partly")
    assert ill.loc[date(2015, 5, 25), "state"] == "unknown"


@pytest.mark.parametrize(
    ("days", "interval"), [(62, "day"), (63, "week"), (435, "month"), (1870, "year")]
)
def test_the_interval_leaves_room_for_each_column(days, interval):
    assert cell_interval(FIRST, FIRST + timedelta(days - 1)) is Interval(interval)


def test_a_gap_has_its_ends_and_days(store):
    (gap,) = gaps(store, Query()).to_dict("records")
    assert gap == {
        "source": "ill",
        "outlet": "",
        "first_day": date(2015, 6, 5),
        "last_day": date(2015, 6, 9),
        "days": 5,
    }


def test_a_source_has_its_failures_with_the_reason_and_its_dates(store):
    rows = sources(store, Query()).set_index("source")
    assert rows.loc["ill", ["fetches", "failures", "last_failure"]].tolist() == [14, 5, "HTTP 503"]
    assert rows.loc["ill", "entries"] == 0  # a failed fetch is no item
    assert rows.loc["well", "verdict"] == "no articles here"
    articles = rows[rows["articles"] > 0].iloc[0]
    assert articles[["articles", "undated_share", "verdict"]].tolist() == [2, 0.5, "too few to say"]


def test_without_a_log_everything_is_empty_and_has_its_columns(tmp_path):
    with open_writer(tmp_path / "store", now=NOW) as writer:
        topic = dict.fromkeys(("id", "name", "query", "color", "description"), "x")
        writer.replace_topics([topic], "x")
    with closing(open_store(tmp_path / "store")) as empty:
        assert list(cells(empty, PERIOD)) == CELLS
        assert list(gaps(empty, Query())) == GAPS
        assert list(sources(empty, Query())) == SOURCES


def test_what_could_not_be_read_is_listed_with_its_reason_newest_first(tmp_path):
    path = build(tmp_path / "store", [], fetches=[_fetch("well", 1)])
    with open_writer(path, now=NOW) as writer:
        writer.begin(_fetch("well", 2))
        for number, outcome in enumerate((Outcome.QUARANTINED, Outcome.NO_ARTICLE, Outcome.FAILED)):
            at = datetime(2015, 6, 2 + number, tzinfo=UTC)
            capture = Capture("well", f"item {number}", Form.TEXT, b"x", fetched_at=at)
            writer.record(capture, number, outcome, reason=f"because {number}")
    with closing(open_store(path)) as store:
        rows = store.trouble(10)
        assert rows["reason"].tolist() == ["because 2", "because 0"]
        assert store.trouble(1)["outcome"].tolist() == ["failed"]


def test_the_standing_of_articles_adds_up_to_all_of_them(store):
    rows = read_standing(store, Query()).set_index("placement")
    assert rows["articles"].to_dict() == {"placed": 1, "undated": 1}
    assert rows["copies"].sum() == 0
    assert rows["sure"].sum() == 1
