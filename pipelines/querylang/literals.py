"""Words, prefixes and phrases of a query in, the places where a text has them out.

A phrase stands within one paragraph of one zone: it crosses neither a newline nor the border of a
zone. Its words take plurals and cases like words alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from pipelines.querylang.inflection import inflect
from pipelines.querylang.loose import smallest_stretches
from pipelines.querylang.tree import Form, Prefix, Term
from pipelines.querylang.words import cased_form, form
from pipelines.querylang.words_of import Words

_FEW = 8  # a list of fewer places is searched faster than made into a set


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one word of a query accepts: any of `forms`, or what begins with `prefix`."""

    forms: frozenset[str] = frozenset()
    prefix: str = ""
    cased: str = ""  # and written so

    def places(self, words: Words) -> list[int]:
        """Return the numbers of the words of a text that fit, in order."""
        if self.prefix:
            begun = words.forms_with(self.prefix)
            return sorted(chain.from_iterable(words.places[form] for form in begun))
        known = words.places
        found = [known[key] for key in self.forms if key in known]
        if not found:
            return []
        places = found[0] if len(found) == 1 else sorted(chain.from_iterable(found))
        if self.cased:
            return [place for place in places if self._is_cased(words, place)]
        return places

    def _is_cased(self, words: Words, place: int) -> bool:
        return cased_form(words.text[words.starts[place] : words.ends[place]]) == self.cased


def wanted(word: Term | Prefix, language: str) -> Wanted:
    """Return what a word of a query accepts in a text of `language` ("": unknown)."""
    if isinstance(word, Prefix):
        return Wanted(prefix=form(word.stem))
    own = form(word.word)
    if word.form is Form.INFLECTED:
        return Wanted(inflect(own, language, abbreviation=word.word.isupper()))
    cased = cased_form(word.word) if word.form is Form.CASED else ""
    return Wanted(frozenset([own]), cased=cased)


def phrase_places(parts: Sequence[Wanted], slop: int | None, words: Words) -> list[tuple[int, int]]:
    """Return the first and last word of each place where the phrase stands."""
    places: list[list[int]] = []
    for part in parts:
        found = part.places(words)
        if not found:
            return []
        places.append(found)
    if slop is None:
        return _in_a_row(places, words.paragraphs)
    return smallest_stretches(places, words.paragraphs, slop)


def _in_a_row(places: list[list[int]], paragraphs: list[int]) -> list[tuple[int, int]]:
    rarest = min(range(len(places)), key=lambda step: len(places[step]))
    firsts = [place - rarest for place in places[rarest]]
    for step, part in enumerate(places):
        if step != rarest:
            there = part if len(part) < _FEW else set(part)
            firsts = [first for first in firsts if first + step in there]
    last = len(places) - 1
    return [
        (first, first + last) for first in firsts if paragraphs[first] == paragraphs[first + last]
    ]
