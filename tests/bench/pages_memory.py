"""Print how much memory reading 20,000 pages takes, each 1,000 pages.

Usage: python -m tests.bench.pages_memory [../shared/data] [--pages N] [--mode cascade | fast]
           [--processes N] [--renew-after N]

The pages given are read over and over; before each reading their class names and ids get the
number of the round, because what grows in libraries are tables of the names they have seen. With
--processes workers read as in `ingest`; without, this process reads. What a worker holds counts in
full, though most of it is shared with the process it was forked of.
"""

import argparse
import os
import resource
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain, count, islice
from pathlib import Path

from pipelines.article import Capture, Extraction, Form
from pipelines.config import ReadingConfig
from pipelines.outlets import read_outlets
from pipelines.reading.read import Read, Reads
from pipelines.reading.reader import Reader
from pipelines.reading.workers import Workers
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


def resident(pid: int) -> float:
    """Return the memory a process holds now, in MB; 0 for one that has ended."""
    held = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
    return held * resource.getpagesize() / 1e6


def descendants(pid: int) -> Iterator[int]:
    """Yield the processes started by a process, and those started by them."""
    children = defaultdict(list)
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            after_name = path.read_text("utf-8", "replace").rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        children[int(after_name[1])].append(int(path.parent.name))
    found = list(children[pid])
    while found:
        child = found.pop()
        yield child
        found += children[child]


def watch(reader: Reads, pages: Iterator[Capture]) -> None:
    """Read `pages` and print what this process and those it started hold."""
    for read, item in enumerate(reader.read(pages, lambda capture: True), 1):
        assert isinstance(item, Read)
        item.article()
        if read % _EVERY == 0:
            others = sorted(filter(None, map(resident, descendants(os.getpid()))))
            shown = "".join(f"{held:8.1f}" for held in others)
            print(f"{read:6} pages {resident(os.getpid()):7.1f} MB{shown}", flush=True)


def main() -> None:
    """Read what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, default=Path("../shared/data"))
    parser.add_argument("--pages", type=int, default=20_000)
    parser.add_argument("--mode", type=Extraction, default=Extraction.FAST)
    parser.add_argument("--processes", type=int, default=0)
    parser.add_argument("--renew-after", type=int, default=ReadingConfig().renew_after)
    options = parser.parse_args()
    root = options.data / "pages"
    corpus = chain(body_pages(root / "scrapinghub-aeb"), fundus_bodies(root / "fundus-parsers"))
    kept = [page for page in corpus if len(page.content) <= _LONGEST]
    pages = islice(captures(kept), options.pages)
    reader = Reader(read_outlets(("default",)), options.mode)
    if not options.processes:
        watch(reader, pages)
        return
    config = ReadingConfig(processes=options.processes, renew_after=options.renew_after)
    with Workers(reader, config) as workers:
        watch(workers, pages)


if __name__ == "__main__":
    main()
