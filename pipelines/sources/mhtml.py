"""A page saved as one file (MHTML) in; its HTML, encoding, address and time of saving out.

Chrome, Edge and Internet Explorer write it as a mail: a head that names the address, then the page
and its pictures as parts (RFC 2557).
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage

from pipelines.errors import SourceError

_HEAD = re.compile(r"([A-Za-z][\w-]*:[^\n]*\n([ \t][^\n]*\n)*){2,}", re.ASCII)
_MAIL = re.compile(r"^(mime-version|content-type|received|message-id|return-path):", re.I | re.M)
_PAGE = re.compile(
    r"^(snapshot-content-location:|from: <?saved by|.*multipart/related)", re.I | re.M
)


@dataclass(frozen=True, slots=True)
class SavedPage:
    """The page in an MHTML file; what it does not say is empty."""

    html: bytes
    encoding: str = ""
    url: str = ""
    saved_at: datetime | None = None  # UTC


def head_of_mail(text: str) -> str:
    """Return the lines of headers that `text` begins with, if they are those of a mail."""
    head = _HEAD.match(text.replace("\r\n", "\n"))
    return head[0] if head and _MAIL.search(head[0]) else ""


def is_page(head: str) -> bool:
    """Tell whether the headers of a mail are those of a saved page."""
    return bool(_PAGE.search(head))


def read_mhtml(content: bytes) -> SavedPage:
    """Return the page of an MHTML file. Raises SourceError where there is none in it."""
    try:
        mail = message_from_bytes(content, policy=policy.default)
        pages = [part for part in mail.walk() if part.get_content_type() == "text/html"]
        html = pages[0].get_payload(decode=True) if pages else None
    except (MessageError, ValueError, LookupError) as error:
        raise SourceError(f"this saved page (MHTML) is damaged: {error}; save it again") from error
    if not isinstance(html, bytes) or not html.strip():
        raise SourceError("this file (MHTML) holds no HTML; save the page as HTML")
    places = [mail["snapshot-content-location"], pages[0]["content-location"]]
    urls = [str(place) for place in places if re.match(r"https?://", str(place or ""))]
    return SavedPage(
        html=html,
        encoding=pages[0].get_content_charset() or "",
        url=urls[0] if urls else "",
        saved_at=_instant(mail),
    )


def _instant(mail: EmailMessage) -> datetime | None:
    try:
        found = getattr(mail["date"], "datetime", None)
        if not isinstance(found, datetime):
            return None
        return found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC)
    except (ValueError, IndexError, OverflowError):  # of headers that are no dates, or of no year
        return None
