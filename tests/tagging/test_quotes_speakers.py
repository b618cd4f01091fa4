"""Who a pronoun or a role is must be the only reading before it is shown as certain."""

from pathlib import Path

import pytest

from pipelines.article import Zone
from pipelines.tagging import find_mentions, make_taggers
from tests.tagging.spoken import quotes_in
from tests.tagging.written import article

WORDS = '"We will not sign this treaty,"'


def last_speaker(*parts: str) -> tuple[str, bool]:
    """Return the tag of who speaks last, and whether that is certain."""
    found = quotes_in(*parts)[-1]
    return found.speaker, found.certain


def test_a_pronoun_is_the_only_person_named_before() -> None:
    found = last_speaker("Anna Petrova came to Norland.", f"{WORDS} she said.")
    assert found == ("person:Anna Petrova", True)


def test_a_pronoun_is_nobody_of_the_other_gender() -> None:
    found = last_speaker("Anna Petrova met John Miller.", f"{WORDS} he said.")
    assert found == ("person:John Miller", True)


def test_a_pronoun_with_two_readings_is_uncertain() -> None:
    found = last_speaker("John Miller met Paul Rowe in Norland.", f"{WORDS} he said.")
    assert found == ("person:John Miller", False)


def test_a_pronoun_before_anybody_is_named_is_nobody() -> None:
    found = quotes_in(f"{WORDS} she said.", "Anna Petrova came to Norland.")[0]
    assert (found.speaker, found.speaker_name, found.certain) == ("", "she", False)


def test_who_is_named_between_marks_alone_is_not_meant_by_a_pronoun() -> None:
    found = last_speaker('"I have met Anna Petrova before," the envoy said.', f"{WORDS} she said.")
    assert found == ("", False)


@pytest.mark.parametrize("pronoun", ["they", "we", "I"])
def test_other_pronouns_are_nobody(pronoun: str) -> None:
    found = last_speaker("Anna Petrova came to Norland.", f"{WORDS} {pronoun} said.")
    assert found == ("", False)


@pytest.mark.parametrize(
    "named",
    [
        "Foreign Minister Anna Petrova came to Norland.",
        "Anna Petrova, the foreign minister of Norland, came.",
        "The foreign minister of Norland, Anna Petrova, came with Foreign Minister Petrova.",
    ],
)
def test_a_role_is_the_one_person_who_has_it(named: str) -> None:
    found = last_speaker(named, f"{WORDS} the foreign minister said.")
    assert found == ("person:Anna Petrova", True)


def test_a_role_of_two_people_is_uncertain() -> None:
    found = last_speaker(
        "Foreign Minister Anna Petrova met Foreign Minister John Miller.",
        f"{WORDS} the foreign minister said.",
    )
    assert found == ("person:John Miller", False)


def test_a_vice_president_is_not_the_president() -> None:
    found = quotes_in("Vice President Anna Petrova came.", f"{WORDS} the president said.")[-1]
    assert (found.speaker, found.speaker_name) == ("", "the president")


def test_a_role_with_an_indefinite_article_is_nobody_named() -> None:
    found = quotes_in("Foreign Minister Anna Petrova came.", f"{WORDS} a foreign minister said.")[
        -1
    ]
    assert found.speaker == ""


def test_a_surname_is_shown_by_its_full_name() -> None:
    found = quotes_in("Anna Petrova came to Norland.", f"{WORDS} Petrova said.")[-1]
    assert (found.speaker_name, found.certain) == ("Anna Petrova", True)


def test_a_participle_of_a_long_sentence_is_uncertain() -> None:
    found = last_speaker(
        "Anna Petrova met John Miller in Norland on Monday, saying the talks had failed."
    )
    assert found == ("person:Anna Petrova", False)


def test_a_name_of_the_users_own_file_speaks_under_its_own_id(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("entity_id,name,type\nvera-quill,Vera Quill,person\n", encoding="utf-8")
    tagger = make_taggers((), ["default", str(path)])
    text = 'Vera Quill left the talks. "We had no choice but to go," she said.'
    (quote,) = find_mentions(article((Zone.BODY, text)), tagger).quotes
    assert (quote.speaker, quote.speaker_name) == ("vera-quill", "Vera Quill")


def test_he_again_is_who_he_was_in_the_sentence_before() -> None:
    text = (
        "John Miller met Paul Rowe. He said the talks with Paul Rowe failed. He said all were late."
    )
    assert last_speaker(text)[0] == "person:John Miller"


def test_who_is_met_is_not_who_speaks() -> None:
    first = "John Miller came from a meeting that Paul Rowe had left."
    found = last_speaker(first, f"Speaking to Paul Rowe, he said: {WORDS}")
    assert found == ("person:John Miller", False)


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Acme Bank quoted Anna Petrova as saying the talks had failed.", "Anna Petrova"),
        ("Anna Petrova, of Acme Bank, said the talks had failed.", "Anna Petrova"),
        ("Anna Petrova who sold the bank said the talks had failed.", "Anna Petrova"),
        ("Reports citing Acme Bank said the talks had failed.", "Reports"),
        ("Anna Petrova in opening the talks said they had failed.", "Anna Petrova"),
        ("Smoke rose over Norland, and officials said the talks had failed.", "officials"),
        (
            "According to Acme Bank, Anna Petrova said it was late, adding the talks had failed.",
            "Anna Petrova",
        ),
    ],
)
def test_who_speaks_among_those_named(sentence: str, name: str) -> None:
    assert quotes_in(sentence)[-1].speaker_name == name


@pytest.mark.parametrize(
    ("sentence", "certain"),
    [
        ("The mayor said the talks had failed.", True),
        ("Officials said the talks had failed.", True),
        ("The talks that had no success said the mayor had failed.", False),
        ("Brannoch said the talks had failed.", False),
        ("Overturned declared that the talks had failed.", False),
    ],
    ids=["a role", "people", "a role with a verb", "no name we know", "an odd word"],
)
def test_a_speaker_without_a_name_is_certain_where_it_is_plain(
    sentence: str, certain: bool
) -> None:
    found = quotes_in(f"It was late. {sentence}")
    assert [one.certain for one in found] == [certain] or (not certain and not found)
