"""Text in the encodings of old exports and pages is read as what it says."""

import time

import pytest

from pipelines.charset import guessed, mostly_utf_8

_RUSSIAN = "Министр Сергей Лавров заявил, что переговоры по Сирии продолжатся во вторник."
_TEXTS = {
    "cp1251": _RUSSIAN,
    "koi8_r": _RUSSIAN,
    "cp866": _RUSSIAN,
    "cp1253": "Ο υπουργός εξωτερικών δήλωσε ότι οι συνομιλίες θα συνεχιστούν την Τρίτη",
    "cp1255": "שר החוץ אמר כי השיחות יימשכו ביום שלישי",
    "cp1256": "قال وزير الخارجية إن المحادثات ستستمر يوم الثلاثاء في جنيف",
    "gb18030": "外交部长周二表示，会谈将继续在日内瓦举行，安全理事会将于周三开会。",
    "big5": "外交部長週二表示，會談將繼續在日內瓦舉行，安全理事會將於週三開會。",
    "shift_jis": "外務大臣は火曜日、ジュネーブでの協議は続くと述べた。",
    "euc_kr": "외무장관은 화요일에 제네바 회담이 계속될 것이라고 말했다.",
}


@pytest.mark.parametrize("encoding", _TEXTS)
def test_another_script_is_told_by_its_bytes(encoding: str) -> None:
    content = f"<p class='lead'>{_TEXTS[encoding]}</p>\n".encode(encoding)
    assert _TEXTS[encoding] in content.decode(guessed(content))


@pytest.mark.parametrize(
    "text",
    ["Dürre", "Überfall in Köln; größer als je", "L'été à Genève, où siège", "Año nuevo", "“Yes”…"],
)
def test_western_letters_stand_alone(text: str) -> None:
    assert text.encode("cp1252").decode(guessed(text.encode("cp1252"))) == text


def test_a_character_cut_in_half_leaves_utf_8_what_it_is() -> None:
    content = _RUSSIAN.encode()
    assert mostly_utf_8(content[:1] + b" " + content[2:])
    assert not mostly_utf_8(_RUSSIAN.encode("cp1251"))
    assert not mostly_utf_8("Überfall in Köln".encode("cp1252"))


def test_a_file_in_one_long_line_takes_no_time() -> None:
    began = time.monotonic()
    assert guessed("déjà ".encode("cp1252") + b"a" * 200_000) == "windows-1252"
    assert time.monotonic() - began < 1
