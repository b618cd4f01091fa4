"""Each word of the golden tables finds its own forms, and no other word."""

import pytest

from tests.querylang.golden_forms import GOLDEN
from tests.querylang.zones import surfaces

ROWS = [
    pytest.param(language, word, *row, id=f"{language or 'unknown'}-{word}")
    for language, table in GOLDEN.items()
    for word, row in table.items()
]


@pytest.mark.parametrize(("language", "word", "forms", "others"), ROWS)
def test_word_finds_its_forms_and_no_other_word(language, word, forms, others):
    found = set(surfaces(word, " ".join([word, *forms, *others]), language) or ())
    assert found == {word, *forms}


@pytest.mark.parametrize(("language", "word", "forms", "others"), ROWS)
def test_exact_word_finds_none_of_its_forms(language, word, forms, others):
    assert surfaces(f'="{word}"', " ".join([word, *forms, *others]), language) == [word]
