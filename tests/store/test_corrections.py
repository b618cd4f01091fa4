"""Corrections by hand: laid over the facts, signed, undoable, and read as they were then."""

from contextlib import ExitStack, closing
from datetime import date, timedelta

import pytest

from pipelines.analysis.corrections import corrections
from pipelines.article import Outlet, TagKind
from pipelines.errors import StoreError
from pipelines.hashing import id_text
from pipelines.query import Query
from pipelines.retag import indexed_candidates
from pipelines.store import (
    Corrected,
    Store,
    hide,
    last_version,
    open_store,
    open_writer,
    set_date,
    set_outlet,
    take_back,
)
from pipelines.tagging.topics import Topic
from tests.store.build import HERALD, LENTA, NOW, article, build, naming, on_day

LATER = NOW + timedelta(days=1)
ME = {"who": "A. Reader", "now": LATER, "why": "seen on the page"}
COURIER = Outlet("courier", "The Courier", "courier.example", "US", "en")


@pytest.fixture
def path(tmp_path):
    written = [
        naming(
            article(number, on_day(date(2015, 6, number)), outlet=outlet, text="On Syria."),
            (TagKind.TOPIC, "syria", "Syria"),
        )
        for number, outlet in ((1, HERALD), (2, HERALD), (3, LENTA))
    ]
    return build(tmp_path / "store", written)


@pytest.fixture
def opened(path):
    """Return a function that opens the store, or a version of it, until the end of the test."""
    with ExitStack() as stack:
        yield lambda snap=None: stack.enter_context(closing(open_store(path, snap=snap)))


def _id(number: int) -> int:
    return article(number).article_id


def _outlets(store: Store) -> dict[str, int]:
    rows = store.group_counts(Query(), "outlet")
    return dict(zip(rows["value"], rows["articles"], strict=True))


def _countries(store: Store) -> dict[str, int]:
    rows = store.group_counts(Query(), "outlet_country")
    return dict(zip(rows["value"], rows["articles"], strict=True))


def test_the_outlet_of_one_article_is_set_with_its_country(path, opened):
    assert set_outlet(path, _id(1), outlet=COURIER, **ME) == 1
    store = opened()
    assert _outlets(store) == {"courier": 1, "herald": 1, "lenta": 1}
    assert _countries(store) == {"US": 1, "GB": 1, "RU": 1}
    assert store.text_hits("outlet:courier")["article_id"].tolist() == [_id(1)]
    assert store.article(_id(1)).row["outlet_name"] == "The Courier"


def test_a_home_country_alone_leaves_the_outlet(path, opened):
    set_outlet(path, _id(1), country="IE", **ME)
    store = opened()
    assert (_outlets(store)["herald"], _countries(store)) == (2, {"GB": 1, "IE": 1, "RU": 1})
    assert store.article_count(Query(outlet_countries=("IE",))) == 1


def test_a_second_correction_keeps_what_the_first_said_of_other_parts(path, opened):
    set_outlet(path, _id(1), outlet=COURIER, **ME)
    set_outlet(path, _id(1), country="", **ME)
    row = opened().article(_id(1)).row
    assert (row["outlet"], row["outlet_country"]) == ("courier", "")


def test_a_whole_domain_is_set_with_what_comes_later_and_gives_way_to_one_article(path, opened):
    set_outlet(path, _id(1), country="IE", **ME)
    assert set_outlet(path, "herald.example", outlet=COURIER, **ME) == 2
    later = naming(article(4, on_day(date(2015, 6, 4)), outlet=HERALD))
    build(path, [later], now=LATER + timedelta(days=1))
    store = opened()
    assert _outlets(store) == {"courier": 3, "lenta": 1}
    assert _countries(store) == {"US": 2, "IE": 1, "RU": 1}


def test_the_log_of_collection_follows_a_domain_that_was_renamed(tmp_path):
    path = build(tmp_path / "one", [naming(article(1)), naming(article(2))])
    set_outlet(path, "herald.example", outlet=COURIER, **ME)
    with closing(open_store(path)) as store:
        assert store.fetches(Query(outlets=("courier",)))["owner"].tolist() == ["courier"]
        assert store.fetches(Query(outlets=("herald",))).empty


def test_what_was_never_stored_and_what_says_nothing_is_refused(path):
    with pytest.raises(KeyError, match="no article of the domain"):
        set_outlet(path, "nobody.example", country="GB", **ME)
    with pytest.raises(KeyError, match="no article a"):
        hide(path, 12345, **ME)
    with pytest.raises(ValueError, match="say which outlet"):
        set_outlet(path, _id(1), **ME)
    with pytest.raises(ValueError, match="'Britain' is no country"):
        set_outlet(path, _id(1), country="Britain", **ME)
    with pytest.raises(StoreError, match="nothing to undo"):
        take_back(path, _id(1), Corrected.HIDE, **ME)


def test_a_hidden_article_can_be_opened_with_who_and_why(path, opened):
    hide(path, _id(3), **ME)
    store = opened()
    one = store.article(_id(3))
    assert one.row["title"] == "Headline 3"
    said = one.corrections.iloc[0]
    assert (said["field"], said["who"], said["why"]) == ("hidden", "A. Reader", ME["why"])
    assert [row["article_id"] for row in store.hidden.articles(Query()).to_dict("records")] == [
        _id(3)
    ]


def test_an_undone_correction_stays_in_the_history_and_the_facts_count_again(path, opened):
    before = opened()
    rows = before.articles(Query()).drop(columns=["copy_level"])
    set_date(path, _id(1), date(2015, 6, 9), **ME)
    set_outlet(path, _id(1), outlet=COURIER, **ME)
    set_outlet(path, "herald.example", country="IE", **ME)
    hide(path, _id(1), **ME)
    for what in Corrected:
        take_back(path, _id(1), what, **ME)
    take_back(path, "herald.example", Corrected.OUTLET, **ME)
    store = opened()
    assert store.articles(Query()).drop(columns=["copy_level"]).equals(rows)
    history = corrections(store)
    assert (len(history), history["in_force"].sum()) == (8, 0)
    assert history["made_at"].is_monotonic_decreasing


def test_an_earlier_version_is_read_with_the_corrections_it_had(path, opened):
    first = last_version(path)
    hide(path, _id(3), **ME)
    second = last_version(path)
    set_outlet(path, "herald.example", country="IE", **ME)
    take_back(path, _id(3), Corrected.HIDE, **ME)
    counts = [opened(snap).article_count(Query()) for snap in (first, second, None)]
    assert counts == [3, 2, 3]
    assert opened(second).hidden_count(Query()) == 1
    assert _countries(opened(second)) == {"GB": 2}
    assert [len(corrections(opened(snap))) for snap in (first, second, None)] == [0, 1, 3]


def test_the_list_says_what_was_found_and_what_was_set(path, opened):
    set_date(path, _id(1), date(2015, 6, 9), **ME)
    hide(path, _id(1), **ME)
    set_outlet(path, "herald.example", outlet=COURIER, **ME)
    rows = corrections(opened()).drop(columns=["made_at", "who", "why"]).to_dict("records")
    article_id = id_text(_id(1))
    assert [tuple(row.values()) for row in rows] == [
        ("outlet", "herald.example", "", 2, "The Herald, United Kingdom",
         "The Courier, United States", True),
        ("hide", article_id, "Headline 1", 1, "counted", "hidden", True),
        ("date", article_id, "Headline 1", 1, "2015-06-01 (meta)", "2015-06-09", True),
    ]  # fmt: skip


def test_a_store_without_corrections_has_an_empty_list(path, opened):
    store = opened()
    assert corrections(store).empty
    assert (store.hidden, store.hidden_count(Query())) == (None, 0)


def test_a_hidden_article_is_among_those_that_a_changed_topic_reads(path):
    """Else its tags would be missing when it is shown again."""
    hide(path, _id(3), **ME)
    with open_writer(path, now=LATER) as writer:
        assert _id(3) in indexed_candidates(writer, [Topic("new", "New", "Syria")])


def test_a_topic_that_asks_for_outlets_reads_all_where_people_set_some(path):
    asks = [Topic("herald", "Herald", "Syria outlet:herald")]
    with open_writer(path, now=LATER) as writer:
        assert indexed_candidates(writer, asks) == {_id(1), _id(2)}
    set_outlet(path, _id(1), outlet=COURIER, **ME)
    with open_writer(path, now=LATER) as writer:
        assert indexed_candidates(writer, asks) is None
