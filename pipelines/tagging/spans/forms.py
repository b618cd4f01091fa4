"""A form of a word in, all that can be said of it out, whatever stands beside it."""

from dataclasses import dataclass

from pipelines.tagging.spans.lexicon import Entry, Lexicon

_MOST = 200_000  # forms remembered; a long run meets misspellings without end


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a word: its features at its own place, and as a neighbour's neighbour."""

    low: str  # in small letters
    entry: Entry
    shape: str
    rich: bool  # has a capital or a digit
    capital: bool
    joins: bool  # may stand inside a name: "of", "al", "-"
    kind: str  # marks and cues in one
    own: tuple[str, ...]
    before: tuple[str, ...]  # where it stands one word before; the others likewise
    behind: tuple[str, ...]
    two_before: tuple[str, ...]
    two_behind: tuple[str, ...]
    poor: list[str]  # where nothing else is said of it; shared, never changed


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


class Forms:
    """Remembers the forms it has met."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Take the tables of words."""
        self._lexicon = lexicon
        self._known: dict[str, Form] = {}

    def known(self, text: str) -> Form:
        """Return what is known of a form."""
        found = self._known.get(text)
        if found is None:
            if len(self._known) > _MOST:
                self._known.clear()
            found = self._known[text] = self._new(text)
        return found

    def _new(self, text: str) -> Form:
        low, shape = text.lower(), shape_of(text)
        entry = self._lexicon.entry(low)
        kind = f"{entry.marks}/{entry.cues}"
        capital = shape[0] == "X"
        rich = capital or shape[0] == "d" or "X" in shape
        beside = [f"w={low}", f"k={kind}", f"s={shape}", *(f"c={cue}" for cue in entry.cues)]
        if entry.groups:
            beside.append(f"g={entry.groups[0]}")
        if rich:
            beside.append(f"m={entry.marks}")
        far = [f"w={low}", f"s={shape}", f"c={entry.cues}"]
        return Form(
            low=low,
            entry=entry,
            shape=shape,
            rich=rich,
            capital=capital,
            joins="j" in entry.cues,
            kind=kind,
            own=_own(low, shape, entry),
            before=tuple(f"-1{feature}" for feature in beside),
            behind=tuple(f"+1{feature}" for feature in beside),
            two_before=tuple(f"-2{feature}" for feature in far),
            two_behind=tuple(f"+2{feature}" for feature in far),
            poor=["o", f"k={kind}"],
        )


def _own(low: str, shape: str, entry: Entry) -> tuple[str, ...]:
    features = [f"w={low}", f"s={shape}", f"k={entry.marks}/{entry.cues}", f"b={entry.small}"]
    features += [f"m={mark}" for mark in entry.marks]
    features += [f"c={cue}" for cue in entry.cues]
    features += [f"g{place}={group}" for place, group in enumerate(entry.groups)]
    if shape[0] == "X" and len(low) > 2:
        features += [f"p2={low[:2]}", f"p3={low[:3]}"]
        features += [f"e2={low[-2:]}", f"e3={low[-3:]}", f"e4={low[-4:]}"]
    return tuple(features)
