"""Print what learned furniture does to the bodies of page dumps, and to nine months of two feeds.

Usage: python -m tests.quality.furniture [../shared/data] [--feeds]

Pages of all three sets are read as dumps into one store, each publisher an outlet, and what an
outlet repeats is learned there by the rule in force. The bodies are those of scrapinghub's pages at
publishers with so many pages. As a bound, every line that is also on another page of the publisher
is made furniture, without a rule: about what there is to gain here, and what it costs.
"""

import sys
import tarfile
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from pipelines.article import (
    Article,
    Capture,
    DateEvidence,
    DateSource,
    Fetch,
    Form,
    SourceKind,
    Zone,
)
from pipelines.config import SourceConfig
from pipelines.furniture import lines_of, without_furniture
from pipelines.ingest import ingest
from pipelines.outlets import read_outlets
from pipelines.reading.reader import Reader
from pipelines.sources import read_source
from pipelines.store import open_store, open_writer
from pipelines.store.writing.facts import read_articles
from pipelines.tagging import Taggers, find_mentions, make_taggers, read_topics
from pipelines.urls import domain_of
from tests.quality.body_f1 import BodyPage, BodyScore, body_pages, f1, score
from tests.quality.date_days import Page, fundus_pages, htmldate_pages, publication_of
from tests.quality.dumps import visible_text

_BODY = (Zone.LEDE, Zone.BODY, Zone.SUBHEAD)
_NOW = datetime(2026, 1, 1, tzinfo=UTC)
_FEEDS = {"state": "US Department of State", "whitehouse": "The White House"}


@dataclass(frozen=True, slots=True)
class Figures:
    """Bodies of some pages: how many, their F1, and the share of true words that were lost."""

    pages: int
    f1: float
    lost: float  # true body words in lines made furniture / true body words found without that


@dataclass(frozen=True, slots=True)
class FeedFigures:
    """What was learned from two feeds, and what that took from them."""

    articles: int
    lines: list[str]  # one sample of each, in most articles first
    words: float  # share of all words that count
    mentions: int  # before
    removed: Counter[str]  # tag -> mentions that are gone


@dataclass(frozen=True, slots=True)
class Dump:
    """A page with a true body, as a stored article."""

    page: BodyPage
    article: Article


def dump_figures(folder: Path, fewest: int) -> dict[str, Figures]:
    """Return the figures "as read", "learned" and "bound" at publishers with `fewest` pages."""
    with tempfile.TemporaryDirectory() as work:
        dumps, learned, elsewhere = _read_dumps(folder, Path(work) / "store", fewest)
    bound = [without_furniture(d.article, elsewhere[d.article.article_id]) for d in dumps]
    laid_over = [without_furniture(d.article, learned) for d in dumps]
    return {
        "as read": _figures(dumps, [d.article for d in dumps]),
        "learned": _figures(dumps, laid_over),
        "bound": _figures(dumps, bound),
    }


def feed_figures(folder: Path) -> FeedFigures:
    """Return what is learned from the two feeds of the history; takes a minute or two."""
    taggers = make_taggers(read_topics(("default",)))
    with tempfile.TemporaryDirectory() as work:
        for archive in sorted((folder / "feeds/us_gov_rss").glob("*.tar.xz")):
            with tarfile.open(archive) as tar:
                tar.extractall(work, filter="data")
        with open_writer(Path(work) / "store", now=_NOW) as writer:
            for name, outlet in _FEEDS.items():
                place = str(Path(work) / name)
                stream = read_source(
                    SourceConfig(location=place, kind=SourceKind.FEED, outlet=outlet)
                )
                ingest(stream, writer, Reader(read_outlets(())), taggers=Taggers(()))
            articles = [article for article, _ in read_articles(writer.files())]
            learned = writer.known.furniture
        with closing(open_store(Path(work) / "store")) as store:
            lines = store.furniture()["line"].tolist()
    words: Counter[bool] = Counter()
    before, after = Counter[str](), Counter[str]()
    for article in articles:
        for line in lines_of(article):
            size = len(article.text[line.start : line.end].split())
            words[line.key in learned] += size
        before.update(mention.tag for mention in find_mentions(article, taggers).mentions)
        news = without_furniture(article, learned)
        after.update(mention.tag for mention in find_mentions(news, taggers).mentions)
    share = words[True] / words.total()
    return FeedFigures(len(articles), lines, share, before.total(), before - after)


def _read_dumps(
    folder: Path, store: Path, fewest: int
) -> tuple[list[Dump], frozenset[int], Mapping[int, frozenset[int]]]:
    """Return the pages with a true body, learned keys, and per article the keys of other pages."""
    with_body = {page.url: page for page in body_pages(folder / "pages/scrapinghub-aeb")}
    with open_writer(store, now=_NOW) as writer:
        stream = _captures(folder, with_body.values(), fewest)
        ingest(stream, writer, Reader(read_outlets(())), taggers=Taggers(()))
        learned = writer.known.furniture
        articles = [article for article, _ in read_articles(writer.files())]
    pages = {page.name: page for page in with_body.values()}
    dumps = [Dump(pages[a.locator], a) for a in articles if a.locator in pages]
    having: dict[int, set[int]] = defaultdict(set)
    for article in articles:
        for line in lines_of(article):
            having[line.key].add(article.article_id)
    elsewhere = {
        a.article_id: frozenset(x.key for x in lines_of(a) if having[x.key] - {a.article_id})
        for a in articles
    }
    return dumps, learned, elsewhere


def _captures(
    folder: Path, with_body: Iterable[BodyPage], fewest: int
) -> Iterator[Fetch | Capture]:
    pages = [Page(page.name, page.content, page.url, None) for page in with_body]
    pages += htmldate_pages(folder / "pages/htmldate-eval")
    pages += fundus_pages(folder / "pages/fundus-parsers")
    number = Counter(domain_of(page.url) for page in pages)
    yield Fetch("dumps", SourceKind.CLIPPING, "dumps")
    for page in pages:
        publisher = domain_of(page.url)
        if publisher and number[publisher] >= fewest:
            day = page.day or publication_of(page).published_day
            dates = (DateEvidence(DateSource.ROW, day.isoformat()),) if day else ()
            dump = visible_text(page.content).encode()
            capture = Capture("dumps", page.name, Form.CLIPPING, dump, url=page.url)
            yield replace(capture, outlet=publisher, dates=dates)


def _figures(dumps: Sequence[Dump], articles: Sequence[Article]) -> Figures:
    scores: list[BodyScore] = []
    lost = found = 0
    for dump, article in zip(dumps, articles, strict=True):
        scores.append(score(dump.page, _body(article)))
        true = Counter(dump.page.body.split())
        before = true & Counter(_body(dump.article).split())
        found += before.total()
        lost += (before - Counter(_body(article).split())).total()
    return Figures(len(dumps), f1(scores), lost / found if found else 0.0)


def _body(article: Article) -> str:
    return "\n".join(article.text[z.start : z.end] for z in article.zones if z.zone in _BODY)


def _print_feeds(figures: FeedFigures) -> None:
    print(f"{len(figures.lines)} lines learned from {figures.articles} versions of articles")
    print(f"{figures.words:.2%} of the words that count")
    gone = figures.removed.total()
    print(f"{gone} of {figures.mentions} mentions gone: {figures.removed.most_common(8)}")
    print("\n".join(figures.lines))


if __name__ == "__main__":
    arguments = [word for word in sys.argv[1:] if not word.startswith("-")]
    folder = Path(arguments[0] if arguments else "../shared/data")
    for fewest in (2, 3):
        for name, figures in dump_figures(folder, fewest).items():
            print(
                f"publishers with {fewest} pages, {name}: {figures.pages} pages, "
                f"F1 {figures.f1:.4f}, {figures.lost:.4%} of true words lost"
            )
    if "--feeds" in sys.argv:
        _print_feeds(feed_figures(folder))
