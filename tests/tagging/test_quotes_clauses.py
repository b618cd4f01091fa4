"""A clause is known by its finite verb, begins behind the occasion and ends where others speak."""

import pytest

from pipelines.article import Zone
from pipelines.querylang import tokens
from pipelines.tagging.gazetteer import Line
from pipelines.tagging.quotes.finite import finite_score
from tests.tagging.spoken import reported

PETROVA = "Anna Petrova"


def finite_words(text: str) -> list[str]:
    words = tokens(text)
    forms = [word.form for word in words]
    line = Line(text, 0, Zone.BODY, words, no_capitals=False, all_capitals=False, forms=forms)
    return [word.form for n, word in enumerate(line.words) if finite_score(line, n) > 0]


@pytest.mark.parametrize(
    ("text", "verbs"),
    [
        ("The ministers signed a treaty that ended the war.", ["signed", "ended"]),
        ("The treaty signed by the ministers was lost.", ["was"]),
        ("Officials have said they will close the bridge.", ["have", "will"]),
        ("Three men died and two were hurt.", ["died", "were"]),
        ("The dead and the wounded in the burned house.", []),
        ("Премьер подписал договор.", []),
    ],
)
def test_finite_verbs_are_told_from_participles_and_nouns(text: str, verbs: list[str]) -> None:
    assert finite_words(text) == verbs


@pytest.mark.parametrize(
    "clause",
    [
        "three miners died",
        "at least 40 houses burned down",
        "over a hundred people had left",
        "the bridge, which was built in March, would be closed",
        "if the rain stops the bridge will open",
        "US ships had left",
        "it was too late",
    ],
)
def test_what_makes_a_clause_needs_no_that(clause: str) -> None:
    assert reported(f"Anna Petrova said {clause}.") == [(clause, PETROVA)]


@pytest.mark.parametrize(
    "object_",
    [
        "a plan that would end the strike",
        "the closure at a conference in Norland and left",
        "a state of emergency so that troops could move",
        "victory for the party, but others have doubts",
        "it on a blog",
    ],
)
def test_a_noun_with_a_clause_of_its_own_is_not_reported(object_: str) -> None:
    assert reported(f"Anna Petrova declared {object_}.") == []


@pytest.mark.parametrize(
    "between",
    [
        "",
        " late on Monday",
        " this morning",
        " again this morning that",
        " many times that",
        " publicly",
        " via Twitter around 11:30 am,",
        " as of Monday",
    ],
)
def test_when_and_where_it_was_said_is_passed_over(between: str) -> None:
    found = reported(f"Anna Petrova said{between} the talks had failed.")
    assert found[0][0].removeprefix("as of Monday ") == "the talks had failed"
    assert found[0][1] == PETROVA


def test_the_hearer_may_follow_to() -> None:
    found = reported("Anna Petrova explained to reporters that the talks had failed.")
    assert found == [("the talks had failed", PETROVA)]


@pytest.mark.parametrize(
    "rest",
    [
        ", but Acme Bank reported a gain",
        " and others said they had not",
        ", and Acme Bank noted it was late",
        " \u2014 suggesting nobody had tried",
    ],
)
def test_a_clause_ends_where_somebody_else_speaks(rest: str) -> None:
    assert (
        reported(f"Anna Petrova said the talks had failed{rest}.")[0][0] == "the talks had failed"
    )


def test_a_clause_goes_on_behind_and_with_the_rest_of_a_quote() -> None:
    clause = 'the deal was "null and void" and "binds nobody who signed it"'
    assert reported(f"Anna Petrova said {clause}.") == [(clause, PETROVA)]


def test_a_list_of_clauses_is_one() -> None:
    clause = "the bank was late; that it knew; and that it paid"
    assert reported(f"Anna Petrova said that {clause}.") == [(clause, PETROVA)]


def test_a_clause_of_after_ends_at_its_comma() -> None:
    found = reported("After Anna Petrova said that the talks had failed, the market fell.")
    assert found == [("the talks had failed", PETROVA)]


@pytest.mark.parametrize(
    ("sentence", "clause"),
    [
        ("The bridge, Anna Petrova said, is closed.", "The bridge, Anna Petrova said, is closed"),
        (
            "The bridge was closed, Anna Petrova said, to save money for another.",
            "The bridge was closed, Anna Petrova said, to save money for another",
        ),
        ("On Monday, Anna Petrova said, the bridge will open.", "the bridge will open"),
        ("If it rains, Anna Petrova said, the bridge will close.", "the bridge will close"),
        ("The bridge, which Anna Petrova said was very old, fell.", "was very old"),
        (
            "The bridge is, as Anna Petrova noted, very old.",
            "The bridge is, as Anna Petrova noted, very old",
        ),
    ],
    ids=["its verb", "its end", "a day before", "an if before", "which", "as noted"],
)
def test_a_speaker_within_the_clause(sentence: str, clause: str) -> None:
    assert reported(sentence) == [(clause, PETROVA)]


def test_a_clause_that_ends_in_a_quote_is_reported_whole() -> None:
    sentence = 'The law forbids "any act of war," Anna Petrova said.'
    assert reported(sentence) == [('The law forbids "any act of war,"', PETROVA)]


@pytest.mark.parametrize(
    ("sentence", "clause"),
    [
        ("As a result, according to Anna Petrova, ten men left.", "ten men left"),
        (
            "Ten men came and then, according to Anna Petrova, fled.",
            "Ten men came and then, according to Anna Petrova, fled",
        ),
        ("According to a post by Anna Petrova, head of the bank, ten men left.", "ten men left"),
    ],
)
def test_according_to_within_a_sentence(sentence: str, clause: str) -> None:
    assert reported(sentence) == [(clause, PETROVA)]


def test_what_is_according_to_one_that_another_said_is_the_other_s() -> None:
    found = reported("According to Acme Bank, Anna Petrova said the talks had failed.")
    assert found == [("the talks had failed", PETROVA)]


@pytest.mark.parametrize(
    ("sentence", "clause"),
    [
        (
            "Anna Petrova reminded an audience of bankers from Norland that the talks had failed.",
            "the talks had failed",
        ),
        ("But that might end the talks, Anna Petrova said.", "But that might end the talks"),
        (
            "Anna Petrova said the plan helps the bank and its partners respond to the fall.",
            "the plan helps the bank and its partners respond to the fall",
        ),
        (
            "Anna Petrova said the bank left the city and continued to lend.",
            "the bank left the city and continued to lend",
        ),
        ("Anna Petrova told reporters on condition of anonymity.", None),
        ("Anna Petrova declared a day of rest, as the old bank fell, for the town.", None),
    ],
)
def test_what_real_pages_taught(sentence: str, clause: str | None) -> None:
    assert reported(sentence) == ([(clause, PETROVA)] if clause else [])
