"""Turn the bytes of a capture into text, or say why they are none.

The order of trust: byte order mark, UTF-8 where many bytes beyond ASCII fit it, what the transport
or user says, what the page says, UTF-8, a guess (`pipelines/charset.py`). Text in another encoding
is never UTF-8 by chance, but pages that were stored in UTF-8 keep what they said of themselves
before. A few broken bytes in declared UTF-8 are replaced (real pages cut characters in half); more
of them mean that the declaration is wrong.
"""

import codecs
import re

from pipelines.charset import guessed
from pipelines.errors import Quarantined, Unsupported

MAX_BYTES = 10_000_000
_MAGIC = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a ZIP or office file",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"\x1f\x8b": "gzip data",
    b"\x28\xb5\x2f\xfd": "zstd data",
    b"\xd0\xcf\x11\xe0": "an old office file",
    b"\x00\x00\x00\x18ftyp": "a video",
    b"\x00\x00\x00\x20ftyp": "a video",
    b"ID3": "an audio file",
    b"OggS": "an audio file",
}
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",  # before UTF-16, whose mark it begins with
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_META = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w:.\-]+)", re.I
)
_BEYOND_ASCII = 8  # bytes that only UTF-8 explains
_BROKEN_SHARE = 0.001
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_CONTROL_SHARE = 0.02


def decode(content: bytes, declared: str = "") -> str:
    """Return the text of `content`.

    Raises Unsupported for a known binary kind, Quarantined for bytes that are too many or no text.
    """
    if len(content) > MAX_BYTES:
        raise Quarantined(f"reading {len(content):,} bytes: more than the {MAX_BYTES:,} allowed")
    for magic, kind in _MAGIC.items():
        if content.startswith(magic):
            raise Unsupported(f"reading a capture: it is {kind}; only text and HTML are read")
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return _checked(content.decode(encoding, errors="replace"))
    if (text := _plain_utf_8(content)) is not None:
        return _checked(text)
    in_page = _META.search(content[:4096])
    claims = [declared, in_page[1].decode("ascii", "replace") if in_page else ""]
    for encoding in (*filter(None, claims), "utf-8"):
        if (text := _try(content, encoding)) is not None:
            return _checked(text)
    return _checked(content.decode(guessed(content), errors="replace"))


def _plain_utf_8(content: bytes) -> str | None:
    """Return the text of faultless UTF-8 that is more than ASCII; None for anything else."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return text if len(content) - len(text) >= _BEYOND_ASCII else None


def _try(content: bytes, encoding: str) -> str | None:
    """Return the text under one encoding; None if unknown or if it does not fit."""
    try:
        name = codecs.lookup(encoding).name
    except (LookupError, ValueError):  # ValueError: a name with a NUL in it
        return None
    # Pages that say Latin-1 are written in its superset Windows-1252 (WHATWG Encoding, 4.2).
    name = "cp1252" if name in {"iso8859-1", "ascii"} else name
    try:
        return content.decode(name)
    except (UnicodeError, LookupError):  # LookupError: a codec that is no text encoding ("hex")
        pass
    if name != "utf-8":
        return None
    text = content.decode("utf-8", errors="replace")
    return text if text.count("\ufffd") <= max(2, len(text) * _BROKEN_SHARE) else None


def _checked(text: str) -> str:
    if len(_CONTROL.findall(text)) > len(text) * _CONTROL_SHARE:
        raise Quarantined("reading a capture: its bytes are no text in any encoding we know")
    return text
