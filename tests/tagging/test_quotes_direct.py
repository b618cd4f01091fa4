"""Words between quotation marks belong to who is said to have said them."""

import pytest

from pipelines.article import Zone
from tests.tagging.spoken import direct, quotes_in, said

WORDS = "We will not sign this treaty"
PETROVA = "Anna Petrova"


@pytest.mark.parametrize(
    "sentence",
    [
        f'"{WORDS}," Anna Petrova said.',
        f'"{WORDS}," said Anna Petrova.',
        f'"{WORDS}", said Anna Petrova on Monday in Norland.',
        f"\u201c{WORDS},\u201d Anna Petrova told reporters.",
        f"\u201e{WORDS}\u201c, said Anna Petrova.",
        f"\u00ab{WORDS}\u00bb, Anna Petrova said.",
        f'Anna Petrova said: "{WORDS}."',
        f'Anna Petrova told Acme Bank, "{WORDS}."',
        f'Anna Petrova, the foreign minister of Norland, said, "{WORDS}."',
        f'The foreign minister of Norland, Anna Petrova, said, "{WORDS}."',
        f'Anna Petrova of Acme Bank in Norland also said, "{WORDS}."',
        f'Anna Petrova met John Miller on Monday, saying "{WORDS}."',
        f'Anna Petrova left the room and said: "{WORDS}."',
        f"'{WORDS},' Anna Petrova said.",
    ],
)
def test_the_speaker_stands_beside_the_words(sentence: str) -> None:
    assert [(words.rstrip(",."), name) for words, name in direct(sentence)] == [(WORDS, PETROVA)]


def test_a_quote_parted_by_its_speaker_is_two() -> None:
    found = direct('"We will not sign," Anna Petrova said, "because nobody asked us."')
    assert found == [("We will not sign,", PETROVA), ("because nobody asked us.", PETROVA)]


def test_words_go_on_behind_a_sentence_of_the_same_speaker() -> None:
    found = direct('"We will not sign," said Anna Petrova. "Nobody has asked us."')
    assert found[1] == ("Nobody has asked us.", PETROVA)


def test_words_of_another_sentence_are_of_who_says_them() -> None:
    found = direct('"We will not sign," said Anna Petrova. "You will have to," said John Miller.')
    assert [name for _, name in found] == [PETROVA, "John Miller"]


def test_an_open_quote_goes_on_in_the_next_paragraph() -> None:
    found = quotes_in(
        'Anna Petrova said: "We will not sign.', '"Nobody has asked us for our opinion."'
    )
    assert [(one.speaker, one.certain) for one in found] == [("person:Anna Petrova", True)] * 2


def test_a_paragraph_of_words_alone_is_of_the_last_speaker_and_uncertain() -> None:
    found = quotes_in('"We will not sign," Anna Petrova said.', '"Nobody has asked us for it."')
    assert [(one.speaker, one.certain) for one in found] == [
        ("person:Anna Petrova", True),
        ("person:Anna Petrova", False),
    ]


def test_a_paragraph_behind_a_name_and_colon_is_of_that_name() -> None:
    found = direct("Statement of Anna Petrova:", '"We welcome the decision of the court."')
    assert found == [("We welcome the decision of the court.", PETROVA)]


@pytest.mark.parametrize(
    "sentence",
    [
        'Anna Petrova spoke of a "so called" peace.',
        'Anna Petrova has read "The Wall of Norland" twice.',
        'The "new and better" treaty was signed in Norland.',
    ],
    ids=["two words", "a title", "nobody says it"],
)
def test_words_set_off_are_no_quote(sentence: str) -> None:
    assert direct(sentence) == []


def test_one_word_is_a_quote_where_it_is_a_whole_sentence() -> None:
    assert direct('Anna Petrova said: "Never."') == [("Never.", PETROVA)]


def test_words_of_judging_are_quoted_but_uncertain() -> None:
    (found,) = quotes_in('Anna Petrova called it "a matter of public health".')
    assert (found.speaker, found.certain) == ("person:Anna Petrova", False)


def test_who_is_told_is_not_who_tells() -> None:
    found = direct(f'John Miller was told by Anna Petrova: "{WORDS}."')
    assert found == [(f"{WORDS}.", PETROVA)]


def test_a_name_behind_a_preposition_is_no_speaker() -> None:
    (found,) = quotes_in(f'A friend of Anna Petrova said: "{WORDS}."')
    assert (found.speaker, found.speaker_name) == ("", "A friend")


def test_an_unknown_name_between_commas_is_read_as_a_name() -> None:
    found = direct(f'The director of Acme Bank, Jane Rowe, said: "{WORDS}."')
    assert found == [(f"{WORDS}.", "Jane Rowe")]


@pytest.mark.parametrize("zone", [Zone.RELATED, Zone.TAGS, Zone.FURNITURE, Zone.BYLINE])
def test_what_does_not_count_is_not_quoted(zone: Zone) -> None:
    assert said((zone, f'"{WORDS}," Anna Petrova said.')) == []


def test_a_quote_names_its_zone_and_its_rule() -> None:
    (found,) = quotes_in((Zone.LEDE, f'"{WORDS}," Anna Petrova said.'))
    assert (found.zone, found.why) == (Zone.LEDE, "words, speaker, verb; name")


@pytest.mark.parametrize(
    "sentence",
    [
        f'According to Anna Petrova, "{WORDS} because nobody asked us."',
        f'"{WORDS}" is the answer according to Anna Petrova.',
        f'"{WORDS}," according to a post on Monday by Anna Petrova.',
        f'"{WORDS}," said Acme Bank, whose head is new, Anna Petrova.',
        f'Friends were kinder: "{WORDS}", wrote Anna Petrova.',
        f'"{WORDS}!" Anna Petrova told the bank on Monday.',
        f'"{WORDS} this", said Anna Petrova after the talks.',
        f'Acme Bank quoted Anna Petrova as saying "{WORDS}."',
    ],
)
def test_the_speaker_may_stand_further_off(sentence: str) -> None:
    assert [name for _, name in direct(sentence)] == [PETROVA]


@pytest.mark.parametrize("title", ["The Long Man", "Day after Day,", "A Song of the Sea"])
def test_titles_with_small_words_are_no_quotes(title: str) -> None:
    assert direct(f'Anna Petrova called it "{title}" and left.') == []


def test_a_sentence_in_capitals_is_no_title() -> None:
    assert direct('Anna Petrova said: "WE WON THIS ELECTION!"') == [
        ("WE WON THIS ELECTION!", PETROVA)
    ]


def test_a_sentence_ends_with_an_hour() -> None:
    found = direct(f'The talks began at 7 p.m. "{WORDS}," Anna Petrova said.')
    assert found == [(f"{WORDS},", PETROVA)]


def test_who_was_told_did_not_say_it() -> None:
    sentence = 'Petrova says in a statement that Acme Bank was told that "we reserve our rights".'
    assert direct(sentence) == [("we reserve our rights", "Anna Petrova")]
