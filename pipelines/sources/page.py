"""A saved HTML page in, one capture out, with the address the browser noted when saving it."""

import re
from collections.abc import Iterator

from pipelines.article import Capture, Fetch, Form, TextSource
from pipelines.sources.mhtml import SavedPage, head_of_mail, read_mhtml
from pipelines.sources.raw import Raw

_HEAD = 16_384

_SAVED_FROM = re.compile(
    rb"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)"
    rb"(https?://[^\s<>\"]+?)\s*(?:-->|\s)",
    re.IGNORECASE,
)


def read_page(raw: Raw) -> Iterator[Fetch | Capture]:
    """Yield the `Fetch` of the page and its one capture.

    The address is the user's, else the one that answered, else the one the browser wrote into the
    file. The time at which a browser saved a page as MHTML is its time of collection. A canonical
    link in the page is left to extraction.
    """
    content = raw.whole()
    saved = SavedPage(content)
    if head_of_mail(content[:_HEAD].decode("latin-1")):
        saved = read_mhtml(content)
    yield raw.fetch()
    yield raw.claim(
        Capture(
            source="",
            locator=raw.locator,
            form=Form.PAGE,
            content=saved.html,
            text_source=TextSource.PAGE,
            encoding=raw.encoding or saved.encoding,
            # Of the capture and not of the fetch: pages saved by hand are no log of a collection.
            fetched_at=saved.saved_at,
            url=raw.spec.url or raw.url or saved.url or saved_from(content),
            title=raw.title,
        )
    )


def saved_from(content: bytes) -> str:
    """Return the address a browser or SingleFile noted on top of a saved page, else nothing."""
    match = _SAVED_FROM.search(content[:4096])
    return match[1].decode("ascii", "ignore") if match else ""
