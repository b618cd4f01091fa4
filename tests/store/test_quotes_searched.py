"""A search for what is said, and by whom, counts what stands in the quotes of the store."""

import shutil
from contextlib import closing
from datetime import date, timedelta

import pytest

from pipelines.article import (
    CopyLevel,
    Fetch,
    Outcome,
    Quote,
    QuoteKind,
    SourceKind,
    Tags,
    Zone,
)
from pipelines.query import Query
from pipelines.store import open_store, open_writer
from pipelines.store.fulltext import folder_of
from pipelines.syndication import Placement
from pipelines.versions import Decision
from tests.store.build import NOW, Written, article, build, on_day


def said(number, *speakers):
    """Return an article with quotes of speakers: tag, name, whether that is certain."""
    made = article(number, on_day(date(2015, 6, number)), text=f"{SAID}, they said. Oil talk.")
    return Written(made, Tags(quotes=tuple(quote(made, SAID, *who) for who in speakers)))


def quote(made, words, tag="", name="", certain=False):
    at = made.text.index(words)
    end = at + len(words)
    return Quote(at, end, QuoteKind.DIRECT, Zone.LEDE, tag, name, certain=certain)


SAID = "We will talk of oil"


WRITTEN = [
    said(1, ("sergei-lavrov", "Lavrov", True), ("john-kerry", "Kerry", False)),
    said(2, ("sergei-lavrov", "Лавров", True)),
    said(3, ("person:José Ra'ad", "José Ra'ad", True), ("", "the minister", True)),
    said(4),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    path = build(tmp_path_factory.mktemp("said") / "store", WRITTEN)
    with closing(open_store(path)) as opened:
        yield opened


def days(store, query):
    """Return the days of June of the articles that a query finds."""
    found = store.articles(query)["published_day"]
    return sorted(day.day for day in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("speaker:lavrov", [1, 2]),
        ("speaker:sergei-lavrov", [1, 2]),
        ('speaker:"Sergei Lavrov"', [1, 2]),
        ("speaker:SERGEI-L*", [1, 2]),
        ("speaker:лавров", [2]),
        ("speaker:kerry", []),  # uncertain
        ("speaker:minister", []),  # nobody known by name
        ("speaker:jose", [3]),
        ('speaker:"jose raad"', [3]),
        ('speaker:"person:José Ra\'ad"', [3]),
        ("speaker:person", []),
        ("NOT speaker:lavrov", [3, 4]),
        ("speaker:(lavrov OR jose) NOT published:2015-06-02", [1, 3]),
        ("speaker:lavrov -speaker:kerry talk", [1, 2]),
    ],
)
def test_speaker_is_found_by_tag_or_by_words_of_a_name(store, text, expected):
    assert days(store, Query(text=text)) == expected
    assert days(store, Query(within=text)) == expected
    assert store.article_count(Query(text=text)) == len(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("quote:oil", [1, 2, 3]),
        ("quote:said", []),
        ("quote:(talk oil)", [1, 2, 3]),
        ("quote:(oil -talk)", []),
        ("talk -quote:talk", [4]),
        ("quote:(speaker:lavrov oil)", [1, 2]),
        ("speaker:jose quote:(oil NEAR/1 talk)", [3]),
    ],
)
def test_what_is_said_is_asked_of_each_quote(store, text, expected):
    assert days(store, Query(text=text)) == expected
    assert days(store, Query(within=text)) == expected


@pytest.mark.parametrize("text", ["speaker:lavrov", "quote:oil", "quote:(speaker:lavrov oil)"])
def test_no_text_is_read_for_it(store, text):
    assert store._searches.find(text).read == 0


def test_the_quote_is_the_evidence_for_its_speaker(store):
    rows = store.mentions(Query(text="speaker:lavrov"))
    assert rows["surface"].tolist() == [SAID, SAID]
    assert rows["sentence"].tolist() == [f"{SAID}, they said."] * 2
    assert rows["why"].tolist() == ["speaker:lavrov"] * 2
    assert int(store.counts(Query(text="speaker:lavrov"))["mentions"].sum()) == 2


def test_only_words_within_quotes_are_mentions(store):
    rows = store.mentions(Query(text="quote:oil"))
    assert len(rows) == 3
    assert store.mentions(Query(text="oil")).shape[0] == 8


def test_a_quote_of_a_former_version_is_none(tmp_path):
    path = build(tmp_path / "store", [WRITTEN[0]])
    with open_writer(path, now=NOW + timedelta(hours=1)) as writer:
        writer.begin(Fetch("files", SourceKind.JSONL, "edits.jsonl"))
        edited = article(1, on_day(date(2015, 6, 1)), text="We will not talk.")
        decision = Decision(Outcome.EDITED, edited.article_id, 2)
        writer.add(edited, decision, Placement(edited.article_id, CopyLevel.NONE), Tags())
    with closing(open_store(path)) as opened:
        assert opened.article_count(Query(text="speaker:lavrov")) == 0
    with closing(open_store(path, snap=1)) as opened:
        assert opened.article_count(Query(text="speaker:lavrov")) == 1


@pytest.fixture
def later(tmp_path):
    """Return a store whose index knows other quotes than the store: tagged again without it."""
    path = build(tmp_path / "store", WRITTEN)
    shutil.copytree(folder_of(path), tmp_path / "before")
    with open_writer(path, now=NOW) as writer:
        for one in WRITTEN:
            made = one.article
            said = Tags(quotes=(quote(made, "Oil talk", "john-kerry", "Kerry", certain=True),))
            writer.retag(made.article_id, 1, said)
        writer.replace_topics(writer.topics(), "made with other names")
    return path


def test_an_index_follows_the_quotes_where_tags_are_made_anew(later):
    with closing(open_store(later)) as opened:
        assert days(opened, Query(text="speaker:kerry quote:oil -quote:will")) == [1, 2, 3, 4]
        assert opened._searches.find("quote:oil").read == 0


def test_a_text_whose_quotes_the_index_does_not_know_is_read(later, tmp_path):
    shutil.rmtree(folder_of(later))
    shutil.copytree(tmp_path / "before", folder_of(later))
    with closing(open_store(later)) as opened:
        assert opened.indexed() == 4
        for text in ("speaker:kerry", "quote:oil", "quote:(oil -will)", "talk -quote:will"):
            assert days(opened, Query(text=text)) == [1, 2, 3, 4], text
        assert days(opened, Query(text="speaker:lavrov")) == []
        assert opened._searches.find("quote:oil").read == 4
