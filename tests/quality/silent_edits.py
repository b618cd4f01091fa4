"""Print what is taken for an edit of a page and is none, and which true edits are missed.

Usage: python -m tests.quality.silent_edits [../shared/data] [--kinds KIND ...]
                                            [--half 0|1] [--show]

One page of each publisher (scrapinghub's, fundus' and htmldate's) is read as it is and with what
`disturbances.py` does to it. Two readings are an edit where the line would call them one: where the
hash of title and counted text differs. The date is compared too, since another one moves the
article in the charts.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from pipelines import language
from pipelines.article import COUNTED_ZONES, Article, Capture, Form, TextSource, Zone
from pipelines.errors import CaptureError
from pipelines.extraction.body.blocks import parse_html
from pipelines.extraction.decoding import decode
from pipelines.outlets import Outlets
from pipelines.reading.reader import Reader
from pipelines.urls import domain_of
from tests.quality.body_f1 import body_pages
from tests.quality.date_days import htmldate_pages
from tests.quality.disturbances import Original, Pair, disturbed, edited, original
from tests.quality.fundus import fundus_gold

KINDS = ("consent", "offers", "inside", "below", "headlines", "counters", "edits")
PAGES = 90
_FETCHED = datetime(2026, 11, 29, 21, 0, tzinfo=UTC)
_READER = Reader(Outlets([]), now=_FETCHED)


@dataclass(frozen=True, slots=True)
class EditScore:
    """What became of one pair: whether it was called an edit, and what in it differs."""

    page: str
    kind: str
    name: str
    edited: bool
    differs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RealPage:
    """A real page and its address."""

    name: str
    content: bytes
    url: str


def real_pages(pages: Path, count: int = PAGES) -> list[RealPage]:
    """Return one page of each of so many publishers, drawn by the hash of their names."""
    first: dict[str, RealPage] = {}
    for page in _all_pages(pages):
        first.setdefault(domain_of(page.url) or page.name.split("_")[0], page)
    drawn = sorted(first, key=lambda name: sha256(name.encode()).hexdigest())
    return [first[name] for name in drawn[:count]]


def _all_pages(pages: Path) -> Iterator[RealPage]:
    for sh in body_pages(pages / "scrapinghub-aeb"):
        yield RealPage(sh.name, sh.content, sh.url)
    for fundus in fundus_gold(pages / "fundus-parsers"):
        yield RealPage(fundus.name, fundus.content, fundus.url)
    for dated in htmldate_pages(pages / "htmldate-eval"):
        yield RealPage(dated.name, dated.content, dated.url)


def originals(pages: Sequence[RealPage]) -> Iterator[tuple[RealPage, Original]]:
    """Yield the pages on which enough of the body is found, with other headlines for each."""
    read = [(page, found) for page in pages if (found := _read(page)) is not None]
    for number, (page, article) in enumerate(read):
        told = language.detect(article.title + "\n" + "\n".join(_lines(article)))
        tree = parse_html(decode(page.content))
        if tree is None:
            continue
        others = _others(read, number, told)
        known = {"language": told, "others": others}
        made = original(tree, page.url, article.title, _lines(article), **known)
        if made is not None:
            yield page, made


def _others(read: Sequence[tuple[RealPage, Article]], number: int, told: str) -> list[str]:
    """Return headlines, each followed by a lede, of other pages, its own language's first."""
    turned = [article for _, article in [*read[number + 1 :], *read[:number]] if article.title]
    turned.sort(key=lambda article: article.language != told)
    return [text for one in turned[:8] for text in (one.title, next(iter(_lines(one)), one.title))]


def scores(page: RealPage, made: Original, kinds: Sequence[str]) -> Iterator[EditScore]:
    """Yield what becomes of every pair of these kinds that is made of a page."""
    for pair in disturbed(made, kinds):
        yield _score(page, pair)
    if "edits" in kinds:
        for pair in edited(made):
            yield _score(page, pair)


def _score(page: RealPage, pair: Pair) -> EditScore:
    before, after = (read_markup(markup, page.url) for markup in (pair.before, pair.after))
    if before is None or after is None:
        return EditScore(page.name, pair.kind, pair.name, before is not after, ("unread",))
    same = before.content_hash == after.content_hash
    parts = {
        "title": (before.title, after.title),
        "text": (_lines(before), _lines(after)),
        "date": (before.publication.published_day, after.publication.published_day),
    }
    differs = tuple(name for name, (old, new) in parts.items() if old != new)
    return EditScore(page.name, pair.kind, pair.name, not same, differs)


@lru_cache(maxsize=2)  # the page as it is begins most pairs
def read_markup(markup: str, url: str) -> Article | None:
    """Return the article that a page is read as; None where it is none."""
    return _read(RealPage("page", markup.encode(), url))


def _read(page: RealPage) -> Article | None:
    kind = Form.PAGE, page.content, TextSource.PAGE
    try:
        return _READER.article(
            Capture("edits", page.name, *kind, url=page.url, fetched_at=_FETCHED)
        )
    except CaptureError:
        return None


def _lines(article: Article) -> list[str]:
    """Return the lines that count."""
    zones = (zone for zone in article.zones if zone.zone in COUNTED_ZONES - {Zone.HEADLINE})
    return "".join(article.text[zone.start : zone.end] for zone in zones).splitlines()


def _print(found: Sequence[EditScore], *, show: bool) -> None:
    grouped: dict[tuple[str, str], list[EditScore]] = defaultdict(list)
    for one in found:
        grouped[one.kind, one.name].append(one)
        grouped[one.kind, "all"].append(one)
    for (kind, name), group in grouped.items():
        wrong = [one for one in group if one.edited is not (kind == "edits")]
        redated = sum("date" in one.differs for one in group)
        pages = len({one.page for one in wrong})
        word = "missed" if kind == "edits" else "edits"
        print(
            f"{kind:10} {name:48} {len(group):5} {word} {len(wrong):4} on {pages:3} pages, "
            f"other date {redated}"
        )
        for one in wrong if show and name != "all" else ():
            print(f"    {one.page[:60]} {' '.join(one.differs)}")


def main() -> None:
    """Read the options, measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality.silent_edits")
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared/data"))
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS))
    parser.add_argument("--half", type=int, choices=(0, 1), help="every second page only")
    parser.add_argument("--show", action="store_true", help="name the pages")
    options = parser.parse_args()
    folder = options.data / "pages"
    if not folder.is_dir():
        print(f"skipped: the real test data is not beside this checkout ({folder})")
        return
    chosen = list(originals(real_pages(folder)))
    if options.half is not None:
        chosen = chosen[options.half :: 2]
    found = [one for page, made in chosen for one in scores(page, made, options.kinds)]
    print(f"{len(chosen)} pages")
    _print(found, show=options.show)


if __name__ == "__main__":
    main()
