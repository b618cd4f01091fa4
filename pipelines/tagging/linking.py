"""The names of an article in, whom each shorter one means out: `link_names`.

Who is named in full bears the shorter names; one of these means the bearer named last before it,
else the one named next after it (a headline comes before the full name). The rules:

- A shorter name of a person is the surname with or without its particles ("von der Leyen", "Leyen",
  "al-Assad", "Assad"), either or both of two surnames ("Garcia Marquez", "Garcia"), the given name
  ("Hillary"; in Korean and Chinese names that is the family's), or the name with a middle name or
  initials left out ("George Bush", "G. W. Bush"). "Jr." and numbers tell persons apart.
- A surname goes before a given name: "Jordan" is Michael Jordan before it is Jordan Smith.
- "Mrs." and "Mr." do not mean one who was called the other.
- Who is named as somebody's wife, son or parent is not meant by the surname alone while another
  bearer is there, nor by the surname behind an office ("President Moïse" after "his wife Martine").
- A shorter name of an organisation is its initials ("WHO", "U.N."), its name without the kind of
  company, or its last words, where the first say only whose it is ("Senate" after "US Senate").
- A given name of two bearers is nobody's.
- Persons are shortened to persons, organisations to organisations; a place means itself.
"""

import re
import unicodedata
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

PERSON, ORGANISATION = "person", "organisation"
Bearer = TypeVar("Bearer", bound=Hashable)

_PARTICLES_TEXT = """
al el ul an ar as ash at bin ibn ben bint abu abd von van der den de del della di da do dos du la le
los ter ten zu zur af av st
"""
_PARTICLES = frozenset(_PARTICLES_TEXT.split())
_SUFFIXES_TEXT = """
jr sr ii iii iv v vi vii viii ix xii xiii xiv xv xvi xxiii
"""
_SUFFIXES = frozenset(_SUFFIXES_TEXT.split())
_COMPANIES_TEXT = """
inc corp corporation company co ltd limited plc group ag sa gmbh llc holding holdings
"""
_COMPANIES = frozenset(_COMPANIES_TEXT.split())
_SMALL_TEXT = """
of the and for in on to de des du la et
"""
_SMALL = frozenset(_SMALL_TEXT.split())
_WOMEN, _MEN = (
    frozenset({"mrs", "ms", "miss", "madam", "mme"}),
    frozenset({"mr", "sir", "monsieur"}),
)
_RELATIVES = (
    "wife|widow|husband|spouse|widower|son|daughter|brother|sister|mother|father|parents?|cousin|uncle"
    "|aunt|nephew|niece|children|sons|daughters|brothers|sisters|grandson|granddaughter|grandfather"
    "|grandmother|first lady|son-in-law|stepson|stepdaughter|fiancée?|girlfriend|boyfriend"
)
_RELATIVE_BEFORE = re.compile(
    rf"\b(?:{_RELATIVES})\b(?:[^.;!?\n]|(?<=[SJ]r)\.|(?<=\b[A-Z])\.){{0,40}}$", re.IGNORECASE
)
_RELATIVE_BEHIND = re.compile(
    rf" ?, (?:his|her|whose|the) (?:[\w-]+ )?(?:{_RELATIVES})\b", re.IGNORECASE
)
_REACH = 60  # characters read before a name for such a word
_OFFICES_TEXT = """
president minister chancellor senator governor king queen premier secretary general
"""
_OFFICES = frozenset(_OFFICES_TEXT.split())
_PART = re.compile(r"[^\W_]+(?:['\u2019\u02bc][^\W_]{2,})*")
_POSSESSIVE = re.compile("['\u2019\u02bc]s?$")


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name in a text, without title and possessive: its place, its words, and what it names."""

    start: int
    end: int
    surface: str
    kind: str  # person, organisation, place
    title: str = ""  # "Mrs", "President": the word before it


@dataclass(frozen=True, slots=True)
class Link:
    """What a name means: the index of the fullest span of it (itself where there is none)."""

    full: int
    why: str = ""  # empty: nothing fuller is in the text


def link_names(spans: Sequence[NameSpan], text: str = "") -> list[Link]:
    """Return for each span what it means; spans must be in order of their place in `text`.

    All spans of one person or body get the same `full`: the first span of the fullest name. Without
    the text nobody is known to be a relative.
    """
    return _Linker(spans, text).links()


def nearest(start: int, named: Mapping[Bearer, Sequence[int]]) -> Bearer:
    """Return who was named last before `start` (an offset), else who is named first after it.

    `named` holds the offsets where each bearer is named in full; it must not be empty.
    """
    return min(named, key=lambda bearer: _distance(start, named[bearer]))


def _distance(start: int, places: Sequence[int]) -> tuple[bool, int]:
    """Return how far the nearest place before is; places behind come after all before."""
    before = [start - place for place in places if place <= start]
    return (False, min(before)) if before else (True, min(places) - start)


class _Linker:
    """The names of one article, grouped by who bears them."""

    def __init__(self, spans: Sequence[NameSpan], text: str) -> None:
        self._spans = spans
        self._text = text
        self._parts = [_name_parts(span.surface) for span in spans]
        self._bearers = _grouped(spans, self._parts)
        self._named = {
            full: [spans[index].start for index in members]
            for full, members in self._bearers.items()
        }
        self._relatives = {
            full for full, members in self._bearers.items() if self._relative(members)
        }

    def links(self) -> list[Link]:
        owner = {one: full for full, members in self._bearers.items() for one in members}
        return [
            self._same(index, owner[index]) if index in owner else self._short(index)
            for index in range(len(self._spans))
        ]

    def _same(self, index: int, full: int) -> Link:
        if self._parts[index] != self._parts[full]:
            return Link(full, f"'{self._spans[full].surface}' with words left out")
        return Link(full)

    def _short(self, index: int) -> Link:
        rule, bearers = self._who(index)
        if not bearers:
            same = (
                other
                for other in range(index)
                if self._parts[other] == self._parts[index]
                and self._spans[other].kind == self._spans[index].kind
            )
            return Link(next(same, index))
        start = self._spans[index].start
        full = nearest(start, {bearer: self._named[bearer] for bearer in bearers})
        several = f"; of {len(bearers)} bearers, the one named last" if len(bearers) > 1 else ""
        return Link(full, f"{rule} of '{self._spans[full].surface}'{several}")

    def _who(self, index: int) -> tuple[str, list[int]]:
        """Return by which rule the span is a shorter name, and of whom; of nobody: empty."""
        span, short = self._spans[index], self._parts[index]
        found: dict[str, list[int]] = {}
        for full in self._bearers:
            if self._spans[full].kind == span.kind and (rule := _rule(span, short, self, full)):
                found.setdefault(rule, []).append(full)
        for rule in _RULES:
            if rule in found:
                bearers = self._of_title(span, found[rule])
                return (rule, bearers) if len(bearers) == 1 or rule not in _ALONE else ("", [])
        return "", []

    def _of_title(self, span: NameSpan, bearers: list[int]) -> list[int]:
        """Return those of the bearers whom neither the span's title nor kinship rules out."""
        title = _word(span.title)
        others = _WOMEN if title in _MEN else _MEN if title in _WOMEN else frozenset()
        kept = [one for one in bearers if not others & self._titles(one)] or bearers
        if title not in _WOMEN | _MEN:
            first = [one for one in kept if one not in self._relatives]
            kept = first if first or title in _OFFICES else kept
        return kept

    def _relative(self, members: Sequence[int]) -> bool:
        """Return whether a person is called somebody's relative where first named in full."""
        first = self._spans[min(members)]
        before = self._text[max(0, first.start - _REACH) : first.start]
        return bool(
            first.kind == PERSON
            and (_RELATIVE_BEFORE.search(before) or _RELATIVE_BEHIND.match(self._text, first.end))
        )

    def _titles(self, full: int) -> set[str]:
        """Return the titles with which a bearer is named in full."""
        return {_word(self._spans[one].title) for one in self._bearers[full]}

    def parts(self, full: int) -> tuple[str, ...]:
        """Return the parts of a bearer's fullest name."""
        return self._parts[full]

    def surface(self, full: int) -> str:
        """Return a bearer's fullest name as written."""
        return self._spans[full].surface


# The first that fits anyone wins. By those of `_ALONE` a name of two bearers is nobody's.
_RULES = ("surname", "initials", "short name", "given name")
_ALONE = frozenset({"given name"})


def _rule(span: NameSpan, short: tuple[str, ...], linker: _Linker, full: int) -> str:
    long = linker.parts(full)
    if not short or short == long:
        return ""
    if span.kind == PERSON:
        return _person_rule(short, long)
    return _body_rule(span.surface, short, linker.surface(full), long)


def _person_rule(short: tuple[str, ...], long: tuple[str, ...]) -> str:
    bare, name = _without(short, _SUFFIXES), _without(long, _SUFFIXES)
    end = tuple(part for part in long if part in _SUFFIXES)
    if len(bare) < len(short) and short[-1:] != end:
        return ""
    core, own = _without(bare, _PARTICLES), _without(name, _PARTICLES)
    if core == own and len(name) < len(long):  # "Elizabeth" of Elizabeth II
        return "given name" if len(bare) == len(short) else ""
    return _part_rule(core, own) if core and len(own) > 1 else ""


def _part_rule(core: tuple[str, ...], own: tuple[str, ...]) -> str:
    """Return which part of a name the words `core` are; empty: none, or all of it."""
    if own[-len(core) :] == core and len(core) < len(own):
        return "surname"
    if len(own) > 2 and core == own[1:2] and len(core[0]) > 1:  # the first of two surnames
        return "surname"
    return "given name" if core == own[: len(core)] else ""


def _body_rule(surface: str, short: tuple[str, ...], full: str, long: tuple[str, ...]) -> str:
    if "".join(short) in (_initials(full, _SMALL), _initials(full, frozenset())):
        return "initials"
    if len(short) < len(long):
        if long[: len(short)] == short and set(long[len(short) :]) <= _COMPANIES:
            return "short name"
        if long[-len(short) :] == short and surface[:1].isupper():
            return "short name"
    return ""


def _grouped(spans: Sequence[NameSpan], parts: Sequence[tuple[str, ...]]) -> dict[int, list[int]]:
    """Return who is named in full: the first span of the fullest name, and all spans of it."""
    groups: dict[int, list[int]] = {}
    order = sorted(range(len(spans)), key=lambda index: (-len(parts[index]), index))
    for index in order:
        if not _is_full(spans[index], parts[index]):
            continue
        same = [
            full
            for full in groups
            if spans[full].kind == spans[index].kind and _same_name(parts[index], parts[full])
        ]
        if not same and _is_tail(spans[index].kind, parts[index], groups, parts):
            continue
        if len(same) == 1 or (same and parts[same[0]] == parts[index]):
            groups[same[0]].append(index)
        else:
            groups[index] = [index]
    return groups


def _is_tail(
    kind: str,
    short: tuple[str, ...],
    groups: Mapping[int, list[int]],
    parts: Sequence[tuple[str, ...]],
) -> bool:
    """Return whether a name of two words is the double surname of somebody named before."""
    return kind == PERSON and any(_person_rule(short, parts[full]) == "surname" for full in groups)


def _is_full(span: NameSpan, parts: tuple[str, ...]) -> bool:
    if span.kind == PERSON:
        core = _without(_without(parts, _SUFFIXES), _PARTICLES)
        words = [word for word in span.surface.split() if _word(word) not in _PARTICLES | _SUFFIXES]
        reigns = len(words) == 1 and parts[-1:] != core[-1:] and parts[-1] not in ("jr", "sr")
        return reigns or (len(words) > 1 and any(len(part) > 1 for part in core[:-1]))
    return len(parts) > 1 and any(len(part) > 1 for part in parts)


def _same_name(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Return whether two full names are one: the same, or first and last name with all between."""
    if short == long:
        return True
    if [part for part in short if part in _SUFFIXES] != [
        part for part in long if part in _SUFFIXES
    ]:
        return False
    own, other = _without(short, _SUFFIXES), _without(long, _SUFFIXES)
    if not own or not other or own[-1] != other[-1]:
        return False
    rest = iter(other)
    return own[0] == other[0] and all(any(_fits(part, one) for one in rest) for part in own)


def _fits(part: str, full: str) -> bool:
    return part == full or (len(part) == 1 and full.startswith(part))


def _without(parts: tuple[str, ...], words: frozenset[str]) -> tuple[str, ...]:
    return tuple(part for part in parts if part not in words)


def _initials(name: str, small: frozenset[str]) -> str:
    words = _PART.findall(name)
    return "".join(word[0] for word in words if word.lower() not in small).casefold()


@lru_cache(maxsize=4096)
def _name_parts(surface: str) -> tuple[str, ...]:
    """Return the words and hyphened parts of a name, folded, without the possessive."""
    return tuple(_word(part) for part in _PART.findall(_POSSESSIVE.sub("", surface)))


def _word(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold().strip("."))
    return "".join(letter for letter in plain if letter.isalnum())
