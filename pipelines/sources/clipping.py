"""Text scraped off a page in, one capture out, furniture and all; extraction takes it apart.

An article of a press archive says itself what its headline, outlet, day and text are.
"""

from collections.abc import Iterator

from pipelines.article import Capture, DateEvidence, DateSource, Fetch, Form, TextSource
from pipelines.sources.encoding import encoding_of, storable
from pipelines.sources.many_in_one import texts_in
from pipelines.sources.press_archive import PressArticle, may_be_export, press_article
from pipelines.sources.raw import Raw
from pipelines.sources.rows import language_code


def read_clipping(raw: Raw) -> Iterator[Fetch | Capture]:
    """Yield the `Fetch` of the file and its one capture.

    An export of a press archive is several texts: a capture for each, with its number in the place.
    They share no address and no headline, so those of the user are not used.
    """
    texts = texts_in(raw.whole())
    alone = len(texts) == 1
    yield raw.fetch(reason="" if alone else f"{len(texts)} articles of a press archive's export")
    for number, content in enumerate(texts, 1):
        locator = raw.locator if alone else f"{raw.locator}:{number}"
        url, title = (raw.spec.url or raw.url, raw.title) if alone else ("", "")
        if article := _exported(content, raw.encoding):
            yield raw.claim(_of_an_archive(article, locator, url, title))
            continue
        yield raw.claim(
            Capture(
                source="",
                locator=locator,
                form=Form.CLIPPING,
                content=content,
                text_source=TextSource.FILE,
                encoding=raw.encoding,
                url=url,
                title=title,
            )
        )


def _exported(content: bytes, declared: str) -> PressArticle | None:
    if not may_be_export(content):
        return None
    text = content.decode(encoding_of(content, declared), "replace")
    return press_article(storable(text))


def _of_an_archive(article: PressArticle, locator: str, url: str, title: str) -> Capture:
    return Capture(
        source="",
        locator=locator,
        form=Form.TEXT,
        content=article.text.encode("utf-8"),
        text_source=TextSource.FILE,
        encoding="utf-8",
        url=url,
        outlet=article.outlet,
        title=title or article.title,
        author=article.author,
        language=language_code(article.language),
        dates=(DateEvidence(DateSource.ROW, article.day, where=article.where),),
    )
