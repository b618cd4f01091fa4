"""What becomes of an article that is seen again."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from pipelines.article import Outcome, TextSource
from pipelines.versions import KnownVersion, Twin, decide, is_dated
from tests.store.build import article, on_day

_MONDAY = datetime(2015, 6, 1, 9, tzinfo=UTC)
_FIRST = replace(article(1, on_day(date(2015, 6, 1))), fetched_at=_MONDAY)
_OTHER_TEXT = replace(_FIRST, content_hash=7, fetched_at=_MONDAY + timedelta(hours=1))


def _known(*articles):
    return [
        KnownVersion(number, a.text_source, a.content_hash, a.fetched_at, is_dated(a))
        for number, a in enumerate(articles, 1)
    ]


def test_new_address_is_stored_as_version_one():
    assert decide(_FIRST, [], None).outcome is Outcome.STORED


def test_same_text_is_unchanged():
    assert decide(_FIRST, _known(_FIRST), None).outcome is Outcome.UNCHANGED


def test_other_text_later_is_an_edit():
    decision = decide(_OTHER_TEXT, _known(_FIRST), None)
    assert (decision.outcome, decision.version) == (Outcome.EDITED, 2)


def test_going_back_to_the_old_wording_is_an_edit_too():
    again = replace(_FIRST, fetched_at=_MONDAY + timedelta(hours=2))
    decision = decide(again, _known(_FIRST, _OTHER_TEXT), None)
    assert (decision.outcome, decision.version) == (Outcome.EDITED, 3)


def test_reading_old_snapshots_again_changes_nothing():
    known = _known(_FIRST, _OTHER_TEXT)
    assert decide(_FIRST, known, None).outcome is Outcome.UNCHANGED
    assert decide(_OTHER_TEXT, known, None).outcome is Outcome.UNCHANGED


def test_text_without_a_time_is_unchanged_where_any_version_has_it():
    timeless = replace(_FIRST, fetched_at=None)
    assert decide(timeless, _known(_FIRST, _OTHER_TEXT), None).outcome is Outcome.UNCHANGED


def test_page_after_summary_enriches():
    summary = replace(_FIRST, text_source=TextSource.SUMMARY, content_hash=3)
    page = replace(_FIRST, text_source=TextSource.PAGE)
    assert decide(page, _known(summary), None).outcome is Outcome.ENRICHED


def test_summary_after_page_is_no_edit():
    summary = replace(_FIRST, text_source=TextSource.SUMMARY, content_hash=3)
    page = replace(_FIRST, text_source=TextSource.PAGE)
    assert decide(summary, _known(page), None).outcome is Outcome.UNCHANGED


@pytest.mark.parametrize(
    ("day", "outcome"),
    [
        (date(2015, 6, 1), Outcome.DUPLICATE),
        (date(2015, 6, 4), Outcome.DUPLICATE),
        (date(2015, 6, 5), Outcome.STORED),
        (None, Outcome.DUPLICATE),
    ],
    ids=["same day", "three days", "four days", "undated"],
)
def test_same_text_at_another_address_is_a_duplicate_within_three_days(day, outcome):
    assert decide(_FIRST, [], Twin(42, day)).outcome is outcome
