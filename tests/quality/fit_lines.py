"""Fit what settles the zones of a dump's lines, and print how well it does held out.

Usage: python -m tests.quality.fit_lines [../shared/data] [--write]

Every page of the three sets gives the lines of its dump with zones: the labelled pages those set by
hand, which weigh more, the others those that the reader of pages finds in the markup. The pages of
the split "fresh" are kept for the published figure: they and their publishers are left out.

Three things are fitted: the words' numbers (softmax regression over hashed words, by AdaGrad),
trees over the features of `lines/features.py` (`boosting.py`), and moves from zone to zone (counted
in the labelled dumps). The trees are fitted to scores of words that have not seen the publisher
either. Held out means that none of the three has seen any page of the publisher.
"""

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from pipelines.article import COUNTED_ZONES, Capture, Form, Zone
from pipelines.errors import CaptureError
from pipelines.extraction import extract
from pipelines.extraction.clipping import zone_lines
from pipelines.extraction.forest import write_forests
from pipelines.extraction.lines.features import FEATURES, features_of
from pipelines.extraction.lines.model import MOVES_FILE, TREES_FILE, likeliest, odds_of
from pipelines.extraction.lines.roles import Line
from pipelines.extraction.lines.words import (
    SCALE,
    WORDS_FILE,
    ZONES,
    places_of,
    word_scores,
)
from pipelines.urls import domain_of
from tests.quality.body_f1 import body_pages
from tests.quality.boosting import Boosting, Fitted, fit_classes
from tests.quality.date_days import htmldate_pages
from tests.quality.dumps import visible_text
from tests.quality.fundus import fundus_gold
from tests.quality.line_words_fit import Said, fit_words
from tests.quality.zones import Pair, found_zones, lines_of, rates
from tests.quality.zones_aligned import align
from tests.quality.zones_gold import SPLITS, gold_pages, n_words, read_keys, read_labelled

Numbers = NDArray[np.float64]
Places = NDArray[np.intp]
_LABELLED = 8.0  # what a line labelled by hand weighs
_MOST_LINES = 4000
_PARTS = 5
_MOST_WORDS = 40
_HOW = Boosting(trees=100, pace=0.2, share=0.35, rows=0.6)
_WORTH = 0.25  # of a move, as a share of its log likelihood ratio; all of it smooths too much
# Added to the log odds of what never counts: held out, F1 is no worse from 0 to .6 and best at .3,
# with a tenth fewer words off the article that count.
_CAUTION = 0.3
_CAUTIOUS = (Zone.RELATED, Zone.FURNITURE)
_UNSEEN = 5.0  # moves of each kind that are counted before any is seen
_SECOND_LEVEL = frozenset({"co", "com", "org", "net", "ac", "gov"})
_BODY = ZONES.index(Zone.BODY)


@dataclass(frozen=True, slots=True, eq=False)
class Dump:
    """A dump as the rules zone it, with the true zones of its lines."""

    publisher: str
    split: str  # "" where nobody labelled it
    zoned: list[Line]
    start: int
    end: int
    true: Places  # of each line of `zoned`, its number among ZONES
    words: Places  # how many it has
    places: list[tuple[int, ...]]  # of its words
    weight: Numbers


def publisher_of(url: str, name: str) -> str:
    """Return the name that the domains of one publisher share."""
    labels = domain_of(url).split(".")
    if len(labels) < 2:
        return name.split("_")[0].casefold()
    return labels[-3] if len(labels) > 2 and labels[-2] in _SECOND_LEVEL else labels[-2]


def read_dumps(data: Path) -> list[Dump]:
    """Return the dumps of all pages but those kept for the published figure.

    Pages without an article, by their markup or as text, teach nothing and are left out.
    """
    every = read_labelled(splits=SPLITS)
    labelled = {page.content: page for page in gold_pages(data / "pages", read_keys(), every)}
    kept = {publisher_of(p.url, "") for p in labelled.values() if p.split == "fresh"}
    dumps = []
    for name, url, content in _pages(data / "pages"):
        lines = tuple(visible_text(content).split("\n"))
        page = labelled.get(content)
        publisher = publisher_of(url, name)
        if publisher in kept or len(lines) > _MOST_LINES:
            continue
        split, zones = (page.split, page.zones) if page else ("", None)
        with suppress(CaptureError):
            zones = zones or _zones_by_markup(url, content, lines)
            dumps.append(_dump(publisher, split, url, lines, zones))
    return dumps


def _pages(folder: Path) -> Iterator[tuple[str, str, bytes]]:
    for body in body_pages(folder / "scrapinghub-aeb"):
        yield body.name, body.url, body.content
    for page in fundus_gold(folder / "fundus-parsers"):
        yield page.name, page.url, page.content
    for dated in htmldate_pages(folder / "htmldate-eval"):
        yield dated.name, dated.url, dated.content


def _zones_by_markup(url: str, content: bytes, lines: Sequence[str]) -> tuple[Zone, ...]:
    ours = lines_of(extract(Capture("fit", url, Form.PAGE, content, url=url)))
    return found_zones(ours, align([(text, zone) for _, text, zone in ours], lines), len(lines))


def _dump(
    publisher: str, split: str, url: str, lines: tuple[str, ...], true: tuple[Zone, ...]
) -> Dump:
    content = "\n".join(lines).encode()
    read = zone_lines(Capture("fit", url, Form.CLIPPING, content, url=url))
    zones = [true[line.number - 1] for line in read.lines]
    words = np.array([n_words(line.text) for line in read.lines])
    return Dump(
        publisher,
        split,
        read.lines,
        read.start,
        read.end,
        np.array([_BODY if zone is Zone.LEDE else ZONES.index(zone) for zone in zones]),
        words,
        [places_of(line.text) for line in read.lines],
        (1.5 + np.minimum(words, _MOST_WORDS)) * (_LABELLED if split else 1.0),
    )


def fit_words_of(dumps: Sequence[Dump]) -> Numbers:
    """Return the words' numbers, fitted to the lines of these dumps."""
    return fit_words([Said(dump.places, dump.true, dump.weight) for dump in dumps])


def rows_of(dump: Dump, numbers: Numbers) -> Numbers:
    """Return the features of a dump's lines under the words' numbers."""
    scores = word_scores(dump.places, numbers)
    return features_of(dump.zoned, dump.start, dump.end, scores)


def fit_trees(dumps: Sequence[Dump], numbers: Sequence[Numbers]) -> Fitted:
    """Return the trees; `numbers` are for each dump words' numbers that have not seen it."""
    rows = np.concatenate([rows_of(dump, own) for dump, own in zip(dumps, numbers, strict=True)])
    true = np.concatenate([dump.true for dump in dumps])
    weight = np.concatenate([dump.weight for dump in dumps])
    fitted = fit_classes(rows, true, weight, FEATURES, _HOW)
    pairs = zip(fitted.starts, ZONES, strict=True)
    starts = [round(start + _CAUTION * (zone in _CAUTIOUS), 3) for start, zone in pairs]
    return replace(fitted, starts=starts)


def fit_moves(dumps: Sequence[Dump]) -> Numbers:
    """Return what each move from zone to zone is worth, counted in the labelled dumps."""
    times = np.full((len(ZONES), len(ZONES)), _UNSEEN)
    found = np.zeros(len(ZONES))
    for dump in dumps:
        if dump.split:
            np.add.at(times, (dump.true[:-1], dump.true[1:]), 1)
            found += np.bincount(dump.true, minlength=len(ZONES))
    ratio = np.log(times / times.sum(axis=1, keepdims=True)) - np.log(found / found.sum())
    return np.round(_WORTH * ratio, 3)


def parts_of(dumps: Sequence[Dump], shuffling: int) -> list[list[Dump]]:
    """Return the dumps in five parts; those of one publisher are in one part."""
    publishers = sorted({dump.publisher for dump in dumps})
    Random(shuffling).shuffle(publishers)
    part_of = {publisher: at % _PARTS for at, publisher in enumerate(publishers)}
    return [[d for d in dumps if part_of[d.publisher] == part] for part in range(_PARTS)]


@dataclass(frozen=True, slots=True)
class Fitter:
    """Fits words and trees to all parts but some; words that are fitted once are kept."""

    parts: list[list[Dump]]
    words: dict[frozenset[int], Numbers]

    def words_without(self, *apart: int) -> Numbers:
        """Return the words' numbers fitted without some parts."""
        key = frozenset(apart)
        if key not in self.words:
            used = [d for at, part in enumerate(self.parts) if at not in key for d in part]
            self.words[key] = fit_words_of(used)
        return self.words[key]

    def trees_without(self, *apart: int) -> Fitted:
        """Return the trees fitted without some parts, as if words had not seen any publisher."""
        used = [(at, d) for at, part in enumerate(self.parts) if at not in apart for d in part]
        numbers = [self.words_without(at, *apart) for at, _ in used]
        return fit_trees([dump for _, dump in used], numbers)

    def moves_without(self, *apart: int) -> Numbers:
        """Return what moves are worth, counted without some parts."""
        return fit_moves([d for at, p in enumerate(self.parts) if at not in apart for d in p])


def held_out(fitter: Fitter) -> list[tuple[Dump, list[Zone]]]:
    """Return the zones of labelled dumps, fitted without their publishers."""
    found = []
    for number, part in enumerate(fitter.parts):
        numbers = fitter.words_without(number)
        forests = fitter.trees_without(number).forests()
        moves = fitter.moves_without(number)
        for dump in part:
            if dump.split:
                odds = odds_of(rows_of(dump, numbers), forests)
                found.append((dump, likeliest(dump.zoned, odds, moves)))
    return found


def show(name: str, found: Sequence[tuple[Dump, list[Zone]]]) -> None:
    """Print F1 over words of zones (lede and body as one), of what counts, and of each zone."""
    for title, splits in (("sixty", ("dev", "test")), ("fitted", ("fit",))):
        words: Counter[Pair] = Counter()
        for dump, zones in found:
            if dump.split in splits:
                for true, zone, n in zip(dump.true, zones, dump.words, strict=True):
                    words[ZONES[true], zone] += int(n)
        every = rates(words, lambda zone: "" if zone is Zone.FURNITURE else zone)
        counted = rates(words, lambda zone: "counted" if zone in COUNTED_ZONES else "")
        print(f"{name}, {title}: F1 {every.f1:.4f}, what counts {counted.f1:.4f}")
        for wanted in ZONES:
            own = rates(words, lambda zone, wanted=wanted: "it" if zone is wanted else "")
            print(f"  {wanted:9} {own.precision:.3f} {own.recall:.3f} {own.f1:.3f}")


def write(fitter: Fitter) -> None:
    """Write the files that are in force, fitted to all parts."""
    numbers = np.clip(np.round(fitter.words_without() * SCALE), -999, 999).astype(int)
    np.savetxt(WORDS_FILE, numbers, fmt="%d", delimiter=",")
    fitted = fitter.trees_without()
    named = zip(ZONES, fitted.trees, fitted.starts, strict=True)
    write_forests(TREES_FILE, {zone.value: (trees, start) for zone, trees, start in named})
    np.savetxt(MOVES_FILE, fitter.moves_without(), fmt="%.3f", delimiter=",")


def main() -> None:
    """Print the figures held out; write the files where asked."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality.fit_lines")
    parser.add_argument("data", nargs="?", type=Path, default=Path("../shared/data"))
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    dumps = read_dumps(asked.data)
    labelled = [dump for dump in dumps if dump.split]
    show("rules", [(dump, [line.zone for line in dump.zoned]) for dump in labelled])
    fitter = Fitter(parts_of(dumps, 1), {})
    if asked.write:
        write(fitter)
    show("held out", held_out(fitter))


if __name__ == "__main__":
    main()
