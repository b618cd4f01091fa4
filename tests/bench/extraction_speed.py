"""Print how fast bodies are found, beside trafilatura and readability in the same run.

Usage: python -m tests.bench.extraction_speed [../shared/data] [rounds]

CPU time. Every reader reads a page before the next page comes, so that what else the machine does
slows all alike; trust the ratios. A page is its decoded markup; each reader parses it anew. The
last two rows are whole documents, with title, dates and zones, from the bytes of a page.
"""

import sys
import time
from collections.abc import Callable
from itertools import chain
from pathlib import Path

import trafilatura

from pipelines.article import Capture, Extraction, Form
from pipelines.extraction import extract
from pipelines.extraction.body.blocks import parse_html
from pipelines.extraction.body.bodies import find_body, readable_body
from pipelines.extraction.body.overlays import without_overlays
from pipelines.extraction.decoding import decode
from tests.quality.body_f1 import BodyPage, body_pages
from tests.quality.fundus_bodies import fundus_bodies

REFERENCE = "trafilatura, precision"


def ours(markup: str, *, fast: bool) -> None:
    """Find the body of a page; the fast reading leaves banners of consent in it."""
    markup, tree = (markup, parse_html(markup)) if fast else without_overlays(markup)
    if tree is not None:
        find_body(markup, tree, "", fast=fast)


BODIES: dict[str, Callable[[str], object]] = {
    REFERENCE: lambda markup: trafilatura.extract(
        markup, favor_precision=True, include_comments=False
    ),
    "readability": readable_body,
    "cascade": lambda markup: ours(markup, fast=False),
    "fast": lambda markup: ours(markup, fast=True),
}


def seconds(pages: list[BodyPage]) -> dict[str, float]:
    """Return the CPU time that each reader takes for all pages."""
    spent = dict.fromkeys([*BODIES, *(f"whole document, {mode}" for mode in Extraction)], 0.0)
    for page in pages:
        markup = decode(page.content)
        for name, read in BODIES.items():
            began = time.process_time()
            read(markup)
            spent[name] += time.process_time() - began
        for mode in Extraction:
            capture = Capture("bench", page.name, Form.PAGE, page.content, url=page.url)
            began = time.process_time()
            extract(capture, mode)
            spent[f"whole document, {mode}"] += time.process_time() - began
    return spent


if __name__ == "__main__":
    root = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data") / "pages"
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    corpus = list(
        chain(body_pages(root / "scrapinghub-aeb"), fundus_bodies(root / "fundus-parsers"))
    )
    seconds(corpus[:20])  # loads what is loaded on first use
    taken = seconds(corpus * rounds)
    for reader, spent in taken.items():
        speed = len(corpus) * rounds / spent
        print(f"{reader:24} {speed:7.1f} pages/s  {taken[REFERENCE] / spent:5.2f} of {REFERENCE}")
