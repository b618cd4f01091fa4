"""Direct quotes in articles of languages that are read by the words beside the marks."""

import json
from pathlib import Path

import pytest

from pipelines.tagging.quotes.marked import say_words
from tests.tagging.spoken import names_of, tagger
from tests.tagging.written import article

ROOT = Path(__file__).parents[2]
QUOTED = Path(__file__).with_name("quoted")
GOLDEN = sorted(path.stem for path in QUOTED.glob("*.txt"))
NAMES = {
    "Karl Weber": "person:Karl Weber",
    "Weber": "person:Karl Weber",
    "Ada Lind": "person:Ada Lind",
    "كارل فيبر": "person:Karl Weber",
}
TR, AR = "bir iki üç dört", "واحد اثنان ثلاثة اربعة"


def said_in(language: str, *paragraphs: str) -> list[list[object]]:
    """Return speaker, whether certain, and words of each quote."""
    written = article(*paragraphs, language=language)
    found = tagger().find(written, names_of(written, NAMES)).quotes
    return [[one.speaker_name, one.certain, written.text[one.start : one.end]] for one in found]


@pytest.mark.parametrize("language", GOLDEN)
def test_the_quotes_of_an_article_are_those_beside_it(language: str) -> None:
    paragraphs = (QUOTED / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    golden = json.loads((QUOTED / f"{language}.json").read_text(encoding="utf-8"))
    assert said_in(language, *paragraphs) == golden


def test_each_language_with_quotes_stands_in_the_docs() -> None:
    page = (ROOT / "docs" / "reports.md").read_text(encoding="utf-8")
    table = page[page.index("What is read in which language") :]
    missing = [language for language in say_words() if f"`{language}`" not in table]
    assert not missing, f"write a row on quotes in {missing} in docs/reports.md"


@pytest.mark.parametrize("language", ["tr", "ar", "nl"])
def test_a_language_with_an_order_of_its_own_has_an_article(language: str) -> None:
    assert language in GOLDEN
    assert language in say_words()


@pytest.mark.parametrize(
    "sentence",
    [
        f'Ada Lind\'e seslenen Karl Weber, "{TR}" dedi.',
        f'Bakan Karl Weber, dün Ankara\'da yaptığı açıklamada, "{TR}" ifadelerini kullandı.',
        f'Karl Weber şöyle konuştu: "{TR}"',
        f'"{TR}" diyen Karl Weber salondan ayrıldı.',
    ],
)
def test_a_turkish_speaker_is_who_has_no_ending_of_a_case(sentence: str) -> None:
    assert said_in("tr", sentence) == [["Karl Weber", True, TR]]


def test_of_two_turkish_subjects_none_is_certain() -> None:
    sentence = f'Ada Lind, Karl Weber, ikisi de dün akşam geldi ve "{TR}" dedi.'
    assert [certain for _, certain, _ in said_in("tr", sentence)] == [False]


def test_marks_without_a_verb_behind_them_are_no_quote_in_turkish() -> None:
    assert said_in("tr", f'Karl Weber, "{TR}" başlıklı sergiyi gezdi.') == []


@pytest.mark.parametrize(
    "sentence",
    [
        f'قال كارل فيبر ان "{AR}".',
        f'وقال امس المستشار كارل فيبر: "{AR}".',
        f'وكان كارل فيبر قال ان "{AR}".',
        f'ونقلت الوكالة عن كارل فيبر قوله "{AR}".',
    ],
)
def test_an_arabic_speaker_follows_the_verb(sentence: str) -> None:
    assert said_in("ar", sentence) == [["Karl Weber", True, AR]]


def test_who_is_told_something_in_arabic_does_not_speak() -> None:
    assert said_in("ar", f'وقال كارل فيبر انه تعب. واوضح للصحفيين "{AR}".') == [
        ["Karl Weber", False, AR]
    ]


def test_an_object_behind_an_arabic_verb_is_not_certain() -> None:
    [[_, certain, _]] = said_in("ar", f'واتهم كارل فيبر الحكومة "{AR}".')
    assert not certain


def test_an_incise_parts_a_quote_in_two() -> None:
    found = said_in("es", "“Uno dos tres —dijo Karl Weber—, cuatro cinco seis”.")
    assert found == [
        ["Karl Weber", True, "Uno dos tres"],
        ["Karl Weber", True, "cuatro cinco seis"],
    ]


def test_a_dash_without_who_speaks_opens_no_quote() -> None:
    assert said_in("es", "— Uno dos tres cuatro", "— Cinco seis siete ocho") == []


def test_a_clause_about_somebody_else_or_a_work_is_not_certain() -> None:
    clause = "“uno dos tres cuatro cinco”"
    assert said_in("es", f"Karl Weber dijo que el viaje {clause}.")[0][:2] == ["Karl Weber", True]
    assert said_in("es", f"Karl Weber dijo que Ada Lind {clause}.")[0][:2] == ["Karl Weber", False]
    assert said_in("es", f"Karl Weber dijo que leyó el libro {clause}.")[0][1] is False


def test_a_heading_names_who_speaks_in_the_next_paragraph() -> None:
    assert said_in("es", "Karl Weber dijo ayer:", "“Uno dos tres cuatro”.") == [
        ["Karl Weber", True, "Uno dos tres cuatro"]
    ]
