"""Text scraped off a page in, one capture out, furniture and all; extraction takes it apart."""

from collections.abc import Iterator

from pipelines.article import Capture, Fetch, Form, TextSource
from pipelines.sources.many_in_one import texts_in
from pipelines.sources.raw import Raw


def read_clipping(raw: Raw) -> Iterator[Fetch | Capture]:
    """Yield the `Fetch` of the file and its one capture.

    An export of a press archive is several texts: a capture for each, with its number in the place.
    They share no address and no headline, so those of the user are not used.
    """
    texts = texts_in(raw.whole())
    alone = len(texts) == 1
    yield raw.fetch(reason="" if alone else f"{len(texts)} articles of a press archive's export")
    for number, content in enumerate(texts, 1):
        yield raw.claim(
            Capture(
                source="",
                locator=raw.locator if alone else f"{raw.locator}:{number}",
                form=Form.CLIPPING,
                content=content,
                text_source=TextSource.FILE,
                encoding=raw.encoding,
                url=(raw.spec.url or raw.url) if alone else "",
                title=raw.title if alone else "",
            )
        )
