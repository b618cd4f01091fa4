"""The places of the words of a loose phrase in, the smallest stretches that hold all of them out.

Each word of the phrase needs a place of its own (`"the the"~3` needs two), and one place may fit
several of them, so a stretch holds the phrase where words and places can be paired off: a matching.
The stretch slides over the text; a place that comes or goes changes the matching by one path, so
the time grows with the places and not with the stretches.
"""

from collections import deque
from collections.abc import Sequence


def smallest_stretches(
    places: Sequence[Sequence[int]], paragraphs: Sequence[int], slop: int
) -> list[tuple[int, int]]:
    """Return first and last place of each, at most `slop` longer than the phrase, in order.

    `places` has for each word of the phrase where it fits; `paragraphs` says of each place of the
    text its paragraph, which no stretch leaves.
    """
    fits: dict[int, int] = {}  # place to the words that fit there, one bit each
    for word, found in enumerate(places):
        for place in found:
            fits[place] = fits.get(place, 0) | 1 << word
    longest = len(places) + slop
    stretches: list[tuple[int, int]] = []
    stretch = _Stretch(fits, len(places))
    for place in sorted(fits):
        while stretch.places and not _together(stretch.places[0], place, longest, paragraphs):
            stretch.drop_first()
        stretch.add(place)
        first = -1
        while stretch.is_full():
            first = stretch.drop_first()
        if first >= 0:
            stretches.append((first, place))
    return stretches


def _together(first: int, last: int, longest: int, paragraphs: Sequence[int]) -> bool:
    return last - first < longest and paragraphs[first] == paragraphs[last]


class _Stretch:
    """A window of places with a largest pairing of words and places."""

    def __init__(self, fits: dict[int, int], size: int) -> None:
        self.fits = fits
        self.size = size
        self.places: deque[int] = deque()
        self.held: dict[int, int] = {}  # word to its place
        self.unpaired: dict[int, deque[int]] = {}  # by the words that fit there

    def is_full(self) -> bool:
        """Return whether every word has a place."""
        return len(self.held) == self.size

    def add(self, place: int) -> None:
        """Take in the next place, and pair it off if a word can be given one more place by it."""
        self.places.append(place)
        came: dict[int, int] = {}  # word to the word whose place could move to it
        waiting = self._words(self.fits[place])
        came.update(dict.fromkeys(waiting, -1))
        while waiting:
            word = waiting.pop()
            if word not in self.held:
                self._shift(word, came, place)
                return
            for other in self._words(self.fits[self.held[word]]):
                if other not in came:
                    came[other] = word
                    waiting.append(other)
        self.unpaired.setdefault(self.fits[place], deque()).append(place)

    def _shift(self, word: int, came: dict[int, int], place: int) -> None:
        """Give `word` the place of the word it came from, and so on; the last one gets `place`."""
        while came[word] >= 0:
            self.held[word] = self.held[came[word]]
            word = came[word]
        self.held[word] = place

    def drop_first(self) -> int:
        """Let go of the first place and return it; its word gets another one if there is one."""
        place = self.places.popleft()
        lost = next((word for word, held in self.held.items() if held == place), None)
        if lost is None:
            self.unpaired[self.fits[place]].popleft()
            return place
        del self.held[lost]
        came = {lost: -1}
        waiting = [lost]
        while waiting:
            word = waiting.pop()
            if (spare := self._spare(word)) >= 0:
                while word >= 0:  # the spare place goes to this word, its own to where it came from
                    spare, self.held[word] = self.held.get(word, -1), spare
                    word = came[word]
                return place
            for other, held in self.held.items():
                if other not in came and self.fits[held] >> word & 1:
                    came[other] = word
                    waiting.append(other)
        return place

    def _spare(self, word: int) -> int:
        """Return and take the last unpaired place that fits the word, -1 for none."""
        for fits, places in self.unpaired.items():
            if places and fits >> word & 1:
                return places.pop()
        return -1

    def _words(self, fits: int) -> list[int]:
        return [word for word in range(self.size) if fits >> word & 1]
