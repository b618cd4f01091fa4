"""Make the bytes of a feed or sitemap safe to parse: a known encoding, no document type.

What is not well formed in the ways most seen is mended: letters that are none in its encoding, `&`
by itself, the entities of HTML, prefixes of no namespace.
"""

import re
from html import escape, unescape
from html.entities import html5

from pipelines.sources.encoding import encoding_marked, encoding_of, is_known, is_utf_8

_PROLOG = re.compile(
    rb"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL
)
_DECLARATION = re.compile(rb"^<\?xml[^>]*?\?>")
_DECLARED = re.compile(rb"^<\?xml[^>]*?encoding\s*=(?:\s*[\"'](?P<name>[\w.:-]+))?", re.IGNORECASE)
_ROOT = re.compile(rb"<(?:\w+:)?(?:rss|feed|rdf|urlset|sitemapindex)[\s>]", re.IGNORECASE)
_REFERENCE = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|&(#?\w+;)?", re.DOTALL)
_NO_LETTER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_OF_XML = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})
_PREFIX = re.compile(r"</?([a-z_][\w.-]*):", re.IGNORECASE)
_PREFIX_DECLARED = re.compile(r"\bxmlns:([\w.-]+)\s*=")
_ROOT_TAG = re.compile(r"<(?:\w+:)?(?:rss|feed|rdf|urlset|sitemapindex)\b", re.IGNORECASE)


def prepared(content: bytes, encoding: str = "") -> bytes:
    """Return XML without its document type, in an encoding the parser knows.

    `encoding` is what the transport says; it counts where the XML itself declares none. Bytes that
    are UTF-8 are read so whatever is declared: tools that save feeds leave the declaration.
    """
    content = content.strip()
    wide = encoding_marked(content)
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


def mended(content: bytes) -> bytes:
    """Return prepared XML that is not well formed with what is mostly wrong with it put right."""
    declared = _DECLARED.match(content)
    name = (declared["name"] or b"").decode() if declared else ""
    text = _DECLARATION.sub(b"", content).decode(encoding_of(content, name), "replace")
    root = _ROOT_TAG.search(text)
    text = text[root.start() :] if root else text  # off a warning of the server
    text = _REFERENCE.sub(_known_reference, _NO_LETTER.sub("", text))
    prefixes = {*_PREFIX.findall(text)} - {*_PREFIX_DECLARED.findall(text), "xml", "xmlns"}
    spaces = "".join(f' xmlns:{prefix}="{prefix}"' for prefix in sorted(prefixes))
    return _ROOT_TAG.sub(lambda root: root[0] + spaces, text, count=1).encode("utf-8", "replace")


def _known_reference(match: re.Match[str]) -> str:
    name = match[1] or ""
    if match[0].startswith("<") or name in _OF_XML:
        return match[0]
    if name.startswith("#"):  # of a number that is no letter, U+FFFD or the like
        return escape(_NO_LETTER.sub("", unescape(match[0])), quote=False)
    return escape(html5[name], quote=False) if name in html5 else f"&amp;{name}"
