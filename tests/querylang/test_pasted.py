"""Queries as they come from word processors, web pages and other tools."""

import pytest

from pipelines.errors import QueryError
from pipelines.querylang import parse


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("سوريا \u200fAND\u200f إيران", "سوريا AND إيران"),
        ("syria \u200bOR\u200b iran", "syria OR iran"),
        ("\ufeff-syria iran", "NOT syria AND iran"),
        ('"security council" \u2060~5', '"security council"~5'),
        ("syria\u2060 iran", "syria AND iran"),
        ("sy\u200f\u200bria", "syria"),
    ],
)
def test_what_is_not_seen_hides_no_operator(text: str, reading: str):
    assert parse(text).reading == reading


@pytest.mark.parametrize("minus", "‐‑–−﹣－")
def test_a_minus_of_a_word_processor_is_a_minus(minus: str):
    assert parse(f"syria {minus}iran").reading == "syria AND NOT iran"
    assert parse(f"syria {minus}(iran OR iraq)").reading == "syria AND NOT (iran OR iraq)"
    assert parse(f"syria {minus} iran").reading == "syria AND iran"
    assert parse(f"syria{minus}iran").reading == '"syria iran"'


@pytest.mark.parametrize("marks", ["‹›", "❝❞", "〝〞"])
def test_other_pairs_of_quotation_marks_make_a_phrase(marks: str):
    assert parse(f"{marks[0]}security council{marks[1]}").reading == '"security council"'


@pytest.mark.parametrize("marks", ["‘’", "‚‘", "''", "‚’"])
def test_single_quotation_marks_are_noted_with_the_phrase_as_the_fix(marks: str):
    (warning,) = parse(f"un {marks[0]}security council{marks[1]} x").warnings
    assert "single quotation marks make no phrase" in warning.message
    assert (warning.position, warning.fix) == (3, 'un "security council" x')


def test_a_word_cut_off_as_in_lexisnexis_is_noted_with_ours():
    (warning,) = parse("terroris! w/5 bomb!").warnings
    assert (warning.position, warning.fix) == (8, "terroris* w/5 bomb*")
    assert "`*` at the end of a word" in warning.message
    assert not parse('"hands up!" !syria outlet:Yahoo! a!').warnings


@pytest.mark.parametrize(
    "text",
    ["l'Ukraine d’Ivoire", "‘Ndrangheta trial", "the states’ troops", "'syria' iran", "it's"],
)
def test_an_apostrophe_is_no_quotation_mark(text: str):
    assert not parse(text).warnings


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("Сирия ИЛИ Иран", "Сирия OR Иран"),
        ("Сирия И НЕ Иран", "Сирия AND NOT Иран"),
        ("Syrien UND (Iran ODER Irak)", "Syrien AND (Iran OR Irak)"),
        ("Syrie OU Iran", "Syrie OR Iran"),
        ("syria ANDNOT iran", "syria AND NOT iran"),
        ("syria and not iran", "syria AND NOT iran"),
        ("syria or not iran", "syria OR NOT iran"),
        ("syria ANDNOT iran NEAR/3 iraq ODER oil", "syria ANDNOT iran NEAR/3 iraq OR oil"),
        ("syria and not not iran", 'syria "and" "not" "not" iran'),
    ],
)
def test_operators_of_other_languages_and_tools_are_noted_with_ours(text: str, fix: str):
    (warning,) = parse(text).warnings
    assert warning.fix == fix
    assert not [w for w in parse(fix).warnings if w.message == warning.message]


@pytest.mark.parametrize("text", ["И", "война и мир", "der Krieg und die Not", "Y Combinator"])
def test_a_word_that_could_be_no_operator_is_not_noted(text: str):
    assert not parse(text).warnings


@pytest.mark.parametrize("text", ["syria | iran", "syria|iran", "syria|| iran"])
def test_a_stroke_upright_is_or(text: str):
    assert parse(text).reading == "syria OR iran"


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("syria /5 iran", "syria NEAR/5 iran"),
        ("syria n/5 iran", "syria NEAR/5 iran"),
        ("atl2(syria)", "repeat2:syria"),
        ("headline:syria", "title:syria"),
        ("language:en syria", "lang:en AND syria"),
        ("canonical_domain:bbc.com", "domain:bbc.com"),
    ],
)
def test_words_of_other_tools_with_the_same_meaning_are_read(text: str, reading: str):
    assert parse(text).reading == reading


@pytest.mark.parametrize(
    ("text", "position", "instead"),
    [
        ("syria w/s iran", 6, "NEAR/15"),
        ("syria W/P iran", 6, "NEAR/50"),
        ("syria /s iran", 6, "NEAR/15"),
        ("syria pre/5 iran", 6, "NEAR/5"),
        ("syria adj5 iran", 6, "NEAR/5"),
        ("syria ADJ iran", 6, "phrase"),
        ("syria ONEAR/5 iran", 6, "NEAR/5"),
        ("syria NEAR/5/10 iran", 6, "NEAR/5"),
        ("hlead=syria", 0, "title:"),
        ("iran hd=(syria or iran)", 5, "title:"),
        ("la=en syria", 0, "lang:"),
        ("rst=tnyt syria", 0, "outlet:"),
        ("wc>500 syria", 0, "outside the query"),
        ("HEADLINE(syria w/5 iran)", 0, "title:("),
        ("hlead(syria)", 0, "title:("),
        ("country:SY", 0, "about:"),
        ("author:smith", 0, "outlet:"),
    ],
)
def test_syntax_of_other_tools_is_refused_with_what_to_write(
    text: str, position: int, instead: str
):
    with pytest.raises(QueryError) as refused:
        parse(text)
    assert refused.value.position == position
    assert instead in str(refused.value)


@pytest.mark.parametrize("text", ["5 w/o sugar", "n/a", "and/or", "adjust", "km/s", "syria (iran)"])
def test_a_word_with_a_stroke_is_a_word(text: str):
    assert parse(text).reading


@pytest.mark.parametrize("text", ['"atl5" syria', "outlet:pre/3", "topic:\u200fsyria|x"])
def test_the_reading_of_a_quoted_operator_is_the_same_query(text: str):
    parsed = parse(text)
    assert parse(parsed.reading).tree == parsed.tree
    assert "\u200f" not in parsed.reading
