"""Direct quotes in the languages that are read by the words beside the marks."""

import pytest

from pipelines.article import Quote, Zone
from tests.tagging.spoken import names_of, tagger
from tests.tagging.written import article

WORDS = "eins zwei drei vier"
NAMES = {"Karl Weber": "person:Karl Weber", "Rote Hilfe": "organisation:Rote Hilfe"}


def quotes_in(language: str, *parts: str | tuple[Zone, str]) -> list[tuple[Quote, str]]:
    written = article(*parts, language=language)
    found = tagger().find(written, names_of(written, NAMES)).quotes
    return [(one, written.text[one.start : one.end]) for one in found]


def speakers(language: str, *parts: str | tuple[Zone, str]) -> list[tuple[str, bool]]:
    """Return the name of each quote's speaker and whether it is certain."""
    return [(one.speaker_name, one.certain) for one, _ in quotes_in(language, *parts)]


CERTAIN = {
    "de": [
        f"„{WORDS}“, sagte Karl Weber.",
        f"„{WORDS}“, sagt Trainer Karl Weber am Telefon.",
        f"„{WORDS}“, so Karl Weber weiter.",
        f"Karl Weber, Leiter des Amtes, sagte am Montag: „{WORDS}“",
        f"In Berlin erklärte Karl Weber: „{WORDS}“",
        f"Karl Weber: „{WORDS}“",
    ],
    "fr": [
        f"« {WORDS} », a déclaré Karl Weber.",
        f"« {WORDS} », a déclaré à la presse le ministre des Affaires étrangères, Karl Weber.",
        f"« {WORDS} », indique pour sa part le général Karl Weber.",
        f"Karl Weber a affirmé que « {WORDS} ».",
        f"« {WORDS} », selon Karl Weber.",
    ],
    "es": [
        f"«{WORDS}», dijo el presidente del Gobierno, Karl Weber.",
        f"“{WORDS}”, ha asegurado Karl Weber en Madrid.",
        f"Karl Weber declaró: “{WORDS}”.",
    ],
    "it": [f"«{WORDS}», ha detto Karl Weber.", f'"{WORDS}", ha aggiunto Karl Weber su X.'],
    "pt": [f"“{WORDS}”, disse Karl Weber.", f"“{WORDS}”, segundo Karl Weber."],
    "uk": [f"«{WORDS}», — заявив президент Karl Weber.", f"Karl Weber сказав: «{WORDS}»."],
    "pl": [f"„{WORDS}” – napisał wcześniej Karl Weber w mediach."],
}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [(language, sentence) for language, sentences in CERTAIN.items() for sentence in sentences],
)
def test_the_name_beside_a_verb_of_saying_is_the_certain_speaker(
    language: str, sentence: str
) -> None:
    [(quote, words)] = quotes_in(language, sentence)
    assert (words.strip(), quote.speaker_name, quote.certain) == (WORDS, "Karl Weber", True)
    assert quote.speaker == "person:Karl Weber"


def test_a_name_of_no_table_is_read_from_its_capitals_without_its_title() -> None:
    assert speakers("de", f"„{WORDS}“, sagte Außenministerin Ilka Nemrova.") == [
        ("Ilka Nemrova", True)
    ]


def test_a_surname_alone_is_the_one_full_name_that_ends_in_it() -> None:
    found = speakers("de", "Ilka Nemrova, Ärztin, sagte wenig.", f"„{WORDS}“, sagte Nemrova.")
    assert found == [("Ilka Nemrova", True)]


def test_a_surname_that_two_people_bear_is_not_certain() -> None:
    found = speakers(
        "de", "Anna Nemrow kam. Karl Nemrow, der Bruder, auch.", f"„{WORDS}“, sagte Nemrow."
    )
    assert [certain for _, certain in found] == [False]


def test_two_nouns_with_capitals_are_nobody() -> None:
    found = speakers("de", "Die Antwort blieb Sache Berliner Gerichte.", f"„{WORDS}“, sagte er.")
    assert found == [("er", False)]


def test_part_of_a_word_with_a_hyphen_is_nobody() -> None:
    assert speakers("de", f"„{WORDS}“, so der Rote Hilfe-Sprecher.") == [
        ("der Rote Hilfe-Sprecher", False)
    ]


def test_who_follows_a_preposition_is_no_speaker() -> None:
    assert speakers("de", f"„{WORDS}“, sagte eine Sprecherin von Karl Weber.") == [
        ("eine Sprecherin", True)
    ]
    assert speakers("es", f"“{WORDS}”, dijo en una carta a Karl Weber.") == []


def test_a_role_without_a_name_is_certain_where_it_begins_with_a() -> None:
    assert speakers("de", f"„{WORDS}“, sagte eine Sprecherin auf Anfrage.") == [
        ("eine Sprecherin", True)
    ]
    assert speakers("de", f"„{WORDS}“, sagte der Richter.") == [("der Richter", False)]


def test_a_pronoun_is_who_was_named_last_and_not_certain() -> None:
    assert speakers("fr", f"Karl Weber est venu. « {WORDS} », a-t-il ajouté.") == [
        ("Karl Weber", False)
    ]


def test_a_verb_may_stand_without_its_subject_where_the_language_allows_it() -> None:
    assert speakers("es", f"Karl Weber habló ayer. “{WORDS}”, añadió.") == [("Karl Weber", False)]
    assert speakers("de", f"Karl Weber sprach. „{WORDS}“, sagte.") == []


def test_the_next_sentence_between_marks_goes_on() -> None:
    found = speakers("de", f"„{WORDS}“, sagte Karl Weber. „Fünf sechs sieben acht.“")
    assert found == [("Karl Weber", True), ("Karl Weber", True)]


def test_who_is_named_in_the_paragraph_before_has_no_place_in_that_of_the_words() -> None:
    long = "Am Montag, nach vielen langen Jahren ohne ein Wort darüber, sagte Karl Weber dazu:"
    [(quote, _)] = quotes_in("de", long, f"„{WORDS}.“")
    assert (quote.speaker_name, quote.speaker_start, quote.speaker_end) == ("Karl Weber", 0, 0)


def test_it_does_not_go_on_where_somebody_else_is_said_to_speak() -> None:
    found = speakers(
        "fr", f"« {WORDS} », dit Karl Weber. « Cinq six sept huit », dit sur place untel."
    )
    assert found[:1] == [("Karl Weber", True)]
    assert all(name != "Karl Weber" or not certain for name, certain in found[1:])


def test_words_that_nobody_is_said_to_have_said_are_no_quote() -> None:
    assert speakers("de", "Der Verein „Freunde der alten Oper“ tagt. Karl Weber kam.") == []


def test_another_who_speaks_later_in_the_sentence_makes_the_first_uncertain() -> None:
    sentence = f"Das sagte Karl Weber am Abend, nachdem jemand gerufen hatte: „{WORDS}“"
    assert speakers("de", sentence) == [("Karl Weber", False)]


@pytest.mark.parametrize("language", ["cs", "hu", "ja"])
def test_a_language_of_no_table_has_no_quotes(language: str) -> None:
    assert speakers(language, f"„{WORDS}“, said Karl Weber.") == []


def test_related_headlines_are_not_read() -> None:
    assert speakers("de", (Zone.RELATED, f"Karl Weber: „{WORDS}“")) == []
