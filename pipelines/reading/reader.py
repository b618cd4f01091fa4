"""Read one capture: bytes in, its `Article` out, or the error that says why there is none."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from pipelines import dates, language, syndication
from pipelines.article import Article, Capture, DateSource, Document, Extraction, Fetch
from pipelines.hashing import hash63
from pipelines.outlets import Outlets
from pipelines.querylang import tokens
from pipelines.reading.read import Read, attempt
from pipelines.urls import canonical


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads captures in this process, each when it is asked for.

    `now` is the time of the run: no article was published after it.
    """

    outlets: Outlets
    extraction: Extraction = Extraction.CASCADE
    now: datetime | None = None

    def prepare(self) -> None:
        """Load what the first capture would load: half a second for the model of languages."""
        import pipelines.extraction  # noqa: F401  # see `article`

        language.prepare()

    def article(self, capture: Capture) -> Article:
        """Return the article of a capture; raises CaptureError as `extract` does."""
        # Loads trafilatura and its like, which the process that has workers does not need.
        from pipelines.extraction import extract

        document = extract(capture, self.extraction)
        return make_article(capture, document, self.outlets, now=self.now)

    def read(
        self, stream: Iterable[Fetch | Capture], wanted: Callable[[Capture], bool]
    ) -> Iterator[Fetch | Read]:
        """Yield the stream in its order, each capture with the reading of it."""
        for item in stream:
            yield item if isinstance(item, Fetch) else Read(item, partial(attempt, self, item))


def make_article(
    capture: Capture, document: Document, outlets: Outlets, *, now: datetime | None = None
) -> Article:
    """Return the article of a capture.

    Its id is a 63-bit hash of the canonical URL, else of outlet and content, so that any worker can
    give it. What the user or the source says wins over what the page says of itself.
    """
    url = canonical(capture.url or document.url)
    outlet = outlets.find(
        name=capture.outlet,
        url=url,
        site_name=document.site_name,
        country=capture.outlet_country,
    )
    in_url = dates.date_in_url(url)
    evidence = (*capture.dates, *document.dates, *((in_url,) if in_url else ()))
    below = [token.form for token in tokens("\n".join(document.counted(headline=False)))]
    words = [token.form for token in tokens(document.title)] + below
    publication = dates.resolve(evidence, fetched_at=capture.fetched_at, now=now)
    # A date the user sets on a text already stored is news to the store, so it makes a version.
    said = publication.published_day if publication.source is DateSource.SET_BY_USER else ""
    return Article(
        article_id=hash63(url) if url else hash63(outlet.id, *words),
        outlet=outlet,
        url=url,
        title=document.title,
        text=document.text,
        zones=document.zones,
        raw_text=document.raw_text,
        language=language.detect(
            "\n".join(document.counted()), capture.language or document.language
        ),
        publication=publication,
        text_source=capture.text_source,
        content_hash=hash63(said, document.title.casefold(), *words),
        text_hash=syndication.text_hash(below),
        sketch=syndication.make_sketch(below),
        n_words=len(words),
        author=capture.author or document.author,
        source=capture.source,
        locator=capture.locator,
        fetched_at=capture.fetched_at,
    )
