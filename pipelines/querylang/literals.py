"""Words, prefixes and phrases of a query in, the places where a text has them out.

A phrase stands within one paragraph of one zone: it crosses neither a newline nor the border of a
zone. Its words take plurals and cases like words alone.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipelines.querylang.inflection import inflect
from pipelines.querylang.searchable import Words
from pipelines.querylang.tree import Form, Phrase, Prefix, Term
from pipelines.querylang.words import cased_form, form


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one word of a query accepts: any of `forms`, or what begins with `prefix`."""

    forms: frozenset[str] = frozenset()
    prefix: str = ""
    cased: str = ""  # and written so

    def places(self, words: Words) -> list[int]:
        """Return the numbers of the words of a text that fit, in order."""
        if self.prefix:
            return sorted(_with_prefix(words, self.prefix))
        if words.places.keys().isdisjoint(self.forms):
            return []
        found = [words.places[key] for key in words.places.keys() & self.forms]
        places = found[0] if len(found) == 1 else sorted(place for part in found for place in part)
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


def _with_prefix(words: Words, prefix: str) -> Iterator[int]:
    forms = words.sorted_forms
    for number in range(bisect_left(forms, prefix), len(forms)):
        if not forms[number].startswith(prefix):
            return
        yield from words.places[forms[number]]


def phrase_places(phrase: Phrase, parts: Sequence[Wanted], words: Words) -> list[tuple[int, int]]:
    """Return the first and last word of each place where the phrase stands."""
    places: list[list[int]] = []
    for part in parts:
        found = part.places(words)
        if not found:
            return []
        places.append(found)
    if phrase.slop is None:
        return _in_a_row(places, words.paragraphs)
    return _close(places, words.paragraphs, phrase.slop)


def _in_a_row(places: list[list[int]], paragraphs: list[int]) -> list[tuple[int, int]]:
    following = [set(part) for part in places[1:]]
    last = len(following)
    return [
        (first, first + last)
        for first in places[0]
        if all(first + step in part for step, part in enumerate(following, 1))
        and paragraphs[first] == paragraphs[first + last]
    ]


def _close(places: list[list[int]], paragraphs: list[int], slop: int) -> list[tuple[int, int]]:
    """Return the smallest stretches that hold every word of the phrase, each at its own place."""
    fitting: dict[int, set[int]] = {}  # which words of the phrase fit at a place
    for part, found in enumerate(places):
        for place in found:
            fitting.setdefault(place, set()).add(part)
    every = sorted(fitting)
    longest = len(places) + slop
    stretches = []
    for number, first in enumerate(every):
        inside: list[set[int]] = []
        for place in every[number:]:
            if place - first >= longest or paragraphs[place] != paragraphs[first]:
                break
            inside.append(fitting[place])
            if _holds_all(inside, len(places)):
                if not _holds_all(inside[1:], len(places)):
                    stretches.append((first, place))
                break
    return stretches


def _holds_all(inside: list[set[int]], parts: int) -> bool:
    """Return whether each of the parts can have a place of its own (bipartite matching).

    `inside` has for each place the parts that fit there.
    """
    if len(inside) < parts:
        return False
    holder: dict[int, int] = {}  # place to part

    def _settle(part: int, tried: set[int]) -> bool:
        for place, fits in enumerate(inside):
            if part in fits and place not in tried:
                tried.add(place)
                if place not in holder or _settle(holder[place], tried):
                    holder[place] = part
                    return True
        return False

    return all(_settle(part, set()) for part in range(parts))
