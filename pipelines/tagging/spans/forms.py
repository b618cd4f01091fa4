"""A form of a word in, all that can be said of it out, whatever stands beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from pipelines.tagging.spans.lexicon import NOTHING, Entry, Lexicon, Phrases

_MOST = 40_000  # forms remembered; a long run meets misspellings without end


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a word: its features at its own place, and as a neighbour's neighbour."""

    number: int  # in the order they were met
    low: str  # in small letters
    entry: Entry
    shape: str
    kind: str  # marks and cues in one
    groups: tuple[tuple[str, ...], ...]  # of features, by the place of a word: see `Group`
    phrases: Phrases | None  # that begin with it
    rich: bool = False  # has a capital or a digit
    capital: bool = False
    joins: bool = False  # may stand inside a name: "of", "al", "-"
    runs_on: bool = False  # one or the other: a run of capitals goes on over it
    first_upper: bool = False
    all_upper: bool = False
    letters: bool = False  # begins with a letter and has more than one
    long: bool = False  # more than three letters


class Group(IntEnum):
    """Where a word stands, as seen from the word that its features are added to."""

    OWN = 0
    BEFORE = 1
    BEHIND = 2
    TWO_BEFORE = 3
    TWO_BEHIND = 4
    POOR = 5  # at its own place, where nothing else is said of it


_EDGE: tuple[tuple[str, ...], ...] = ((),) * len(Group)


def shape_of(word: str) -> str:
    """Return the shape of a word: "Xx" Blinken, "XX" NATO, "XxX" McArthur, "d4" 2019, "." marks."""
    first = word[0]
    if first.isalpha():
        return "x" if word.islower() else _capital_shape(word)
    if first.isdigit():
        return f"d{len(word)}" if word.isdigit() and len(word) < 5 else "d"
    return word if len(word) == 1 and word.isascii() else "."


def _capital_shape(word: str) -> str:
    """Return the shape of a word of letters that are not all small."""
    if len(word) == 1:
        return "X"
    if word.isupper():
        return _upper_shape(word)
    if not word[0].isupper():
        return "xX"
    return "Xx" if word[1:].islower() else "XxX"


def _upper_shape(word: str) -> str:
    if "." in word:
        return "X."
    return "XX" if len(word) > 2 else "X2"


class Forms(dict[str, Form]):
    """The forms of words by their text; makes and remembers those it has not met."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Take the tables of words."""
        super().__init__()
        self._lexicon = lexicon
        self.begin = _edge(0, Group.BEFORE, "^", ("-1^", "first"))  # before a sentence
        self.end = _edge(1, Group.BEHIND, "$", ("+1$",))
        self.in_order = [self.begin, self.end]

    def forget(self) -> bool:
        """Forget all forms if they are too many; return whether that was done."""
        if len(self) <= _MOST:
            return False
        self.clear()
        del self.in_order[2:]
        return True

    def __missing__(self, text: str) -> Form:
        """Return what is known of a form that is met for the first time."""
        found = self[text] = self._new(text)
        self.in_order.append(found)
        return found

    def _new(self, text: str) -> Form:
        low, shape = text.lower(), shape_of(text)
        entry = self._lexicon.entry(low)
        kind = f"{entry.marks}/{entry.cues}"
        rich = "X" in shape or shape[0] == "d"
        joins = "j" in entry.cues
        return Form(
            number=len(self.in_order),
            low=low,
            entry=entry,
            shape=shape,
            kind=kind,
            groups=_groups(low, shape, entry, kind, rich=rich),
            phrases=self._lexicon.phrases.get(low) if rich else None,
            rich=rich,
            capital=shape[0] == "X",
            joins=joins,
            runs_on=rich or joins,
            first_upper=text[0].isupper(),
            all_upper=text.isupper(),
            letters=text[0].isalpha() and len(text) > 1,
            long=len(text) > 3,
        )


def _edge(number: int, group: Group, mark: str, features: tuple[str, ...]) -> Form:
    groups = (*_EDGE[:group], features, *_EDGE[group + 1 :])
    return Form(number, mark, NOTHING, mark, mark, groups, None)


def _groups(
    low: str, shape: str, entry: Entry, kind: str, *, rich: bool
) -> tuple[tuple[str, ...], ...]:
    """Return the features of a form in the order of `Group`."""
    beside = _beside(low, shape, entry, kind, rich=rich)
    far = (f"w={low}", f"s={shape}", f"c={entry.cues}")
    return (
        _own(low, shape, entry),
        _at("-1", beside),
        _at("+1", beside),
        _at("-2", far),
        _at("+2", far),
        ("o", f"k={kind}"),
    )


def _at(place: str, features: Iterable[str]) -> tuple[str, ...]:
    return tuple([f"{place}{feature}" for feature in features])


def _beside(low: str, shape: str, entry: Entry, kind: str, *, rich: bool) -> list[str]:
    features = [f"w={low}", f"k={kind}", f"s={shape}", *(f"c={cue}" for cue in entry.cues)]
    if entry.groups:
        features.append(f"g={entry.groups[0]}")
    if rich:
        features.append(f"m={entry.marks}")
    return features


def _own(low: str, shape: str, entry: Entry) -> tuple[str, ...]:
    features = [f"w={low}", f"s={shape}", f"k={entry.marks}/{entry.cues}", f"b={entry.small}"]
    features += [f"m={mark}" for mark in entry.marks]
    features += [f"c={cue}" for cue in entry.cues]
    features += [f"g{place}={group}" for place, group in enumerate(entry.groups)]
    if shape[0] == "X" and len(low) > 2:
        features += [f"p2={low[:2]}", f"p3={low[:3]}"]
        features += [f"e2={low[-2:]}", f"e3={low[-3:]}", f"e4={low[-4:]}"]
    return tuple(features)
