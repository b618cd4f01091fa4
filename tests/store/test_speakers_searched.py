"""A search for who is quoted finds the articles with a certain quote of that speaker."""

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
from pipelines.syndication import Placement
from pipelines.versions import Decision
from tests.store.build import NOW, Written, article, build, on_day


def said(number, *speakers):
    """Return an article with quotes of speakers: tag, name, whether that is certain."""
    made = article(number, on_day(date(2015, 6, number)), text="We will talk, they said.")
    at = made.zones[1].start
    quotes = [
        Quote(at, at + 12, QuoteKind.DIRECT, Zone.LEDE, tag, name, certain=certain)
        for tag, name, certain in speakers
    ]
    return Written(made, Tags(quotes=tuple(quotes)))


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


def test_no_text_is_read_for_it(store):
    assert store._searches.find("speaker:lavrov").read == 0


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
