"""Text scraped off a page in, one capture out, furniture and all; extraction takes it apart."""

from collections.abc import Iterator

from pipelines.article import Capture, Fetch, Form, TextSource
from pipelines.sources.raw import Raw


def read_clipping(raw: Raw) -> Iterator[Fetch | Capture]:
    """Yield the `Fetch` of the file and its one capture."""
    content = raw.whole()
    yield raw.fetch()
    yield raw.claim(
        Capture(
            source="",
            locator=raw.locator,
            form=Form.CLIPPING,
            content=content,
            text_source=TextSource.FILE,
            encoding=raw.encoding,
            url=raw.spec.url or raw.url,
            title=raw.title,
        )
    )
