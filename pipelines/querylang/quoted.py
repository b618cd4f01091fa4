"""An article's quotes in, each with the words that stand in it out.

A word is in a quote that it stands wholly in. A quote without a word that counts is none.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pipelines.article import Quote
from pipelines.querylang.words_of import Words


class Quoted(NamedTuple):
    """A quote, and the numbers of the first and the last word in it."""

    quote: Quote
    first: int
    last: int


def quoted(words: Words, quotes: Iterable[Quote]) -> tuple[Quoted, ...]:
    """Return the quotes that words stand in, in order."""
    found = (
        Quoted(
            quote,
            bisect_left(words.starts, quote.start),
            bisect_right(words.ends, quote.end) - 1,
        )
        for quote in quotes
    )
    return tuple(one for one in found if one.first <= one.last)


def words_within(words: Words, quotes: Sequence[Quoted]) -> Iterator[tuple[Quoted, Words]]:
    """Yield each quote with its words alone; they keep the numbers they have in the article."""
    forms = [""] * len(words.starts)
    for form, places in words.places.items():
        for place in places:
            forms[place] = form
    for one in quotes:
        inside: defaultdict[str, list[int]] = defaultdict(list)
        for place in range(one.first, one.last + 1):
            inside[forms[place]].append(place)
        yield one, words.only(dict(inside))
