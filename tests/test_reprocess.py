"""Kept captures are read again by later code; what differs becomes a version that nobody edited."""

from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pipelines.analysis.edits import compare, latest_pair
from pipelines.article import Capture, Fetch, Form, SourceKind
from pipelines.config import SourceConfig
from pipelines.ingest import ingest
from pipelines.outlets import read_outlets
from pipelines.query import Query
from pipelines.reading.reader import Reader
from pipelines.reprocess import Reread, preview, reprocess
from pipelines.sources import read_source
from pipelines.store import last_version, open_store, open_writer
from pipelines.store.upkeep.checking import check
from pipelines.store.writer import NEW_VERSION
from pipelines.store.writing.known import load_known
from pipelines.tagging import Taggers
from tests.store.build import NOW
from tests.store.old import make_old

_FETCH = Fetch("files", SourceKind.JSONL, "part.jsonl")
_TAGGERS = Taggers(())


class _Later(Reader):
    """Code that reads some captures otherwise: what a later Wirewatch may do."""

    def article(self, capture: Capture):
        content = capture.content.replace(b"CLOCK 12:30 ", b"").replace(b"DAMAGED", b"")
        return super().article(replace(capture, content=content))


_READER, _LATER = Reader(read_outlets(())), _Later(read_outlets(()))


def _capture(number: int, text: str, **more) -> Capture:
    url = f"https://post.example/{number}"
    return Capture("files", f"{number}.txt", Form.TEXT, text.encode(), url=url, **more)


_CLOCK = _capture(1, "CLOCK 12:30 Talks on Syria began in Geneva.", title="Talks", outlet="Post")
_PLAIN = _capture(2, "Nothing was said of it.", title="Nothing", outlet="Post")


def _ingest(store, *captures, reader=_READER, now=NOW, read_by="old"):
    with open_writer(store, now=now, read_by=read_by) as writer:
        if not writer.commit.tags_hash:
            writer.replace_topics([], "test")
        return ingest([_FETCH, *captures], writer, reader, taggers=_TAGGERS).outcomes


def _reprocess(store, read_by="new", reader=_LATER):
    with open_writer(store, now=NOW + timedelta(days=1), read_by=read_by) as writer:
        report = reprocess(writer, reader, taggers=_TAGGERS, progress=lambda report: None)
    assert report.count == report.total
    return {str(name): count for name, count in report.outcomes.items()}


@pytest.fixture
def store(tmp_path):
    """Return a store of two captures, read by code that leaves a clock in one text."""
    _ingest(tmp_path, _CLOCK, _PLAIN)
    return tmp_path


def _texts(store) -> list[str]:
    with closing(open_store(store)) as reader:
        ids = reader.articles(Query())["article_id"].tolist()
        return sorted(text.split("\n")[-1] for text in reader.current_texts(ids).values())


def test_what_differs_becomes_a_version(store):
    assert _reprocess(store) == {"changed": 1, "same": 1}
    assert _texts(store) == ["Nothing was said of it.", "Talks on Syria began in Geneva."]
    assert not check(store).findings


def test_a_version_read_again_is_no_edit(store):
    _reprocess(store)
    with closing(open_store(store)) as reader:
        key = int(
            reader.look_up("SELECT max(article_id) FILTER (version = 2) FROM articles").iat[0, 0]
        )
        versions = reader.article(key).versions
        assert versions["read_from"].fillna(0).tolist() == [1, 0]
        assert compare(reader, key).read_again
    edited = replace(_CLOCK, content=b"Talks on Syria ended.", fetched_at=NOW)
    assert _ingest(store, edited, reader=_LATER, read_by="new") == {"edited": 1}
    with closing(open_store(store)) as reader:
        assert latest_pair(reader.article(key).versions, key) == (2, 3)
        assert not compare(reader, key).read_again


def test_nothing_is_edited_where_the_same_page_comes_again(store):
    _reprocess(store)
    again = replace(_CLOCK, fetched_at=NOW + timedelta(days=2))
    assert _ingest(store, again, reader=_LATER, read_by="new") == {"unchanged": 1}


def test_a_second_run_has_nothing_to_do(store):
    _reprocess(store)
    version = last_version(store)
    assert _reprocess(store) == {"done": 2}
    assert last_version(store) == version


def test_what_the_ingest_of_today_read_is_done(tmp_path):
    _ingest(tmp_path, _CLOCK, read_by="new")
    assert _reprocess(tmp_path) == {"done": 1}


def test_a_stopped_run_goes_on_where_it_was(store, monkeypatch):
    monkeypatch.setattr("pipelines.reprocess.COMMIT", 1)
    with pytest.raises(KeyboardInterrupt), open_writer(store, now=NOW, read_by="new") as writer:
        reprocess(writer, _LATER, taggers=_TAGGERS, progress=_stop)
    assert _reprocess(store) == {"done": 2}
    assert _texts(store)[1] == "Talks on Syria began in Geneva."


def _stop(report) -> None:
    raise KeyboardInterrupt


def test_a_trial_says_the_same_and_writes_nothing(store):
    with closing(open_store(store)) as reader:
        files = {name: reader.files(name) for name in ("captures", "articles", "texts")}
    known = load_known(files)
    report = preview(files, known, _LATER, read_by="new", progress=lambda report: None)
    assert report.outcomes == {Reread.CHANGED: 1, Reread.SAME: 1}
    assert [end.reason for end in report.ended] == ["text, zones, words"]
    assert last_version(store) == 1


def test_a_text_changed_since_is_left_to_the_later_capture(store):
    _ingest(store, replace(_CLOCK, content=b"CLOCK 12:30 Talks ended.", fetched_at=NOW))
    assert _reprocess(store) == {"older": 1, "changed": 1, "same": 1}
    assert _texts(store) == ["Nothing was said of it.", "Talks ended."]


def test_what_brings_no_article_now_stays_and_what_brings_one_comes(tmp_path):
    _ingest(tmp_path, _capture(3, "DAMAGED", title=""), _PLAIN, reader=_LATER)
    assert _reprocess(tmp_path, reader=_Strict(read_outlets(()))) == {"found": 1, "lost": 1}
    assert _texts(tmp_path) == ["DAMAGED", "Nothing was said of it."]


class _Strict(Reader):
    """Code that takes one page for none."""

    def article(self, capture: Capture):
        content = b"" if b"Nothing" in capture.content else capture.content
        return super().article(replace(capture, content=content, title=""))


def test_captures_of_an_earlier_store_say_that_they_lack_their_claims(store):
    make_old(store, 4)
    assert _reprocess(store) == {"without claims": 2}
    _ingest(store, _capture(4, "CLOCK 12:30 New talks.", title="New"))
    assert _reprocess(store) == {"without claims": 2, "changed": 1}
    assert not check(store).findings


def test_what_the_source_said_comes_with_the_capture(store):
    with closing(open_store(store)) as reader:
        outlets = reader.look_up("SELECT DISTINCT outlet_name FROM articles")["outlet_name"]
    assert list(outlets) == ["Post"]
    assert _reprocess(store, reader=_READER) == {"same": 2}


def test_every_kind_of_source_is_read_again_as_it_was(tmp_path):
    golden = Path(__file__).parent / "golden"
    kinds = ("clipping", "feed", "gdelt", "jsonl", "page", "sitemap", "table", "telegram", "warc")
    stream = (
        item
        for kind in kinds
        for path in sorted((golden / kind).iterdir())
        if path.suffix != ".records" and path.name != "index.xml"  # which asks for others
        for item in read_source(SourceConfig(location=str(path)))
    )
    with open_writer(tmp_path, now=NOW, read_by="old") as writer:
        outcomes = ingest(stream, writer, _READER, taggers=_TAGGERS).outcomes
    found = _reprocess(tmp_path, reader=_READER)
    assert set(found) <= {"same", "nothing", "older", "duplicate"}
    assert found["same"] > 14
    versions = sum(outcomes[one] for one in NEW_VERSION)
    assert found["same"] + found.get("older", 0) == versions
