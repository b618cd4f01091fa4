"""Whether 05/06/2015 is May or June, by the other dates of its file."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pipelines.article import Capture, DateEvidence, DateSource, Form
from pipelines.date_evidence import read
from pipelines.date_order import DateOrder
from pipelines.dates import resolve
from pipelines.ingest import capture_id

_FETCHED = datetime(2015, 6, 10, 12, tzinfo=UTC)


def claim(raw: str, where: str = "pubDate") -> DateEvidence:
    return DateEvidence(DateSource.FEED, raw, where=where)


def told(raws: Sequence[str], fetched_at: datetime | None = None) -> list[DateEvidence]:
    items = [((claim(raw),), fetched_at) for raw in raws]
    order = DateOrder("feed", lambda: items)
    return [order.told(claims)[0] for claims, _ in items]


@pytest.mark.parametrize(
    ("raws", "day"),
    [
        (["05/06/2015", "23/06/2015"], "2015-06-05"),
        (["05/06/2015", "06/23/2015"], "2015-05-06"),
        (["5-6-2015 10:11", "23-6-2015"], "2015-06-05"),
        (["05/06/2015", "04/06/2015"], "None"),
        (["05/06/2015", "23/06/2015", "06/24/2015"], "None"),
        (["05/06/2015", "23-06-2015"], "None"),
        (["05/06/2015", "23.06.2015"], "None"),
        (["05/06/2015", "30/02/2015"], "None"),
        (["05/06/2015", "05/05/2015"], "None"),
    ],
)
def test_order_is_that_of_the_dates_that_can_be_read_one_way(raws: list[str], day: str):
    assert str(read(told(raws)[0]).day) == day


def test_other_places_of_a_file_have_orders_of_their_own():
    items = [((claim("05/06/2015"), claim("23/06/2015", "updated")), None)]
    assert DateOrder("feed", lambda: items).told(items[0][0]) == items[0][0]


def test_a_day_after_the_fetch_shows_the_order_less_surely():
    raws = ["05/06/2015", "05/12/2015"]
    found = told(raws, _FETCHED)
    assert [str(read(item).day) for item in found] == ["2015-05-06", "2015-05-12"]
    assert found[0].where.endswith("05/12/2015 in the same feed would else lie after the fetch")
    assert resolve(found[:1], fetched_at=_FETCHED).confidence == pytest.approx(0.72)
    assert read(told([*raws, "23/05/2015"], _FETCHED)[0]).day is None
    assert read(told(raws)[0]).day is None


def test_the_evidence_says_what_showed_the_order():
    publication = resolve(told(["05/06/2015", "23/06/2015"])[:1], fetched_at=None)
    (item,) = publication.evidence
    assert item.where == "pubDate; day first, as 23/06/2015 in the same feed shows"
    assert (item.raw, item.note) == ("05/06/2015", "used")
    assert publication.confidence == pytest.approx(0.81)


def test_a_capture_whose_date_became_readable_is_decided_anew():
    dates = [told(["05/06/2015", *other])[0] for other in ([], ["23/06/2015"], ["24/06/2015"])]
    blank = Capture("", "a.rss#1", Form.TEXT, b"")
    unread, read_then, later = (capture_id(replace(blank, dates=(d,))) for d in dates)
    assert unread != read_then == later
