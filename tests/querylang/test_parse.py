import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.errors import QueryError
from pipelines.querylang import parse
from pipelines.querylang.tree import And, Form, Near, Not, Or, Phrase, Prefix, Repeat, Term

A, B, C = Term("a1"), Term("b1"), Term("c1")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a1", A),
        ("((a1))", A),
        ("a1 b1", And((A, B))),
        ("a1 AND b1 && c1", And((A, B, C))),
        ("a1 OR b1 || c1", Or((A, B, C))),
        ("a1 OR b1 c1", Or((A, And((B, C))))),
        ("NOT a1 OR b1", Or((Not(A), B))),
        ("a1 NOT b1", And((A, Not(B)))),
        ("a1 -(b1 c1)", And((A, Not(And((B, C)))))),
        ("NOT NOT a1", Not(Not(A))),
        ("a1 (b1 c1)", And((A, And((B, C))))),
        ("a1 NEAR/5 b1 c1", And((Near(A, B, 5), C))),
        ("a1 near3 b1", Near(A, B, 3)),
        ("a1 W/3 b1 w/4 c1", Near(Near(A, B, 3), C, 4)),
        ('"a1 b1"', Phrase((A, B))),
        ("“a1 b1”", Phrase((A, B))),
        ("«a1 b1»~3", Phrase((A, B), 3)),
        ('near4:"a1 b1"', Phrase((A, B), 4)),
        ('"a1"', A),
        ("a1-b1", Phrase((A, B))),
        ("ab*", Prefix("ab")),
        ('"a1 b*"'.replace("b*", "bc*"), Phrase((A, Prefix("bc")))),
        ('="a1 b1"', Phrase((Term("a1", Form.EXACT), Term("b1", Form.EXACT)))),
        ("cs:US", Term("US", Form.CASED)),
        ("repeat3:a1", Repeat(A, 3)),
        ("atleast3(a1 OR b1)", Repeat(Or((A, B)), 3)),
        ("at 10:30", And((Term("at"), Phrase((Term("10"), Term("30")))))),
        ("a1 - b1 & c1", And((A, B, C))),
        ("Lavrov: a1", And((Term("Lavrov"), A))),
        ("Se\u2060cu\u00adrity", Term("Security")),
    ],
)
def test_query_is_read_as_this_tree(text, tree):
    parsed = parse(text)
    assert parsed.tree == tree
    assert parse(parsed.reading).tree == tree


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("", 0),
        ("   ", 0),
        ("a1 AND", 6),
        ("a1 OR OR b1", 6),
        ("(a1", 0),
        ("a1)", 2),
        ("a1 ()", 4),
        ('a1 "b1', 3),
        ("a1 *b", 3),
        ('"a1 *"', 4),
        ("a1 foo:bar", 3),
        ("title:", 6),
        ("title:(a1 lang:ru)", 10),
        ("lang:xyz a1", 5),
        ("a1 NEAR/500 b1", 8),
        ("repeat0:a1", 6),
        ("NOT", 3),
        ("a1 published:2015-13-01", 13),
        ("published:2015-06-07/2015-06-01", 10),
        ('"..."', 1),
        ('cs:"Ukrain*"', 10),
        ("= a1 b1*c", 7),
        ("lang:ru*", 5),
    ],
)
def test_error_names_where_and_what_was_expected(text, position):
    with pytest.raises(QueryError) as refused:
        parse(text)
    assert refused.value.position == position
    assert refused.value.expected
    assert f"character {position + 1}" in str(refused.value)


@pytest.mark.parametrize("word", ["and", "or", "not"])
def test_small_operators_are_words_and_the_warning_brings_the_fix(word):
    parsed = parse(f"syria {word} iran")
    assert [warning.position for warning in parsed.warnings] == [6]
    assert parsed.warnings[0].fix == f"syria {word.upper()} iran"
    assert parse(parsed.warnings[0].fix).warnings == ()


def test_mixed_and_or_without_brackets_warns_and_shows_the_reading():
    parsed = parse("syria OR iran AND talks")
    assert parsed.warnings[0].fix == parsed.reading == "syria OR (iran AND talks)"
    assert parse(parsed.reading).warnings == ()


def test_query_with_brackets_has_no_warning():
    assert parse('(syria OR "security council") AND NOT iran').warnings == ()


@pytest.mark.parametrize(
    "text",
    [
        "(" * 10_000,
        "(" * 4_000 + "a" + ")" * 4_000,
        "a" * 1_000_000,
        "a " * 500_000,
        '"' * 1_000_001,
        "NOT " * 2_400 + "a",
        "-(" * 2_000 + "a",
        "repeat2:" * 1_200 + "a",
        "a NEAR/5 " * 1_000 + "a",
        "a " * 2_500,
        '"' + "a " * 3_000 + '"',
        "title:" * 1_500 + "a",
        "a OR " * 1_999 + "(",
        "*" * 10_000,
        "9" * 10_000 + ":",
        "near" + "9" * 9_000 + ":a",
    ],
    ids=lambda text: f"{text[:12]!r} x {len(text)}",
)
def test_catastrophic_query_is_refused_at_once(text):
    started = time.perf_counter()
    with pytest.raises(QueryError):
        parse(text)
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize("text", ["/a.c/", "/(a|c)+/", "/[ac]+/", '/"a"/', "b AND /(a)/", "/.*a/"])
def test_a_regular_expression_is_refused_whatever_it_begins_with(text: str):
    with pytest.raises(QueryError, match="regular expressions are not available") as refused:
        parse(text)
    assert refused.value.position == text.index("/")


@pytest.mark.parametrize("text", ["a / b", "a / (b OR c)", "a/b", 'a / "b c"'])
def test_a_stroke_between_words_is_no_regular_expression(text: str):
    assert parse(text).reading


def test_nesting_up_to_the_limit_is_read():
    assert parse("(a OR " * 50 + "b" + ")" * 50).reading


@settings(max_examples=300)
@given(st.text(alphabet="aб叙 ()\"*~5:-+=/.'&|", max_size=40) | st.text(max_size=40))
def test_any_text_is_read_or_refused_and_the_reading_means_the_same(text):
    try:
        parsed = parse(text)
    except QueryError as found:
        refused = found
    else:
        refused = None
    if refused:
        assert 0 <= refused.position <= len(text)
        return
    again = parse(parsed.reading)
    assert again.tree == parsed.tree
    assert again.reading == parsed.reading
