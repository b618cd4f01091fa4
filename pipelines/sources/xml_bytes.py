"""Make the bytes of a feed or sitemap safe to parse: a known encoding, no document type."""

import re

from pipelines.sources.encoding import encoding_marked, is_known, is_utf_8

_PROLOG = re.compile(
    rb"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL
)
_DECLARATION = re.compile(rb"^<\?xml[^>]*?\?>")
_DECLARED = re.compile(rb"^<\?xml[^>]*?encoding\s*=", re.IGNORECASE)
_ROOT = re.compile(rb"<(?:\w+:)?(?:rss|feed|rdf|urlset|sitemapindex)[\s>]", re.IGNORECASE)


def prepared(content: bytes, encoding: str = "") -> bytes:
    """Return XML without its document type, in an encoding the parser knows.

    `encoding` is what the transport says; it counts where the XML itself declares none. Bytes that
    are UTF-8 are read so whatever is declared: tools that save feeds leave the declaration.
    """
    content = content.strip()
    wide = encoding_marked(content)
    if content[:2] in {b"<\x00", b"\x00<"}:  # UTF-16 without a byte order mark
        wide = "utf-16-le" if content.startswith(b"<") else "utf-16-be"
    if wide.startswith(("utf-16", "utf-32")):
        content = _recoded(content, wide)
    elif wide == "utf-8-sig" or is_utf_8(content):
        content = _DECLARATION.sub(b"", content.removeprefix(b"\xef\xbb\xbf").lstrip())
    elif encoding and is_known(encoding) and not _DECLARED.match(content):
        content = _recoded(content, encoding)
    # Entities it declares could multiply without end, and one that is left unresolved cuts a text.
    return _without_prolog(content)


def _without_prolog(content: bytes) -> bytes:
    """Return the XML from its root on, behind its declaration where it has one."""
    declaration, end = b"", 0
    while match := _PROLOG.match(content, end):
        if _DECLARATION.match(match[0]):
            declaration = match[0]
        end = match.end()
    if content[end : end + 9].upper() == b"<!DOCTYPE":  # one that is not written as it should be
        root = _ROOT.search(content, end)
        end = root.start() if root else end
    return declaration + content[end:]


def _recoded(content: bytes, encoding: str) -> bytes:
    text = content.decode(encoding, "replace").lstrip("\ufeff \t\r\n")
    return _DECLARATION.sub(b"", text.encode("utf-8", "replace"))
