"""The words of a document in, the features of each word out, as the names model was trained on.

A word with a capital or a digit, and a joining word ("of", "al") beside one, has all features: its
own form, those of two words to either side, the phrase of our tables it is in, the run of capitals
around it, and what the document tells of it elsewhere (`document.py`). Any other word has its cue
only, since nearly none is part of a name; that saves two thirds of the time.
"""

from collections.abc import Mapping, Sequence

from pipelines.tagging.spans.document import Seen, recased, seen_in, way_of
from pipelines.tagging.spans.forms import Form, Forms
from pipelines.tagging.spans.lexicon import Lexicon
from pipelines.tagging.spans.words import Word

Features = list[list[str]]  # of each word
POOR = 2  # features of a word that is hardly part of a name
_NEAR = 2  # words from a joining word to the capital
_RUN = 6  # words to either side


class Describer:
    """Makes features; remembers the forms of words it has met."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Take the tables of words."""
        self._lexicon = lexicon
        self._forms = Forms(lexicon)

    def document(self, sentences: Sequence[Sequence[Word]]) -> list[Features]:
        """Return the features of each word of each sentence of one document."""
        known = self._forms.known
        forms = [[known(word.text) for word in words] for words in sentences]
        ways = [way_of([word.text for word in words]) for words in sentences]
        seen = seen_in(forms, ways)
        return [
            self._sentence(recased(words, way, seen, self._forms), way, seen)
            for words, way in zip(forms, ways, strict=True)
        ]

    def _sentence(self, words: list[Form], way: str, seen: Mapping[str, Seen]) -> Features:
        rich = _rich(words)
        phrases = self._phrases(words)
        out: Features = []
        for place, one in enumerate(words):
            if not rich[place]:
                out.append(one.poor)
                continue
            features = [*one.own, f"M={way}", f"Ms={way}{place == 0}{one.shape}{one.entry.small}"]
            _add_neighbours(features, words, place)
            _add_phrases(features, phrases, place)
            _add_run(features, words, place)
            told = seen.get(one.low)
            if told is not None:
                if told.small:
                    features.append("d:small")
                features += [f"d:{tell}" for tell in sorted(told.tells)]
            out.append(features)
        return out

    def _phrases(self, words: Sequence[Form]) -> dict[int, str]:
        """Return the marks of the phrase that a word is in, after "B" (its first word) or "I"."""
        found: dict[int, str] = {}
        lows = [one.low for one in words]
        place = 0
        while place < len(words):
            hit = self._lexicon.longest(lows, place) if words[place].rich else None
            if hit is None:
                place += 1
                continue
            stop, marks = hit
            for number in range(place, stop):
                found[number] = ("B" if number == place else "I") + marks
            place = stop
        return found


def _add_neighbours(features: list[str], words: Sequence[Form], place: int) -> None:
    one, last = words[place], len(words) - 1
    if place:
        before = words[place - 1]
        features += before.before
        left, left_kind, left_word = before.shape, before.kind, before.low
    else:
        features += ["-1^", "first"]
        left = left_kind = left_word = "^"
    if place < last:
        behind = words[place + 1]
        features += behind.behind
        right, right_kind = behind.shape, behind.kind
    else:
        features.append("+1$")
        right = right_kind = "$"
    if place > 1:
        features += words[place - 2].two_before
    if place < last - 1:
        features += words[place + 2].two_behind
    features += (
        f"sss={left}|{one.shape}|{right}",
        f"kk={left_kind}|{one.kind}",
        f"kk+={one.kind}|{right_kind}",
        f"ww={left_word}|{one.low}",
    )


def _add_phrases(features: list[str], phrases: Mapping[int, str], place: int) -> None:
    if not phrases:
        return
    for way, number in (("", place), ("-1", place - 1), ("+1", place + 1)):
        if number in phrases:
            features.append(f"{way}ph={phrases[number]}")


def _add_run(features: list[str], words: Sequence[Form], place: int) -> None:
    """Add the cues in the run of capitals and joining words around a word, and its last word."""
    first, stop = place, place + 1
    while first > 0 and place - first < _RUN and (words[first - 1].rich or words[first - 1].joins):
        first -= 1
    while stop < len(words) and stop - place < _RUN and (words[stop].rich or words[stop].joins):
        stop += 1
    if stop - first == 1:
        return
    cues = {cue for one in words[first:stop] if one.rich for cue in one.entry.cues}
    features += [f"run:{cue}" for cue in "ope" if cue in cues]
    tail = words[stop - 1]
    features += (f"tail={tail.low}", f"tail={tail.entry.cues}{min(stop - place, 3)}")


def _rich(words: Sequence[Form]) -> list[bool]:
    """Return which words have all features."""
    capitals = [one.rich for one in words]
    out = list(capitals)
    for place, one in enumerate(words):
        if one.rich:
            continue
        if one.joins:
            out[place] = any(capitals[max(place - _NEAR, 0) : place + _NEAR + 1])
        elif place > 1 and words[place - 1].low == "-":  # "Shui-bian"
            out[place] = capitals[place - 2]
    return out
