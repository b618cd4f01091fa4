"""Score lines by their words: the text of a line in, log odds that it is of a story out.

The words of buttons, forms and footers are few and the same everywhere; those of headlines are not.
Words, pairs of them and their beginnings (letters in pairs where a script has no spaces) are hashed
into as many places as the file has numbers; a line's odds are the sum of its places' numbers over
the square root of how many they are. `tests/quality/fit_stories.py` fits the numbers.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise
from math import sqrt
from pathlib import Path
from zlib import crc32

from pipelines.extraction.lines import is_dense

PLACES = 1 << 14
WORDS_FILE = Path(__file__).with_name("line_words.csv")
SCALE = 32  # numbers are stored as whole ones
_LETTERS = 300  # of a line that are read
_MOST_WORDS = 40
_STEM = 5
_WORD = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")


@lru_cache(maxsize=1 << 12)  # a site's menu comes back on each of its pages
def places_of(text: str) -> tuple[int, ...]:
    """Return the places of what a line says, each once and in order."""
    found = _WORD.findall(text[:_LETTERS].casefold())[:_MOST_WORDS]
    words = [f"#{len(word)}" if word.isdecimal() else word for word in found]
    said = {*words, *map(" ".join, pairwise(words))}
    said |= {f"{word[:_STEM]}-" for word in words if len(word) > _STEM}
    for word in filter(is_dense, words):
        said |= {word[at : at + 2] for at in range(len(word) - 1)}
    if words:
        said |= {f"^{words[0]}", f"{words[-1]}$"}
    return tuple(sorted({crc32(one.encode()) % PLACES for one in said}))


def score(text: str, weights: Sequence[int]) -> float:
    """Return the log odds that the line is a story's and not furniture."""
    places = places_of(text)
    total = sum(map(weights.__getitem__, places))
    return total / (SCALE * sqrt(max(len(places), 1)))


@cache
def word_weights() -> tuple[int, ...]:
    """Return the numbers of all places."""
    return tuple(
        map(int, WORDS_FILE.read_text(encoding="utf-8").replace("\n", ",").strip(",").split(","))
    )
