"""Compare our speeds with the strongest other's, and keep them for docs/quality.md.

Usage: .venv-peers/bin/python -m tests.bench.speeds [NAME ...] [--data FOLDER] [--keep DATE]

Bodies are found in decoded markup; each reader parses it anew. Copies are grouped one text after
the other, indexing included, splitting into words apart.
"""

import argparse
from collections.abc import Callable
from datetime import date
from itertools import chain
from pathlib import Path

from pipelines.extraction.decoding import decode
from pipelines.language import detect
from tests.bench.extraction_speed import BODIES, REFERENCE
from tests.bench.interleaved import Speed, compare, keep, to_line
from tests.quality import near_copies
from tests.quality.body_f1 import body_pages
from tests.quality.fundus_bodies import fundus_bodies
from tests.quality.languages import titles
from tests.quality.peer_extractors import LANGUAGES


def cascade(data: Path) -> Speed:
    """Return the speed of the cascade, which asks trafilatura among others."""
    return _bodies(data, "bodies, cascade", "cascade", aim=0.35)


def fast(data: Path) -> Speed:
    """Return the speed of the fast mode."""
    return _bodies(data, "bodies, fast mode", "fast", aim=3)


def _bodies(data: Path, what: str, ours: str, *, aim: float) -> Speed:
    folder = data / "pages"
    both = chain(body_pages(folder / "scrapinghub-aeb"), fundus_bodies(folder / "fundus-parsers"))
    pages = [decode(page.content) for page in both]
    return compare(
        what,
        lambda: list(map(BODIES[ours], pages)),
        (REFERENCE, lambda: list(map(BODIES[REFERENCE], pages))),
        unit="pages",
        units=len(pages),
        aim=aim,
        rounds=3,
    )


def copies(data: Path) -> Speed:
    """Return the speed of grouping near copies."""
    texts = near_copies.copy_texts(data / near_copies.FOLDER)
    return compare(
        "grouping of near copies",
        lambda: near_copies.our_groups(texts),
        ("datasketch", lambda: near_copies.datasketch_groups(texts)),
        unit="texts",
        units=len(texts),
        aim=1.5,
        rounds=3,
    )


def language(data: Path) -> Speed:
    """Return the speed of telling the language of a title."""
    read = [title.title for title in titles(data / "pages")]
    return compare(
        "language of titles",
        lambda: list(map(detect, read)),
        ("lingua", lambda: list(map(LANGUAGES["lingua"], read))),
        unit="titles",
        units=len(read),
        aim=20,
        rounds=3,
    )


SPEEDS: dict[str, Callable[[Path], Speed]] = {
    "cascade": cascade,
    "copies": copies,
    "fast": fast,
    "language": language,
}


def main() -> None:
    """Print the comparisons, and keep them where a day is given."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.speeds")
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--keep", type=date.fromisoformat, metavar="DATE")
    asked = parser.parse_args()
    found = {}
    for name in asked.names or SPEEDS:
        found[name] = SPEEDS[name](asked.data)
        print(to_line(found[name]), flush=True)
    if asked.keep:
        keep(found, asked.keep)


if __name__ == "__main__":
    main()
