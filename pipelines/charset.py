"""Guess the encoding of text that is not UTF-8 and that nobody declares: bytes in, a name out.

Two questions. Bytes beyond ASCII stand alone or in twos in the languages of Western Europe, and
together in other scripts: of samples in fifteen encodings, none against .40 (Big5) to 1 were in
runs of four and more. Where they stand together, charset_normalizer tells which of the encodings
of other scripts it is; else it is windows-1252. Short Hebrew it takes for Cyrillic, so that is
asked first: its letters are the lower-case ones of windows-1251 up to ъ, and no Russian sentence
does without those behind it.
"""

import re

from charset_normalizer import from_bytes

WESTERN = "windows-1252"
_OTHERS = (
    *("cp1251", "koi8_r", "cp866", "mac_cyrillic", "cp1253", "cp1255", "cp1256"),
    *("gb18030", "big5", "shift_jis", "euc_jp", "euc_kr"),
)
_LOOKED_AT = 200_000  # bytes in which lines are looked for
_ENOUGH = 8_000  # bytes of lines; more take longer and tell no more
_BETWEEN = re.compile(rb"[<>\r\n]+")
_TOGETHER = re.compile(rb"[\x80-\xff]{4,}")
_BEYOND = re.compile(rb"[\x80-\xff]")
_SHARE = 0.2  # between the two groups
_HEBREW = re.compile(rb"[\xe0-\xfa]")
_HEBREW_LETTERS = 20
_BROKEN_SHARE = 0.1  # of the characters beyond ASCII; real files cut one in half here and there


def guessed(content: bytes) -> str:
    """Return the name of the encoding that `content`, which is no UTF-8, is most likely in."""
    # Split and not searched: a pattern that seeks a letter in a line looks at a long one of ASCII
    # anew from each of its characters (20 s for a file in one line).
    pieces = _BETWEEN.split(content[:_LOOKED_AT])
    lines = b"\n".join(piece for piece in pieces if not piece.isascii())[:_ENOUGH]
    beyond = len(_BEYOND.findall(lines))
    if sum(map(len, _TOGETHER.findall(lines))) < _SHARE * beyond or not beyond:
        return WESTERN
    if len(_HEBREW.findall(lines)) == beyond >= _HEBREW_LETTERS:
        return "cp1255"
    best = from_bytes(lines, cp_isolation=list(_OTHERS)).best()
    return best.encoding if best else WESTERN


def mostly_utf_8(content: bytes) -> bool:
    """Tell whether bytes are UTF-8 but for a few that are broken."""
    text = content.decode("utf-8", "replace")
    beyond = len(text) - len(re.findall(r"[\x00-\x7f]", text))
    return text.count("\ufffd") <= _BROKEN_SHARE * beyond
