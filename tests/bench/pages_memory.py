"""Print how much memory reading 20,000 pages takes, each 1,000 pages.

Usage: python -m tests.bench.pages_memory [../shared/data] [pages] [cascade | fast]

The pages given are read over and over; before each reading their class names and ids get the
number of the round, because what grows in libraries are tables of the names they have seen.
"""

import resource
import sys
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain, count
from pathlib import Path

from pipelines.article import Capture, Extraction, Form
from pipelines.errors import CaptureError
from pipelines.extraction import extract
from tests.quality.body_f1 import BodyPage, body_pages
from tests.quality.fundus_bodies import fundus_bodies

_EVERY = 1000
_LONGEST = 300_000  # bytes: the rest is seconds of nothing new


def captures(pages: list[BodyPage]) -> Iterator[Capture]:
    """Yield the pages for ever, no two alike."""
    for number in count():
        for page in pages:
            content = page.content.replace(b' class="', b' class="n%d-' % number)
            content = content.replace(b' id="', b' id="n%d-' % number)
            yield Capture("bench", f"{page.name}-{number}", Form.PAGE, content, url=page.url)


def resident() -> float:
    """Return the memory this process holds now, in MB."""
    held = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return held * resource.getpagesize() / 1e6


if __name__ == "__main__":
    root = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data") / "pages"
    most = int(sys.argv[2]) if len(sys.argv) > 2 else 20_000
    mode = Extraction(sys.argv[3]) if len(sys.argv) > 3 else Extraction.FAST
    corpus = chain(body_pages(root / "scrapinghub-aeb"), fundus_bodies(root / "fundus-parsers"))
    kept = [page for page in corpus if len(page.content) <= _LONGEST]
    for read, capture in enumerate(captures(kept), 1):
        with suppress(CaptureError):
            extract(capture, mode)
        if read % _EVERY == 0:
            print(f"{read:6} pages {resident():7.1f} MB", flush=True)
        if read == most:
            break
