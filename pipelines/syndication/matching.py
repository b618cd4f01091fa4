"""Say whether two texts are copies, from the sampled word sequences that they share.

The rules, fitted on half the families of edited wire copies (`docs/design-notes.md`):

- At least three sampled sequences are shared, and at least 1/20 of all that the two have.
- They share 33 % of all they have together; or 35 % of the shorter's, and the shorter is *covered*:
  the shared sequences, each with 20 words to either side, hold 60 % of it. A light edit leaves
  something shared everywhere; another story with one paragraph in common shares much in one place
  and nothing beyond.
- Of a shorter with under 120 sequences that says little, as 20 words are much of it; there 45 % of
  all or 52 % of the shorter's is asked.
- Where little of the newcomer is its own (it is covered to 8/10), it is near, else an update.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from pipelines.article import CopyLevel
from pipelines.syndication.sketch import PLACES

FEWEST = 3  # shared sequences; fewer say nothing
_HARDLY_LIKE, _COVERED = 0.05, 0.6
_SHORT = 120  # sequences
_OF_LONG, _OF_SHORT = (0.33, 0.35), (0.45, 0.52)  # likeness; part of the shorter
_MOSTLY_COVERED = 0.8
_REACH = 20  # words


class Side(NamedTuple):
    """One of two texts: how many sequences it has, and the places of the sampled shared ones."""

    size: int
    places: Sequence[int]


def judge(new: Side, stored: Side, shared: int) -> CopyLevel | None:
    """Return what makes `new` a copy of `stored`, None where it is none.

    `shared` is the number of sequences they share, as estimated from the sample.
    """
    shorter = new if new.size <= stored.size else stored
    likeness = shared / max(new.size + stored.size - shared, 1)
    if likeness < _HARDLY_LIKE:
        return None
    like, part = _OF_SHORT if shorter.size < _SHORT else _OF_LONG
    if likeness < like and (shared / shorter.size < part or _covered(shorter) < _COVERED):
        return None
    return CopyLevel.NEAR if _covered(new) >= _MOSTLY_COVERED else CopyLevel.UPDATE


def _covered(side: Side) -> float:
    """Return the part of a text that lies within reach of what is shared."""
    reach = _REACH * PLACES / side.size
    places = sorted(side.places)
    gaps = (min(b - a, 2 * reach) for a, b in pairwise(places))
    ends = min(places[0], reach) + min(PLACES - places[-1], reach)
    return (sum(gaps) + ends) / PLACES
