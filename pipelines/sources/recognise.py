"""What kind of source some bytes are: name and first bytes in, a `SourceKind` or a reason out.

Content decides; the ending of the name decides only between kinds of plain text. Rules, in order:
known binary formats and notes about a folder (README, LICENSE) are not read; then WARC, JSON, XML,
HTML, GDELT rows, tables (a first line with at least two known column names), and what is left of
plain text is a clipping.
"""

import re
from pathlib import PurePath

from pipelines.article import SourceKind
from pipelines.sources.columns import best_delimiter
from pipelines.sources.encoding import encoding_of
from pipelines.sources.mhtml import head_of_mail, is_page

HEAD = 16_384  # bytes looked at

_BINARY = {
    b"%PDF": "a PDF; save its text as .txt",
    b"PK\x03\x04": "a zip archive inside another; unpack it",
    b"\x89PNG": "a PNG picture",
    b"GIF8": "a GIF picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"\x1f\x8b": "compressed twice; unpack it once",
    b"\xfd7zXZ": "compressed twice; unpack it once",
    b"PAR1": "a Parquet file; export it as CSV or JSONL",
    b"SQLite format 3": "an SQLite database; export it as CSV or JSONL",
    b"\xd0\xcf\x11\xe0": "an old Office document; save it as text or CSV",
    b"{\\rtf": "an RTF document; save it as text",
    b"\x7fELF": "a program",
    b"filedesc://": "an ARC file, older than WARC; make a WARC of it (warcio recompress)",
}
_DOCUMENTS = {  # of zip archives that are one document: what is in their first bytes
    b"word/": "a Word document; save it as text (.txt) or as a page (.html)",
    b"xl/": "an Excel workbook; save it as CSV (UTF-8)",
    b"ppt/": "a PowerPoint file; save its text as .txt",
    b"mimetypeapplication/epub": "an e-book; save its text as .txt",
    b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet": "a spreadsheet; save it as CSV",
    b"mimetypeapplication/vnd.oasis.opendocument": "an Office document; save it as text (.txt)",
}
_NOTES = re.compile(
    r"(readme|licen[cs]e|notice|copying|changelog|authors|provenance|contributing|sha256sums|"
    r"manifest)([-_. ].*)?",
    re.IGNORECASE,
)
_ROOTS = {
    "rss": SourceKind.FEED,
    "feed": SourceKind.FEED,
    "rdf": SourceKind.FEED,
    "channel": SourceKind.FEED,
    "urlset": SourceKind.SITEMAP,
    "sitemapindex": SourceKind.SITEMAP,
    "html": SourceKind.PAGE,
}
_ROOT = re.compile(r"<(?:[a-z]\w*:)?([a-z]\w*)[\s>/]", re.IGNORECASE)
_NOT_ROOT = re.compile(r"<\?.*?\?>|<!--.*?-->|<!doctype[^\[>]*(?:\[.*?\]\s*)?>", re.I | re.S)
_MESSAGE = 4_000  # characters before a feed that may be about it
_ROOT_BEHIND = re.compile(r"<(?:[a-z]\w*:)?(rss|feed|rdf|urlset|sitemapindex)\b[^<>]*>\s*<", re.I)
_HTML = re.compile(r"<(!doctype\s+)?html\b", re.IGNORECASE)
_HTML_PARTS = frozenset(
    {"head", "body", "title", "meta", "link", "script", "style", "div", "p", "article", "section"}
    | {"main", "span", "h1", "h2", "table"}
)
_MARKUP = {"opml": "a list of feeds (OPML; name the feeds in it as sources)"}
_GKG_ROW = re.compile(r"\d{14}-T?\d+\t\d{14}\t")
_TELEGRAM = re.compile(  # one chat, and all of an account
    r'"type":\s*"(public|private|personal|bot|saved)_\w+",\s*"id":\s*-?\d+,\s*"messages":'
    r'|^{\s*"about":\s*"Here is the data you requested'
)
_JSON_FEED = re.compile(r"jsonfeed\.org\\?/version")  # PHP escapes the stroke
_EXPORTED_CHAT = re.compile(r'<div class="page_header">.*?<div class="page_body chat_page">', re.S)
_MAIL = "this is a mail; save the article in it as a page or as .txt"
_CLIPPING_ENDINGS = frozenset({"", ".txt", ".text", ".clip", ".asc"})
_TEXT_KINDS = {
    ".csv": SourceKind.TABLE,
    ".tsv": SourceKind.TABLE,
    ".tab": SourceKind.TABLE,
    ".jsonl": SourceKind.JSONL,
    ".ndjson": SourceKind.JSONL,
}
_PACKED = frozenset({".gz", ".xz", ".bz2"})


def is_note(name: str) -> bool:
    """Tell whether a file's name says that it is about the folder and not part of it."""
    return bool(_NOTES.fullmatch(PurePath(name).name))


def ending_of(name: str) -> str:
    """Return the lower-case ending of a name, that of a compression left off."""
    path = PurePath(name.lower().split("?")[0])
    if path.suffix in _PACKED:
        path = path.with_suffix("")
    # "000_91fae0a79a01888f" or "minister.said" have no ending that names a format
    return path.suffix if re.fullmatch(r"\.[a-z]{1,6}\d?", path.suffix) else ""


def recognise(name: str, head: bytes, *, declared: str = "") -> SourceKind | str:
    """Return the kind of what begins with `head`, or in plain words why it is not read."""
    if head.startswith((b"WARC/1.", b"WARC/0.")):  # before binary: it may hold pictures
        return SourceKind.WARC
    if reason := _binary(head):
        return reason
    text = head.decode(encoding_of(head, declared), "replace").lstrip("\ufeff \t\r\n")
    if text.startswith(("{", "[")):
        return _json(text[:2000])
    if text.startswith("<"):
        return _markup(text)
    if _GKG_ROW.match(text):
        return SourceKind.GDELT
    if kind := _behind_a_message(text):
        return kind
    return _mail(text) or _plain_text(name, text)


def _mail(text: str) -> SourceKind | str:
    if text.startswith("From "):  # a mailbox
        return _MAIL if head_of_mail(text.partition("\n")[2]) else ""
    head = head_of_mail(text)
    return SourceKind.PAGE if head and is_page(head) else head and _MAIL


def _json(text: str) -> SourceKind:
    if _JSON_FEED.search(text):
        return SourceKind.FEED
    return SourceKind.TELEGRAM if _TELEGRAM.search(text) else SourceKind.JSONL


def document_of(head: bytes) -> str:
    """Return in plain words what document a zip archive is, or nothing where it is none."""
    if not head.startswith(b"PK\x03\x04"):
        return ""
    office = b"[Content_Types].xml" in head or head[30:].startswith(b"mimetypeapplication/")
    known = (words for magic, words in _DOCUMENTS.items() if magic in head)
    return next(known, "an Office document; save it as text (.txt)") if office else ""


def _binary(head: bytes) -> str:
    if document := document_of(head):
        return f"this is {document}"
    for magic, reason in _BINARY.items():
        if head.startswith(magic):
            return f"this is {reason}"
    if head[257:262] == b"ustar":
        return "this is a tar archive; unpack it and name the folder"
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff", b"<\x00", b"\x00<"))
    if b"\x00" in head[:4096] and not wide:
        return "this is binary data of no kind we know"
    return ""


def _markup(text: str) -> SourceKind | str:
    if _EXPORTED_CHAT.search(text):
        return "this is a Telegram chat as HTML; export it again as machine-readable JSON"
    found = _ROOT.match(_NOT_ROOT.sub("", text).lstrip())
    root = found[1].lower() if found else ""
    if kind := _ROOTS.get(root):
        return kind
    if _HTML.search(text):
        return SourceKind.PAGE
    if kind := _behind_a_message(text):
        return kind
    if root in _HTML_PARTS:
        return SourceKind.PAGE
    what = _MARKUP.get(root) or (f"XML with the root <{root}>" if root else "markup")
    return f"this is {what}, which is neither a feed, a sitemap nor a page"


def _behind_a_message(text: str) -> SourceKind | None:
    """Return the kind of a feed or sitemap that begins behind a warning of its server, or junk."""
    root = _ROOT_BEHIND.search(text[:_MESSAGE])
    return _ROOTS[root[1].lower()] if root else None


def _plain_text(name: str, text: str) -> SourceKind | str:
    ending = ending_of(name)
    if ending == ".eml":
        return _MAIL
    if kind := _TEXT_KINDS.get(ending):
        return kind
    line = text.partition("\n")[0]
    if best_delimiter(line)[1] >= 2:
        return SourceKind.TABLE
    if ending in _CLIPPING_ENDINGS:
        return SourceKind.CLIPPING
    return (
        f"text in a {ending} file, which may not be an article; "
        "give the source kind = 'clipping' to read it as one"
    )
