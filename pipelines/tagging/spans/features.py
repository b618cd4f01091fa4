"""The words of a document in, the features of each word out, as the names model was trained on.

A word with a capital or a digit, and a joining word ("of", "al") beside one, has all features: its
own form, those of two words to either side, the phrase of our tables it is in, the run of capitals
around it, and what the document tells of it elsewhere (`document.py`). Any other word has its cue
only, since nearly none is part of a name; that saves two thirds of the time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipelines.tagging.spans.document import Seen, recased, seen_in, way_of
from pipelines.tagging.spans.forms import Form, Forms, Group
from pipelines.tagging.spans.lexicon import Lexicon
from pipelines.tagging.spans.words import Word

Features = list[list[str]]  # of each word
_Elsewhere = dict[str, list[str]]
POOR = 2  # features of a word that is hardly part of a name
_NEAR = 2  # words from a joining word to the capital
_RUN = 6  # words to either side


@dataclass(frozen=True, slots=True)
class Described:
    """One sentence: its words as they are read, and what is said of those with all features.

    What follows from the form of a word or of a neighbour is left with the form.
    """

    written: list[Form]
    words: list[Form]  # those in capitals as names and words are written
    rich: list[int]  # the places of words with all features
    told: list[list[str]]  # of each of those: the features that no form has alone

    def features(self) -> Features:
        """Return the features of each word, in the order in which the models were fitted."""
        told = dict(zip(self.rich, self.told, strict=True))
        return [
            self._all(place, told[place]) if place in told else list(one.groups[Group.POOR])
            for place, one in enumerate(self.words)
        ]

    def _all(self, place: int, told: list[str]) -> list[str]:
        words, last = self.words, len(self.words) - 1
        return [
            *words[place].groups[Group.OWN],
            *told[:_OF_SENTENCE],
            *(words[place - 1].groups[Group.BEFORE] if place else ("-1^", "first")),
            *(words[place + 1].groups[Group.BEHIND] if place < last else ("+1$",)),
            *(words[place - 2].groups[Group.TWO_BEFORE] if place > 1 else ()),
            *(words[place + 2].groups[Group.TWO_BEHIND] if place < last - 1 else ()),
            *told[_OF_SENTENCE:],
        ]


_OF_SENTENCE = 2  # of what is told, so many features tell how the sentence is written


class Describer:
    """Makes features; remembers the forms of words it has met."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Take the tables of words."""
        self.forms = Forms(lexicon)

    def document(self, sentences: Sequence[Sequence[Word]]) -> list[Features]:
        """Return the features of each word of each sentence of one document."""
        texts = [[word.text for word in words] for words in sentences]
        return [sentence.features() for sentence in self.describe(texts)]

    def describe(self, sentences: Sequence[Sequence[str]]) -> list[Described]:
        """Return what is said of each sentence of one document."""
        forms = self.forms
        written = [[forms[text] for text in words] for words in sentences]
        ways = [way_of(words) for words in written]
        seen = seen_in(written, ways)
        elsewhere: dict[str, list[str]] = {}
        return [
            self._sentence(words, recased(words, way, seen, forms), way, (seen, elsewhere))
            for words, way in zip(written, ways, strict=True)
        ]

    def _sentence(
        self, written: list[Form], words: list[Form], way: str, seen: tuple[Seen, _Elsewhere]
    ) -> Described:
        capitals = [place for place, one in enumerate(words) if one.rich]
        rich = _rich(words, capitals)
        phrases = _phrases(words, capitals)
        padded = [self.forms.begin, *words, self.forms.end]
        document, elsewhere = seen
        told = []
        manner, opening, inside = f"M={way}", f"Ms={way}True", f"Ms={way}False"
        run: _Run | None = None
        for place in rich:
            before, one, behind = padded[place : place + 3]
            low = one.low
            features = [
                manner,
                f"{inside if place else opening}{one.shape}{one.entry.small}",
                f"sss={before.shape}|{one.shape}|{behind.shape}",
                f"kk={before.kind}|{one.kind}",
                f"kk+={one.kind}|{behind.kind}",
                f"ww={before.low}|{low}",
            ]
            if phrases:
                _add_phrases(features, phrases, place)
            if before.runs_on or behind.runs_on:
                run = _run_around(words, place, run)
                features += run.of(place)
            if low not in elsewhere:
                elsewhere[low] = _elsewhere(low, document)
            features += elsewhere[low]
            told.append(features)
        return Described(written, words, rich, told)


def _elsewhere(word: str, seen: Seen) -> list[str]:
    """Return what the document tells of a word at its other places."""
    features = ["d:small"] if word in seen.small else []
    return features + [f"d:{tell}" for tell in sorted(seen.tells.get(word, ()))]


def _phrases(words: Sequence[Form], capitals: Sequence[int]) -> dict[int, str]:
    """Return the marks of the phrase that a word is in, after "B" (its first word) or "I"."""
    found: dict[int, str] = {}
    begin = [place for place in capitals if words[place].phrases is not None]
    if not begin:
        return found
    lows = [one.low for one in words]
    free = 0  # behind the last phrase
    for place in begin:
        phrases = words[place].phrases
        hit = phrases.longest(lows, place) if phrases and place >= free else None
        if hit is not None:
            free, marks = hit
            for number in range(place, free):
                found[number] = ("B" if number == place else "I") + marks
    return found


def _add_phrases(features: list[str], phrases: Mapping[int, str], place: int) -> None:
    for way, number in (("", place), ("-1", place - 1), ("+1", place + 1)):
        if number in phrases:
            features.append(f"{way}ph={phrases[number]}")


class _Run(NamedTuple):
    """Capitals and joining words in a row around a word."""

    first: int
    stop: int
    whole: bool  # and not cut: every word in it has this run
    told: tuple[str, ...]  # of every word in it: its cues, its last word
    tail: str

    def of(self, place: int) -> tuple[str, ...]:
        """Return the features of the word at `place`."""
        return *self.told, f"{self.tail}{min(self.stop - place, 3)}"


def _run_around(words: Sequence[Form], place: int, last: _Run | None) -> _Run:
    """Return the run around a word: the `last` one, where that was whole and reaches so far."""
    if last is not None and last.whole and place < last.stop:
        return last
    return _run(words, place)


def _run(words: Sequence[Form], place: int) -> _Run:
    first, stop = place, place + 1
    while first > 0 and place - first < _RUN and words[first - 1].runs_on:
        first -= 1
    while stop < len(words) and stop - place < _RUN and words[stop].runs_on:
        stop += 1
    cues = "".join([one.entry.cues for one in words[first:stop] if one.rich])
    told = [f"run:{cue}" for cue in "ope" if cue in cues] if cues else []
    tail = words[stop - 1]
    whole = stop - first < _RUN and words[place].runs_on
    return _Run(first, stop, whole, (*told, f"tail={tail.low}"), f"tail={tail.entry.cues}")


def _rich(words: Sequence[Form], capitals: Sequence[int]) -> list[int]:
    """Return which words have all features: capitals, and what joins them."""
    found = set(capitals)
    last = len(words) - 1
    for place in capitals:
        for other in range(max(place - _NEAR, 0), min(place + _NEAR, last) + 1):
            if words[other].joins:
                found.add(other)
        if place + 2 <= last and words[place + 1].low == "-":  # "Shui-bian"
            found.add(place + 2)
    return sorted(found)
