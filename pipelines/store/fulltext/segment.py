"""One immutable part of the index: its files in, documents and lists of positions out.

A position numbers the words of all documents of the segment, with one number left free before each
stretch (a paragraph within one zone), so that words in a row have numbers in a row and those of
different stretches have not. The files of a segment:

    keys.bin, lengths.npy, counts.npy, blocks.npy    the dictionary
    low.bin, high.bin                                the lists of positions
    documents.npy    the key of each document, see `rows.py`
    starts.npy       the free number before each document's first word, and the end of the last
    headlines.npy    how many numbers the headline takes at a document's start, or SCATTERED
    stretches.npy    the number of each stretch's first word
    zones.npy        the zone of each stretch, as its place in ZONES
    said_at.npy      the number of each quote's first word, of one without a word that before its
                     document's; in order of the documents
    said_reach.npy   how many numbers it takes from there, 0 for one without a word
    said_starts.npy, said_sizes.npy   its place in the text and its size, in characters
"""

import mmap
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from xxhash import xxh3_64_hexdigest

from pipelines.article import Zone
from pipelines.store.files.entries import sync
from pipelines.store.fulltext.codec import PADDING, Bytes, Numbers, decode, decode_one, encode
from pipelines.store.fulltext.dictionary import Dictionary, blocks_of, first_keys

ZONES = (Zone.HEADLINE, Zone.SUBHEAD, Zone.LEDE, Zone.BODY, Zone.CAPTION, Zone.TAGS)
SCATTERED = 65535  # a headline that is not all at the start
_BINARY = ("keys", "low", "high")
SAYINGS = (np.uint32, np.uint16, np.uint32, np.uint16)  # the types of the arrays of quotes


class Documents(NamedTuple):
    """The documents of a segment."""

    documents: npt.NDArray[np.uint64]
    starts: npt.NDArray[np.uint32]
    headlines: npt.NDArray[np.uint16]
    stretches: npt.NDArray[np.uint32]
    zones: npt.NDArray[np.uint8]
    said_at: npt.NDArray[np.uint32]
    said_reach: npt.NDArray[np.uint16]
    said_starts: npt.NDArray[np.uint32]
    said_sizes: npt.NDArray[np.uint16]

    @property
    def universe(self) -> int:
        """Return what all positions are below."""
        return int(self.starts[-1]) + 1


_ARRAYS = ("lengths", "counts", "blocks", *Documents._fields)


@dataclass(frozen=True, slots=True)
class Segment:
    """An opened segment; its arrays are mapped files."""

    name: str
    documents: Documents
    dictionary: Dictionary
    low: Bytes
    high: Bytes

    def one(self, number: int, begin: int = 0, end: int | None = None) -> Numbers:
        """Return the positions of a key from `begin` to before `end`."""
        place = self.dictionary.place(number, number + 1)
        return decode_one(
            self.low,
            self.high,
            int(place.counts[0]),
            self.dictionary.universe,
            low_at=place.low_at,
            high_at=place.high_at,
            begin=begin,
            end=end,
        )

    def lists(self, first: int, last: int) -> tuple[Numbers, Numbers]:
        """Return the positions of the keys from `first` to before `last`, and how many each has."""
        place = self.dictionary.place(first, last)
        positions = decode(
            self.low,
            self.high,
            place.counts,
            self.dictionary.universe,
            low_at=place.low_at,
            high_at=place.high_at,
        )
        return positions, place.counts


class SegmentWriter:
    """Write a segment into `folder`: lists in the order of their keys, then the documents."""

    def __init__(self, folder: Path, documents: Documents) -> None:
        """Make the folder and open its files."""
        folder.mkdir(parents=True)
        self._folder, self._documents = folder, documents
        self._files = {name: (folder / f"{name}.bin").open("wb") for name in _BINARY}
        self._lengths: list[npt.NDArray[np.uint16]] = []
        self._counts: list[Numbers] = []

    def add(self, keys: Sequence[bytes], counts: Numbers, positions: Numbers) -> None:
        """Add the lists of some keys, end to end in `positions`."""
        low, high = encode(positions, counts, self._documents.universe)
        parts = (b"".join(keys), low.tobytes(), high.tobytes())
        for name, part in zip(_BINARY, parts, strict=True):
            self._files[name].write(part)
        self._lengths.append(np.fromiter(map(len, keys), np.uint16, len(keys)))
        self._counts.append(counts)

    def close(self) -> None:
        """Finish all files and force them to the disk."""
        lengths = np.concatenate([np.zeros(0, np.uint16), *self._lengths])
        counts = np.concatenate([np.zeros(0, np.int64), *self._counts])
        blocks = blocks_of(lengths.astype(np.int64), counts, self._documents.universe)
        arrays: tuple[np.ndarray, ...] = (
            lengths,
            counts.astype(np.uint32),
            blocks,
            *self._documents,
        )
        for file in self._files.values():
            file.write(bytes(PADDING))
            file.close()
        for name, array in zip(_ARRAYS, arrays, strict=True):
            np.save(self._folder / f"{name}.npy", array)
        for path in self._folder.iterdir():
            sync(path)
        sync(self._folder)


def open_segment(folder: Path) -> Segment:
    """Map the files of a segment; OSError or ValueError where they cannot be."""
    # as plain arrays: taking a part of a `memmap` costs five times as much
    arrays = {n: np.asarray(np.load(folder / f"{n}.npy", mmap_mode="r")) for n in _ARRAYS}
    files = {name: _mapped(folder / f"{name}.bin") for name in _BINARY}
    documents = Documents(*(arrays[name] for name in Documents._fields))
    text = memoryview(files["keys"])
    firsts = first_keys(text, arrays["lengths"], arrays["blocks"])
    dictionary = Dictionary(
        text,
        arrays["lengths"],
        arrays["counts"],
        arrays["blocks"],
        firsts,
        documents.universe,
    )
    low, high = (np.frombuffer(files[name], np.uint8) for name in ("low", "high"))
    return Segment(folder.name, documents, dictionary, low, high)


def _mapped(path: Path) -> mmap.mmap:
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def sizes_of(folder: Path) -> dict[str, int]:
    """Return the size of each file of a segment."""
    return {path.name: path.stat().st_size for path in sorted(folder.iterdir())}


def sums_of(folder: Path) -> dict[str, str]:
    """Return a checksum of each file of a segment."""
    return {path.name: xxh3_64_hexdigest(path.read_bytes()) for path in sorted(folder.iterdir())}
