"""Say how far a figure would move on other pages: scores in, a 95 % interval out.

Whole publishers are drawn, with replacement: pages of one publisher are alike, and drawing pages
would give an interval that is too narrow.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

ROUNDS = 1000


class HasPublisher(Protocol):
    """A score that knows whose page it is of."""

    @property
    def publisher(self) -> str:
        """Return the publisher's domain."""


S = TypeVar("S", bound=HasPublisher)


def interval(scores: Sequence[S], figure: Callable[[Sequence[S]], float]) -> tuple[float, float]:
    """Return the 2.5th and 97.5th percentile of the figure; the same for the same scores."""
    by_publisher: dict[str, list[S]] = defaultdict(list)
    for score in scores:
        by_publisher[score.publisher].append(score)
    groups = list(by_publisher.values())
    draw = random.Random(0)
    drawn = sorted(
        figure([score for group in draw.choices(groups, k=len(groups)) for score in group])
        for _ in range(ROUNDS)
    )
    return drawn[round(0.025 * (ROUNDS - 1))], drawn[round(0.975 * (ROUNDS - 1))]
