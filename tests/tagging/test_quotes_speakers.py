"""Who a pronoun or a role is must be the only reading before it is shown as certain."""

from pathlib import Path

import pytest

from pipelines.article import Zone
from pipelines.tagging import find_mentions, make_taggers
from tests.tagging.spoken import names_of, quotes_in, tagger
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


def test_who_took_a_picture_is_not_meant_by_a_pronoun() -> None:
    found = quotes_in("Anna Petrova came. AP Photo/John Miller", f"{WORDS} he said.")[-1]
    assert (found.speaker, found.speaker_name) == ("", "he")


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
        ("It came a month after Anna Petrova said the talks had failed.", "Anna Petrova"),
        ("Anna Petrova, Acme Bank, Norland, said the talks had failed.", "Anna Petrova"),
        ('John Miller was told by her surgeon, "The talks have failed."', "her surgeon"),
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


@pytest.mark.parametrize("speaker", ["The farmer", "The agencies", "A report", "Two executives"])
def test_people_bodies_and_papers_may_be_certain_without_a_name(speaker: str) -> None:
    assert [one.certain for one in quotes_in(f"{speaker} said the talks had failed.")] == [True]


@pytest.mark.parametrize("speaker", ["The number", "A month", "The emergency", "Two cases"])
def test_what_tells_of_no_speaker_is_never_certain(speaker: str) -> None:
    assert not any(one.certain for one in quotes_in(f"{speaker} said the talks had failed."))


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        (
            "Anna Petrova, sister of the head of the bank, John Miller, said the talks had failed.",
            "Miller",
        ),
        ('Anna Petrova said Acme Bank promised to bring "a better life for all".', "Acme Bank"),
        (
            'John Miller wrote it, and the letter Anna Petrova wrote was "kind and loving".',
            "Petrova",
        ),
        (
            '"We were all in charge of it" although it is the mayor in Norland, said a clerk.',
            "mayor",
        ),
    ],
    ids=["an aside", "a saying in a saying", "what was written", "a comma before the verb"],
)
def test_a_second_reading_makes_a_speaker_uncertain(sentence: str, name: str) -> None:
    found = [one for one in quotes_in(sentence) if name in one.speaker_name]
    assert found
    assert not any(one.certain for one in found)


def test_what_somebody_denied_is_not_what_they_said() -> None:
    found = quotes_in("The bank had failed, a claim Anna Petrova denied.")
    assert not found


def test_a_title_that_speaks_against_a_link_makes_it_uncertain() -> None:
    first = "Ms Petrova came to Norland."
    assert last_speaker(first, f"{WORDS} said Ms Petrova.") == ("person:Anna Petrova", True)
    assert last_speaker(first, f"{WORDS} said Mr Petrova.") == ("person:Anna Petrova", False)


@pytest.mark.parametrize(
    ("between", "certain"),
    [((), True), (("It was late.", "The doors were shut at noon.", "Rain fell."), False)],
    ids=["close by", "far away"],
)
def test_who_may_be_a_man_or_a_woman_is_meant_close_by_only(
    between: tuple[str, ...], certain: bool
) -> None:
    written = article("Qorvan Xel came to Norland.", *between, f"{WORDS} she said.")
    names = names_of(written, {"Qorvan Xel": "person:Qorvan Xel"})
    found = tagger().find(written, names).quotes[-1]
    assert (found.speaker, found.certain) == ("person:Qorvan Xel", certain)
