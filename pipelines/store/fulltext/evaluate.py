"""A query's tree and an index in, the documents it matches out, with the mentions in each.

Each node is answered for all documents at once, by the rules of `querylang/match.py`: a mask of the
documents where it holds, and its hits there. What is asked of each quote by itself is answered in
the same way, a quote standing for a document (`quotes.py`).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Protocol

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
from pipelines.store.fulltext.hits import Hits, Mentions, has, joined, mentions
from pipelines.store.fulltext.space import Mask, Places, Space, in_order, zone_code

_FEW = 32  # of so many documents at most one matters
_FEWER = 8  # looking for a document's places costs as much as looking at so many
_ZONES = {"title": "headline", "lede": "lede", "body": "body"}


@dataclass(frozen=True, slots=True)
class Answer:
    """The documents where a node holds, and its hits in them."""

    mask: Mask
    hits: Hits = field(default_factory=Hits)


@dataclass(frozen=True, slots=True)
class View:
    """What a node looks at: the tags, or the text and the one zone it is narrowed to.

    Of the documents only those in `only` matter, in order, where few are left.
    """

    zone: int | None = None
    tags: bool = False
    only: Numbers | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """The documents that match: slot and mentions; and those that the matcher has to read.

    `in_headlines` finds how many of the mentions stand in headlines, which few who count ask.
    """

    slots: Numbers
    n: Numbers
    doubtful: Numbers
    in_headlines: Callable[[], Numbers]


class Facts(Protocol):
    """What is known of documents, or of quotes, beside their words."""

    @property
    def languages(self) -> list[str]:
        """Return the languages of the articles."""
        ...

    def in_languages(self, codes: Sequence[int]) -> Mask:
        """Return which slots are in one of the languages, by their places in `languages`."""
        ...

    def said_by(self, condition: Meta) -> Hits:
        """Return the quotes of a speaker."""
        ...


@dataclass(slots=True)
class Nodes:
    """Answers for each kind of node; `doubtful` are the slots that it could not answer for."""

    space: Places
    facts: Facts
    doubtful: list[Numbers] = field(default_factory=list)

    def answer(self, node: Node, view: View) -> Answer:
        """Return where a node holds."""
        match node:
            case Term() | Prefix() | Phrase():
                return self._in_zone(self._stretches(node, view), view)
            case And(nodes):
                return self._every(nodes, view)
            case Or(nodes):
                return _any([self.answer(child, view) for child in nodes])
            case Not(child):
                return Answer(~self.answer(child, view).mask)
            case Near():
                return self._near(node, view)
            case Repeat():
                return self._repeated(node, view)
            case Field():
                return self._within(node, view)
            case Meta():
                return self._held(self.facts.said_by(node))

    def _none(self) -> Mask:
        return np.zeros(len(self.space.starts), bool)

    def _every(self, nodes: Sequence[Node], view: View) -> Answer:
        """Return where all nodes hold; asked first are those that few documents fulfil."""
        answers: dict[int, Answer] = {}
        mask: Mask | None = None
        for place in sorted(range(len(nodes)), key=lambda place: _rank(nodes[place])):
            answers[place] = self.answer(nodes[place], view)
            found = answers[place].mask
            mask = found if mask is None else mask & found
            left = np.count_nonzero(mask)
            if left * _FEW < len(mask):
                view = replace(view, only=np.flatnonzero(mask))
        return _all([answers[place] for place in range(len(nodes))])

    def _within(self, field: Field, view: View) -> Answer:
        if field.name == "tags":
            return Answer(self.answer(field.node, View(tags=True, only=view.only)).mask)
        return self.answer(field.node, replace(view, zone=zone_code(_ZONES[field.name])))

    def _in_zone(self, found: places.Stretches, view: View) -> Answer:
        firsts, lasts = self._zoned(found, view)
        return self._held(Hits(self.space.slots(firsts), firsts, lasts))

    def _zoned(self, found: places.Stretches, view: View) -> places.Stretches:
        firsts, lasts = found
        if view.zone is not None and len(firsts):
            inside = np.flatnonzero(self.space.zones(firsts) == view.zone)
            firsts, lasts = firsts[inside], lasts[inside]
        return firsts, lasts

    def _held(self, hits: Hits) -> Answer:
        mask, slots = self._none(), hits.slots
        if len(slots):  # setting each of them once takes a third
            mask[slots[np.flatnonzero(slots[1:] != slots[:-1])]] = True
            mask[slots[-1]] = True
        return Answer(mask, hits)

    def _stretches(self, node: Term | Prefix | Phrase, view: View) -> places.Stretches:
        """Return where a word or phrase of the query stands, in whatever zone."""
        words = node.words if isinstance(node, Phrase) else (node,)
        parts = [self._places(word, view) for word in words]
        if not isinstance(node, Phrase) or node.slop is None or not all(map(len, parts)):
            return places.in_a_row(parts)
        unclear = self.space.slots(places.shared(parts))
        if len(unclear):  # which word stands where must be tried out, as the matcher does
            self.doubtful.append(unclear[self._with_each(parts)[unclear]])
        return places.close(self.space, parts, node.slop)

    def _with_each(self, parts: Iterable[Numbers]) -> Mask:
        slots = [self.space.slots(part) for part in parts]
        masks = [self._held(Hits(some, some, some)).mask for some in slots]
        every: Mask = np.logical_and.reduce(masks)
        return every

    def _near(self, node: Near, view: View) -> Answer:
        left, right = self._operand(node.left, view), self._operand(node.right, view)
        swapped = len(left) < len(right)
        more, fewer = (right, left) if swapped else (left, right)
        for looked in (places.about, places.beside):  # roughly first
            more = more.taken(looked(more, fewer, node.distance))
            fewer = fewer.taken(looked(fewer, more, node.distance))
        more, fewer = (replace(one, slots=self.space.slots(one.firsts)) for one in (more, fewer))
        left, right = (fewer, more) if swapped else (more, fewer)
        return self._held(places.near(self.space, left, right, node.distance))

    def _operand(self, node: Node, view: View) -> Hits:
        """Return the hits of an operand of NEAR; their slots are asked for when few are left."""
        if isinstance(node, Term | Prefix | Phrase):
            firsts, lasts = self._zoned(self._stretches(node, view), view)
            return Hits(firsts, firsts, lasts)
        return self.answer(node, view).hits

    def _repeated(self, node: Repeat, view: View) -> Answer:
        answer = self.answer(node.node, view)
        found = mentions(self.space, answer.hits)
        self.doubtful.append(found.doubtful)
        mask = self._none()
        mask[found.slots[found.counts >= node.times]] = True
        return Answer(mask, answer.hits.within(mask))

    def _places(self, word: Term | Prefix, view: View) -> Numbers:
        """Return where a word of the query stands: in each language the forms it has there."""
        languages: dict[str, list[int]] = {}  # of each form
        for code, language in enumerate(self.facts.languages):
            accepted = wanted(word, language)
            if accepted.prefix:
                begun = self.space.of_prefix(keys.form_key(accepted.prefix, tags=view.tags))
                return self._only(begun, view)
            if accepted.cased:
                (form,) = accepted.forms
                return self._cased(form, accepted.cased, view)
            for form in accepted.forms:
                languages.setdefault(form, []).append(code)
        groups: dict[tuple[int, ...], list[bytes]] = {}
        for form, codes in languages.items():
            groups.setdefault(tuple(codes), []).append(keys.form_key(form, tags=view.tags))
        return self._in_languages(groups, view)

    def _only(self, found: Numbers, view: View) -> Numbers:
        """Return the places in documents that matter; all, if that is not much more."""
        if view.only is None or len(view.only) * _FEWER > len(found):
            return found
        starts, ends = self.space.stretch(view.only)
        begins, lasts = np.searchsorted(found, starts), np.searchsorted(found, ends)
        return found[places.each(begins, begins, lasts)[1]]

    def _in_languages(self, groups: dict[tuple[int, ...], list[bytes]], view: View) -> Numbers:
        parts = []
        for codes, wanted_keys in groups.items():
            found = self._only(self.space.of_keys(wanted_keys), view)
            if len(codes) < len(self.facts.languages) and len(found):
                spoken = self.facts.in_languages(codes)[self.space.slots(found)]
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


class Articles(Nodes):
    """Answers for whole articles: of these also the facts are known, and what stands in quotes."""

    def __init__(self, space: Space, corpus: Corpus) -> None:
        """Take the words and what is known of the articles."""
        super().__init__(space, corpus)
        self._space, self._corpus = space, corpus

    def answer(self, node: Node, view: View) -> Answer:
        """Return where a node holds."""
        match node:
            case Field("quote", child):
                return self._quoting(child)
            case Meta(name) if name != "speaker":
                return Answer(self._corpus.holding(node))
            case Meta():
                self.doubtful.append(self._corpus.quotes.unclear)
        return super().answer(node, view)

    def _quoting(self, node: Node) -> Answer:
        """Return where a quote by itself fulfils a node, and the hits in the quotes that do."""
        facts = self._corpus.quoted(self._space)
        quotes = Nodes(facts.space, facts)
        answer = quotes.answer(node, View())
        every = self._corpus.quotes
        self.doubtful.append(every.unclear)
        self.doubtful += [every.documents(found) for found in quotes.doubtful]
        mask = self._none()
        mask[every.documents(answer.mask)] = True
        return Answer(mask, facts.space.outside(answer.hits.within(answer.mask)))


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A question to an index: its words, and what it knows of the articles."""

    space: Space
    corpus: Corpus

    def count(self, tree: Node) -> Counted:
        """Return the current articles that match, and how often they mention what is asked."""
        asked = Articles(self.space, self.corpus)
        answer = asked.answer(tree, View())
        mask, hits = self.space.clipped(answer.mask), answer.hits
        if not self.corpus.all_live:
            mask = mask & self.corpus.live
        if mask is not answer.mask:  # else all hits are within it
            hits = hits.within(mask)
        found = mentions(self.space, hits)
        doubtful = [one for one in (found.doubtful, *asked.doubtful) if len(one)]
        mask, unclear = self._without(mask, doubtful)
        slots = np.flatnonzero(mask)
        n = _at(slots, found.slots, found.counts)
        in_headlines = partial(self._at_in_headlines, slots, found)
        return Counted(slots, n, unclear, in_headlines)

    def _without(self, mask: Mask, doubtful: Sequence[Numbers]) -> tuple[Mask, Numbers]:
        """Return a mask without the documents in doubt, and those that are current articles."""
        if not doubtful:
            return mask, np.zeros(0, np.int64)
        unclear = np.unique(np.concatenate(doubtful))
        unclear = unclear[self.space.clipped(self.corpus.live)[unclear]]
        mask = mask.copy()
        mask[unclear] = False
        return mask, unclear

    def _at_in_headlines(self, slots: Numbers, found: Mentions) -> Numbers:
        return _at(slots, found.slots, self._in_headlines(found))

    def _in_headlines(self, found: Mentions) -> Numbers:
        """Return how many mentions of each document stand in its headline."""
        ends = np.cumsum(found.counts)
        begins = ends - found.counts
        may = self.space.may_have_in_headline(found.firsts.take(begins), found.slots)
        some = np.flatnonzero(may)
        owners, at = places.each(some, begins.take(some), ends.take(some))
        inside = self.space.in_headline(found.firsts.take(at), found.slots.take(owners))
        return np.bincount(owners[inside], minlength=len(ends))


def _rank(node: Node) -> int:
    """Return what puts nodes first that few documents fulfil, and last those without words."""
    match node:
        case Near() | Phrase():
            return 0
        case Not() | Meta():
            return 2
        case _:
            return 1


def _at(slots: Numbers, known: Numbers, ns: Numbers) -> Numbers:
    """Return the number of each of `slots`, given those of `known`, else 0; both in order."""
    if np.array_equal(slots, known):
        return ns
    found = np.zeros(len(slots), np.int64)
    if len(slots) and len(known):
        at = np.minimum(np.searchsorted(slots, known), len(slots) - 1)
        there = np.flatnonzero(slots[at] == known)
        found[at[there]] = ns[there]
    return found


def _all(answers: list[Answer]) -> Answer:
    mask: Mask = np.logical_and.reduce([answer.mask for answer in answers])
    return Answer(mask, joined([answer.hits.within(mask) for answer in answers]))


def _any(answers: list[Answer]) -> Answer:
    mask: Mask = np.logical_or.reduce([answer.mask for answer in answers])
    return Answer(mask, joined([answer.hits for answer in answers]))
