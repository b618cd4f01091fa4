"""Whatever is typed is read or refused with a place; its reading and its fixes are queries too."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.errors import QueryError
from pipelines.querylang import parse
from pipelines.querylang.tree import And, Field, Near, Not, Or, Phrase, Repeat, Term
from tests.querylang import reference
from tests.querylang.agreement import Drawn

LISTED = """and or not AND OR NOT NEAR/3 w/2 near4: repeat2: atleast3 title: tags: quote: speaker:
    lang: lang:ru published:2015 outlet: sourcecountry: cs: = ( ) " “ ” ~5 ^2 * - + ! a1 b* 叙利亚
    NEAR near5 / ‘a1 b1’ ИЛИ ANDNOT | – ab!"""
OTHERWISE = ("is read as a word", "make no phrase", "`!` is not read")  # the fix asks for more
PIECES = LISTED.split()
queries = st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join)
glued = st.lists(st.sampled_from([*PIECES, " ", " "]), max_size=14).map("".join)


def checked(text):
    """Return what `text` is read as, None where it is refused as it should be."""
    try:
        parsed = parse(text)
    except QueryError as refused:
        error = refused
    else:
        return whole(parsed)
    assert 0 <= error.position <= len(text)
    assert error.expected
    assert f"character {error.position + 1}" in str(error)
    return None


def whole(parsed):
    """Return what was read, after asking whether its reading and its fixes are as good."""
    text = parsed.text
    again = parse(parsed.reading)
    assert (again.tree, again.reading) == (parsed.tree, parsed.reading)
    assert again.warnings == ()
    for warning in parsed.warnings:
        assert 0 <= warning.position < len(text)
        mended = parse(warning.fix)
        assert warning.message not in [other.message for other in mended.warnings]
        if any(said in warning.message for said in OTHERWISE):
            assert lone_words(mended.tree) <= lone_words(parsed.tree)
        else:
            assert mended.tree == parsed.tree
    return parsed


def lone_words(node):
    match node:
        case Term(word):
            return {word.casefold()}
        case And(nodes) | Or(nodes):
            return set().union(*map(lone_words, nodes))
        case Not(child) | Repeat(child) | Field(_, child):
            return lone_words(child)
        case Near(left, right):
            return lone_words(left) | lone_words(right)
        case Phrase(words):
            return {getattr(word, "word", "").casefold() for word in words}
        case _:
            return set()


@settings(max_examples=1_500)
@given(queries | glued)
def test_pieces_of_queries_in_any_order_are_read_or_refused(text):
    checked(text)


@settings(max_examples=500)
@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    checked(text)


@pytest.mark.parametrize("first", range(0, 1_500, 250))
def test_drawn_query_is_read_without_a_warning_and_survives_being_mangled(first):
    for seed in range(first, first + 250):
        written = reference.written(Drawn(seed).query)
        assert checked(written).warnings == ()
        draw = random.Random(seed)
        place = draw.randrange(len(written) + 1)
        checked(written[:place] + draw.choice(PIECES) + written[place:])
        checked(written[:place] + written[place + draw.randint(1, 3) :])
        checked(written[place:] + written[:place])


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("syria and iran or iraq", "syria AND iran OR iraq"),
        ("or syria iran", '"or" syria iran'),
        ("syria or", 'syria "or"'),
        ("title:or syria", 'title:"or" syria'),
        ("syria not iran NEAR/3 iraq", 'syria "not" iran NEAR/3 iraq'),
        ("syria not (iran iraq)", "syria NOT (iran iraq)"),
        ("lang:(ru or uk)", "lang:(ru OR uk)"),
        ("syria and or iran", 'syria "and" "or" iran'),
    ],
)
def test_small_operators_are_all_put_right_by_one_fix(text, fix):
    assert [warning.fix for warning in parse(text).warnings if "read as" in warning.message] == [
        fix
    ]
    parse(fix)


@pytest.mark.parametrize(
    "text",
    ["a " * 1_999 + "a", "(" * 49 + "a b OR c" + ") d OR e" * 49, "a NEAR/1 " * 6 + "a"],
    ids=["operators", "brackets", "near"],
)
def test_query_whose_reading_is_beyond_the_limits_is_refused(text):
    with pytest.raises(QueryError, match=r"written out|too many NEAR"):
        parse(text)


@pytest.mark.parametrize("value", ["NEAR/3", "near5", "w/2", "AND", "-x", "atleast2", "jane-doe"])
def test_a_value_that_looks_like_an_operator_keeps_its_quotation_marks(value: str):
    parsed = whole(parse(f'entity:"{value}" AND speaker:"{value}"'))
    assert parsed.reading.count('"') == (0 if value == "jane-doe" else 4)
