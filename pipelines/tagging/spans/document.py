"""The sentences of a document in, what they tell of each other out: capitals and company of words.

- A sentence is written in one of three ways: as sentences are, in title case, or all in capitals.
- Words all in capitals are written anew: as the rest of the document, else the lexicon, writes
  them. So is the speaker of a transcript ("MS. REED: ...").
- Of each word it is kept what its places inside sentences tell: whether it stands there in small
  letters; after a title, a given name, "in" or "the"; before a verb of saying, a possessive, or a
  word of organisations or places; in brackets.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipelines.tagging.spans.forms import Form, Forms

CAPITALS, TITLE_CASE, PLAIN = "U", "T", "n"
_SPEAKER = 8  # words before the colon
_CAPITALS = frozenset({"XX", "X2", "X.", "X"})  # shapes
_ACRONYMS = frozenset({"XX", "X2"})  # shapes
_MOSTLY_SMALL = "6"  # of nine places, those in small letters


@dataclass(slots=True)
class Seen:
    """What a document tells of its words in small letters, at all their places."""

    small: set[str] = field(default_factory=set)  # stand there in small letters
    tells: dict[str, set[str]] = field(default_factory=dict)


def way_of(words: Sequence[Form]) -> str:
    """Return how a sentence is written: `CAPITALS`, `TITLE_CASE` or `PLAIN`."""
    letters = [one for one in words if one.letters]
    if len(letters) > 2 and sum([one.all_upper for one in letters]) > 0.7 * len(letters):
        return CAPITALS
    long = [one.first_upper for one in letters[1:] if one.long]
    if len(long) > 2 and sum(long) > 0.7 * len(long):
        return TITLE_CASE
    return PLAIN


def seen_in(sentences: Sequence[Sequence[Form]], ways: Sequence[str]) -> Seen:
    """Return what a document tells of its words."""
    seen = Seen()
    for words, way in zip(sentences, ways, strict=True):
        if way != CAPITALS:
            seen.small.update([one.low for one in words if one.shape == "x"])
            _add_capitals(seen.tells, words, plain=way == PLAIN)
    return seen


def _add_capitals(tells: dict[str, set[str]], words: Sequence[Form], *, plain: bool) -> None:
    """Add what the words with a capital of one sentence tell; `plain`: not in title case."""
    for place, one in enumerate(words):
        if not one.capital:
            continue
        told = tells.get(one.low)
        if told is None:
            told = tells[one.low] = set()
        if one.shape in _ACRONYMS:
            told.add("acr")
        if not place:
            _add_first(told, words)
        elif plain:
            told.add("cap")
            _add_before(told, words[place - 1])
            if place + 1 < len(words):
                _add_behind(told, one, words[place + 1], words[place - 1])


def _add_first(tells: set[str], words: Sequence[Form]) -> None:
    if len(words) > 1 and "s" in words[1].entry.cues:
        tells.add("say")


def _add_before(tells: set[str], before: Form) -> None:
    if "t" in before.entry.cues:
        tells.add("title")
    elif "i" in before.entry.cues:
        tells.add("in")
    elif before.low == "the":
        tells.add("the")
    if before.capital:
        tells.add("inner")
        if "g" in before.entry.marks:
            tells.add("given-")


def _add_behind(tells: set[str], one: Form, behind: Form, before: Form) -> None:
    if "s" in behind.entry.cues:
        tells.add("say")
    elif behind.low in ("'s", "’s"):
        tells.add("'s")
    elif behind.low == ")" and before.low == "(":
        tells.add("bracket")
    if behind.capital:
        if "o" in behind.entry.cues:
            tells.add("org+")
        elif "p" in behind.entry.cues:
            tells.add("place+")
        elif "g" in one.entry.marks:
            tells.add("surname+")


def recased(words: list[Form], way: str, seen: Seen, forms: Forms) -> list[Form]:
    """Return the words of a sentence, those all in capitals written as names and words are."""
    stop = len(words) if way == CAPITALS else _speaker(words)
    if not stop:
        return words
    return [*(_recased(one, seen, forms) for one in words[:stop]), *words[stop:]]


def _speaker(words: Sequence[Form]) -> int:
    """Return how many words name the speaker of a transcript in capitals, 0 if none do."""
    stop = next((place for place, one in enumerate(words[:_SPEAKER]) if one.shape == ":"), 0)
    capitals = all(one.shape in _CAPITALS or not one.low[0].isalpha() for one in words[:stop])
    return stop if capitals else 0


def _recased(one: Form, seen: Seen, forms: Forms) -> Form:
    if one.shape not in _CAPITALS or one.shape == "X":
        return one
    tells, small = seen.tells.get(one.low), one.entry.small
    if one.low in seen.small:
        return forms[one.low]
    if tells is not None and "acr" in tells:
        return one
    if tells is None and small and small >= _MOSTLY_SMALL:
        return forms[one.low]
    if tells is not None or len(one.low) > 3 or small:
        return forms[one.low.title()]
    return one
