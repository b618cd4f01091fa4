"""A gap is not a zero: what the collection log says of each day."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from pipelines.analysis.coverage import collected, collected_of, coverage_of_log, read_log
from pipelines.article import Fetch, SourceKind
from pipelines.query import Query
from pipelines.store import open_store
from tests.analysis.planted import FIRST, Feed, write
from tests.store.build import HERALD, LENTA, Written, article, build, on_day

_COLUMNS = ["source", "fetched_at", "status", "complete_from", "complete_to"]


def _log(*rows):
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    frame["fetched_at"] = pd.to_datetime(frame["fetched_at"], utc=True)
    return frame


def _hourly(source, first, last, *, status="ok", every=6):
    hours = int((last - first) / timedelta(hours=every))
    return [
        (source, first + timedelta(hours=every * n), status, None, None) for n in range(hours + 1)
    ]


def _at(day, hour=0):
    return datetime(2015, 6, day, hour, tzinfo=UTC)


def _last_day(log, tz="UTC"):
    return collected_of(read_log(log)).last_day(tz)


def _by_day(log):
    rows = coverage_of_log(log)
    return dict(zip(rows["day"], rows["coverage"], strict=True))


def test_day_without_a_fetch_inside_an_outage_is_a_gap():
    log = _log(*_hourly("a", _at(1), _at(3)), *_hourly("a", _at(9), _at(12)))
    coverage = _by_day(log)
    assert [coverage[date(2015, 6, day)] for day in range(4, 9)] == [0] * 5
    assert coverage[date(2015, 6, 3)] == coverage[date(2015, 6, 9)] == 1


def test_failed_fetches_do_not_cover_a_day():
    log = _log(
        *_hourly("a", _at(1), _at(3)),
        *_hourly("a", _at(4), _at(7), status="failed"),
        *_hourly("a", _at(8), _at(10)),
    )
    assert _by_day(log)[date(2015, 6, 5)] == 0


def test_source_fetched_weekly_has_no_gaps():
    log = _log(*_hourly("weekly", _at(1), _at(29), every=24 * 7))
    assert set(_by_day(log).values()) == {1.0}


def test_dead_source_stays_expected_while_others_go_on():
    log = _log(*_hourly("dead", _at(1), _at(5)), *_hourly("alive", _at(1), _at(20)))
    coverage = _by_day(log)
    assert coverage[date(2015, 6, 5)] == 1
    assert coverage[date(2015, 6, 15)] == 0.5


def test_folder_without_times_says_nothing():
    log = _log(("folder", None, "ok", None, None))
    assert coverage_of_log(log).empty
    assert _last_day(log) is None


def test_declared_period_is_covered():
    log = _log(("folder", None, "ok", date(2015, 6, 1), date(2015, 6, 3)))
    assert _by_day(log) == {date(2015, 6, day): 1.0 for day in (1, 2, 3)}
    assert _last_day(log) == date(2015, 6, 3)


def test_source_declared_complete_is_due_once_a_day_whatever_else_is_known_of_it():
    log = _log(
        *_hourly("a", _at(1), _at(3)),
        *_hourly("a", _at(9), _at(12)),
        ("a", None, "ok", date(2015, 6, 2), date(2015, 6, 5)),
        ("a", None, "ok", date(2015, 6, 4), date(2015, 6, 7)),
    )
    rows = coverage_of_log(log)
    assert set(rows["expected"]) == {1}
    assert list(rows.loc[rows["coverage"] == 0, "day"]) == [date(2015, 6, 8)]


def test_feed_declared_complete_for_some_days_stays_due_after_them():
    said = date(2015, 6, 2), date(2015, 6, 3)
    log = _log(*((*row[:3], *said) for row in _hourly("a", _at(1), _at(10))))
    assert _by_day(log) == {date(2015, 6, day): 1.0 for day in range(1, 10)}


def test_day_of_the_newest_fetch_is_not_over_and_not_due():
    log = _log(*_hourly("a", _at(1), _at(10, 6)), *_hourly("b", _at(1), _at(8)))
    assert max(_by_day(log)) == date(2015, 6, 9)


def test_last_complete_day_is_the_one_before_the_newest_fetch():
    log = _log(*_hourly("a", _at(1), _at(10, 7)))
    assert _last_day(log) == date(2015, 6, 9)


def test_evening_of_a_zone_behind_utc_is_still_going_on():
    log = _log(*_hourly("a", _at(1), _at(10, 2), every=1))
    assert _last_day(log, "America/New_York") == date(2015, 6, 8)  # it is ten in the evening there
    assert _last_day(log, "Asia/Tokyo") == date(2015, 6, 9)


def test_source_of_two_outlets_is_due_for_both_where_each_file_is_of_one(tmp_path: Path):
    said = Fetch("files", SourceKind.JSONL, "x", complete_from=FIRST, complete_to=FIRST)
    for number, outlet in enumerate((HERALD, LENTA)):
        made = replace(article(number, on_day(FIRST), outlet=outlet), source="files")
        build(tmp_path, [Written(made)], fetches=[said])
    with closing(open_store(tmp_path)) as store:
        for outlet in (HERALD, LENTA):
            asked = Query(outlets=(outlet.id,))
            assert collected(store, asked).by_day["coverage"].tolist() == [1]
            assert set(store.fetches(asked)["owner"]) == {""}


@pytest.mark.parametrize(
    "query",
    [
        pytest.param(Query(), id="all"),
        pytest.param(Query(outlets=("down",)), id="an outlet"),
        pytest.param(Query(outlets=("up", "down")), id="both"),
        pytest.param(Query(outlet_countries=("RU",)), id="none"),
    ],
)
def test_what_is_kept_of_the_log_is_what_its_rows_say(query: Query, tmp_path: Path):
    outage = frozenset(FIRST + timedelta(days=n) for n in (3, 4))
    feeds = [Feed("up", ((3, 0),) * 9), Feed("down", ((2, 0),) * 7, failed=outage)]
    with closing(open_store(write(tmp_path / "store", feeds))) as store:
        for _ in range(2):  # the second time it is known
            kept, rows = collected(store, query), store.fetches(query)
            pd.testing.assert_frame_equal(kept.by_day, coverage_of_log(rows))
            assert kept.last_day("UTC") == _last_day(rows)
