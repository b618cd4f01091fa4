"""When something was collected, and how long to wait before asking again."""

from datetime import UTC, datetime

import pytest

from pipelines.sources._retry import back_off, in_words, retry_after
from pipelines.sources.fetch_time import read_instant

NOW = datetime(2022, 7, 28, tzinfo=UTC)


@pytest.mark.parametrize(
    ("raw", "instant"),
    [
        ("2021-07-30T180418_0000", "2021-07-30T18:04:18+00:00"),
        ("20210730180418", "2021-07-30T18:04:18+00:00"),
        ("2021-07-30T18:04:18Z", "2021-07-30T18:04:18+00:00"),
        ("2021-07-30T20:04:18+02:00", "2021-07-30T18:04:18+00:00"),
        ("2021-07-30 18:04", "2021-07-30T18:04:00+00:00"),
        ("20150602T101500Z", "2015-06-02T10:15:00+00:00"),
        ("2021-07-30", "2021-07-30T23:59:59+00:00"),
        ("20210730", "2021-07-30T23:59:59+00:00"),
        ("2021-13-30", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_time_of_collection_is_read(raw: str, instant: str | None) -> None:
    found = read_instant(raw)
    assert (found.isoformat() if found else None) == instant


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120.0),
        ("99999999999999999999", 86_400.0),
        ("Thu, 28 Jul 2022 00:01:00 GMT", 60.0),
        ("Thu, 28 Jul 2050 00:01:00 GMT", 86_400.0),
        ("Thu, 28 Jul 2000 00:01:00 GMT", 0.0),
        ("-5", None),
        ("²", None),
        ("soon", None),
        ("", None),
    ],
)
def test_retry_after_is_read_and_capped(header: str, seconds: float | None) -> None:
    assert retry_after(header, NOW) == seconds


def test_waits_double_and_are_spread() -> None:
    assert [back_off(n, 0.0) for n in (1, 2, 3)] == [0.5, 1.0, 2.0]
    assert back_off(1, 0.999) < 1.0


def test_a_wait_is_said_as_people_say_it() -> None:
    assert [in_words(s) for s in (40, 900, 10_800)] == ["40 s", "15 min", "3 h"]
