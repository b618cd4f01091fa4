"""A query's tree and an index in, the documents it matches out, with the mentions in each.

Each node is answered for all documents at once, by the rules of `querylang/match.py`: a mask of the
documents where it holds, and its hits there.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np

from pipelines.querylang.literals import wanted
from pipelines.querylang.tree import (
    And,
    Field,
    Meta,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Repeat,
    Term,
)
from pipelines.store.fulltext import keys, places
from pipelines.store.fulltext.codec import Numbers
from pipelines.store.fulltext.corpus import Corpus
from pipelines.store.fulltext.hits import Hits, has, joined, mentions
from pipelines.store.fulltext.space import Mask, Space, in_order, zone_code

_ZONES = {"title": "headline", "lede": "lede", "body": "body"}


@dataclass(frozen=True, slots=True)
class Answer:
    """The documents where a node holds, and its hits in them."""

    mask: Mask
    hits: Hits = field(default_factory=Hits)


@dataclass(frozen=True, slots=True)
class View:
    """What a node looks at: the tags, or the text and the one zone it is narrowed to."""

    zone: int | None = None
    tags: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """The documents that match: slot and mentions; and those that the matcher has to read."""

    slots: Numbers
    n: Numbers
    n_headline: Numbers
    doubtful: Numbers


@dataclass(slots=True)
class Evaluation:
    """One question to an index, and the documents that it turned out not to answer for."""

    space: Space
    corpus: Corpus
    _doubtful: list[Numbers] = field(default_factory=list)

    def count(self, tree: Node) -> Counted:
        """Return the current articles that match, and how often they mention what is asked."""
        answer = self._answer(tree, View())
        mask = self.space.clipped(answer.mask & self.corpus.live)
        found = mentions(self.space, answer.hits.within(mask))
        doubtful = np.unique(np.concatenate([found.doubtful, *self._doubtful]))
        doubtful = doubtful[self.corpus.live[doubtful]]
        mask[doubtful] = False
        slots = np.flatnonzero(mask)
        headline = found.slots[np.flatnonzero(self.space.in_headline(found.firsts, found.slots))]
        return Counted(slots, _counts(found.slots, slots), _counts(headline, slots), doubtful)

    def _none(self) -> Mask:
        return np.zeros(len(self.space.starts), bool)

    def _answer(self, node: Node, view: View) -> Answer:
        match node:
            case Term() | Prefix() | Phrase():
                return self._in_zone(self._stretches(node, view), view)
            case And(nodes) | Or(nodes):
                answers = [self._answer(child, view) for child in nodes]
                return _all(answers) if isinstance(node, And) else _any(answers)
            case Not(child):
                return Answer(~self._answer(child, view).mask)
            case Near():
                return self._near(node, view)
            case Repeat():
                return self._repeated(node, view)
            case Field():
                return self._within(node, view)
            case Meta():
                return Answer(self.corpus.holding(node))

    def _within(self, field: Field, view: View) -> Answer:
        if field.name == "tags":
            return Answer(self._answer(field.node, View(tags=True)).mask)
        return self._answer(field.node, replace(view, zone=zone_code(_ZONES[field.name])))

    def _in_zone(self, found: places.Stretches, view: View) -> Answer:
        firsts, lasts = found
        if view.zone is not None and len(firsts):
            inside = np.flatnonzero(self.space.zones(firsts) == view.zone)
            firsts, lasts = firsts[inside], lasts[inside]
        return self._held(Hits(self.space.slots(firsts), firsts, lasts))

    def _held(self, hits: Hits) -> Answer:
        mask = self._none()
        mask[hits.slots] = True
        return Answer(mask, hits)

    def _stretches(self, node: Term | Prefix | Phrase, view: View) -> places.Stretches:
        """Return where a word or phrase of the query stands, in whatever zone."""
        words = node.words if isinstance(node, Phrase) else (node,)
        parts = [self._places(word, view) for word in words]
        if not isinstance(node, Phrase) or node.slop is None or not all(map(len, parts)):
            return places.in_a_row(parts)
        unclear = self.space.slots(places.shared(parts))
        if len(unclear):  # which word stands where must be tried out, as the matcher does
            self._doubtful.append(unclear[self._with_each(parts)[unclear]])
        return places.close(self.space, parts, node.slop)

    def _with_each(self, parts: Iterable[Numbers]) -> Mask:
        masks = [self._held(_at(self.space.slots(part))).mask for part in parts]
        every: Mask = np.logical_and.reduce(masks)
        return every

    def _near(self, node: Near, view: View) -> Answer:
        left, right = self._answer(node.left, view), self._answer(node.right, view)
        both = left.mask & right.mask
        hits = places.near(
            self.space, left.hits.within(both), right.hits.within(both), node.distance
        )
        return self._held(hits)

    def _repeated(self, node: Repeat, view: View) -> Answer:
        answer = self._answer(node.node, view)
        found = mentions(self.space, answer.hits)
        self._doubtful.append(found.doubtful)
        slots = np.unique(found.slots)
        mask = self._none()
        mask[slots[_counts(found.slots, slots) >= node.times]] = True
        return Answer(mask, answer.hits.within(mask))

    def _places(self, word: Term | Prefix, view: View) -> Numbers:
        """Return where a word of the query stands: in each language the forms it has there."""
        languages: dict[str, list[int]] = {}  # of each form
        for code, language in enumerate(self.corpus.languages):
            accepted = wanted(word, language)
            if accepted.prefix:
                return self.space.of_prefix(keys.form_key(accepted.prefix, tags=view.tags))
            if accepted.cased:
                (form,) = accepted.forms
                return self._cased(form, accepted.cased, view)
            for form in accepted.forms:
                languages.setdefault(form, []).append(code)
        groups: dict[tuple[int, ...], list[bytes]] = {}
        for form, codes in languages.items():
            groups.setdefault(tuple(codes), []).append(keys.form_key(form, tags=view.tags))
        return self._in_languages(groups)

    def _in_languages(self, groups: dict[tuple[int, ...], list[bytes]]) -> Numbers:
        parts = []
        for codes, wanted_keys in groups.items():
            found = self.space.of_keys(wanted_keys)
            if len(codes) < len(self.corpus.languages) and len(found):
                spoken = self.corpus.in_languages(codes)[self.space.slots(found)]
                found = found[np.flatnonzero(spoken)]
            if len(found):
                parts.append(found)
        if len(parts) == 1:
            return parts[0]
        return in_order(parts) if parts else np.zeros(0, np.int64)

    def _cased(self, form: str, cased: str, view: View) -> Numbers:
        if cased != form:
            return self.space.of_keys([keys.cased_key(form, cased, tags=view.tags)])
        every = self.space.of_keys([keys.form_key(form, tags=view.tags)])
        others = self.space.of_prefix(keys.cased_key(form, tags=view.tags))
        return every[~has(others, every)]


def _counts(found: Numbers, slots: Numbers) -> Numbers:
    """Return how often each of `slots` is in `found`, which is in order."""
    if not len(found):
        return np.zeros(len(slots), np.int64)
    begins = np.flatnonzero(np.append(True, found[1:] != found[:-1]))
    values, counts = found[begins], np.diff(np.append(begins, len(found)))
    if np.array_equal(values, slots):
        return counts
    at = np.minimum(np.searchsorted(values, slots), len(values) - 1)
    return np.where(values[at] == slots, counts[at], 0)


def _at(slots: Numbers) -> Hits:
    return Hits(slots, slots, slots)


def _all(answers: list[Answer]) -> Answer:
    mask: Mask = np.logical_and.reduce([answer.mask for answer in answers])
    return Answer(mask, joined([answer.hits.within(mask) for answer in answers]))


def _any(answers: list[Answer]) -> Answer:
    mask: Mask = np.logical_or.reduce([answer.mask for answer in answers])
    return Answer(mask, joined([answer.hits for answer in answers]))
