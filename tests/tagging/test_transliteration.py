"""Names in two scripts or spellings: one name or two."""

import pytest

from pipelines.tagging.transliteration import same_name, to_latin

SAME = [
    ("Сергей Лавров", "Sergei Lavrov"),
    ("Сергей Лавров", "Sergej Lawrow"),
    ("Лавров", "Lawrow"),
    ("Володимир Зеленський", "Volodymyr Zelenskyy"),
    ("Михаил Горбачёв", "Mikhail Gorbachev"),
    ("Михаил Горбачёв", "Michail Gorbatschow"),
    ("Владимир Владимирович Путин", "Vladimir Putin"),
    ("Bashar al-Assad", "Башар Асад"),
    ("Recep Tayyip Erdoğan", "Recep Tayyip Erdogan"),
]
TWO = [
    ("Сергей Лавров", "Sergei Ivanov"),
    ("Сергей Лавров", "Lavrov"),  # a surname is not the whole name
    ("Мария Захарова", "Maria Butina"),
    ("Владимир Путин", "Vladimir Potanin"),
    ("Donald Tusk", "Donald Trump"),
    ("", "Putin"),
]


@pytest.mark.parametrize(("one", "other"), SAME, ids=[f"{a}, {b}" for a, b in SAME])
def test_one_name_is_known_in_two_spellings(one, other):
    assert same_name(one, other)
    assert same_name(other, one)


@pytest.mark.parametrize(("one", "other"), TWO, ids=[f"{a}, {b}" for a, b in TWO])
def test_two_names_are_told_apart(one, other):
    assert not same_name(one, other)


def test_latin_letters_come_without_accents():
    assert to_latin("Щедрый Çavuşoğlu") == "shedrii cavusoglu"
