"""Print how well zones are found on the pages labelled by hand (`gold/zones/GUIDELINE.md`).

Usage: python -m tests.quality.zones [../shared/data] [--dev] [--test] [--fit] [--fresh] [--wrong]
       python -m tests.quality.zones [../shared/data] --agreement OTHER_KEYS.json
                                       [--dev] [--test] [--fit] [--fresh] [--wrong]

Without a split the two that rules were made on are scored, and the labels of all compared; the
lines of "fresh" are never to be read by who works on the rules, so --wrong does not go with it.

Each page is read twice: as a page (its HTML) and as a clipping (the lines of its dump). Every line
of the dump gets the zone of the document's line it is linked to (`zones_aligned.py`); of several,
the one with the most words; a line that is nowhere in the document is furniture. A line counts by
its words; two characters are one word in scripts without spaces.

- F1: micro, over words; a word is found where it has its true zone and that is not furniture.
- counted F1: headline, subhead, lede, body and caption are one class, all else the other.
- stray mentions: mentions of topics, entities and countries that a document counts on lines whose
  true zone is related, tags or furniture, unless the page shows the same line where it may count
  and the document has it once. Must be 0. Mentions on a line of the document that is nowhere on the
  page (text from the page's metadata) cannot be judged and are given apart.
"""

import argparse
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipelines.article import COUNTED_ZONES, Capture, Document, Form, Mention, Zone
from pipelines.config import DEFAULT
from pipelines.errors import CaptureError
from pipelines.extraction import extract
from pipelines.outlets import Outlets, read_outlets
from pipelines.reading.reader import make_article
from pipelines.tagging import Taggers, find_mentions, make_taggers, read_topics
from pipelines.urls import domain_of
from tests.quality.bootstrap import interval
from tests.quality.zones_aligned import LONG, Link, align, key
from tests.quality.zones_gold import (
    SEEN,
    SPLITS,
    GoldPage,
    Keys,
    gold_pages,
    n_words,
    read_keys,
    read_labelled,
    zones_of,
)

NEVER_COUNTED = frozenset({Zone.RELATED, Zone.TAGS, Zone.FURNITURE})
Pair = tuple[Zone, Zone]  # true, found
Placed = tuple[int, str, Zone]  # a line of a document: offset, text, zone


@dataclass(frozen=True, slots=True)
class ZoneScore:
    """What became of one page in one reading."""

    publisher: str
    number: int
    words: Mapping[Pair, int]  # by true and found zone
    found: tuple[Zone, ...]  # of each line of the dump
    mentions: int = 0  # counted in all
    stray: tuple[Mention, ...] = ()  # counted where nothing may be
    unplaced: int = 0  # counted on text that is nowhere on the page
    problem: str = ""  # why there is no document


@dataclass(frozen=True, slots=True)
class Rates:
    """Precision, recall and F1 over words; 0 where there is nothing to divide by."""

    precision: float
    recall: float
    f1: float


READINGS: Mapping[str, Form] = {"pages": Form.PAGE, "dumps": Form.CLIPPING}


def labelled_pages(data: Path, splits: Collection[str] = SEEN) -> list[GoldPage]:
    """Return the labelled pages of these splits; `data` is the folder of the test data."""
    return list(gold_pages(data / "pages", read_keys(), read_labelled(splits=splits)))


def zone_scores(pages: Sequence[GoldPage], form: Form) -> list[ZoneScore]:
    """Return the scores of the pages in one reading."""
    return [score(page, form) for page in pages]


def score(page: GoldPage, form: Form) -> ZoneScore:
    """Return how one reading of a page compares with its labels."""
    publisher = domain_of(page.url)
    capture = _capture(page, form)
    try:
        document = extract(capture)
    except CaptureError as error:
        nothing = [Zone.FURNITURE] * len(page.lines)
        words = count_words(page.lines, page.zones, nothing)
        return ZoneScore(publisher, page.number, words, tuple(nothing), problem=str(error))
    ours = lines_of(document)
    links = align([(text, zone) for _, text, zone in ours], page.lines)
    outlets, taggers = _tables()
    mentions = find_mentions(make_article(capture, document, outlets), taggers).mentions
    stray, unplaced = stray_of(mentions, ours, links, page)
    found = found_zones(ours, links, len(page.lines))
    words = count_words(page.lines, page.zones, found)
    return ZoneScore(publisher, page.number, words, found, len(mentions), stray, unplaced)


def _capture(page: GoldPage, form: Form) -> Capture:
    dump = "\n".join(page.lines).encode()
    content = page.content if form is Form.PAGE else dump
    return Capture("zones", f"page {page.number}", form, content, url=page.url)


@cache
def _tables() -> tuple[Outlets, Taggers]:
    return read_outlets([DEFAULT]), make_taggers(read_topics([DEFAULT]))


def lines_of(document: Document) -> list[Placed]:
    """Return the lines of a document with their offsets and zones."""
    lines: list[Placed] = []
    for span in document.zones:
        start = span.start
        for text in document.text[span.start : span.end].split("\n"):
            if text:
                lines.append((start, text, span.zone))
            start += len(text) + 1
    return lines


def found_zones(ours: Sequence[Placed], links: Iterable[Link], n_lines: int) -> tuple[Zone, ...]:
    """Return the zone that a document gives each line of the dump."""
    weights: list[Counter[Zone]] = [Counter() for _ in range(n_lines)]
    for n, at in sorted(links):
        _, text, zone = ours[n]
        weights[at][zone] += n_words(text)
    most = (weight.most_common(1) for weight in weights)
    return tuple(found[0][0] if found else Zone.FURNITURE for found in most)


def stray_of(
    mentions: Iterable[Mention], ours: Sequence[Placed], links: Iterable[Link], page: GoldPage
) -> tuple[tuple[Mention, ...], int]:
    """Return the mentions on lines that may not count, and how many are nowhere on the page.

    A line of the document that is several of the dump is asked for those that hold the mention. A
    line that the page shows in two places, its title in a trail of links and over the article, is
    not stray where it is counted once.
    """
    places: dict[int, list[int]] = defaultdict(list)
    for n, at in links:
        places[n].append(at)
    starts = [start for start, _, _ in ours]
    counted = {at for n, at in links if ours[n][2] in COUNTED_ZONES}
    free = [
        key(line)
        for at, line in enumerate(page.lines)
        if page.zones[at] not in NEVER_COUNTED and at not in counted
    ]
    stray, unplaced = [], 0
    for mention in mentions:
        n = bisect_right(starts, mention.start) - 1
        wanted = key(mention.surface)
        holding = [at for at in places[n] if wanted in key(page.lines[at])] or places[n]
        unplaced += not holding
        if holding and all(page.zones[at] in NEVER_COUNTED for at in holding):
            whole = key(ours[n][1])
            if len(whole) < LONG or not any(whole in line for line in free):
                stray.append(mention)
    return tuple(stray), unplaced


def count_words(
    lines: Sequence[str], true: Sequence[Zone], found: Sequence[Zone]
) -> Mapping[Pair, int]:
    """Return the words by true and found zone."""
    words: Counter[Pair] = Counter()
    for line, pair in zip(lines, zip(true, found, strict=True), strict=True):
        words[pair] += n_words(line)
    return words


def zone_f1(scores: Sequence[ZoneScore]) -> float:
    """Return the micro F1 of all zones but furniture."""
    return rates(_sum(scores), _itself).f1


def merged_f1(scores: Sequence[ZoneScore]) -> float:
    """Return the same with lede and body as one zone."""
    return rates(_sum(scores), _lede_as_body).f1


def counted_f1(scores: Sequence[ZoneScore]) -> float:
    """Return the F1 of what counts against what does not."""
    return rates(_sum(scores), _counted).f1


def mean_f1(scores: Sequence[ZoneScore]) -> float:
    """Return the mean over pages of each page's F1 of all zones but furniture."""
    figures = [zone_f1([score]) for score in scores]
    return sum(figures) / len(figures) if figures else 0.0


def stray_mentions(scores: Sequence[ZoneScore]) -> float:
    """Return how many mentions are counted where none may be."""
    return float(sum(len(score.stray) for score in scores))


def rates(words: Mapping[Pair, int], class_of: Callable[[Zone], str]) -> Rates:
    """Return the rates of classes of zones; the class "" is no answer."""
    both = true = found = 0
    for (wanted, given), n in words.items():
        wanted_class, given_class = class_of(wanted), class_of(given)
        both += n * (wanted_class == given_class != "")
        true += n * (wanted_class != "")
        found += n * (given_class != "")
    f1 = 2 * both / (true + found) if true + found else 0.0
    return Rates(both / found if found else 0.0, both / true if true else 0.0, f1)


def _itself(zone: Zone) -> str:
    return "" if zone is Zone.FURNITURE else zone


def _lede_as_body(zone: Zone) -> str:
    return Zone.BODY if zone is Zone.LEDE else _itself(zone)


def _counted(zone: Zone) -> str:
    return "counted" if zone in COUNTED_ZONES else ""


def _sum(scores: Iterable[ZoneScore]) -> Mapping[Pair, int]:
    total: Counter[Pair] = Counter()
    for score in scores:
        total.update(score.words)
    return total


def agreement(pages: Sequence[GoldPage], others: Keys) -> tuple[float, list[ZoneScore]]:
    """Return Cohen's kappa over words on the pages both labelled, and these pages' scores.

    The scores take our labels as true. The kappa of labels that agree by one zone alone is 1.
    """
    scores = []
    for page in pages:
        if page.number in others:
            theirs = zones_of(others[page.number], len(page.lines))
            words = count_words(page.lines, page.zones, theirs)
            scores.append(ZoneScore(domain_of(page.url), page.number, words, theirs))
    return kappa(_sum(scores)), scores


def kappa(words: Mapping[Pair, int]) -> float:
    """Return Cohen's kappa: how far two labellings agree beyond chance."""
    total = sum(words.values())
    if not total:
        return 0.0
    mine: Counter[Zone] = Counter()
    theirs: Counter[Zone] = Counter()
    for (one, other), n in words.items():
        mine[one] += n
        theirs[other] += n
    seen = sum(n for (one, other), n in words.items() if one is other) / total
    chance = sum(mine[zone] * theirs[zone] for zone in Zone) / total**2
    return (seen - chance) / (1 - chance) if chance < 1 else 1.0


def report(title: str, scores: Sequence[ZoneScore]) -> None:
    """Print the figures of one set of scores."""
    words = _sum(scores)
    print(f"{title}: {len(scores)} pages, {sum(words.values())} words")
    for name, figure in (("F1", zone_f1), ("lede as body", merged_f1), ("counted F1", counted_f1)):
        low, high = interval(scores, figure)
        print(f"  {name} {figure(scores):.4f} ({low:.3f} to {high:.3f})")
    print(f"  mean of pages {mean_f1(scores):.4f}")
    print("  zone       words found precision recall     F1")
    for zone in Zone:
        true = sum(n for (wanted, _), n in words.items() if wanted is zone)
        found = sum(n for (_, given), n in words.items() if given is zone)
        own = _rates_of(words, zone)
        print(f"  {zone:9} {true:6} {found:5} {own.precision:9.3f} {own.recall:6.3f} {own.f1:6.3f}")
    swapped = words.get((Zone.LEDE, Zone.BODY), 0), words.get((Zone.BODY, Zone.LEDE), 0)
    print(f"  lede taken for body {swapped[0]} words, body for lede {swapped[1]}")
    hit = [score.number for score in scores if score.stray]
    print(
        f"  stray mentions {stray_mentions(scores):.0f} on {len(hit)} pages {hit} of "
        f"{sum(score.mentions for score in scores)} counted "
        f"({sum(score.unplaced for score in scores)} on text nowhere on the page)"
    )
    for score in scores:
        if score.problem:
            print(f"  no document: {score.problem}")


def _rates_of(words: Mapping[Pair, int], zone: Zone) -> Rates:
    return rates(words, lambda other: "it" if other is zone else "")


def report_wrong(pages: Sequence[GoldPage], scores: Sequence[ZoneScore]) -> None:
    """Print the lines with another zone than theirs, page by page, and the stray mentions."""
    for page, score in zip(pages, scores, strict=True):
        print(f"page {page.number} {page.url[:90]}: F1 {zone_f1([score]):.3f}")
        for at, (true, found) in enumerate(zip(page.zones, score.found, strict=True)):
            if true is not found and (n := n_words(page.lines[at])):
                print(f"  {at + 1:4} {n:4} {true:>9} not {found:9} {page.lines[at][:70]}")
        for mention in score.stray:
            print(f"  stray: {mention.kind} {mention.tag} {mention.surface!r} as {mention.zone}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Print what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality.zones")
    parser.add_argument("data", nargs="?", type=Path, default=Path("../shared/data"))
    parser.add_argument("--dev", dest="splits", action="append_const", const="dev")
    parser.add_argument("--test", dest="splits", action="append_const", const="test")
    parser.add_argument("--fit", dest="splits", action="append_const", const="fit")
    parser.add_argument("--fresh", dest="splits", action="append_const", const="fresh")
    parser.add_argument("--wrong", action="store_true", help="also the lines that are wrong")
    parser.add_argument("--agreement", type=Path, metavar="OTHER_KEYS.json")
    asked = parser.parse_args(arguments)
    splits = asked.splits or (SPLITS if asked.agreement else SEEN)
    if asked.wrong and "fresh" in splits:
        parser.error("the lines of fresh pages are not shown")
    if asked.agreement:
        pages = labelled_pages(asked.data, splits)
        _print_agreement(pages, read_keys(asked.agreement), wrong=asked.wrong)
        return
    for split in splits:
        chosen = labelled_pages(asked.data, [split])
        for name, form in READINGS.items():
            _print(f"{split}, {name}", chosen, zone_scores(chosen, form), wrong=asked.wrong)


def _print_agreement(pages: Sequence[GoldPage], others: Keys, *, wrong: bool) -> None:
    both = [page for page in pages if page.number in others]
    figure, scores = agreement(both, others)
    print(f"Cohen's kappa over words {figure:.4f}")
    _print("the other's labels, ours as the truth", both, scores, wrong=wrong)


def _print(
    title: str, pages: Sequence[GoldPage], scores: Sequence[ZoneScore], *, wrong: bool
) -> None:
    report(title, scores)
    if wrong:
        report_wrong(pages, scores)


if __name__ == "__main__":
    main()
