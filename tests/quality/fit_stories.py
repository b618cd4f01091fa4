"""Fit what tells other stories from furniture in clippings, and print how well it does held out.

Usage: python -m tests.quality.fit_stories [../shared/data] [--write]

Every page of the three sets gives the lines of its dump with zones: the labelled pages those set
by hand, which weigh more, the others those that the reader of pages finds in the markup. Pages with
a number above 60 are kept for the published figure: they and their publishers are left out.

Two things are fitted to the lines outside the body: the words' numbers (logistic regression over
hashed words, by AdaGrad), and a forest over the features of `stories.py` (by `fit_bodies.py`). The
forest is fitted to scores of words that have not seen the publisher either. Held out means that
neither has seen any page of the publisher.
"""

import argparse
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from pipelines.article import Capture, Form, Zone
from pipelines.errors import CaptureError
from pipelines.extraction import extract
from pipelines.extraction.clipping import zone_lines
from pipelines.extraction.forest import Forest, write_forest
from pipelines.extraction.line_words import PLACES, SCALE, WORDS_FILE, places_of
from pipelines.extraction.lines import Line
from pipelines.extraction.stories import FEATURES, STORIES_FILE, features_of, open_lines
from pipelines.urls import domain_of
from tests.quality.body_f1 import body_pages
from tests.quality.date_days import htmldate_pages
from tests.quality.dumps import visible_text
from tests.quality.fit_bodies import Fitted, fit
from tests.quality.fundus import fundus_gold
from tests.quality.zones import Pair, found_zones, lines_of, rates
from tests.quality.zones_aligned import align
from tests.quality.zones_gold import SPLITS, gold_pages, n_words, read_keys, read_labelled

Numbers = NDArray[np.float64]
_LABELLED = 10.0  # what a line labelled by hand weighs
_LAST = 60  # the pages with higher numbers are kept
_MOST_LINES = 4000
_PARTS = 5
_ROUNDS = 3
_AT_ONCE = 512
_PACE = 0.3
_MOST_WORDS = 40
_SHARE = 0.12  # of the lines of pages without labels that the forest is fitted to
_SECOND_LEVEL = frozenset({"co", "com", "org", "net", "ac", "gov"})


@dataclass(frozen=True, slots=True, eq=False)
class Dump:
    """A dump as the rules zone it, with the true zones of its lines."""

    publisher: str
    number: int  # 0 where nobody labelled it
    lines: tuple[str, ...]
    true: tuple[Zone, ...]  # of each line of the dump
    zoned: list[Line]
    start: int
    end: int
    open: list[int]  # lines of `zoned` that are to be settled
    right: Numbers  # of each open line: 1 where it is related
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
    kept = {publisher_of(p.url, "") for p in labelled.values() if p.number > _LAST}
    dumps = []
    for name, url, content in _pages(data / "pages"):
        lines = tuple(visible_text(content).split("\n"))
        page = labelled.get(content)
        publisher = publisher_of(url, name)
        if publisher in kept or len(lines) > _MOST_LINES:
            continue
        number, zones = (page.number, page.zones) if page else (0, None)
        with suppress(CaptureError):
            zones = zones or _zones_by_markup(url, content, lines)
            dumps.append(_dump(publisher, number, url, lines, zones))
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
    publisher: str, number: int, url: str, lines: tuple[str, ...], true: tuple[Zone, ...]
) -> Dump:
    dump = "\n".join(lines).encode()
    read = zone_lines(Capture("fit", url, Form.CLIPPING, dump, url=url))
    opened = open_lines(read.lines, read.start, read.end)
    numbers = [read.lines[at].number - 1 for at in opened]
    right = np.array([float(true[n] is Zone.RELATED) for n in numbers])
    size = np.array([1.5 + min(n_words(lines[n]), _MOST_WORDS) for n in numbers])
    weight = size * (_LABELLED if number else 1.0)
    return Dump(
        *(publisher, number, lines, true, read.lines, read.start, read.end, opened, right, weight)
    )


def fit_words(dumps: Sequence[Dump]) -> tuple[int, ...]:
    """Return the words' numbers, fitted to the open lines."""
    places = [places_of(d.zoned[at].text[:300]) for d in dumps for at in d.open]
    right = np.concatenate([d.right for d in dumps])
    weight = np.sqrt(np.concatenate([d.weight for d in dumps]))
    weight /= weight.mean()
    numbers, seen = np.zeros(PLACES), np.full(PLACES, 0.01)
    order = list(range(len(places)))
    for round_ in range(_ROUNDS):
        Random(round_).shuffle(order)
        for at in range(0, len(order), _AT_ONCE):
            _step(
                numbers,
                seen,
                [places[n] for n in order[at : at + _AT_ONCE]],
                right[order[at : at + _AT_ONCE]],
                weight[order[at : at + _AT_ONCE]],
            )
    return tuple(int(n) for n in np.clip(np.round(numbers * SCALE), -999, 999))


def _step(
    numbers: Numbers,
    seen: Numbers,
    places: Sequence[tuple[int, ...]],
    right: Numbers,
    weight: Numbers,
) -> None:
    """Move the numbers a step towards what is right."""
    lengths = np.array([len(line) for line in places])
    row = np.repeat(np.arange(len(places)), lengths)
    place = np.array([at for line in places for at in line], dtype=np.intp)
    share = 1 / np.sqrt(np.maximum(lengths, 1))
    odds = np.bincount(row, numbers[place] * share[row], len(places))
    wrong = weight * (1 / (1 + np.exp(-odds)) - right) * share
    slope = np.bincount(place, wrong[row], PLACES) / _AT_ONCE
    touched = np.unique(place)
    slope[touched] += 2e-6 * numbers[touched]
    seen[touched] += slope[touched] ** 2 * _AT_ONCE
    numbers[touched] -= _PACE * slope[touched] * np.sqrt(_AT_ONCE) / np.sqrt(seen[touched])


def fit_forest(dumps: Sequence[Dump], scored: Sequence[tuple[int, ...]]) -> Fitted:
    """Return the forest; `scored` are for each dump words' numbers that have not seen it."""
    drawn = np.random.default_rng(1)
    rows, right, weight = [], [], []
    for dump, weights in zip(dumps, scored, strict=True):
        found = features_of(dump.zoned, dump.start, dump.end, weights) if dump.open else []
        kept = drawn.random(len(dump.open)) < (1 if dump.number else _SHARE)
        rows += [found[at] for at, keep in zip(dump.open, kept, strict=True) if keep]
        right.append(dump.right[kept])
        weight.append(dump.weight[kept])
    return fit(np.array(rows), np.concatenate(right), np.concatenate(weight), FEATURES)


def parts_of(dumps: Sequence[Dump], shuffling: int) -> list[list[Dump]]:
    """Return the dumps in five parts; those of one publisher are in one part."""
    publishers = sorted({dump.publisher for dump in dumps})
    Random(shuffling).shuffle(publishers)
    part_of = {publisher: at % _PARTS for at, publisher in enumerate(publishers)}
    return [[d for d in dumps if part_of[d.publisher] == part] for part in range(_PARTS)]


@dataclass(frozen=True, slots=True)
class Fitter:
    """Fits words and forests to all parts but some; what is fitted once is kept."""

    parts: list[list[Dump]]
    words: dict[frozenset[int], tuple[int, ...]]

    def words_without(self, *apart: int) -> tuple[int, ...]:
        """Return the words' numbers fitted without some parts."""
        key = frozenset(apart)
        if key not in self.words:
            used = [d for at, part in enumerate(self.parts) if at not in key for d in part]
            self.words[key] = fit_words(used)
        return self.words[key]

    def forest_without(self, *apart: int) -> Fitted:
        """Return the forest fitted without some parts, as if words had not seen any publisher."""
        used = [(at, d) for at, part in enumerate(self.parts) if at not in apart for d in part]
        scored = [self.words_without(at, *apart) for at, _ in used]
        return fit_forest([dump for _, dump in used], scored)


def answers(dump: Dump, weights: Sequence[int], forest: Forest) -> list[Zone]:
    """Return the zone of each line of a dump under fitted numbers."""
    zones = [line.zone for line in dump.zoned]
    rows = features_of(dump.zoned, dump.start, dump.end, weights)
    odds = forest.log_odds([rows[at] for at in dump.open]) if dump.open else []
    for at, odd in zip(dump.open, odds, strict=True):
        zones[at] = Zone.RELATED if odd > 0 else Zone.FURNITURE
    return zones


def held_out(fitter: Fitter) -> list[tuple[Dump, list[Zone]]]:
    """Return the zones of labelled dumps, fitted without their publishers."""
    found = []
    for number, part in enumerate(fitter.parts):
        weights, forest = fitter.words_without(number), fitter.forest_without(number).forest()
        found += [(dump, answers(dump, weights, forest)) for dump in part if dump.number]
    return found


def show(name: str, found: Sequence[tuple[Dump, list[Zone]]]) -> None:
    """Print F1 over words of zones (lede and body as one) and of related alone."""
    for first, last in ((1, 30), (31, 60), (1, 60)):
        words: dict[Pair, int] = {}
        for dump, zones in found:
            if first <= dump.number <= last:
                for line, zone in zip(dump.zoned, zones, strict=True):
                    pair = dump.true[line.number - 1], zone
                    words[pair] = words.get(pair, 0) + n_words(line.text)
        all_zones = rates(words, lambda z: {"furniture": "", "lede": "body"}.get(z, z))
        related = rates(words, lambda z: z if z is Zone.RELATED else "")
        print(
            f"{name:14} {first:2}-{last}: F1 {all_zones.f1:.4f}, related "
            f"{related.precision:.3f} {related.recall:.3f} {related.f1:.4f}"
        )


def write_words(weights: Sequence[int]) -> None:
    """Write the words' numbers as `line_words.py` reads them."""
    rows = [weights[at : at + 64] for at in range(0, PLACES, 64)]
    text = "".join(",".join(map(str, row)) + "\n" for row in rows)
    WORDS_FILE.write_text(text, encoding="utf-8")


def main() -> None:
    """Print the figures held out; write the files where asked."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality.fit_stories")
    parser.add_argument("data", nargs="?", type=Path, default=Path("../shared/data"))
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    dumps = read_dumps(asked.data)
    labelled = [dump for dump in dumps if dump.number]
    show("rules", [(dump, [line.zone for line in dump.zoned]) for dump in labelled])
    fitter = Fitter(parts_of(dumps, 1), {})
    if asked.write:
        weights, fitted = fitter.words_without(), fitter.forest_without()
        write_forest(STORIES_FILE, fitted.trees, fitted.start)
        write_words(weights)
    show("held out", held_out(fitter))


if __name__ == "__main__":
    main()
