"""The date of an article counts from whatever capture of it told one, in any order of arrival."""

from contextlib import closing
from datetime import UTC, date, datetime
from itertools import permutations

import pytest

from pipelines.article import Capture, DateEvidence, DateSource, Fetch, Form, SourceKind, TextSource
from pipelines.ingest import ingest
from pipelines.outlets import read_outlets
from pipelines.query import Query
from pipelines.reading.reader import Reader
from pipelines.store import open_store, open_writer
from pipelines.tagging import Taggers

_NOW = datetime(2015, 7, 1, 12, tzinfo=UTC)
_READER = Reader(read_outlets(()))
_DAY = date(2015, 6, 2)


def _capture(text="Talks went on.", source=TextSource.FILE, said="", fetched=None):
    dates = (DateEvidence(DateSource.FEED, said),) if said else ()
    return Capture(
        source="test",
        locator="test:1",
        form=Form.TEXT,
        content=text.encode(),
        text_source=source,
        url="https://a.example/1",
        title="Title",
        dates=dates,
        fetched_at=fetched and datetime(2015, 6, fetched, tzinfo=UTC),
    )


_SUMMARY = _capture("A summary.", TextSource.SUMMARY, "Tue, 02 Jun 2015 10:00:00 GMT")
_PAGE = _capture("The page tells more.", TextSource.PAGE)
_ROW, _DATED_ROW = _capture(), _capture(said="2015-06-02")
_ARRIVALS = {
    "a page after its feed": [_SUMMARY, _PAGE],
    "the same text with a date": [_ROW, _DATED_ROW],
    "an edit that tells none": [_capture(said="2015-06-02", fetched=3), _capture("B.", fetched=4)],
}


def _brought(store, *captures):
    outcomes = []
    for capture in captures:
        with open_writer(store, now=_NOW) as writer:
            stream = [Fetch("test", SourceKind.JSONL, "test"), capture]
            outcomes += ingest(stream, writer, _READER, taggers=Taggers(())).outcomes
    return [str(one) for one in outcomes]


def _only(store):
    with closing(open_store(store)) as opened:
        (row,) = opened.articles(Query()).itertuples()
        return opened.article(int(row.article_id))


@pytest.mark.parametrize("captures", _ARRIVALS.values(), ids=_ARRIVALS.keys())
@pytest.mark.parametrize("order", list(permutations((0, 1))), ids=["one way", "the other"])
def test_an_article_is_dated_by_any_of_its_captures_in_any_order(tmp_path, captures, order):
    _brought(tmp_path, *(captures[place] for place in order))
    found = _only(tmp_path)
    assert found.row["published_day"] == _DAY
    assert "feed" in {str(one.source) for one in found.evidence if one.note == "used"}
    richest = max(captures, key=lambda one: (list(TextSource).index(one.text_source), one.content))
    if captures is not _ARRIVALS["an edit that tells none"]:
        assert found.text.endswith(richest.content.decode())


def test_reading_again_what_brought_the_date_changes_nothing(tmp_path):
    assert _brought(tmp_path, _ROW, _DATED_ROW) == ["stored", "enriched"]
    assert _brought(tmp_path, _DATED_ROW, _ROW, _DATED_ROW) == ["unchanged"] * 3


def test_a_date_of_its_own_wins_over_that_of_another_version(tmp_path):
    _brought(tmp_path, _SUMMARY, _capture("The page.", TextSource.PAGE, said="2015-06-20"))
    assert _only(tmp_path).row["published_day"] == date(2015, 6, 20)
