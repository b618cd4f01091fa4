"""Reading ahead of the store: nothing is read twice for nothing, nor taken for known too soon."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from pipelines.article import Capture, Fetch, Form, Outcome, SourceKind
from pipelines.config import ReadingConfig
from pipelines.ingest import ingest
from pipelines.outlets import read_outlets
from pipelines.reading.reader import Reader
from pipelines.reading.workers import Workers
from pipelines.store import open_writer
from pipelines.tagging import Taggers

_FETCH = Fetch("test", SourceKind.JSONL, "test.jsonl")
_READER = Reader(read_outlets(()))


def capture(words: str, day: int = 1) -> Capture:
    text = f"The ferry to the islands {words} on Monday, as the harbour had said a week before."
    return Capture(
        source="test",
        locator=words,
        form=Form.TEXT,
        content=text.encode(),
        fetched_at=datetime(2015, 6, day, tzinfo=UTC),
        url="https://ferry.example/1",
    )


@dataclass
class FarAhead:
    """Asks of the whole stream what is wanted before it hands on the first item."""

    wanted: list[bool] = field(default_factory=list)

    def read(self, stream, wanted):
        items = list(stream)
        self.wanted += [wanted(item) for item in items if isinstance(item, Capture)]
        return _READER.read(items, wanted)


@pytest.fixture
def outcomes(tmp_path):
    """Return a function that ingests into one store and returns the outcomes."""

    def outcomes(reader, *captures):
        with open_writer(tmp_path / "store", now=datetime(2015, 7, 1, tzinfo=UTC)) as writer:
            return ingest([_FETCH, *captures], writer, reader, taggers=Taggers(())).outcomes

    return outcomes


def test_what_is_repeated_is_read_ahead_once(outcomes):
    reader = FarAhead()
    found = outcomes(reader, capture("ran"), capture("ran"), capture("ran"))
    assert found == {Outcome.STORED: 1, Outcome.UNCHANGED: 2}
    assert reader.wanted == [True, False, False]


def test_what_an_earlier_run_decided_is_not_read_ahead(outcomes):
    outcomes(_READER, capture("ran"))
    reader = FarAhead()
    assert outcomes(reader, capture("ran"))[Outcome.UNCHANGED] == 1
    assert reader.wanted == [False]


def test_a_text_that_goes_back_to_an_earlier_wording_is_read_after_all(outcomes):
    with Workers(_READER, ReadingConfig(processes=2)) as workers:
        found = outcomes(workers, capture("ran"), capture("did not run", 2), capture("ran", 3))
    assert found == {Outcome.STORED: 1, Outcome.EDITED: 2}
