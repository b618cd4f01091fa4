"""Names found in lines of text, and the forms in which they may stand there."""

import pytest
from written import article

from pipelines.article import Zone
from pipelines.tagging.declension import adjective_forms, variants
from pipelines.tagging.gazetteer import Gazetteer, Name, lines_of

NAMES = Gazetteer(
    [
        Name("Guinea", "GN"),
        Name("Papua New Guinea", "PG"),
        Name("St. Louis", "city"),
        Name("George W. Bush", "bush"),
        Name("Educational, Scientific", "comma"),
        Name("WHO", "who", cased=True),
        Name("Turkey", "TR", cased=True),
        Name("president", "title", any_case=True),
        Name("Clinton", "bill"),
        Name("Clinton", "hillary"),
        Name("al-Assad", "assad"),
        Name("السعودية", "SA"),
    ]
)


def found(text):
    """Return what stands for which value, left to right, longest first."""
    result = []
    for line in lines_of(article(text)):
        word = 0
        while word < len(line.words):
            hit = NAMES.longest(line, word)
            if hit:
                result.append((line.surface(hit.first, hit.stop), *hit.values))
            word = hit.stop if hit else word + 1
    return result


CASES = [
    ("the longest name wins", "Papua New Guinea", [("Papua New Guinea", "PG")]),
    ("a part of a longer name is found", "New Guinea", [("Guinea", "GN")]),
    ("a possessive ends a name", "Guinea's coast", [("Guinea", "GN")]),
    ("a hyphen ends a name", "Guinea-based", [("Guinea", "GN")]),
    ("a hyphen may stand in a name", "Papua-New-Guinea", [("Papua-New-Guinea", "PG")]),
    ("a comma parts names", "Papua, New Guinea", [("Guinea", "GN")]),
    (
        "a comma of the name is found",
        "Educational, Scientific",
        [("Educational, Scientific", "comma")],
    ),
    ("a comma of the name is needed", "Educational Scientific", []),
    ("a sentence's end parts them too", "In St Paul. Louis", []),
    ("a sentence's end parts names", "In Papua. New Guinea", [("Guinea", "GN")]),
    ("the dot of an abbreviation does not", "St. Louis", [("St. Louis", "city")]),
    ("an initial does not", "George W. Bush", [("George W. Bush", "bush")]),
    ("small letters are no name", "A guinea a day", []),
    ("unless all letters are small", "guinea votes", [("guinea", "GN")]),
    ("a small prefix is no obstacle", "Said al-Assad", [("al-Assad", "assad")]),
    ("an abbreviation keeps its case", "Who said WHO", [("WHO", "who")]),
    ("and is a word among capitals", "WHO SAID SO", []),
    ("a name may keep its case", "turkey for lunch", []),
    ("but may be in capitals among such", "TURKEY VOTES", [("TURKEY", "TR")]),
    ("a title may be small", "The president left", [("president", "title")]),
    ("two may bear a name", "Clinton left", [("Clinton", "bill", "hillary")]),
    ("scripts without capitals have none to need", "قالت السعودية", [("السعودية", "SA")]),
    ("a word within a word is none", "Guineas", []),
]


@pytest.mark.parametrize(
    ("text", "expected"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_names_are_found(text, expected):
    assert found(text) == expected


def test_only_lines_of_counted_zones_are_read():
    written = article(
        (Zone.HEADLINE, "One"), (Zone.BYLINE, "Two"), "Three\nFour", (Zone.FURNITURE, "Five")
    )
    lines = [(line.text, line.zone) for line in lines_of(written)]
    assert lines == [("One", Zone.HEADLINE), ("Three", Zone.BODY), ("Four", Zone.BODY)]
    assert all(written.text.startswith(line.text, line.offset) for line in lines_of(written))


FORMS = [
    ("Лавров", "Лаврова Лаврову Лавровым Лаврове"),
    ("Путин", "Путина Путину Путиным Путине"),
    ("Зеленский", "Зеленского Зеленскому Зеленским Зеленском"),
    ("Захарова", "Захаровой Захарову"),
    ("Россия", "России Россию Россией"),
    ("Росія", "Росії Росію Росією"),
    ("Китай", "Китая Китаю Китаем Китае"),
    ("Кулеба", "Кулеби Кулебі Кулебу Кулебою"),
    ("Порошенко", "Порошенка Порошенком"),
    ("Израиль", "Израиля Израилю Израилем Израиле"),
]


@pytest.mark.parametrize(("name", "forms"), FORMS)
def test_a_name_has_these_forms(name, forms):
    assert set(forms.split()) <= set(variants(name))
    assert variants(name)[0] == name


@pytest.mark.parametrize("name", ["Сочи", "США", "Перу", "Lavrov", "Конго и Перу"])
def test_a_name_that_does_not_change_has_itself_only(name):
    assert name in variants(name)
    assert all(form.startswith(name[:4]) for form in variants(name))


def test_the_words_of_a_name_stand_in_one_case():
    forms = variants("Сергей Лавров")
    assert {"Сергея Лаврова", "Сергею Лаврову", "Сергеем Лавровым"} <= set(forms)
    assert "Сергея Лавровым" not in forms


def test_adjectives_have_their_genders_and_cases():
    assert {"сирийская", "сирийских", "сирийскому"} <= set(adjective_forms("сирийский"))
    assert adjective_forms("Syrian") == ["Syrian"]
    assert adjective_forms("syrien", "fr") == ["syrien", "syrienne", "syriens", "syriennes"]
    assert adjective_forms("francés", "es") == ["francés", "francesa", "franceses", "francesas"]
    assert "russischen" in adjective_forms("russisch", "de")
