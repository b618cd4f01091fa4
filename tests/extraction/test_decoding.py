"""Bytes to text: the order of trust, and what is no text."""

import pytest

from pipelines.errors import Quarantined, Unsupported
from pipelines.extraction.decoding import MAX_BYTES, decode

_WORD = "Сирія – żółć"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_mark_wins_over_the_declared_encoding(encoding: str):
    assert decode(_WORD.encode(encoding), "latin-1") == _WORD


def test_transport_wins_over_the_page():
    page = '<meta charset="utf-8"><p>привет</p>'
    assert decode(page.encode("cp1251"), "windows-1251") == page


def test_page_is_asked_where_the_transport_is_silent():
    page = '<meta http-equiv="Content-Type" content="text/html; charset=koi8-r"><p>привет</p>'
    assert decode(page.encode("koi8-r")) == page


def test_undeclared_western_text_is_windows_1252():
    assert decode("“naïve”".encode("cp1252")) == "“naïve”"


def test_latin_1_is_read_as_windows_1252():
    assert decode(b"\x93quote\x94", "iso-8859-1") == "“quote”"


def test_a_character_cut_in_half_does_not_change_the_encoding():
    assert decode("привет ".encode() * 9 + b"\xd0", "utf-8").startswith("привет привет")


def test_unknown_encoding_name_is_passed_over():
    assert decode("żółć".encode(), "x-no-such") == "żółć"


@pytest.mark.parametrize("codec", ["hex", "rot13", "idna\x00"])
def test_codec_that_is_no_text_encoding_is_passed_over(codec: str):
    assert decode("żółć".encode(), codec) == "żółć"


@pytest.mark.parametrize("content", [b"%PDF-1.7 ...", b"PK\x03\x04...", b"\x89PNG\r\n"])
def test_known_binary_is_unsupported(content: bytes):
    with pytest.raises(Unsupported, match="only text and HTML"):
        decode(content)


def test_bytes_that_are_no_text_are_quarantined():
    with pytest.raises(Quarantined, match="no text"):
        decode(bytes(range(32)) * 8)


def test_too_many_bytes_are_quarantined():
    with pytest.raises(Quarantined, match="10,000,001 bytes"):
        decode(b"a" * (MAX_BYTES + 1))


def test_single_nul_in_a_page_is_no_damage():
    assert decode(b"<p>The quay was closed on Tuesday, \x00 after two storms had come.</p>")


def test_stored_utf_8_is_read_as_such_whatever_the_page_said_before():
    page = '<meta charset="latin1"><p>El árbitro leyó según él a Núñez la sanción más tibia</p>'
    assert decode(page.encode()) == page


def test_a_few_bytes_that_could_be_utf_8_do_not_outweigh_what_the_page_says():
    page = b'<meta charset="windows-1252"><p>Price: 5 \xc3\xa9</p>'
    assert "Ã©" in decode(page)
