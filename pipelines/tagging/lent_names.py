"""Say where the name of a place is lent to something else, so that no country is meant.

The rules, which an analyst can review:

- Treaties and conferences: "Geneva II", "Minsk agreements", "Brussels Forum", "Treaty of Utrecht".
- Money: "US$5".
- People: after a given name, an initial or "Mr" a place is a surname ("Vernon Jordan", "Steven L.
  Jordan"), and so is the same word later in the article unless "in", "to" or the like is before it.
- Titles and learning: "Prince of Wales", "Duchess of Cornwall", "University of Miami".
- Newspapers, except in headlines, where "Times" may be a word: "Jordan Times", "Chicago Tribune".
- Languages: "Spanish language", "speaks Czech, French and German", "wrote in Russian".
"""

import re
from collections.abc import Set

from pipelines.article import Zone
from pipelines.tagging.gazetteer import Hit, Line
from pipelines.tagging.places import ADJECTIVE, CITY, METONYM, Place

_NAMED_AFTER = re.compile(
    "conventions?|agreements?|accords?|protocols?|process|format|memorandum|treaty|communiqu[eé]"
    "|declaration|round|framework|pact|consensus|statute|forum"
)
_NUMBER = re.compile("I|II|III|IV")  # with capitals: "i" is "and" in Polish
_OF_A_PLACE = re.compile("treaty|university|observatoire")
_NOBLE = re.compile("prince|princess|duke|duchess|earl|countess")
_TITLES = re.compile(
    "mr|mrs|ms|miss|dr|rep|sen|sgt|lt|col|gen|capt|maj|pvt|prof|justice|judge|rev|dame"
)
_PAPERS = re.compile(
    "times|post|tribune|herald|gazette|globe|chronicle|inquirer|examiner|telegraph|daily|mirror"
    "|observer"
)
_WHERE = re.compile(
    "in|to|from|of|near|at|outside|inside|across|into|around|between|through|throughout|within"
    "|against|with|and"
)
_TONGUE = re.compile("languages?|dialects?|speaking|speakers?")
_SPEAKING = re.compile("speaks?|spoke|speaking")
_SAID_IN = re.compile(
    "said|written|speaking|spoke|wrote|translated|published|tweeted|posted|fluent|saying"
)
_LISTED = frozenset({", ", " "})  # "Czech, French and German"


class LentNames:
    """Tells the lent names of one article from the meant ones; asked for each name in order."""

    def __init__(self, given: Set[str]) -> None:
        """`given` are the given names, in small letters."""
        self._given = given
        self._surnames: set[str] = set()
        self._language: tuple[Line, int] | None = None  # where the last language ended

    def is_lent(self, line: Line, hit: Hit[Place]) -> bool:
        """Return whether the name found is lent to something that is no place."""
        if hit.values[0].kind == ADJECTIVE:
            return self._is_language(line, hit)
        return self._is_surname(line, hit) or _named_after(line, hit) or _is_paper(line, hit)

    def _is_surname(self, line: Line, hit: Hit[Place]) -> bool:
        if hit.first == 0 or hit.stop - hit.first > 1:
            return False
        form, before = line.words[hit.first].form, line.words[hit.first - 1].form
        if self._behind_a_name(line, hit.first):
            self._surnames.add(form)
            return True
        return form in self._surnames and not _WHERE.fullmatch(before)

    def _behind_a_name(self, line: Line, word: int) -> bool:
        before, gap = line.words[word - 1].form, line.gap(word)
        if _TITLES.fullmatch(before):
            return gap in (" ", ". ") and line.capital(word - 1)
        if len(before) == 1 and gap == ". " and word > 1:  # "Steven L. Jordan"
            return line.words[word - 2].form in self._given and line.gap(word - 1) == " "
        return before in self._given and gap == " " and line.capital(word - 1)

    def _is_language(self, line: Line, hit: Hit[Place]) -> bool:
        if self._names_language(line, hit):
            self._language = (line, hit.stop)
            return True
        return False

    def _names_language(self, line: Line, hit: Hit[Place]) -> bool:
        joined = hit.stop < len(line.words) and line.gap(hit.stop) in (" ", "-")
        if joined and _TONGUE.fullmatch(line.words[hit.stop].form):
            return True
        if hit.first == 0:
            return False
        before = line.words[hit.first - 1].form
        if _SPEAKING.fullmatch(before):
            return True
        if before in ("in", "into") and hit.first > 1:
            return bool(_SAID_IN.fullmatch(line.words[hit.first - 2].form))
        return self._goes_on(line, hit.first, before)

    def _goes_on(self, line: Line, word: int, before: str) -> bool:
        """Return whether a list of languages goes on at `word`."""
        if self._language is None or self._language[0] is not line:
            return False
        end = self._language[1]
        listed = end == word or (end == word - 1 and before in ("and", "or"))
        return listed and line.gap(end) in _LISTED


def _named_after(line: Line, hit: Hit[Place]) -> bool:
    if line.text.startswith("$", line.words[hit.stop - 1].end):
        return True
    if hit.first > 1 and line.words[hit.first - 1].form in ("of", "de"):
        holder = line.words[hit.first - 2].form
        city = hit.values[0].kind in (CITY, METONYM)
        if _NOBLE.fullmatch(holder) or (city and _OF_A_PLACE.fullmatch(holder)):
            return True
    if hit.stop == len(line.words) or hit.values[0].kind not in (CITY, METONYM):
        return False
    return line.gap(hit.stop) in (" ", "-") and _is_held_there(line, hit.stop)


def _is_held_there(line: Line, word: int) -> bool:
    """Return whether a word is of what a place lends its name to: "Conventions", "Minsk II"."""
    number = _NUMBER.fullmatch(line.surface(word, word + 1))
    return bool(number or _NAMED_AFTER.fullmatch(line.words[word].form))


def _is_paper(line: Line, hit: Hit[Place]) -> bool:
    if line.zone is Zone.HEADLINE or hit.stop == len(line.words) or line.gap(hit.stop) != " ":
        return False
    after = line.words[hit.stop]
    return line.capital(hit.stop) and not line.all_capitals and bool(_PAPERS.fullmatch(after.form))
