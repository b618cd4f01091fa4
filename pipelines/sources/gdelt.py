"""A GDELT Global Knowledge Graph 2.1 file in, one capture per row out: address, title, crawl time.

Only what GDELT saw is taken (address, page title, authors); its themes and places are its own
conclusions. The row's DATE is the crawl and so `fetched_at`. The page's own claim,
PAGE_PRECISEPUBTIMESTAMP, is evidence for the publication.
"""

import re
from collections.abc import Iterator

from pipelines.article import Capture, DateEvidence, DateSource, Fetch, Form, TextSource
from pipelines.sources.chunks import Piece, in_chunks
from pipelines.sources.encoding import storable
from pipelines.sources.feed_entry import plain_title
from pipelines.sources.fetch_time import read_instant
from pipelines.sources.raw import Raw

_COLUMNS = 27
_DATE, _OUTLET, _ADDRESS, _EXTRAS = 1, 3, 4, 26
_KEPT = 100_000
_PUBLISHED = re.compile(r"<PAGE_PRECISEPUBTIMESTAMP>(\d{14})</PAGE_PRECISEPUBTIMESTAMP>")
_STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)")


def read_gdelt(raw: Raw) -> Iterator[Fetch | Capture]:
    """Yield a `Fetch` for every 500 rows, then their captures (locator "file.gkg.csv:17")."""
    return in_chunks(raw, _pieces(raw))


def _pieces(raw: Raw) -> Iterator[Piece]:
    with raw.stream() as stored:
        for number, line in enumerate(stored, 1):
            if line.strip():
                yield number, raw.claim(_capture(line, f"{raw.locator}:{number}"))


def _capture(line: bytes, locator: str) -> Capture:
    cells = line.decode("utf-8", "replace").rstrip("\r\n").split("\t")
    if len(cells) != _COLUMNS:
        problem = f"{len(cells)} columns where a GKG 2.1 row has {_COLUMNS}"
        return Capture("", locator, Form.TEXT, line[:_KEPT], problem=problem)
    address = cells[_ADDRESS]
    is_url = address.startswith(("http://", "https://"))
    title = _extra("PAGE_TITLE", cells[_EXTRAS])
    return Capture(
        source="",
        locator=locator,
        form=Form.TEXT,
        content=b"",
        text_source=TextSource.SUMMARY,
        encoding="utf-8",
        fetched_at=read_instant(cells[_DATE]),
        url=address if is_url else "",
        outlet="" if is_url else storable(cells[_OUTLET]),  # broadcasts and journals have no URL
        title=title,
        author=_extra("PAGE_AUTHORS", cells[_EXTRAS]),
        dates=_dates(cells[_EXTRAS]),
        problem="" if title else "GDELT recorded no title for this page",
    )


def _extra(name: str, extras: str) -> str:
    value, closed, _ = extras.partition(f"<{name}>")[2].partition(f"</{name}>")
    return plain_title(value) if closed else ""


def _dates(extras: str) -> tuple[DateEvidence, ...]:
    match = _PUBLISHED.search(extras)
    if not match:
        return ()
    # Written as an instant, because fourteen digits in a row are no date to most readers.
    raw = _STAMP.sub(r"\1-\2-\3T\4:\5:\6Z", match[1])
    return (DateEvidence(DateSource.ROW, raw, where="PAGE_PRECISEPUBTIMESTAMP"),)
