"""Where captures come from: a `SourceConfig` in, log records and captures out.

`read_source` never raises for what it reads: a file or request that cannot be read is a `Fetch`
that says why, an item that cannot be read is a `Capture` with a `problem`.
"""

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from pipelines.article import Capture, Fetch, FetchStatus, SourceKind
from pipelines.config import SourceConfig
from pipelines.errors import SourceError
from pipelines.sources._http import Http, RequestFailed, Response
from pipelines.sources.clipping import read_clipping
from pipelines.sources.collection import read_collection
from pipelines.sources.feed import read_feed
from pipelines.sources.gdelt import read_gdelt
from pipelines.sources.jsonl import read_jsonl
from pipelines.sources.page import read_page
from pipelines.sources.raw import STREAM_ERRORS, Raw, said_of
from pipelines.sources.recognise import HEAD, ending_of, is_note, recognise
from pipelines.sources.sitemap import read_sitemap
from pipelines.sources.table import read_table
from pipelines.sources.telegram import read_telegram
from pipelines.sources.walk import Found, find_files
from pipelines.sources.warc import read_warc

__all__ = ["READERS", "Http", "RequestFailed", "read_collection", "read_source"]

Reader = Callable[[Raw], Iterator[Fetch | Capture]]

READERS: Mapping[SourceKind, Reader] = {
    SourceKind.CLIPPING: read_clipping,
    SourceKind.PAGE: read_page,
    SourceKind.JSONL: read_jsonl,
    SourceKind.TABLE: read_table,
    SourceKind.FEED: read_feed,
    SourceKind.SITEMAP: read_sitemap,
    SourceKind.WARC: read_warc,
    SourceKind.GDELT: read_gdelt,
    SourceKind.TELEGRAM: read_telegram,
}


def read_source(spec: SourceConfig, http: Http | None = None) -> Iterator[Fetch | Capture]:
    """Yield for every file or request of a source its `Fetch`, then the captures it brought.

    A location with "://" is an address and needs `http`; a folder is walked in order.
    """
    if "://" in spec.location:
        yield from _read_address(spec, http)
        return
    try:
        for found in find_files(spec):
            yield from _read_file(found)
    except SourceError as error:
        yield _blank(spec).failed(str(error))


def _read_file(found: Found) -> Iterator[Fetch | Capture]:
    raw = Raw(
        spec=found.spec,
        kind=found.spec.kind or SourceKind.CLIPPING,
        locator=found.locator,
        opener=found.open,
        size=found.size,
        fetched_at=found.fetched_at,
        title=found.title,
        encoding=found.spec.encoding,
        remark=found.remark,
    )
    if found.problem:
        yield raw.failed(found.problem)
    elif found.in_folder and is_note(found.locator):
        reason = "a note about the folder by its name; name the file itself to read it"
        yield raw.fetch(FetchStatus.UNSUPPORTED, reason=reason)
    else:
        yield from _recognised(raw)


def _read_address(spec: SourceConfig, http: Http | None) -> Iterator[Fetch | Capture]:
    if http is None:
        yield _blank(spec).failed("an address cannot be read without a connection; give `http`")
        return
    try:
        answer = http.get(spec.location, etag=spec.etag, last_modified=spec.last_modified)
    except SourceError as error:
        status = error.status if isinstance(error, RequestFailed) else None
        yield replace(_blank(spec).failed(str(error)), fetched_at=http.now(), http_status=status)
        return
    raw = _raw_of(spec, answer)
    if answer.status == 304:
        yield raw.fetch(FetchStatus.NOT_MODIFIED)
    else:
        yield from _recognised(raw)


def _raw_of(spec: SourceConfig, answer: Response) -> Raw:
    return Raw(
        spec=spec,
        kind=spec.kind or SourceKind.FEED,
        locator=spec.location,
        opener=lambda: io.BytesIO(answer.body),
        size=len(answer.body),
        fetched_at=answer.fetched_at,
        encoding=spec.encoding or answer.encoding,
        url=answer.url,
        http_status=answer.status,
        etag=answer.etag,
        last_modified=answer.last_modified,
    )


def _recognised(raw: Raw) -> Iterator[Fetch | Capture]:
    """Read something by its kind, the user's word or its content; log it where there is none."""
    try:
        head = raw.head(HEAD)
    except STREAM_ERRORS as error:
        if ending_of(raw.locator) != ".warc":  # its reader looks for what is whole behind damage
            yield raw.failed(f"cannot be read: {said_of(error)}")
            return
        head = b"WARC/1.0"
    if not head:
        answered = "; an empty answer is a failed fetch" if raw.url else ""
        yield raw.failed(f"it is empty, not a byte in it{answered}")
        return
    kind = raw.spec.kind or recognise(raw.url or raw.locator, head, declared=raw.encoding)
    if not isinstance(kind, SourceKind):
        yield raw.fetch(FetchStatus.UNSUPPORTED, reason=kind)
        return
    raw = replace(raw, kind=kind)
    try:
        yield from READERS[kind](raw)
    except SourceError as error:  # readers raise before their first record only
        yield raw.failed(str(error))


def _blank(spec: SourceConfig) -> Raw:
    """Return a stand-in for a source that could not be opened."""
    kind = spec.kind or (SourceKind.FEED if "://" in spec.location else SourceKind.CLIPPING)
    return Raw(spec=spec, kind=kind, locator=spec.location, opener=io.BytesIO)
