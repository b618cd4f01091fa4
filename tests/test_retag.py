"""Changed definitions: every stored version is tagged again, in one commit."""

import json
from contextlib import closing
from datetime import UTC, datetime

import pytest

from pipelines.config import SourceConfig
from pipelines.ingest import ingest
from pipelines.outlets import read_outlets
from pipelines.query import Query
from pipelines.reading.reader import Reader
from pipelines.retag import refresh_tags
from pipelines.sources import read_source
from pipelines.store import last_version, open_store, open_writer
from pipelines.tagging import make_taggers
from pipelines.tagging.topics import read_topics

_NOW = datetime(2015, 7, 1, tzinfo=UTC)
_SYRIA = '[[topic]]\nid = "syria"\nname = "Syria"\nquery = "Syria"\ncolor = "#e4572e"\n'
_WIDER = _SYRIA.replace('query = "Syria"', 'query = "Syria OR Geneva"')
_PEACE = '[[topic]]\nid = "peace"\nname = "Peace"\nquery = "talks"\ncolor = "#17becf"\n'


class Line:
    """The line over one file, with topics that can be changed between runs."""

    def __init__(self, folder):
        self.folder, self.store = folder, folder / "store"

    def run(self, topics, *rows):
        """Read `rows` with `topics`; return how many versions were tagged again."""
        topics_file, rows_file = self.folder / "topics.toml", self.folder / "rows.jsonl"
        topics_file.write_text(topics)
        rows_file.write_text("\n".join(map(json.dumps, rows)))
        topics = read_topics((str(topics_file),))
        taggers = make_taggers(topics)
        with open_writer(self.store, now=_NOW) as writer:
            retagged = refresh_tags(writer, taggers, topics)
            stream = read_source(SourceConfig(location=str(rows_file)))
            ingest(stream if rows else (), writer, Reader(read_outlets(())), taggers=taggers)
        return retagged

    def count(self, topic, snap=None):
        with closing(open_store(self.store, snap=snap)) as store:
            query = Query(topics=(topic,))
            assert store.mentions(query)["article_id"].nunique() == store.article_count(query)
            return store.article_count(query)


@pytest.fixture(scope="module")
def line(tmp_path_factory):
    """Two articles on Syria, one of them edited, and one that names Geneva only."""
    line = Line(tmp_path_factory.mktemp("retag"))
    rows = [
        ("1", "Syria talks."),
        ("2", "Syria and war."),
        ("3", "In Geneva."),
        ("1", "Syria now."),
    ]
    line.run(
        _SYRIA,
        *(
            {
                "url": f"https://a.example/{number}",
                "title": f"Title {number}",
                "text": text,
                "media_name": "Post",
                "fetched_at": f"2015-06-0{day}T10:00:00Z",
            }
            for day, (number, text) in enumerate(rows, 1)
        ),
    )
    return line


def test_unchanged_definitions_do_nothing(line):
    version = last_version(line.store)
    assert line.run(_SYRIA) == 0
    assert last_version(line.store) == version


def test_changed_definitions_retag_every_version_in_one_commit(line):
    version = last_version(line.store)
    assert line.count("syria") == 2
    assert line.run(_WIDER + _PEACE) == 4
    assert last_version(line.store) == version + 1
    assert line.count("syria") == 3
    with closing(open_store(line.store)) as store:
        assert store.topics()["query"].tolist() == ["Syria OR Geneva", "talks"]
    assert line.count("syria", snap=version) == 2  # an old link keeps its numbers
    assert line.run(_SYRIA) == 4
    assert line.count("syria") == 2


def test_a_topic_counts_the_current_version_only(line):
    line.run(_SYRIA + _PEACE)
    assert line.count("peace") == 0  # "talks" stood in the version before the edit
    with closing(open_store(line.store)) as store:
        rows = store.articles(Query())
        edited = rows.loc[rows["versions"] == 2, "article_id"].iloc[0]
        old = store.article(int(edited), version=1)
    assert "peace" in set(old.mentions["tag"])


def test_dropped_topics_are_gone_and_copies_keep_their_group(line):
    with closing(open_store(line.store)) as store:
        groups = store.articles(Query()).set_index("article_id")["syndication_id"]
    line.run(_PEACE)
    with closing(open_store(line.store)) as store:
        assert store.topics()["id"].tolist() == ["peace"]
        assert store.tag_counts(Query(), "topic").empty
        after = store.articles(Query()).set_index("article_id")["syndication_id"]
    assert after.equals(groups)
