"""Which encoding the bytes of a text file are in: byte order mark, declaration, UTF-8 or not."""

import codecs
import re

from pipelines.charset import guessed, mostly_utf_8

_MARKS = (  # the longer first: UTF-32's little-endian mark begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    *((b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be")),  # of markup without one
)
_OF_NO_TEXT = frozenset({"idna", "undefined"})  # they raise whatever is asked of them
_C1 = re.compile(r"[\x80-\x9f]")
_OF_C1 = {chr(n): bytes([n]).decode("windows-1252", "replace") for n in range(0x80, 0xA0)}
_TO_C1 = str.maketrans({ours: c1 for c1, ours in _OF_C1.items() if ours != "\ufffd"})
# Two bytes of UTF-8 as two letters, "Ã©". Signs that stand behind a letter by themselves, as in
# "JOSÉ…", prove nothing, but no word ends with a capital Â or Ã unless all of it is in capitals.
_CONTINUED = "[\x80-\xbf" + "".join(map(chr, _TO_C1)) + "]"
_LATIN_TWICE = re.compile(f"(?<![A-ZÀ-Þ])(?:[ÂÃ]|â€){_CONTINUED}")
_TWICE = re.compile(f"{_LATIN_TWICE.pattern}|[Â-ô](?![\xa0»…”’“‘–—°®™·›]){_CONTINUED}")


def encoding_of(head: bytes, declared: str = "") -> str:
    """Return the encoding to read a file with, from its first bytes and what was declared.

    A byte order mark is stronger than a declaration, because it is part of the bytes. What is
    neither UTF-8 nor declared is guessed.
    """
    if marked := encoding_marked(head):
        return marked
    if declared and is_known(declared):
        return _without_mark(declared)
    try:
        # Not final: the head may end inside a character.
        codecs.getincrementaldecoder("utf-8")().decode(head, final=False)
    except UnicodeDecodeError:
        return "utf-8" if mostly_utf_8(head) else guessed(head)
    return "utf-8"


def _without_mark(declared: str) -> str:
    """Return a declared encoding; of UTF-16 and UTF-32, whose mark is missing, Windows' order."""
    name = codecs.lookup(declared).name
    return f"{name}-le" if name in {"utf-16", "utf-32"} else declared


def encoding_marked(head: bytes) -> str:
    """Return what a byte order mark tells, or the zeros in the first `<`; empty without either."""
    return next((name for mark, name in _MARKS if head.startswith(mark)), "")


def is_utf_8(content: bytes) -> bool:
    """Tell whether bytes hold letters beyond ASCII and all of it is UTF-8, hardly by chance."""
    if content.isascii():
        return False
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def is_known(name: str) -> bool:
    """Tell whether Python can decode text of this encoding."""
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):  # ValueError: a NUL in the name
        return False
    return found._is_text_encoding and found.name not in _OF_NO_TEXT


def storable(text: str) -> str:
    """Return `text` with lone surrogates, which no file can hold, turned into question marks.

    UTF-8 that was taken for windows-1252 and encoded again ("CafÃ©") is undone. U+0080 to U+009F,
    which no one writes, become what the same bytes are in windows-1252: feeds declare ISO 8859-1
    and send curly quotes.
    """
    if text.isascii():
        return text
    if _TWICE.search(text):
        text = _decoded_again(text)
    if _C1.search(text):
        text = _C1.sub(lambda match: _OF_C1[match[0]], text)
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text


def _decoded_again(text: str) -> str:
    """Return what all of `text`, taken for bytes, is in UTF-8; else only its plain pairs decoded.

    Where entities stand beside, "l’obiettivo Ã¨", it is not UTF-8 as a whole.
    """
    try:
        return _as_utf_8(text)
    except UnicodeError:
        return _LATIN_TWICE.sub(lambda match: _as_utf_8(match[0]), text)


def _as_utf_8(text: str) -> str:
    return text.translate(_TO_C1).encode("latin-1").decode("utf-8")
