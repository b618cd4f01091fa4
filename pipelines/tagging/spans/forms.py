"""A form of a word in, all that can be said of it out, whatever stands beside it."""

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
    if first.isdigit():
        return f"d{len(word)}" if word.isdigit() and len(word) < 5 else "d"
    if not first.isalpha():
        return word if len(word) == 1 and word.isascii() else "."
    if word.islower():
        return "x"
    if len(word) == 1:
        return "X"
    if word.isupper():
        return "X." if "." in word else "XX" if len(word) > 2 else "X2"
    if not first.isupper():
        return "xX"
    return "Xx" if word[1:].islower() else "XxX"


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
        beside = [f"w={low}", f"k={kind}", f"s={shape}", *(f"c={cue}" for cue in entry.cues)]
        if entry.groups:
            beside.append(f"g={entry.groups[0]}")
        if rich:
            beside.append(f"m={entry.marks}")
        far = [f"w={low}", f"s={shape}", f"c={entry.cues}"]
        groups = (
            _own(low, shape, entry),
            tuple(f"-1{feature}" for feature in beside),
            tuple(f"+1{feature}" for feature in beside),
            tuple(f"-2{feature}" for feature in far),
            tuple(f"+2{feature}" for feature in far),
            ("o", f"k={kind}"),
        )
        return Form(
            number=len(self.in_order),
            low=low,
            entry=entry,
            shape=shape,
            kind=kind,
            groups=groups,
            phrases=self._lexicon.phrases.get(low) if rich else None,
            rich=rich,
            capital=shape[0] == "X",
            joins="j" in entry.cues,
            runs_on=rich or "j" in entry.cues,
            first_upper=text[0].isupper(),
            all_upper=text.isupper(),
            letters=text[0].isalpha() and len(text) > 1,
            long=len(text) > 3,
        )


def _edge(number: int, group: Group, mark: str, features: tuple[str, ...]) -> Form:
    groups = (*_EDGE[:group], features, *_EDGE[group + 1 :])
    return Form(number, mark, NOTHING, mark, mark, groups, None)


def _own(low: str, shape: str, entry: Entry) -> tuple[str, ...]:
    features = [f"w={low}", f"s={shape}", f"k={entry.marks}/{entry.cues}", f"b={entry.small}"]
    features += [f"m={mark}" for mark in entry.marks]
    features += [f"c={cue}" for cue in entry.cues]
    features += [f"g{place}={group}" for place, group in enumerate(entry.groups)]
    if shape[0] == "X" and len(low) > 2:
        features += [f"p2={low[:2]}", f"p3={low[:3]}"]
        features += [f"e2={low[-2:]}", f"e3={low[-3:]}", f"e4={low[-4:]}"]
    return tuple(features)
