"""Score lines by their words: texts of lines in, log odds of each zone against furniture out.

The words of buttons, forms and footers are few and the same everywhere; those of headlines, credits
and bylines are not. Words, pairs of them and their beginnings (letters in pairs where a script has
no spaces) are hashed into as many places as the file has rows; each place has a number for each
zone, and a line's odds are the sums of its places' numbers over the square root of how many they
are. `tests/quality/fit_lines.py` fits the numbers.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import chain, pairwise
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from pipelines.article import Zone
from pipelines.extraction.lines.roles import is_dense

# What a line can be; the lede is the first line of the body. The last is what the others are
# weighed against.
ZONES = (
    *(Zone.HEADLINE, Zone.SUBHEAD, Zone.BODY, Zone.CAPTION),
    *(Zone.BYLINE, Zone.RELATED, Zone.TAGS, Zone.FURNITURE),
)
PLACES = 1 << 12
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


def word_scores(
    places: Sequence[Sequence[int]], numbers: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the log odds of lines: one row a line, one column a zone but furniture.

    `places` are those of each line's words, `numbers` has a row for each place.
    """
    sizes = np.array([len(line) for line in places], dtype=np.intp)
    flat = np.fromiter(chain.from_iterable(places), dtype=np.intp, count=int(sizes.sum()))
    sums = np.concatenate((np.zeros((1, numbers.shape[1])), np.cumsum(numbers[flat], axis=0)))
    ends = np.cumsum(sizes)
    share = np.sqrt(np.maximum(sizes, 1))[:, np.newaxis]
    return np.asarray((sums[ends] - sums[ends - sizes]) / share)


@cache
def word_numbers() -> NDArray[np.float64]:
    """Return the numbers of all places."""
    return np.loadtxt(WORDS_FILE, delimiter=",", ndmin=2) / SCALE
