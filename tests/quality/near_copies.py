"""Print how well copies of a story are grouped, on edited wire copies.

Usage: python -m tests.quality.near_copies [../shared/data]

Texts come one after the other, in the order of the file and in three drawn orders; each joins a
group or begins one, as in the line. Precision and recall are over pairs of texts. A hard negative
is a family of its own. Two families that hold the same story twice, by the note beside the data,
are one. The rules were fitted on half the families (`fitted_families`); the rest is shown apart. It
was looked at when the last thresholds were chosen, so it is not quite held out.
Speed counts all work but splitting into words, in CPU time, in turns with the peer.
"""

import gzip
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path

from pipelines.article import Sketch
from pipelines.querylang import tokens
from pipelines.syndication import CopyIndex, make_sketch, text_hash

FOLDER = "articles/near_copies"
_SAME_STORY = {"56": "55"}  # the note beside the data names this pair
ORDERS = 4


@dataclass(frozen=True, slots=True, eq=False)
class CopyText:
    """One text with its true family; the same only as itself."""

    number: int
    family: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CopyScore:
    """The pairs of one family: how many are grouped, rightly grouped, and true.

    A pair that is wrongly grouped counts half in each of its two families. `publisher` is the
    family, the unit that is drawn where an interval is asked for.
    """

    publisher: str
    grouped: float
    right: int
    true: int


Grouper = Callable[[Sequence[CopyText]], list[int]]


def copy_texts(folder: Path) -> list[CopyText]:
    """Return the texts in the order of the file."""
    with gzip.open(folder / "docs.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [_text(number, row) for number, row in enumerate(rows)]


def _text(number: int, row: dict[str, object]) -> CopyText:
    family = f"alone {row['id']}" if row["family"] is None else str(row["family"])
    forms = tuple(token.form for token in tokens(str(row["text"])))
    return CopyText(number, _SAME_STORY.get(family, family), forms)


def fitted_families(texts: Sequence[CopyText]) -> set[str]:
    """Return the half of the families that the grid of thresholds ran on."""
    alone = [text.family for text in texts if text.family.startswith("alone")]
    named = {int(text.family) for text in texts if not text.family.startswith("alone")}
    named |= set(map(int, _SAME_STORY))
    drawn = random.Random(7).sample(sorted(named), len(named) // 2)
    return {str(family) for family in drawn} - {"55", "56"} | set(alone[::2])


def our_groups(texts: Sequence[CopyText]) -> list[int]:
    """Return the group of each text, as the line gives them."""
    index, exact, groups = CopyIndex(), dict[int, int](), []
    for text in texts:
        same, sketch = _sketched(text)
        group = exact.get(same) if same else None
        if group is None:
            match = index.find(sketch, None) if sketch else None
            group = match[0] if match else text.number
        if same:
            exact.setdefault(same, group)
        if sketch:
            index.add(sketch, None, group)
        groups.append(group)
    return groups


@lru_cache(maxsize=10_000)  # the texts are grouped again in each order
def _sketched(text: CopyText) -> tuple[int, Sketch | None]:
    return text_hash(text.words), make_sketch(text.words)


def exact_groups(texts: Sequence[CopyText]) -> list[int]:
    """Return the groups of texts that are the same word for word: the rule before."""
    first: dict[int, int] = {}
    hashes = [text_hash(text.words) for text in texts]
    return [
        first.setdefault(same, text.number) if same else text.number
        for text, same in zip(texts, hashes, strict=True)
    ]


def score(texts: Sequence[CopyText], groups: Sequence[int]) -> list[CopyScore]:
    """Return one score a family."""
    sizes, families = Counter(groups), defaultdict[str, Counter[int]](Counter)
    for text, group in zip(texts, groups, strict=True):
        families[text.family][group] += 1
    scores = []
    for family, counts in families.items():
        right = sum(n * (n - 1) // 2 for n in counts.values())
        wrong = sum(n * (sizes[group] - n) for group, n in counts.items()) / 2
        members = counts.total()
        scores.append(CopyScore(family, right + wrong, right, members * (members - 1) // 2))
    return scores


def copy_precision(scores: Sequence[CopyScore]) -> float:
    """Return the part of grouped pairs that are copies."""
    grouped = sum(s.grouped for s in scores)
    return sum(s.right for s in scores) / grouped if grouped else 1.0


def copy_recall(scores: Sequence[CopyScore]) -> float:
    """Return the part of pairs of copies that are grouped."""
    true = sum(s.true for s in scores)
    return sum(s.right for s in scores) / true if true else 1.0


def read_copy_scores(
    folder: Path, grouper: Grouper = our_groups, *, every: int = 1
) -> list[CopyScore]:
    """Return every n-th score; the four of a family, one an order, stand together.

    So every fourth score is one of each family, with the texts in the order of the file, and the
    other orders need not be grouped for it.
    """
    texts = copy_texts(folder)
    is_first_alone = every % ORDERS == 0
    asked = islice(orders(texts), 1 if is_first_alone else ORDERS)
    found = [{s.publisher: s for s in score(order, grouper(order))} for order in asked]
    scores = [by_family[family] for family in found[0] for by_family in found]
    return scores[:: every // ORDERS if is_first_alone else every]


def orders(texts: Sequence[CopyText]) -> Iterator[list[CopyText]]:
    """Yield the texts in their order, then in drawn orders, the same in every run."""
    yield list(texts)
    for seed in range(1, ORDERS):
        yield random.Random(seed).sample(texts, len(texts))


def datasketch_groups(texts: Sequence[CopyText]) -> list[int]:
    """Return datasketch's groups: 128 permutations, likeness .5 of 4-grams, texts in turn."""
    from datasketch import MinHash, MinHashLSH

    near, groups = MinHashLSH(threshold=0.5), dict[int, int]()
    for text in texts:
        made = MinHash()
        words = text.words
        parts = [" ".join(words[n : n + 4]).encode() for n in range(max(len(words) - 3, 1))]
        made.update_batch(parts)
        found = near.query(made)
        groups[text.number] = groups[min(found)] if found else text.number
        near.insert(text.number, made)
    return [groups[text.number] for text in texts]


def _print_figures(name: str, scores: Sequence[CopyScore]) -> None:
    print(f"{name:<28} precision {copy_precision(scores):.4f}  recall {copy_recall(scores):.4f}")


def _main(folder: Path) -> None:
    texts = copy_texts(folder)
    for number, order in enumerate(orders(texts)):
        _print_figures(f"order {number}", score(order, our_groups(order)))
    scores = [s for order in orders(texts) for s in score(order, our_groups(order))]
    _print_figures("all orders", scores)
    fitted = fitted_families(texts)
    for name, wanted in (("fitted half", True), ("other half", False)):
        half = [text for text in texts if (text.family in fitted) is wanted]
        made = [s for order in orders(half) for s in score(order, our_groups(order))]
        _print_figures(name, made)
    _print_figures("word for word", score(texts, exact_groups(texts)))


if __name__ == "__main__":
    _main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data") / FOLDER)
