"""The measure of languages counts what it says, and its gold names files that are there."""

import json
from pathlib import Path

import pytest

from tests.quality.languages import (
    CORPORA,
    GOLD,
    LanguageScore,
    Title,
    declared_accuracy,
    language_accuracy,
    mean_over_languages,
    peer_scores,
    text_accuracy,
    titles,
)

_TITLES = [
    Title("a", "The ferry will run again from Monday", "", "de", "en"),
    Title("b", "Die Fähre fährt wieder ab Montag", "Das sagte das Hafenamt.", "", "de"),
]


def score(language: str, *, by_title: bool, by_text: bool | None = None) -> LanguageScore:
    return LanguageScore("a", language, by_title, not by_title, by_text, by_text)


def test_accuracy_is_the_share_of_titles_and_of_those_with_a_text() -> None:
    found = [score("en", by_title=True), score("de", by_title=False, by_text=True)]
    assert language_accuracy(found) == declared_accuracy(found) == 0.5
    assert text_accuracy(found) == 1.0


def test_the_mean_gives_each_language_the_same_weight() -> None:
    found = [score("en", by_title=True)] * 3 + [score("de", by_title=False)]
    assert mean_over_languages(found) == 0.5


def test_a_detector_is_right_where_it_names_the_language_of_the_title() -> None:
    found = peer_scores(_TITLES, lambda _: "en")
    assert [one.by_title for one in found] == [True, False]
    assert [one.by_text for one in found] == [None, False]


def test_the_gold_names_titles_that_are_there(shared_data: Path) -> None:
    gold = json.loads(GOLD.read_text(encoding="utf-8"))
    assert list(gold) == list(CORPORA)
    pages = shared_data / "pages"
    names = {p.name.removesuffix(".gz") for name in CORPORA for p in (pages / name).rglob("*.gz")}
    listed = [name.removesuffix(".gz") for entries in gold.values() for name in entries]
    assert [n for n in listed if n not in names and f"{n}.html" not in names] == []


@pytest.mark.slow
def test_titles_are_many_and_in_many_languages(shared_data: Path) -> None:
    found = list(titles(shared_data / "pages"))
    assert len(found) >= 300
    assert len({one.language for one in found}) >= 10
