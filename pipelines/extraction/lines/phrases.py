"""Know what pages of news say in 28 languages: a line in, the kind of its phrase out.

The phrases stand in `phrases.toml`, language by language. A line is one of them if it is no longer:
the language of a page is not known yet when its lines are read, and "Del" begins a button in Oslo
and a headline in Madrid. So what follows a phrase is bounded, and has no sentence of its own.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FURNITURE, RELATED, ALSO, COMMENTS = "furniture", "related", "also", "comments"
_FILE = Path(__file__).with_name("phrases.toml")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_WORDS = 8  # of a line that begins with a phrase of two words or more
_LETTERS = 4  # that may follow a phrase in a script without spaces, or as many as it has itself
_MOST_LETTERS = 90
_COUNTER = " ()[]0123456789"  # behind a heading: "Kommentare (12)"


@dataclass(frozen=True, slots=True)
class Phrases:
    """All phrases: whole lines, and what lines may begin with, by first word or first letter."""

    whole: dict[str, str]
    spaced: dict[str, list[tuple[str, str]]]
    dense: dict[str, list[tuple[str, str]]]
    also: "re.Pattern[str]"


def phrase_of(line: str) -> str:
    """Return which kind of phrase a line is, FURNITURE, RELATED or COMMENTS; "" for none."""
    text = _bare(line) if len(line) <= _MOST_LETTERS else ""
    if not text:
        return ""
    known = read_phrases()
    whole = known.whole.get(text) or known.whole.get(text.rstrip(_COUNTER))
    return whole or next(_begun(text, known), "")


def _begun(text: str, known: Phrases) -> Iterator[str]:
    """Yield the kinds of the phrases that a line begins with, where it may go on like this."""
    for phrase, kind in known.spaced.get(text.split(maxsplit=1)[0], ()):
        if text.startswith(phrase) and _may_follow(phrase, text[len(phrase) :]):
            yield kind
    for phrase, kind in known.dense.get(text[0], ()):
        if text.startswith(phrase) and len(text) - len(phrase) <= max(_LETTERS, len(phrase)):
            yield kind


def sends_on(line: str) -> bool:
    """Say whether a line begins with what stands before a single other story."""
    return read_phrases().also.match(line) is not None


def _may_follow(phrase: str, rest: str) -> bool:
    """Say whether a phrase may go on like this: "Kommentare (12)", "Mehr von Jana Roe"."""
    if rest[:1].isalnum():
        return False
    if " " not in phrase:  # a word alone begins headlines too
        return not any(map(str.isalpha, rest))
    told = ":" in rest or any(map(str.isdecimal, rest))
    return not told and len(f"{phrase}{rest}".split()) <= _WORDS


def _bare(line: str) -> str:
    return _EDGES.sub("", " ".join(line.casefold().replace("’", "'").split()))


@cache
def read_phrases() -> Phrases:
    """Return the phrases of `phrases.toml`."""
    whole: dict[str, str] = {}
    spaced, dense = defaultdict(list), defaultdict(list)
    also = []
    for kind, phrase in _told():
        text = _bare(phrase.rstrip("*"))
        if kind == ALSO:
            also.append(phrase.rstrip("*").strip())
            continue
        whole.setdefault(text, kind)
        if phrase.endswith(" *"):
            spaced[text.split()[0]].append((text, kind))
        elif phrase.endswith("*"):
            dense[text[0]].append((text, kind))
    either = "|".join(re.escape(one) for one in sorted(also, key=len, reverse=True))
    pattern = re.compile(rf"[\W_]*(?:{either})(?!\w)", re.IGNORECASE)
    return Phrases(whole, dict(spaced), dict(dense), pattern)


def _told() -> Iterator[tuple[str, str]]:
    told = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    for kinds in told.values():
        for kind, phrases in kinds.items():
            yield from ((kind, " ".join(one.split())) for one in phrases.split("|"))
