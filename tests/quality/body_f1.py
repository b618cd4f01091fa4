"""Print how well article bodies are found on scrapinghub's pages, and how fast.

Usage: python -m tests.quality.body_f1 [../shared/data]

The measure is the benchmark's own: multisets of 4-token shingles of the body, precision and recall
averaged over pages, F1 of these averages.
"""

import gzip
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines.article import Capture, Form, Zone
from pipelines.errors import CaptureError
from pipelines.extraction import extract
from pipelines.urls import domain_of
from tests.quality.dumps import visible_text

_SHINGLE = 4
_BODY = (Zone.LEDE, Zone.BODY, Zone.SUBHEAD)


@dataclass(frozen=True, slots=True)
class BodyPage:
    """One page with its true body."""

    name: str
    content: bytes
    url: str
    body: str


@dataclass(frozen=True, slots=True)
class BodyScore:
    """How well one body was found; None where there is nothing to divide by."""

    publisher: str
    precision: float | None
    recall: float | None


def body_pages(folder: Path) -> Iterator[BodyPage]:
    """Yield scrapinghub's pages in the order of their names."""
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    for name, gold in sorted(truth.items()):
        content = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
        yield BodyPage(name, content, gold["url"], gold["articleBody"])


def our_body(page: BodyPage, *, standfirst: bool = False) -> str:
    """Return the body that the reader of pages finds, with or without what stands above it."""
    capture = Capture("f1", page.name, Form.PAGE, page.content, url=page.url)
    return _body(capture, standfirst=standfirst)


def our_body_of_dump(page: BodyPage) -> str:
    """Return the body that the reader of clippings finds in the page's visible text."""
    dump = visible_text(page.content).encode()
    return _body(Capture("f1", page.name, Form.CLIPPING, dump, url=page.url))


def score(page: BodyPage, found: str) -> BodyScore:
    """Return how much of a found body is right and how much of the true one was found."""
    return BodyScore(domain_of(page.url), *precision_recall(words(page.body), words(found)))


def f1(scores: Sequence[BodyScore]) -> float:
    """Return the F1 of the mean precision and the mean recall."""
    precision = _mean([s.precision for s in scores if s.precision is not None])
    recall = _mean([s.recall for s in scores if s.recall is not None])
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers) if numbers else 0.0


def _body(capture: Capture, *, standfirst: bool = False) -> str:
    try:
        document = extract(capture)
    except CaptureError:
        return ""
    own = [zone.zone for zone in document.zones]
    # What stands above the lede is the standfirst, which scrapinghub's bodies leave out.
    lede = own.index(Zone.LEDE) if Zone.LEDE in own and not standfirst else 0
    return "\n".join(
        document.text[z.start : z.end] for z in document.zones[lede:] if z.zone in _BODY
    )


def words(text: str) -> list[str]:
    """Return the tokens of a text as the benchmark has them."""
    return re.findall(r"\w+", text)


def precision_recall(
    true: Sequence[str], found: Sequence[str]
) -> tuple[float | None, float | None]:
    """Return the share of right shingles among the found ones and among the true ones."""
    gold, ours = _shingles(true), _shingles(found)
    both = sum((gold & ours).values())
    precision = both / sum(ours.values()) if ours else None
    recall = both / sum(gold.values()) if gold else None
    return precision, recall


def _shingles(tokens: Sequence[str]) -> Counter[tuple[str, ...]]:
    size = min(_SHINGLE, len(tokens))
    return Counter(tuple(tokens[i : i + size]) for i in range(len(tokens) - size + 1) if size)


if __name__ == "__main__":
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data") / "pages/scrapinghub-aeb"
    pages = list(body_pages(folder))
    began = time.process_time()
    scores = [score(page, our_body(page)) for page in pages]
    speed = len(pages) / (time.process_time() - began)
    print(f"F1 {f1(scores):.4f}  {speed:.1f} pages/s")
