"""Words of a line in, the role they are out: a title, and the state or body it belongs to.

A role is a title ("Foreign Minister"), before it perhaps the state or body it belongs to
("Russian", "Russia's", "UN") and a word of time ("former"), behind it perhaps a second title after
"and", or the state ("President of the Russian Federation"; in Russian without "of"). The titles are
those of `names/titles.txt` and those of `names/roles.csv`.

A role either stands before a name, which is then its bearer's, or alone. Where it stands alone, its
holder is meant only if all of this is so (`stands_alone`):

- "the" or a possessive stands before the title, or the role begins a line, or it is in Russian;
- no word of time, and none of becoming ("was named the ...", "as the ..."), stands before it;
- no name stands beside it, with or without a comma: "Jane Doe, the French foreign minister";
- it does not go on: "president-elect", "Secretary of State for Defence", "president in exile".
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from pipelines.article import Zone
from pipelines.tagging.declension import adjective_forms, variants
from pipelines.tagging.gazetteer import Gazetteer, Line, Name, read_names, read_table, split_names

_TIME_WORDS = """
former then ex acting outgoing incoming late ousted deposed exiled interim newly elected
бывший бывшего бывшему бывшим экс
"""
_TIME = frozenset(_TIME_WORDS.split())
_NOT_HIS_TEXT = """
as like is was were be been being become became becomes becoming remain remains remained named
appointed elected chosen made a an any another each every no new next previous first last future
deputy vice assistant under shadow old past several two both whose once nominee office
бывшего бывший новый нового первый первого заместитель заместителя зам экс вице
"""
_NOT_HIS = frozenset(_NOT_HIS_TEXT.split())
_GOES_ON_TEXT = """
of for elect designate nominee candidate candidates hopeful election elections race emeritus
apparent select
"""
_GOES_ON = frozenset(_GOES_ON_TEXT.split())
_BEFORE_PLACES = frozenset(["in", "at", "near", "on", "inside", "outside"])
_SAYS_TEXT = """
says said to meets met visits calls warns tells urges arrives rejects denies backs slams vows
hails seeks wants will may and on at with holds hosts welcomes signs resigns accuses
"""
_SAYS = frozenset(_SAYS_TEXT.split())
_WHERE = frozenset({"exile", "waiting"})
_POSSESSIVE = re.compile("(?:['\u2019\u02bc]s|s['\u2019\u02bc]) ")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_OF = frozenset({"of", "for"})
_MORE_BODIES = {"EU Council": "european-council", "EU Commission": "european-commission"}
_APOSTROPHES = frozenset("'\u2019\u02bc")
_STATE_CODE = 2  # letters; longer: the id of a body


@dataclass(frozen=True, slots=True)
class Role:
    """A role as a table or a text has it: title in small letters, and whose it is."""

    title: str
    of: str = ""  # ISO 3166-1 alpha-2, or the id of a body; empty: none named


@dataclass(frozen=True, slots=True)
class FoundRole:
    """The role that words `first` up to and without `stop` of a line are."""

    first: int
    stop: int
    roles: tuple[Role, ...]
    timed: bool = False  # "former", "then"
    possessive: bool = False  # "Russia's"


class RoleFinder:
    """Finds roles in lines; made once of all roles that are known."""

    def __init__(self, roles: Iterable[Role], bodies: Iterable[Name[str]] = ()) -> None:
        """Take the titles of `roles` and of the general list, and the names of `bodies`."""
        self._titles = Gazetteer(_title_names({role.title for role in roles}))
        self._states = Gazetteer([*_state_names(), *bodies])

    @property
    def starts(self) -> Set[str]:
        """Return the word forms with which a role begins."""
        return _TIME | self._titles.starts | self._states.starts

    def at(self, line: Line, first: int) -> tuple[FoundRole, ...]:
        """Return the readings of a role that begins at word `first`, the longest first."""
        word = first
        while word < len(line.words) - 1 and line.words[word].form in _TIME:
            word += 1
        timed, of, possessive = word > first, "", False
        titles, stop = self._all_titles(line, word)
        if not titles:
            of, word = self._state(line, word)
            possessive = bool(of) and line.gap(word)[:1] in _APOSTROPHES
            titles, stop = self._all_titles(line, word)
        if not titles:
            return ()
        behind, after = self._state_behind(line, stop)
        readings = ((after, of or behind), (stop, of)) if behind else ((stop, of),)
        return tuple(
            FoundRole(first, end, tuple(Role(title, own) for title in titles), timed, possessive)
            for end, own in readings
        )

    def _state(self, line: Line, word: int, *, last: bool = False) -> tuple[str, int]:
        """Return the state or body at `word`, and the word behind it; a title needs one there."""
        if word >= len(line.words):
            return "", word
        hit = self._states.longest(line, word)
        if hit is None:
            return "", word
        if not last and (hit.stop == len(line.words) or not line.joined(hit.stop)):
            return "", word
        return hit.values[0], hit.stop

    def _all_titles(self, line: Line, word: int) -> tuple[list[str], int]:
        titles: list[str] = []
        start = word
        while start < len(line.words) and (hit := self._titles.longest(line, start)):
            titles += hit.values
            word = hit.stop
            start = word + (word < len(line.words) and line.words[word].form == "and")
        return titles, word

    def _state_behind(self, line: Line, word: int) -> tuple[str, int]:
        last = len(line.words)
        if word < last and not line.joined(word):
            return "", word
        if word < last and line.words[word].form in _OF:
            word += 1
            if word < last and line.words[word].form == "the":
                word += 1
        return self._state(line, word, last=True)


def before_name(line: Line, role: FoundRole) -> bool:
    """Return whether a name may follow: only a space, or the dot of "Mr.", stands between."""
    if role.stop >= len(line.words):
        return False
    gap = line.gap(role.stop)
    return gap == " " or (gap == ". " and line.joined(role.stop))


def stands_alone(line: Line, role: FoundRole) -> bool:
    """Return whether the words can only mean whoever holds the office; see the top for the rules.

    What a role means besides, and whether a known person's name stands beside it, is not asked.
    """
    inside = _POSSESSIVE.findall(line.surface(role.first, role.stop))
    if role.timed or len(inside) > role.possessive or _goes_on(line, role):
        return False
    if _has_article(line, role.first):
        return not _is_anothers(line, role.first - 1)
    return _needs_none(line, role) and not _is_anothers(line, role.first)


def _has_article(line: Line, word: int) -> bool:
    return word > 0 and line.words[word - 1].form == "the" and line.gap(word) in (" ", " \u00ab")


def _needs_none(line: Line, role: FoundRole) -> bool:
    """Return whether no "the" is needed: for a possessive, in Russian, in headlines, in front."""
    if role.possessive or role.first == 0:
        return True
    if _CYRILLIC.match(line.surface(role.first, role.stop)):
        return True
    before = line.words[role.first - 1].form
    return line.zone is Zone.HEADLINE and before not in _NOT_HIS | _TIME


def _goes_on(line: Line, role: FoundRole) -> bool:
    """Return whether the words behind make it another office, or give its bearer's name."""
    if role.stop == len(line.words):
        return False
    gap, form = line.gap(role.stop), line.words[role.stop].form
    if "-" in gap or (gap == " " and form in _GOES_ON) or _elsewhere(line, role.stop):
        return True
    named = line.capital(role.stop) and not line.no_capitals
    if gap == " ":
        return named and not (line.zone is Zone.HEADLINE and form in _SAYS)
    return named and gap in (", ", " (", ", \u201c", ": ", " \u2013 ", " \u2014 ")


def _elsewhere(line: Line, word: int) -> bool:
    """Return whether "in exile" or the like begins at `word`."""
    words = [one.form for one in line.words[word : word + 2]]
    return words[:1] == ["in"] and words[-1] in _WHERE


def _is_anothers(line: Line, word: int) -> bool:
    """Return whether what stands before `word` makes the role somebody else's."""
    if word == 0:
        return False
    before, gap = line.words[word - 1].form, line.gap(word)
    if gap in (" ", "-"):
        held = line.words[word - 2].form if word > 1 and before == "of" else before
        return held in _NOT_HIS | _TIME or before[:1].isdigit()
    if gap.strip() not in (",", "\u2013", "\u2014", "-", "("):
        return False
    hyphened = word > 1 and line.gap(word - 1) == "-"
    return line.capital(word - 1 - hyphened) and not _is_place(line, word - 1 - hyphened)


def _is_place(line: Line, word: int) -> bool:
    """Return whether the capitalised words that end at `word` stand behind "in" or the like."""
    while word > 0 and line.capital(word) and line.gap(word) == " ":
        word -= 1
    return line.words[word].form in _BEFORE_PLACES


def _title_names(titles: set[str]) -> Iterator[Name[str]]:
    for title in sorted(titles | {line.lower() for line in read_names("titles.txt").splitlines()}):
        yield from (Name(form, title, any_case=True) for form in variants(title))


def _state_names() -> Iterator[Name[str]]:
    for row in read_table("countries.csv"):
        code = row["code"]
        cased = set(split_names(row["cased"]))
        for text in [row["name"], *split_names(row["aliases"])]:
            yield Name(text, code, cased=text in cased)
        for text in split_names(row["adjectives"]):
            yield from (Name(form, code, any_case=True) for form in adjective_forms(text))
        for text in split_names(row["ru"]) + split_names(row["uk"]):
            yield from (Name(form, code) for form in variants(text))
    yield from (Name(body, of) for body, of in _MORE_BODIES.items())


def given_by(found: FoundRole, own: Mapping[str, frozenset[str]]) -> bool:
    """Return whether a found role is one of a person's own: title -> whose.

    Where the text does not say whose it is, the title of a state's office will do; that of a body
    ("chief") will not.
    """
    for role in found.roles:
        whose = own.get(role.title, frozenset())
        if role.of in whose or (not role.of and any(len(of) == _STATE_CODE for of in whose)):
            return True
    return False
