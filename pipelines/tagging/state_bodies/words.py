"""A line of an article in, the state bodies that its words make out: a kind, and whose it is.

The rules, which an analyst can review:

- The state stands before the kind as adjective, name or with a possessive ("Kenyan parliament", "UK
  Home Office", "Ukraine's foreign ministry"), or behind it ("parliament of Georgia", "МИД России",
  "ministère des Affaires étrangères du Mali"); a capital with "in" behind it says the same ("the
  Foreign Ministry in Kyiv"). French and Spanish adjectives stand behind or within.
- A name that is no adjective stands before small letters only with a possessive, in capitals or in
  a headline: "left Iran army" is no army of Iran.
- An adjective within a longer one is none ("Bosnian Serb", "pro-Russian", "West German"), and what
  is regional or local is no body of the state.
- Of Georgia by its bare name, courts, armies and the like are those of the US state too often: only
  ministries, parliament, embassies and the central bank count.
- An embassy is known by whose it is and where: "in Baghdad", or the place directly behind it.
- Words in small letters make no senate, congress or police.
- A list of portfolios goes on with the name: "Ministry of Health and Sports".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipelines.article import Zone
from pipelines.tagging.countries import place_names
from pipelines.tagging.gazetteer import Line
from pipelines.tagging.places import ADJECTIVE, METONYM, NAME, Place
from pipelines.tagging.state_bodies.phrases import Form, closings, heads, openings, states
from pipelines.tagging.state_bodies.table import EMBASSY, UN_MISSION

_OF = frozenset(["of", "for", "de", "du", "des", "del", "d", "der", "von"])
_THE = frozenset(["the", "la", "le", "l", "los", "der", "республики", "республіки"])
_REALM_OF = (["republic", "of"], ["kingdom", "of"], ["state", "of"])
_IN = frozenset(["in", "at", "в", "во", "у", "à", "en"])
_LONGER_TEXT = """
bosnian north south east west northern southern eastern western free new ethnic pan neo
"""
_LONGER = frozenset(_LONGER_TEXT.split())  # before an adjective: it is a part of another
_PARTIAL_TEXT = """
regional local provincial state city municipal self puppet shadow student district county rebel
breakaway parallel
"""
_PARTIAL = frozenset(_PARTIAL_TEXT.split())
_CYRILLIC = re.compile("[\u0400-\u052f]")
_LINKED = frozenset(" '\u2019")
_LONGEST = 5  # words of the name of a state
_PORTFOLIO = (
    r"(?:International|Cooperation|Trade|Expatriates|Emigrants|Regional|European|Integration|Religion"
    r"|Worship|Family|Welfare|Population|Social|Services|Human|Rights|Public|Administration|Sports?"
    r"|Communications?|Tourism|Mines|Mining|Industry|Industrial|Energy|Technology|Science|Culture"
    r"|Youth|Development|Immigration|Security|Territorial|Planning|Budget|Economy|Finance|Justice"
    r"|Prisons|Water|Commerce|Labou?r|Medical|Education|Digital|Climate|Change|Infrastructure|Housing"
    r"|Livestock|Fisheries|Food|Forestry|Rural|Environment|Natural|Resources|Information|Community"
    r"|Hygiene|Insurance|Research|Employment|Sustainable|Emergency)"
)
_GOES_ON = re.compile(rf"(?:(?:,? and|,|,? &) {_PORTFOLIO}(?: {_PORTFOLIO})*)+(?!\w)")
_NAMESAKES = {"georgia": frozenset(["ministry", "parliament", "central-bank", "embassy"])}
_IN_A_CAPITAL = frozenset(["ministry", "department", "parliament"])  # groups


@dataclass(frozen=True, slots=True)
class FoundBody:
    """Words `first` up to and without `stop` of a line that are a state body, or may mean one.

    `start` and `end` are the place of its name in the line: a possessive is left out. Without
    `code` the words do not say whose it is, without `host` not where the embassy is.
    """

    line: Line
    first: int
    stop: int
    start: int
    end: int
    forms: tuple[Form, ...]
    code: str = ""  # ISO 3166-1 alpha-2
    state: str = ""  # the words that say so
    host: str = ""

    @property
    def surface(self) -> str:
        """Return the name as it is written."""
        return self.line.text[self.start : self.end]

    def is_of(self, kind: str) -> bool:
        """Return whether the words are for this kind of body."""
        return any(form.kind.id == kind for form in self.forms)

    def owned(self, place: Place, state: str) -> "FoundBody | None":
        """Return the body as that of a state, None where it has none such."""
        groups = _NAMESAKES.get(state.casefold())
        forms = tuple(
            form
            for form in self.forms
            if form.kind.admits(place.code) and (groups is None or form.kind.group in groups)
        )
        return replace(self, forms=forms, code=place.code, state=state) if forms else None


class BodyWords:
    """Finds the words of state bodies in articles of one language."""

    def __init__(self, language: str) -> None:
        """Read the tables; `language` is one of `OWN_WORDS`, or any other."""
        self._heads = heads(language)
        self._openings, self._closings = openings(language), closings(language)
        self._states, self._places = states(language), place_names()
        self._adjectives_behind = language in ("fr", "es")
        self._starts = frozenset(self._heads.starts | self._openings.starts)
        self._seconds = {
            form: after
            for form, after in self._heads.seconds().items()
            if form not in self._openings.starts
        }
        self._state_starts = frozenset(self._states.starts)

    def find(self, line: Line) -> Iterator[FoundBody]:
        """Yield what may be a state body, in order of place."""
        free = 0  # the first word behind the last body
        for word in line.beginning(self._starts):
            if word >= free and self._goes_on(line, word):
                found = self._parted(line, word) or self._at(line, word)
                if found is not None:
                    yield found
                    free = found.stop

    def _goes_on(self, line: Line, word: int) -> bool:
        """Return whether the next word may follow, for a first word that is no kind by itself."""
        after = self._seconds.get(line.forms[word])
        return after is None or (word + 1 < len(line.forms) and line.forms[word + 1] in after)

    def _at(self, line: Line, word: int) -> FoundBody | None:
        plain = self._kind_at(line, word)
        if plain is None:
            return None
        owned = self._after_state(plain) or self._before_state(plain) or self._in_capital(plain)
        if owned is None:
            return plain
        return self._with_host(owned) if owned.is_of(EMBASSY) else owned

    def _kind_at(self, line: Line, word: int) -> FoundBody | None:
        """Return the words for a kind that begin at `word`, whoever's they are."""
        hit = self._heads.longest(line, word)
        if hit is None or (word > 0 and line.words[word - 1].form in _PARTIAL):
            return None
        forms = _written_right(line, word, hit.values)
        if not forms:
            return None
        start, end, stop = line.words[word].start, line.words[hit.stop - 1].end, hit.stop
        further = _GOES_ON.match(line.text, end) if " of " in forms[0].text else None
        if further is not None:
            end = further.end()
            stop += sum(end > one.start for one in line.words[stop:])
        return FoundBody(line, word, stop, start, end, forms)

    def _parted(self, line: Line, word: int) -> FoundBody | None:
        """Return the body whose adjective stands within: "ministère français de la Défense"."""
        opening = self._openings.longest(line, word)
        if opening is None or opening.stop >= len(line.words):
            return None
        state = self._states.longest(line, opening.stop)
        if state is None or state.values[0].kind != ADJECTIVE or state.stop >= len(line.words):
            return None
        closing = self._closings.longest(line, state.stop)
        if closing is None:
            return None
        start, end = line.words[word].start, line.words[closing.stop - 1].end
        whole = FoundBody(line, word, closing.stop, start, end, closing.values)
        return whole.owned(state.values[0], line.surface(state.first, state.stop))

    def _after_state(self, plain: FoundBody) -> FoundBody | None:
        """Return the body with the state that stands before it."""
        line, first = plain.line, plain.first
        for word in range(max(0, first - _LONGEST), first):
            if line.forms[word] not in self._state_starts:
                continue
            hit = self._states.longest(line, word)
            if hit is None or hit.stop != first or not _may_own(line, word, first):
                continue
            possessive = "s" in line.gap(first)
            if hit.values[0].kind == NAME and not possessive and not _noun_may(line, word, first):
                continue
            owned = plain.owned(hit.values[0], line.surface(word, first))
            if owned is None or possessive:
                return owned
            royal = word > 0 and line.surface(word - 1, word) == "Royal" and line.gap(word) == " "
            return replace(owned, first=word - royal, start=line.words[word - royal].start)
        return None

    def _before_state(self, plain: FoundBody) -> FoundBody | None:
        """Return the body with the state that stands behind it."""
        line = plain.line
        if plain.stop >= len(line.words):
            return None
        word = _behind_of(line, plain.stop)
        linked = word > plain.stop
        if word >= len(line.words) or not (linked or self._may_follow(plain)):
            return None
        hit = self._states.longest(line, word)
        if hit is None or hit.values[0].kind != self._kind_behind(plain, linked=linked):
            return None
        owned = plain.owned(hit.values[0], line.surface(word, hit.stop))
        return owned and replace(owned, stop=hit.stop, end=line.words[hit.stop - 1].end)

    def _may_follow(self, plain: FoundBody) -> bool:
        """Return whether a state may follow without a word between."""
        line, word = plain.line, plain.stop
        if line.gap(word) != " ":
            return False
        cyrillic = bool(_CYRILLIC.match(line.text, line.words[word].start))
        return cyrillic or self._adjectives_behind or plain.is_of(UN_MISSION)

    def _kind_behind(self, plain: FoundBody, *, linked: bool) -> str:
        adjective = self._adjectives_behind and not linked and not plain.is_of(UN_MISSION)
        return ADJECTIVE if adjective else NAME

    def _in_capital(self, plain: FoundBody) -> FoundBody | None:
        """Return the body with the state whose capital it is in: "the Foreign Ministry in Kyiv"."""
        kind = plain.forms[0].kind
        if not kind.id or kind.group not in _IN_A_CAPITAL:
            return None
        inside = self._place_in(plain.line, plain.stop)
        if inside is None or inside[0].kind != METONYM:
            return None
        return plain.owned(inside[0], f"in {plain.line.surface(plain.stop + 1, inside[1])}")

    def _place_in(self, line: Line, word: int) -> tuple[Place, int] | None:
        """Return the place behind "in" at `word`, and the word behind it."""
        last = len(line.words) - 1
        if word >= last or line.gap(word) != " " or line.words[word].form not in _IN:
            return None
        word += 1 + (line.words[word + 1].form == "the" and word + 1 < last)
        return self._place(line, word)

    def _place(self, line: Line, word: int) -> tuple[Place, int] | None:
        """Return the place in a state at `word`, and the word behind it."""
        hit = self._places.longest(line, word)
        if hit is None or not hit.values[0].code or hit.values[0].kind == ADJECTIVE:
            return None
        return hit.values[0], hit.stop

    def _with_host(self, embassy: FoundBody) -> FoundBody:
        """Return an embassy with the state it is in, if the words behind say so."""
        line, stop = embassy.line, embassy.stop
        if stop >= len(line.words) or line.gap(stop) != " ":
            return embassy
        # "embassy in Baghdad", "embassy officials in Baghdad", "Embassy Baghdad"
        inside = self._place_in(line, stop) or self._place_in(line, stop + 1)
        if inside is not None:
            return (
                embassy if inside[0].code == embassy.code else replace(embassy, host=inside[0].code)
            )
        direct = self._place(line, stop)
        if direct is None or direct[0].code == embassy.code:
            return embassy
        end = line.words[direct[1] - 1].end
        return replace(embassy, stop=direct[1], end=end, host=direct[0].code)


def _written_right(line: Line, word: int, forms: tuple[Form, ...]) -> tuple[Form, ...]:
    large = line.capital(word) or line.no_capitals
    return tuple(form for form in forms if large or not form.kind.capital)


def _may_own(line: Line, word: int, first: int) -> bool:
    """Return whether the words from `word` up to the kind at `first` can say whose it is."""
    if not line.joined(first):
        return False
    return word == 0 or ("-" not in line.gap(word) and line.words[word - 1].form not in _LONGER)


def _noun_may(line: Line, word: int, first: int) -> bool:
    """Return whether the name of a state may stand before the kind without a possessive."""
    if _CYRILLIC.match(line.text, line.words[first].start):
        return False
    if line.capital(first) or line.zone is Zone.HEADLINE or line.no_capitals:
        return True
    return line.surface(word, first).isupper()  # "US armed forces"


def _behind_of(line: Line, word: int) -> int:
    """Return the word behind "of", "of the" or the like at `word`; `word` where there is none."""
    if line.words[word].form not in _OF or line.gap(word) != " ":
        if line.words[word].form in _THE and _CYRILLIC.match(line.text, line.words[word].start):
            return word + 1  # "парламент Республики Беларусь"
        return word
    behind = word + 1
    while behind < len(line.words) and _LINKED.issuperset(line.gap(behind)):
        if line.forms[behind : behind + 2] in _REALM_OF:
            behind += 2
        elif line.forms[behind] in _THE:
            behind += 1
        else:
            break
    return behind
