"""Changed definitions: stored versions are tagged again, as far as need be, in one commit."""

import json
from contextlib import closing
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines import retag
from pipelines.config import SourceConfig
from pipelines.ingest import ingest
from pipelines.outlets import read_outlets
from pipelines.query import Query
from pipelines.reading.reader import Reader
from pipelines.retag import Retag, names_hash, refresh_tags
from pipelines.sources import read_source
from pipelines.store import last_version, open_store, open_writer
from pipelines.store.writing import passes
from pipelines.store.writing.facts import read_articles
from pipelines.tagging import Taggers, TopicTagger, find_mentions, make_taggers
from pipelines.tagging.topics import read_topics
from tests.effort import EFFORT

_NOW = datetime(2015, 7, 1, tzinfo=UTC)
_NAMES = make_taggers(()).in_order[:-1]  # made once: it takes a second
_SYRIA = '[[topic]]\nid = "syria"\nname = "Syria"\nquery = "Syria"\ncolor = "#e4572e"\n'
_WIDER = _SYRIA.replace('query = "Syria"', 'query = "Syria OR Geneva"')
_PEACE = '[[topic]]\nid = "peace"\nname = "Peace"\nquery = "talks"\ncolor = "#17becf"\n'


def _all(writer, topics):
    """Name no candidates: every version is read."""


class Line:
    """The line over one file, with topics that can be changed between runs."""

    def __init__(self, folder):
        self.folder, self.store = folder, folder / "store"
        self.files = ()  # of names of the user's own

    def run(self, topics, *rows, **how):
        """Read `rows` with `topics`; return how many versions were tagged again."""
        self.topics = topics
        topics_file, rows_file = self.folder / "topics.toml", self.folder / "rows.jsonl"
        topics_file.write_text(topics)
        rows_file.write_text("\n".join(map(json.dumps, rows)))
        topics = read_topics((str(topics_file),))
        taggers = Taggers((*_NAMES, TopicTagger(topics)), files=self.files)
        with open_writer(self.store, now=_NOW) as writer:
            self.last = refresh_tags(writer, taggers, topics, **how)
            stream = read_source(SourceConfig(location=str(rows_file)))
            ingest(stream if rows else (), writer, Reader(read_outlets(())), taggers=taggers)
        return self.last.versions

    def count(self, topic, snap=None):
        with closing(open_store(self.store, snap=snap)) as store:
            query = Query(topics=(topic,))
            assert store.mentions(query)["article_id"].nunique() == store.article_count(query)
            return store.article_count(query)

    def count_only(self, topic):
        """Count the articles of a topic that may mark nothing."""
        with closing(open_store(self.store)) as store:
            return store.article_count(Query(topics=(topic,)))

    def mentions(self, topic):
        with closing(open_store(self.store)) as store:
            return len(store.mentions(Query(topics=(topic,))))

    def tables(self):
        """Return all that readers can see of tags."""
        with closing(open_store(self.store)) as store:
            cursor = store._connection
            questions = (
                "SELECT * FROM article_tag",
                "SELECT * EXCLUDE (tagged_in) FROM mentions",
                "SELECT article_id, version, entities::VARCHAR, countries::VARCHAR "
                "FROM annotations",
                "SELECT * FROM topics",
            )
            return [sorted(cursor.execute(sql).fetchall()) for sql in questions]


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
    assert line.run(_WIDER + _PEACE, candidates=_all) == 4
    assert last_version(line.store) == version + 1
    assert line.count("syria") == 3
    with closing(open_store(line.store)) as store:
        assert store.topics()["query"].tolist() == ["Syria OR Geneva", "talks"]
    assert line.count("syria", snap=version) == 2  # an old link keeps its numbers
    assert line.run(_SYRIA, candidates=_all) == 4
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


def test_a_new_name_costs_no_reading_and_keeps_the_version(line):
    line.run(_SYRIA + _PEACE)
    before = line.count("syria")
    assert line.run(_SYRIA.replace("Syria", "Syrien", 1) + _PEACE) == 0
    with closing(open_store(line.store)) as store:
        topics = store.topics().set_index("id")
        assert topics["name"]["syria"] == "Syrien"
    line.run(_SYRIA + _PEACE)
    assert line.count("syria") == before


def test_only_the_topics_that_changed_are_tagged_again(line):
    line.run(_SYRIA + _PEACE)
    assert line.last.topics == () or "peace" in line.last.topics
    line.run(_WIDER + _PEACE, candidates=_all)
    assert line.last == Retag(("syria",), 4, everything=False)
    line.run(_WIDER)
    assert line.last == Retag()  # a topic that is gone asks for no reading
    line.run(_WIDER + _PEACE, candidates=_all)
    assert line.last == Retag(("peace",), 4, everything=False)


def test_spaces_and_brackets_of_a_query_change_nothing(line):
    line.run(_WIDER)
    assert line.run(_WIDER.replace("Syria OR Geneva", "(Syria  OR  Geneva)")) == 0
    with closing(open_store(line.store)) as store:
        assert store.topics()["query"].tolist() == ["(Syria OR Geneva)"]


def test_only_the_candidates_and_articles_with_several_versions_are_read(line):
    line.run(_SYRIA)
    with closing(open_store(line.store)) as store:
        ids = {
            one: int(key) for key, one in store.articles(Query())[["article_id", "title"]].values
        }
    named = [ids["Title 3"]]
    line.run(_WIDER, candidates=lambda _, topics: named if topics[0].id == "syria" else None)
    assert line.last.versions == 3
    assert line.count("syria") == 2  # "Syria and war." was no candidate, says whoever named them


def test_the_text_index_names_what_is_read(line):
    line.run(_SYRIA)
    assert line.run(_WIDER.replace("Geneva", "Nowhere")) < 4
    assert line.count("syria") == 2
    line.run(_WIDER)
    assert line.count("syria") == 3


def test_a_topic_that_asks_for_days_is_asked_of_every_version(line):
    line.run(_SYRIA)
    assert line.run(_SYRIA.replace('"Syria"\ncolor', '"Syria published:2015-06"\ncolor')) == 4


def test_a_topic_may_still_ask_for_entities_and_countries(line):
    asked = _PEACE.replace('"talks"', '"mentioned:SY NOT entity:sergei-lavrov"')
    assert line.run(_SYRIA + asked, candidates=_all) == 4
    assert line.count_only("peace") == 2


def test_a_topic_may_ask_who_is_quoted_also_where_it_comes_later(tmp_path):
    line = Line(tmp_path)
    said = [_row(1, _SAID), _row(2, "Sergei Lavrov went home."), _row(3, "Nothing here.")]
    asked = _PEACE.replace('"talks"', '"speaker:lavrov"')
    line.run(_SYRIA, *said)
    line.run(_SYRIA + asked, candidates=_all)
    assert line.count_only("peace") == 1
    line.run(_SYRIA)
    line.run(_SYRIA + asked)
    assert line.count_only("peace") == 1
    line.run(_SYRIA + asked, _row(4, f"Well. {_SAID}"))
    assert line.count_only("peace") == 2


def test_what_is_said_in_quotes_stays_marked(tmp_path):
    line = Line(tmp_path)
    row = {"url": "https://a.example/q", "title": "T", "text": 'He said: "We stand by Geneva."'}
    line.run(_SYRIA, row)
    line.run(_WIDER)
    with closing(open_store(line.store)) as store:
        article = store.article(int(store.articles(Query())["article_id"].iloc[0]))
    topics = article.mentions[article.mentions["kind"] == "topic"]
    assert topics["in_quote"].tolist() == [True]


def test_who_held_an_office_on_the_day_is_found_again(tmp_path, monkeypatch):
    line = Line(tmp_path)
    role = "Russia's foreign minister and the UN chief spoke of Syria."
    line.run(_SYRIA, _row(1, role) | {"publish_date": "2014-05-05"})
    before = line.tables()
    assert "sergei-lavrov" in str(before)
    monkeypatch.setattr(retag, "names_hash", lambda names: "other")
    line.run(_SYRIA)
    assert line.tables() == before
    with open_writer(line.store, now=_NOW) as writer:
        ((article, _),) = read_articles(writer.files())
    tags = find_mentions(article, Taggers((*_NAMES, TopicTagger(()))))
    assert "sergei-lavrov" in {mention.tag for mention in tags.mentions}


class Stopped(Exception):
    """The run ends here."""


def _stop_at(number):
    def progress(done, versions):
        if done >= number:
            raise Stopped

    return progress


@pytest.mark.parametrize("everything", [False, True], ids=["a topic", "names and code"])
def test_a_run_that_was_stopped_goes_on_where_it_was(tmp_path, monkeypatch, everything):
    monkeypatch.setattr(passes, "PART", 3)
    line = Line(tmp_path)
    line.run(_SYRIA, *(_row(n, f"Syria or Geneva {_LETTERS[n]}.") for n in range(10)))
    if everything:
        monkeypatch.setattr(retag, "names_hash", lambda names: "other")
    version = last_version(line.store)
    with pytest.raises(Stopped):
        line.run(_WIDER, progress=_stop_at(6))
    assert last_version(line.store) == version
    assert line.count("syria") == 10
    seen = []
    assert line.run(_WIDER, progress=lambda done, all: seen.append((done, all))) == 10
    assert seen[0] == (6, 10)
    assert last_version(line.store) == version + 1
    assert line.mentions("syria") == 20
    assert not list((line.store / "staging").rglob("*.parquet"))


def test_a_changed_file_of_names_tags_everything_again(tmp_path):
    line = Line(tmp_path)
    line.run(_SYRIA, _row(1, "Syria."), _row(2, "Geneva."))
    names = tmp_path / "my_names.csv"
    names.write_text("entity_id,name,type\n")
    line.files = (str(names),)
    assert line.run(_SYRIA) == 2
    assert line.run(_SYRIA) == 0
    names.write_text("entity_id,name,type\nacme,Acme,place\n")
    assert line.run(_SYRIA) == 2


def test_parts_for_another_query_are_thrown_away(tmp_path, monkeypatch):
    monkeypatch.setattr(passes, "PART", 3)
    line = Line(tmp_path)
    line.run(_SYRIA, *(_row(n, f"Syria or Geneva {_LETTERS[n]}.") for n in range(10)))
    with pytest.raises(Stopped):
        line.run(_WIDER, progress=_stop_at(6))
    line.run(_SYRIA.replace('"Syria"\ncolor', '"Geneva"\ncolor'))
    assert line.mentions("syria") == 10


_SAID = 'Foreign Minister Sergei Lavrov said: "We stand by our word and by peace."'
_LETTERS = "abcdefghij"  # lines that differ in numbers only would be furniture


def _row(number, text):
    return {"url": f"https://a.example/{number}", "title": f"Title {number}", "text": text}


_WORDS = ["Syria", "Geneva", "Lavrov", "Sergei Lavrov", "talks", "war", '"Syria', 'talks"', "UN"]
_WORDS += ["Lavrov said that peace", 'Sergei Lavrov said: "We talk."']
_QUERIES = [
    "Syria",
    "Geneva OR talks",
    '"Syria talks"~3',
    "war NOT Syria",
    "entity:sergei-lavrov Syria",
    "mentioned:SY NOT talks",
    "title:Syria OR cs:UN",
    "NOT war",
    "speaker:lavrov",
    "Syria NOT speaker:sergei-lavrov",
    "quote:(talk OR peace)",
    "quote:(speaker:lavrov talk) OR UN",
]
_edits = st.lists(
    st.dictionaries(st.sampled_from("abcd"), st.sampled_from(_QUERIES), max_size=4),
    min_size=1,
    max_size=4,
)


@given(edits=_edits, seed=st.integers(0, 1000))
@settings(max_examples=6 * EFFORT)
def test_any_row_of_edits_leaves_what_tagging_everything_again_would(edits, seed):
    random = Random(seed)
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(passes, "PART", 4)
        patch.setattr(retag, "names_hash", cache(names_hash))  # reads 8 MB at each run
        line = Line(Path(folder))
        for number, topics in enumerate(edits):
            rows = [
                _row(random.randint(0, 6), " ".join(random.choices(_WORDS, k=5))) | {"n": number}
                for _ in range(random.randint(0, 4))
            ]
            line.run(
                "".join(
                    f"[[topic]]\nid = '{key}'\nname = '{key}'\nquery = '{query}'\n"
                    for key, query in topics.items()
                ),
                *rows,
            )
        if last_version(line.store) is None:
            return
        line.run(line.topics)
        step_by_step = line.tables()
        patch.setattr(retag, "names_hash", lambda names: "other")
        line.run(line.topics)
        assert line.tables() == step_by_step


def test_another_finder_of_names_tags_everything_again():
    assert retag.names_hash("crf") == retag.names_hash("crf") != retag.names_hash("none")
