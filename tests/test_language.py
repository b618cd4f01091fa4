"""Which language a text is in."""

import pytest

from pipelines.language import code_of, detect


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Lavrov says talks on Syria will resume in Geneva next week", "en"),
        ("Лавров: переговоры по Сирии возобновятся в Женеве", "ru"),
        ("Лавров заявив, що переговори щодо Сирії відновляться наступного тижня", "uk"),
        ("Der Außenminister sprach am Dienstag in Wien mit seinem Kollegen", "de"),
        ("Le ministre des Affaires étrangères a rencontré son homologue mardi", "fr"),
        ("El ministro de Exteriores se reunió el martes con su homólogo", "es"),
        ("وزير الخارجية الروسي يلتقي نظيره الأمريكي في جنيف", "ar"),
        ("中国外交部发言人表示将继续努力推动政治解决", "zh"),
    ],
)
def test_language_is_found_in_a_title(text: str, language: str):
    assert detect(text) == language


def test_short_text_has_the_declared_language_or_none():
    assert detect("Lavrov", "ru-RU") == "ru"
    assert detect("Lavrov") == ""


def test_declaration_decides_where_the_text_does_not():
    assert detect("Lavrov, Kerry, Fabius, Steinmeier, Hammond", "de") == "de"


def test_plain_text_wins_over_a_wrong_declaration():
    assert detect("Министры шести стран договорились в пятницу о зерне", "en-US") == "ru"


@pytest.mark.parametrize(
    ("declared", "code"),
    [("en-US", "en"), ("pt_BR", "pt"), ("RU", "ru"), ("english", ""), ("", "")],
)
def test_declared_language_becomes_two_letters(declared: str, code: str):
    assert code_of(declared) == code
