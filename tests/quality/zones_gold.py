"""Read the pages labelled with zones: keys and test data in, lines with their true zones out.

Keys are stand-off (`gold/zones/`): a page is named by its file and by the SHA-256 of page and dump,
a zone by a range of line numbers of the dump. A page that is missing, has changed or has no valid
key is an error that names it; nothing is skipped.

The pages are split in four. Rules are made on "dev"; "test" was kept apart for that, but has been
read by now; models are fitted on "fit", too; "fresh" is read by nobody who works on either and has
to be asked for.
"""

import gzip
import hashlib
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path

from pipelines.article import Zone
from tests.quality.dumps import visible_text

GOLD = Path(__file__).with_name("gold") / "zones"
SEEN = ("dev", "test")
SPLITS = (*SEEN, "fit", "fresh")
_WORD = re.compile(r"[^\W_]+")
# Chinese, Japanese, Thai, Lao, Burmese, Khmer: no spaces between words.
_DENSE = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """Where a labelled page lies and what its bytes must be."""

    number: int
    file: str  # below the folder of pages
    url: str
    split: str  # one of SPLITS
    sha256: str
    dump_sha256: str
    n_lines: int


@dataclass(frozen=True, slots=True)
class Range:
    """The zone of the lines from `first` to `last`, counted from 1, both included."""

    first: int
    last: int
    zone: Zone


Keys = Mapping[int, Sequence[Range]]


@dataclass(frozen=True, slots=True)
class GoldPage:
    """One page, the lines of its dump and the true zone of each."""

    number: int
    url: str
    split: str
    content: bytes
    lines: tuple[str, ...]
    zones: tuple[Zone, ...]


def n_words(line: str) -> int:
    """Return the number of words; two characters are one where a script has no spaces."""
    dense = len(_DENSE.findall(line))
    return len(_WORD.findall(_DENSE.sub(" ", line) if dense else line)) + ceil(dense / 2)


def read_labelled(
    path: Path = GOLD / "pages.json", splits: Collection[str] = SEEN
) -> list[Labelled]:
    """Return the pages of these splits that were chosen, in the order of their numbers."""
    rows = json.loads(path.read_text(encoding="utf-8"))
    return [
        Labelled(
            number=row["number"],
            file=f"{row['corpus']}/{row['file']}",
            url=row["url"],
            split=row["split"],
            sha256=row["sha256"],
            dump_sha256=row["dump_sha256"],
            n_lines=row["lines"],
        )
        for row in sorted(rows, key=lambda row: row["number"])
        if row["split"] in splits
    ]


def read_keys(path: Path = GOLD / "keys.json") -> dict[int, list[Range]]:
    """Return the labelled ranges by page; raise ValueError for an unknown zone."""
    rows = json.loads(path.read_text(encoding="utf-8"))
    return {
        int(number): [Range(first, last, Zone(zone)) for first, last, zone in ranges]
        for number, ranges in rows.items()
    }


def zones_of(ranges: Sequence[Range], n_lines: int) -> tuple[Zone, ...]:
    """Return the zone of each line; raise ValueError where ranges overlap or leave the dump."""
    zones = [Zone.FURNITURE] * n_lines
    last = 0
    for found in ranges:
        if not last < found.first <= found.last <= n_lines:
            raise ValueError(
                f"lines {found.first} to {found.last} come after line {last} of {n_lines}: "
                "ranges must be in order, apart and inside the dump"
            )
        last = found.last
        zones[found.first - 1 : last] = [found.zone] * (last - found.first + 1)
    return tuple(zones)


def gold_pages(
    folder: Path, keys: Keys, labelled: Iterable[Labelled] | None = None
) -> Iterator[GoldPage]:
    """Yield the labelled pages found in `folder` (`pages` of the test data); without a list, SEEN.

    Raises ValueError, naming the page, where its bytes, its dump or its key are not as they must
    be, and OSError where it is missing.
    """
    for page in read_labelled() if labelled is None else labelled:
        content = gzip.decompress((folder / page.file).read_bytes())
        if hashlib.sha256(content).hexdigest() != page.sha256:
            raise ValueError(f"page {page.number}, {page.file}: not the page that was labelled")
        dump = visible_text(content)
        if hashlib.sha256(dump.encode()).hexdigest() != page.dump_sha256:
            raise ValueError(
                f"page {page.number}, {page.file}: its dump has changed since it was labelled; "
                "look at tests/quality/dumps.py"
            )
        if page.number not in keys:
            raise ValueError(f"page {page.number}, {page.file}: it has no key")
        try:
            zones = zones_of(keys[page.number], page.n_lines)
        except ValueError as e:
            raise ValueError(f"page {page.number}, {page.file}: {e}") from e
        lines = tuple(dump.split("\n"))
        yield GoldPage(page.number, page.url, page.split, content, lines, zones)
