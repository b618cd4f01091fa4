"""The tree of a query and a language in, a `Finder` out: asked of an article, it gives the marks.

What depends only on the query and the language is done here, once: the forms of each word are
worked out, words of one OR become one table of forms, and what is asked twice is asked once.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TypeAlias

from pipelines.article import Zone
from pipelines.querylang.facts import holds
from pipelines.querylang.literals import Wanted, phrase_places, wanted
from pipelines.querylang.nearness import Hits, hits_of, near
from pipelines.querylang.quoted import Quoted, words_within
from pipelines.querylang.searchable import Searchable
from pipelines.querylang.spans import Mark, marked_spans
from pipelines.querylang.speakers import asked, said_by
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
    literal,
    reading,
)
from pipelines.querylang.words import cased_form
from pipelines.querylang.words_of import Words

_ZONES = {"title": Zone.HEADLINE, "lede": Zone.LEDE, "body": Zone.BODY, "tags": Zone.TAGS}


@dataclass(frozen=True, slots=True)
class View:
    """What a node looks at: the words, and the one zone or the one quote it is narrowed to."""

    article: Searchable
    words: Words
    zone: Zone | None = None
    quote: Quoted | None = None


# A node ready to be asked: its marks, or None where it does not hold.
Finder: TypeAlias = Callable[[View], list[Mark] | None]


def finder(node: Node, language: str) -> Finder:
    """Return the node ready to be asked of articles in `language` ("": unknown)."""
    match node:
        case Term() | Prefix() | Phrase() | Or():
            return _either(_flat(node, Or), language)
        case And():
            return _all([finder(child, language) for child in _unlike(_flat(node, And), language)])
        case Not(child):
            return _without(finder(child, language))
        case Near():
            return _near(node, language)
        case Repeat(child, times):
            return _repeated(finder(child, language), times)
        case Field(name, child):
            return _within(name, finder(child, language))
        case Meta():
            return _fact(node)


def _flat(node: Node, kind: type[And] | type[Or]) -> list[Node]:
    """Return the operands of an AND in an AND, or of an OR in an OR, as one list."""
    if isinstance(node, kind):
        return [one for child in node.nodes for one in _flat(child, kind)]
    return [node]


def _unlike(nodes: Iterable[Node], language: str) -> list[Node]:
    """Return the nodes without words and phrases that stand exactly where another does.

    Of those that do (`Syria SYRIA`) the one is left that `spans.merge` would name the span by.
    """
    best: dict[object, Node] = {}
    for node in nodes:
        key = _key(node, language)
        if key not in best or isinstance(node, Term | Prefix | Phrase):
            best[key] = _better(best.get(key, node), node)
    return list(best.values())


def _key(node: Node, language: str) -> object:
    if isinstance(node, Phrase):
        return tuple(wanted(word, language) for word in node.words), node.slop
    return wanted(node, language) if isinstance(node, Term | Prefix) else node


def _better(one: Node, other: Node) -> Node:
    if isinstance(one, Term | Prefix | Phrase) and isinstance(other, Term | Prefix | Phrase):
        return min(one, other, key=lambda node: _rank(literal(node)))
    return one


def _rank(name: str) -> tuple[int, str]:
    """Return what orders the names of equal spans, the one that is kept first."""
    return -len(name), name


def _either(nodes: Sequence[Node], language: str) -> "Either":
    """Return the finder of an OR; a word alone is one of a single operand."""
    found = Either()
    for node in _unlike(nodes, language):
        match node:
            case Term() | Prefix():
                found.add_word(wanted(node, language), literal(node))
            case Phrase(words):
                found.add_phrase(wanted(key_word(words), language), _phrase(node, language))
            case _:
                found.others.append(finder(node, language))
    return found


def key_word(words: Sequence[Term | Prefix]) -> Term | Prefix:
    """Return the word of a phrase to look for first: a long one, and no prefix if there is one."""
    return max(words, key=lambda word: (0, len(word.word)) if isinstance(word, Term) else (-1, 0))


@dataclass(slots=True)
class Either:
    """The finder of an OR: its words, prefixes and phrases as tables, so that many cost as one."""

    names: dict[str, str] = field(default_factory=dict)  # form to the term it is marked by
    cased: dict[str, dict[str, str]] = field(default_factory=dict)  # form, then cased form
    prefixes: dict[str, str] = field(default_factory=dict)
    phrases: dict[str, list[Finder]] = field(default_factory=dict)  # by the forms of a word
    begun: list[tuple[str, Finder]] = field(default_factory=list)  # phrases by a prefix
    others: list[Finder] = field(default_factory=list)

    def add_word(self, part: Wanted, name: str) -> None:
        """Take in what one word or prefix accepts."""
        if part.prefix:
            self.prefixes[part.prefix] = name
        for form in part.forms:
            if part.cased:
                self.cased.setdefault(form, {})[part.cased] = name
            else:
                self.names[form] = min(self.names.get(form, name), name, key=_rank)

    def add_phrase(self, key: Wanted, ask: Finder) -> None:
        """Take in a phrase and what its first word to look for accepts."""
        for form in key.forms:
            self.phrases.setdefault(form, []).append(ask)
        if key.prefix:
            self.begun.append((key.prefix, ask))

    def __call__(self, view: View) -> list[Mark] | None:
        """Return the marks of all operands that hold."""
        words = view.words
        keys = set()
        for table in (self.names, self.cased, self.phrases):
            if table:
                keys |= words.places.keys() & table.keys()
        for stem in (*self.prefixes, *(stem for stem, _ in self.begun)):
            keys.update(words.forms_with(stem))
        return self.among(view, keys)

    def among(self, view: View, keys: Collection[str]) -> list[Mark] | None:
        """Return the same, where `keys` holds all forms of the text that a word here accepts."""
        places, names = view.words.places, self.names
        marks = [
            (place, place, names[form]) for form in keys if form in names for place in places[form]
        ]
        if self.cased:
            marks += self._cased_marks(view.words, keys)
        if self.prefixes:
            marks += self._begun_marks(view.words, keys)
        if view.zone is not None:
            marks = _in_zone(marks, view)
        for ask in self._phrases_at(keys):
            marks += ask(view) or ()
        return self._with_others(view, marks) if self.others else marks or None

    def _with_others(self, view: View, marks: list[Mark]) -> list[Mark] | None:
        results = [ask(view) for ask in self.others]
        held = [found for found in results if found is not None]
        return [*marks, *chain.from_iterable(held)] if marks or held else None

    def _phrases_at(self, keys: Collection[str]) -> Iterable[Finder]:
        """Return each phrase that one of its words is there for, once."""
        phrases = self.phrases
        if not phrases and not self.begun:
            return ()
        found = {id(ask): ask for key in keys if key in phrases for ask in phrases[key]}
        for stem, ask in self.begun:
            if any(key.startswith(stem) for key in keys):
                found[id(ask)] = ask
        return found.values()

    def _cased_marks(self, words: Words, keys: Iterable[str]) -> Iterable[Mark]:
        for form in keys:
            written_so = self.cased.get(form, {})
            for place in words.places[form] if written_so else ():
                written = cased_form(words.text[words.starts[place] : words.ends[place]])
                if name := written_so.get(written):
                    yield place, place, name

    def _begun_marks(self, words: Words, keys: Iterable[str]) -> Iterable[Mark]:
        for form in keys:
            fitting = [name for stem, name in self.prefixes.items() if form.startswith(stem)]
            if fitting:
                name = min(fitting, key=_rank)
                yield from ((place, place, name) for place in words.places[form])


def _in_zone(marks: list[Mark], view: View) -> list[Mark]:
    if view.zone is None:
        return marks
    return [mark for mark in marks if view.words.zones[mark[0]] is view.zone]


def _phrase(phrase: Phrase, language: str) -> Finder:
    name, slop = literal(phrase), phrase.slop
    parts = [wanted(word, language) for word in phrase.words]

    def _find(view: View) -> list[Mark] | None:
        found = phrase_places(parts, slop, view.words)
        return _in_zone([(first, last, name) for first, last in found], view) or None

    return _find


def _all(finders: Sequence[Finder]) -> Finder:
    def _find(view: View) -> list[Mark] | None:
        marks: list[Mark] = []
        for ask in finders:
            found = ask(view)
            if found is None:
                return None
            marks += found
        return marks

    return _find


def _without(ask: Finder) -> Finder:
    return lambda view: [] if ask(view) is None else None


def _fact(condition: Meta) -> Finder:
    if condition.name == "speaker":
        return _said(condition)
    return lambda view: [] if holds(condition, view.article) else None


def _repeated(ask: Finder, times: int) -> Finder:
    def _find(view: View) -> list[Mark] | None:
        marks = ask(view)
        return marks if marks and len(marked_spans(marks, view.words)) >= times else None

    return _find


def _within(name: str, ask: Finder) -> Finder:
    if name == "quote":
        return _quoting(ask)
    zone = _ZONES[name]

    def _find(view: View) -> list[Mark] | None:
        if zone is not Zone.TAGS:
            return ask(View(view.article, view.words, zone))
        return None if ask(View(view.article, view.article.tags)) is None else []

    return _find


def _quoting(ask: Finder) -> Finder:
    """Return what asks each quote by itself, and marks what is found in those that hold."""

    def _find(view: View) -> list[Mark] | None:
        article = view.article
        each = words_within(view.words, article.quotes)
        results = [ask(View(article, words, quote=quote)) for quote, words in each]
        held = [found for found in results if found is not None]
        return list(chain.from_iterable(held)) if held else None

    return _find


def _said(condition: Meta) -> Finder:
    """Return what finds the quotes of a speaker, and marks them whole."""
    name, either = reading(condition), asked(condition)

    def _find(view: View) -> list[Mark] | None:
        among = view.article.quotes if view.quote is None else (view.quote,)
        return [(one.first, one.last, name) for one in said_by(either, among)] or None

    return _find


def _near(node: Near, language: str) -> Finder:
    ask = _hits(node, language)

    def _find(view: View) -> list[Mark] | None:
        hits = ask(view)
        return list(frozenset().union(*hits.values())) or None

    return _find


def _hits(node: Node, language: str) -> Callable[[View], Hits]:
    """Return the operand of a NEAR ready to be asked: its places, none where it does not hold."""
    if isinstance(node, Near):
        left, right = _hits(node.left, language), _hits(node.right, language)
        distance = node.distance

        def _pair(view: View) -> Hits:
            ones = left(view)
            return near(ones, right(view), distance, view.words.paragraphs) if ones else {}

        return _pair
    nested = [child for child in _flat(node, Or) if isinstance(child, Near)]
    plain = [child for child in _flat(node, Or) if not isinstance(child, Near)]
    ask = _either(plain, language)
    branches = [_hits(child, language) for child in nested]

    def _join(view: View) -> Hits:
        hits = dict(hits_of(ask(view) or []))
        for branch in branches:
            for place, marks in branch(view).items():
                hits[place] = hits.get(place, frozenset()) | marks
        return hits

    return _join
