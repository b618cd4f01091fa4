"""What each word of a topic carries, against the query asked without it."""

from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.analysis.topic_aliases import (
    Alias,
    Role,
    alias_hits,
    alias_shares,
    aliases,
    unexcluded,
    without,
)
from pipelines.article import Zone, ZoneSpan
from pipelines.query import Query
from pipelines.querylang import make_searchable, match, parse
from pipelines.store import open_store
from pipelines.store.files.texts import Text
from tests.store.build import Written, article, build

_UNSC = 'UNSC OR ("Security Council" NOT NOT cs:UN NOT "National Security Council")'


def texts(*bodies):
    """Return the bodies as current texts, ids from 0 on."""
    zones = [(ZoneSpan(0, len(body), Zone.BODY),) for body in bodies]
    return [
        Text(n, body, zone, make_searchable(body, zone))
        for n, (body, zone) in enumerate(zip(bodies, zones, strict=True))
    ]


def shares(query, *bodies):
    """Return alias -> (articles, mentions, alone)."""
    parsed = parse(query)
    rows = alias_shares(parsed, alias_hits(parsed, texts(*bodies)), len(bodies))
    columns = [rows[name] for name in ("alias", "articles", "mentions", "alone")]
    return {row[0]: tuple(row[1:]) for row in zip(*columns, strict=True)}


def test_words_have_the_role_their_nots_give_them():
    assert aliases(parse(_UNSC)) == [
        Alias("UNSC", Role.ALIAS),
        Alias('"Security Council"', Role.ALIAS),
        Alias('cs:"UN"', Role.CONTEXT),
        Alias('"National Security Council"', Role.EXCLUSION),
    ]
    assert aliases(parse("tags:syria")) == [Alias("syria", Role.CONTEXT)]
    assert aliases(parse("lang:ru title:syria")) == [Alias("syria", Role.ALIAS)]
    assert aliases(parse("quote:(speaker:lavrov oil)")) == [
        Alias("speaker:lavrov", Role.ALIAS),
        Alias("oil", Role.ALIAS),
    ]


def test_alone_counts_what_would_be_lost():
    assert shares("syria OR damascus OR raqqa", "Syria", "Syria, Damascus", "Damascus", "Rome") == {
        "damascus": (2, 2, 1),
        "syria": (2, 2, 1),
        "raqqa": (0, 0, 0),
    }


def test_contexts_and_exclusions_are_counted_too():
    bodies = (
        "The Security Council of the UN met",
        "A Security Council",
        "The UN, the Security Council and the National Security Council",
        "UNSC",
    )
    assert shares(_UNSC, *bodies) == {
        '"Security Council"': (1, 1, 1),
        "UNSC": (1, 1, 1),
        'cs:"UN"': (1, 0, 1),
        '"National Security Council"': (1, 0, 1),
    }


def test_mentions_of_all_aliases_add_up_to_those_of_the_topic():
    body = "UN Security Council, Security Council; the Security Council (UNSC)"
    query = '"UN Security Council" OR "Security Council" OR UNSC'
    rows = shares(query, body)
    spans = match(parse(query), texts(body)[0].searchable)
    assert sum(mentions for _, mentions, _ in rows.values()) == len(spans) == 3


@pytest.mark.parametrize(
    ("query", "word", "left"),
    [
        ("a1 OR b1", "a1", "b1"),
        ("a1 b1", "a1", None),
        ("(a1 b1) OR c1", "a1", "c1"),
        ("a1 NEAR/3 b1", "b1", None),
        ("a1 NEAR/3 (b1 OR c1)", "b1", "a1 NEAR/3 c1"),
        ("a1 NOT b1", "b1", "a1"),
        ("a1 NOT (b1 OR c1)", "b1", "a1 AND NOT c1"),
        ("a1 NOT NOT (b1 OR c1)", "b1", "a1 AND NOT NOT c1"),
        ("a1 NOT NOT b1", "b1", None),
        ("repeat2:(a1 OR b1)", "a1", "repeat2:b1"),
        ("title:(a1 OR b1)", "a1", "title:b1"),
        ("title:a1 OR b1", "a1", "b1"),
        ("a1 lang:ru", "a1", None),
    ],
    ids=lambda value: str(value),
)
def test_a_query_without_a_word(query, word, left):
    reduced = without(parse(query), lambda alias: alias.text == word)
    assert (reduced and reduced.reading) == left


_leaf = st.sampled_from(["syria", "iran", "kerry", '"a b"'])
_trees = st.recursive(
    _leaf,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({' OR '.join(parts)})"),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({' AND '.join(parts)})"),
        inner.map(lambda part: f"NOT {part}"),
    ),
    max_leaves=6,
)


@given(query=_trees, word=_leaf, body=st.lists(_leaf, max_size=4))
@settings(max_examples=150)
def test_without_a_word_a_query_is_what_it_is_where_no_text_has_the_word(query, word, body):
    """In a text without the word the two agree, so what is left means what it should."""
    body = " . ".join(one.strip('"') for one in body if one != word)
    (text,) = texts(body)
    parsed, wanted = parse(query), parse(word).reading
    reduced = without(parsed, lambda alias: alias.text == wanted)
    before = match(parsed, text.searchable) is not None
    if reduced is not None:
        assert (match(reduced, text.searchable) is not None) == before


def test_a_query_without_exclusions_has_no_open_form():
    assert unexcluded(parse("syria OR iran")) is None
    assert unexcluded(parse("syria NOT iran")).reading == "syria"


def test_texts_of_a_store_are_asked_as_queries_see_them(tmp_path):
    written = [Written(article(n, text=body)) for n, body in enumerate(["Syria", "Iran", "Rome"])]
    with closing(open_store(build(tmp_path / "s", written))) as store:
        ids = store.articles(Query(text="Syria OR Iran"))["article_id"]
        rows = alias_hits(parse("Syria OR Iran OR Rome"), store.texts(ids))
    assert sorted(rows["alias"]) == ["Iran", "Syria"]
    assert rows["alone"].all()
