"""A WARC file in, one capture per HTML answer in it out; what is left out is counted in the log."""

from collections import Counter
from collections.abc import Iterator

from pipelines.article import Capture, Fetch, Form, TextSource
from pipelines.errors import SourceError
from pipelines.sources.chunks import Piece, in_chunks
from pipelines.sources.fetch_time import read_instant
from pipelines.sources.http_message import media_type, read_message
from pipelines.sources.raw import Raw
from pipelines.sources.warc_records import Damage, Record, read_records

CHUNK = 100  # pages are larger than rows
_BESIDE = frozenset({"warcinfo", "request", "metadata"})  # records about pages, in every WARC
_SHOWN = 5  # places of damage named one by one
_KEPT = 100_000
_HTML = frozenset({"text/html", "application/xhtml+xml"})


def read_warc(raw: Raw) -> Iterator[Fetch | Capture]:
    """Yield a `Fetch` for every 100 pages, then their captures (locator "file.warc.gz:offset").

    `fetched_at` is each record's own WARC-Date. Redirects, errors, pictures and revisits are left
    out; the reason of the last `Fetch` says how many.
    """
    return in_chunks(raw, _pieces(raw), CHUNK)


def _pieces(raw: Raw) -> Iterator[Piece]:
    left_out: Counter[str] = Counter()
    damages = pages = 0
    with raw.opener() as stored:
        for record in filter(_tells, read_records(stored)):
            if isinstance(record, Damage):
                damages += 1
                if damages <= _SHOWN:
                    yield f"offset {record.offset}: {record.reason}; the rest is kept"
                continue
            capture = _capture(raw, record)
            if isinstance(capture, str):
                left_out[capture] += 1
            else:
                pages += 1
                yield record.offset, raw.claim(capture)
    if damages > _SHOWN:
        yield f"{damages - _SHOWN} more places are damaged"
    if damages and not pages:
        raise SourceError("no page of it can be read; collect it again")
    if left_out:
        yield "left out: " + ", ".join(f"{what} ({n})" for what, n in sorted(left_out.items()))


def _tells(record: Record | Damage) -> bool:
    """Return whether a record is not one of those about pages that every file has."""
    return isinstance(record, Damage) or record.headers.get("warc-type", "").lower() not in _BESIDE


def _capture(raw: Raw, record: Record) -> Capture | str:
    """Return the capture of a record, or what it is instead of a page."""
    kind = record.headers.get("warc-type", "").lower()
    if kind not in {"response", "resource"}:
        return f"{kind or 'nameless'} records"
    declared, body, problem = record.headers.get("content-type", ""), record.content, ""
    if kind == "response":
        try:
            message = read_message(record.content)
        except SourceError as error:
            problem = str(error)
        else:
            if message.status != 200:
                return f"answers with status {message.status}"
            declared, body = message.headers.get("content-type", ""), message.body
    media, charset = media_type(declared)
    if not problem and media not in _HTML:
        return f"{media or 'untyped'} answers"
    return Capture(
        source="",
        locator=f"{raw.locator}:{record.offset}",
        form=Form.PAGE,
        content=body[:_KEPT] if problem else body,
        text_source=TextSource.PAGE,
        encoding=charset,
        fetched_at=read_instant(record.headers.get("warc-date", "")),
        url=record.headers.get("warc-target-uri", "").strip("<>"),
        problem=problem,
    )
