"""Words before a name in, the role they give its bearer out.

A role is a title ("Foreign Minister"), before it perhaps the state or body it belongs to
("Russian", "Russia's", "UN") and a word of time ("former"), behind it perhaps a second title after
"and", or the state ("President of the Russian Federation"; in Russian without "of"). The titles are
those of `names/titles.txt` and those that `names/entities.csv` gives its people.
"""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from pipelines.tagging.declension import adjective_forms, variants
from pipelines.tagging.gazetteer import Gazetteer, Line, Name, read_names, read_table, split_names

_TIME_WORDS = """
former then ex acting outgoing incoming late ousted deposed exiled interim newly elected
бывший бывшего бывшему бывшим экс
"""
_TIME = frozenset(_TIME_WORDS.split())
_BODIES = ("UN", "United Nations", "EU", "European Union", "NATO", "Kremlin", "White House")
_SPOKES = ("Spokesman", "Spokeswoman", "Spokesperson")
_OF = frozenset({"of", "for"})
_OF_STATE = " of State"


@dataclass(frozen=True, slots=True)
class Role:
    """A role as a table or a text has it: title in small letters, and the code of its state."""

    title: str
    state: str = ""  # ISO 3166-1 alpha-2; empty: none named, or a body that is not a state


@dataclass(frozen=True, slots=True)
class FoundRole:
    """The role that words of a line give to a name beginning at word `stop`."""

    stop: int
    roles: tuple[Role, ...]


def read_roles(cell: str, states: Iterable[str]) -> list[Role]:
    """Return the roles of a cell of the table: "RU Foreign Minister|NATO Chief"."""
    roles = []
    for text in split_names(cell):
        state, _, title = text.partition(" ")
        if state not in states:
            state, title = "", text
        roles += [Role(spelling.lower(), state) for spelling in _spellings(title)]
    return roles


def _spellings(title: str) -> Iterator[str]:
    yield title
    if "Defence" in title:
        yield title.replace("Defence", "Defense")
    if title.endswith(_OF_STATE):
        yield title.removesuffix(_OF_STATE)
    for ending in _SPOKES:
        if title.endswith(ending):
            yield from (title.removesuffix(ending) + other for other in _SPOKES if other != ending)


class RoleFinder:
    """Finds roles in lines; made once of all roles that are known."""

    def __init__(self, roles: Iterable[Role]) -> None:
        """Take the titles of `roles` and of the general list."""
        titles = {role.title for role in roles}
        self._titles = Gazetteer(_title_names(titles))
        self._states = Gazetteer(_state_names())

    @property
    def starts(self) -> Set[str]:
        """Return the word forms with which a role begins."""
        return _TIME | self._titles.starts | self._states.starts

    def at(self, line: Line, first: int) -> tuple[FoundRole, ...]:
        """Return the readings of a role that begins at word `first`, the longest first.

        Each ends right before another word, where the name must begin.
        """
        word = first
        while word < len(line.words) - 1 and line.words[word].form in _TIME:
            word += 1
        state = ""
        titles, stop = self._all_titles(line, word)
        if not titles:
            state, word = self._state(line, word)
            titles, stop = self._all_titles(line, word)
        if not titles:
            return ()
        behind, after = self._state_behind(line, stop)
        readings = ((after, state or behind), (stop, state)) if behind else ((stop, state),)
        return tuple(
            FoundRole(end, tuple(Role(title, own) for title in titles))
            for end, own in readings
            if end < len(line.words) and _close(line, end)
        )

    def _state(self, line: Line, word: int) -> tuple[str, int]:
        if word >= len(line.words):
            return "", word
        hit = self._states.longest(line, word)
        if hit is None or hit.stop == len(line.words) or not line.joined(hit.stop):
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
        last = len(line.words) - 1
        if word < last and line.words[word].form in _OF:
            word += 1
            if word < last and line.words[word].form == "the":
                word += 1
        return self._state(line, word)


def _close(line: Line, word: int) -> bool:
    """Return whether only a space, or the dot of "Mr.", stands before `word`."""
    return line.gap(word) == " " or (line.gap(word) == ". " and line.joined(word))


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
    yield from (Name(body, "") for body in _BODIES)


def given_by(found: FoundRole, own: Mapping[str, frozenset[str]]) -> bool:
    """Return whether a found role is one of a person's own: title -> the states it was held in."""
    return any(
        role.title in own and (not role.state or role.state in own[role.title])
        for role in found.roles
    )
