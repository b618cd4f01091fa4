"""The store knows every definition its topics had, and which of them made a number."""

from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from pipelines.article import TagKind
from pipelines.query import Query
from pipelines.store import last_version, open_store, open_writer
from pipelines.store.writing.definitions import Signed, definition_of
from tests.store.build import NOW, article, build, naming
from tests.store.old import make_old


def topic(query="Syria", name="Syria", color="", id="syria"):
    return {"id": id, "name": name, "query": query, "color": color, "description": ""}


def define(store, *topics, hour=0):
    """Make `topics` those in force, in a commit of their own."""
    with open_writer(store, now=NOW + timedelta(hours=hour)) as writer:
        writer.replace_topics(topics, "test")


def versions(store, snap=None):
    with closing(open_store(store, snap=snap)) as opened:
        return opened.topic_versions()


def in_force(store, snap=None):
    with closing(open_store(store, snap=snap)) as opened:
        return dict(opened.topics().set_index("id")["version"])


@pytest.fixture
def store(tmp_path):
    define(tmp_path / "store", topic())
    return tmp_path / "store"


def test_a_new_query_is_a_new_version_and_the_old_one_stays(store):
    define(store, topic("Syria OR Damascus"), hour=1)
    rows = versions(store)
    assert rows["version"].tolist() == [1, 2]
    assert rows["query"].tolist() == ["Syria", "Syria OR Damascus"]
    assert rows["in_force"].tolist() == [False, True]
    assert rows["since"].tolist() == [NOW, NOW + timedelta(hours=1)]
    assert in_force(store) == {"syria": 2}
    assert in_force(store, snap=1) == {"syria": 1}


@pytest.mark.parametrize("change", [{"name": "Syrien"}, {"color": "#000000"}])
def test_a_new_name_or_color_is_kept_and_is_no_new_version(store, change):
    define(store, topic(**change), hour=1)
    rows = versions(store)
    assert rows["version"].tolist() == [1, 1]
    assert in_force(store) == {"syria": 1}
    key, value = next(iter(change.items()))
    assert rows[key].tolist()[-1] == value


def test_going_back_to_an_old_query_is_a_version_with_the_same_definition(store):
    define(store, topic("Damascus"), hour=1)
    define(store, topic(), hour=2)
    rows = versions(store)
    assert rows["version"].tolist() == [1, 2, 3]
    assert rows["definition"][0] == rows["definition"][2] != rows["definition"][1]


def test_a_topic_that_is_gone_keeps_its_versions(store):
    define(store)
    rows = versions(store)
    assert rows["in_force"].tolist() == [False, False]
    assert rows["is_removed"].tolist() == [False, True]
    assert in_force(store) == {}
    define(store, topic(), hour=1)
    assert in_force(store) == {"syria": 1}
    assert versions(store)["is_removed"].tolist() == [False, True, False]
    assert versions(store)["in_force"].tolist() == [True, False, True]


def test_who_changed_one_topic_and_why_stands_beside_it_alone(store):
    with open_writer(store, now=NOW) as writer:
        signed = Signed("syria", "A. Reader", "Damascus is the government")
        topics = [topic("Damascus"), topic("Yemen", id="yemen")]
        writer.replace_topics(topics, "test", signed)
    rows = versions(store).set_index(["id", "version"])
    assert rows["who"].to_dict() == {("syria", 1): "", ("syria", 2): "A. Reader", ("yemen", 1): ""}
    assert rows["why"][("syria", 2)] == "Damascus is the government"


def test_a_clock_that_was_set_back_does_not_mix_up_the_order(store):
    define(store, topic(name="A"), hour=-5)
    define(store, topic(name="B"), hour=-9)
    rows = versions(store)
    assert rows["name"].tolist() == ["Syria", "A", "B"]
    assert rows["since"].is_monotonic_increasing


def test_the_definition_is_what_a_query_means_and_not_how_it_is_written():
    assert definition_of("syria  OR (damascus)") == definition_of("syria OR damascus")
    assert definition_of("syria OR damascus") != definition_of("syria damascus")
    assert definition_of('"no end') == definition_of('"no end')  # not readable, yet a definition


def test_tags_of_a_topic_with_another_query_or_without_one_do_not_count(tmp_path):
    one = naming(article(1, text="Syria"), (TagKind.TOPIC, "syria", "Syria"))
    store = build(tmp_path / "store", [one])
    steps = [((topic(),), 1), ((topic("Damascus"),), 0), ((), 0), ((topic(),), 0)]
    for topics, count in steps:
        define(store, *topics)
        with closing(open_store(store)) as opened:
            query = Query(topics=("syria",))
            assert opened.article_count(query) == len(opened.mentions(query)) == count
    with closing(open_store(store, snap=1)) as opened:
        assert opened.article_count(Query(topics=("syria",))) == 1


@pytest.fixture
def old_store(tmp_path):
    """Write a store as Wirewatch did before: three commits, two queries of one topic."""
    one = naming(article(1, text="Syria and Lavrov"), (TagKind.TOPIC, "syria", "Syria"))
    store = tmp_path / "store"
    define(store, topic())
    define(store, topic("Syria OR Syrian"), topic("Ukraine", id="ukraine"), hour=1)
    build(store, [one], now=datetime(2015, 8, 1, tzinfo=UTC))
    make_old(store, schema=2)
    return store


def test_an_old_store_is_read_with_the_versions_its_commits_show(old_store):
    rows = versions(old_store)
    assert rows[["id", "version"]].values.tolist() == [["syria", 1], ["syria", 2], ["ukraine", 1]]
    assert rows["since"].tolist() == [NOW, *[NOW + timedelta(hours=1)] * 2]
    assert in_force(old_store) == {"syria": 2, "ukraine": 1}
    assert in_force(old_store, snap=1) == {"syria": 1}
    with closing(open_store(old_store)) as opened:
        assert opened.article_count(Query(topics=("syria",))) == 1


def test_an_old_store_that_is_opened_for_writing_is_brought_up_to_date_once(old_store):
    before, version = versions(old_store), last_version(old_store)
    define(old_store, topic("Syria OR Syrian"), topic("Ukraine", id="ukraine"))
    assert last_version(old_store) == version + 2
    assert versions(old_store).equals(before)
    with closing(open_store(old_store)) as opened:
        assert opened.article_count(Query(topics=("syria",))) == 1
        assert len(opened.mentions(Query(topics=("syria",)))) == 1
    with closing(open_store(old_store, snap=version)) as opened:
        assert opened.article_count(Query(topics=("syria",))) == 1
    with open_writer(old_store, now=NOW):
        pass
    assert last_version(old_store) == version + 2


def test_a_store_of_before_changes_were_signed_has_unsigned_ones(store):
    define(store, topic("Damascus"), hour=1)
    make_old(store, schema=5)
    assert versions(store)["who"].tolist() == ["", ""]
    define(store, hour=2)
    assert versions(store)["is_removed"].tolist() == [False, False, True]
