"""The matcher agrees with the slow reference on generated queries and texts, span for span."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.article import Zone, ZoneSpan
from pipelines.querylang import Candidates, make_searchable, match, parse
from tests.querylang import reference

STEMS = ["syria", "iran", "pact", "box", "veto"]
TEXT_WORDS = [
    *STEMS,
    "syrias",
    "syrian",
    "irans",
    "boxes",
    "pacts",
    "vetoes",
    "vetos",
    "and",
    "ira",
]

terms = st.sampled_from(STEMS).map(lambda word: ("term", word))
prefixes = st.sampled_from(["syri", "ira", "pa"]).map(lambda stem: ("prefix", stem))
in_phrases = st.lists(terms | prefixes, min_size=2, max_size=3).map(tuple)
literals = st.one_of(
    terms,
    prefixes,
    st.sampled_from(STEMS).map(lambda word: ("exact", word)),
    in_phrases.map(lambda words: ("phrase", words)),
    st.tuples(st.just("loose"), in_phrases, st.integers(0, 3)),
)
either = st.lists(literals, min_size=2, max_size=3).map(lambda nodes: ("or", nodes))
pairs = st.tuples(st.just("near"), literals | either, literals, st.integers(0, 4))
textual = literals | either | pairs


def compounds(children):
    several = st.lists(children, min_size=2, max_size=3)
    return st.one_of(
        several.map(lambda nodes: ("and", nodes)),
        several.map(lambda nodes: ("or", nodes)),
        children.map(lambda node: ("not", node)),
    )


plain = st.recursive(textual, compounds, max_leaves=5)
special = st.one_of(
    plain,
    plain.map(lambda node: ("title", node)),
    st.tuples(st.just("repeat"), textual, st.integers(1, 4)),
)
queries = st.recursive(special, compounds, max_leaves=4)
paragraphs = st.lists(
    st.tuples(
        st.sampled_from(["headline", "lede", "body", "body", "caption", "related", "tags"]),
        st.lists(st.sampled_from(TEXT_WORDS), max_size=9).map(" ".join),
    ),
    min_size=1,
    max_size=4,
)


def made(article):
    text, zones = "", []
    for number, (zone, paragraph) in enumerate(article):
        begin = len(text)
        text += paragraph + ("\n" if number < len(article) - 1 else "")
        zones.append(ZoneSpan(begin, len(text), Zone(zone)))
    return make_searchable(text, zones, language="en")


def searched(query, article):
    spans = match(parse(query), made(article))
    return None if spans is None else [(span.start, span.end) for span in spans]


@settings(max_examples=400, deadline=None)
@given(queries, paragraphs)
def test_matcher_agrees_with_the_reference(query, article):
    assert searched(reference.written(query), article) == reference.matches(query, article)


@settings(max_examples=200, deadline=None)
@given(queries)
def test_the_reading_of_a_query_means_the_same(query):
    parsed = parse(reference.written(query))
    assert parse(parsed.reading).tree == parsed.tree


@settings(max_examples=200, deadline=None)
@given(queries, paragraphs)
def test_a_negated_query_matches_exactly_where_the_query_does_not(query, article):
    written = reference.written(query)
    assert (searched(written, article) is None) != (searched(f"NOT {written}", article) is None)


@settings(max_examples=300, deadline=None)
@given(st.lists(queries, min_size=1, max_size=4), paragraphs)
def test_no_query_that_matches_is_missing_from_the_candidates(several, article):
    parsed = [parse(reference.written(query)) for query in several]
    searchable = made(article)
    matching = {n for n, query in enumerate(parsed) if match(query, searchable) is not None}
    assert matching <= set(Candidates(parsed).of(searchable))
