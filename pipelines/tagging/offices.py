"""A state or body, a title and the day of an article in; who held that office on that day out.

`names/roles.csv` says who held what. A row without `held_from` is a role that a person is known by,
of no certain time: it tells whose surname stands behind a title, and never who is meant by the
title alone. The rules for a title alone:

- The day is that of publication, as exactly as it is known: a month is all its days. An article
  without a date, or with one that is a guess, says nothing.
- A row whose date is a month or a year begins, or ends, on any day of it.
- Exactly one person may have held the office on those days, and must have held it on all of them:
  on the day of a change, and where a holder is missing from the table, nobody is named.
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pipelines.article import LIKELY, DatePrecision, Publication
from pipelines.tagging.gazetteer import read_table
from pipelines.tagging.roles import Role

_FOREIGN = "minister of foreign affairs|minister for foreign affairs|foreign affairs minister"
_FOREIGN_RU = "министр иностранных дел|глава мид|міністр закордонних справ|глава мзс"
_DEFENCE_RU = "министр обороны|глава минобороны|міністр оборони"
_HEAD = "chief|head"
# Other words for a title of the table; "defense" and the sexes of spokespersons come by rule.
_ALSO: Mapping[str, str] = {
    "foreign minister": f"{_FOREIGN}|{_FOREIGN_RU}",
    "external affairs minister": f"minister of external affairs|{_FOREIGN}|foreign minister",
    "foreign secretary": f"foreign minister|{_FOREIGN_RU}",
    "secretary of state": "state secretary|top diplomat|chief diplomat|госсекретарь|держсекретар",
    "defence minister": "minister of defence|minister for defence|armed forces minister|"
    + _DEFENCE_RU,
    "defence secretary": f"secretary of defence|pentagon chief|глава пентагона|{_DEFENCE_RU}",
    "treasury secretary": "secretary of the treasury|treasury chief",
    "prime minister": "premier|премьер-министр|премьер|прем'єр-міністр|прем'єр",
    "premier": "prime minister|премьер|премьер-министр",
    "president": "президент",
    "chancellor": "federal chancellor|канцлер",
    "ambassador to the un": "un ambassador|ambassador to the united nations|постпред при оон|"
    "permanent representative to the un|permanent representative to the united nations",
    "secretary-general": f"{_HEAD}|генсек|генеральный секретарь",
    "director-general": f"{_HEAD}|гендиректор|глава",
    "director general": f"{_HEAD}|гендиректор|глава",
    "managing director": _HEAD,
    "commissioner-general": _HEAD,
    "prosecutor": "chief prosecutor",
    "national security adviser": "national security advisor",
    "foreign policy chief": "high representative|top diplomat|"
    "high representative for foreign affairs",
    "high commissioner for human rights": "human rights chief|rights chief",
    "high commissioner for refugees": "refugee chief|refugee agency chief",
    "humanitarian chief": "aid chief|humanitarian affairs chief|emergency relief coordinator",
    "climate envoy": "special presidential envoy for climate|special envoy for climate",
    "leader": "chief",
}
_SPOKES = ("spokesman", "spokeswoman", "spokesperson")
_OF_BODIES: Mapping[str, str] = {"president": _HEAD}
_UNIQUE = frozenset({"pope"})  # nobody asks whose
_VAGUE = frozenset({"secretary"})  # of Agriculture, of the Treasury


_YEAR = re.compile(r"(?<![\d.,])(?:1[89]|20)\d\d(?!,?\d)")
_SENTENCE_END = re.compile(r"[.!?][\"\u201d'\u2019]?\s+(?=[^\W\d_])")


@dataclass(frozen=True, slots=True)
class Days:
    """All days from `first` to `last`, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Tenure:
    """One row of the table: who held which office when, as far as that is known."""

    entity: str  # id
    of: str  # ISO 3166-1 alpha-2 of a state, id of a body, empty for neither
    title: str  # small letters
    held_from: str = ""  # ISO date, month or year; empty: the time is not known
    held_to: str = ""  # the last day; empty: still
    basis: str = ""

    def spellings(self) -> list[str]:
        """Return the words for the title, in small letters, without repetition."""
        return list(dict.fromkeys(_spellings(self.title, self.of)))

    def began(self) -> Days | None:
        """Return the days on which it may have begun; None: not known."""
        return to_days(self.held_from)

    def ended(self) -> Days:
        """Return the days of which one may have been the last."""
        return to_days(self.held_to) or Days(date.max, date.max)

    def may_hold(self, days: Days) -> bool:
        """Return whether it may have been held on one of these days."""
        began = self.began()
        return began is not None and began.first <= days.last and days.first <= self.ended().last

    def holds(self, days: Days) -> bool:
        """Return whether it was held on all these days beyond doubt."""
        began = self.began()
        return began is not None and began.last <= days.first and days.last <= self.ended().first


def read_tenures() -> tuple[Tenure, ...]:
    """Return the rows of `names/roles.csv`."""
    return tuple(
        Tenure(
            row["entity_id"],
            row["of"],
            row["title"].lower(),
            row["held_from"],
            row["held_to"],
            row["basis"],
        )
        for row in read_table("roles.csv")
    )


def to_days(text: str) -> Days | None:
    """Return the days of an ISO date, month or year; None for empty. Raises ValueError for else."""
    if not text:
        return None
    year, month, day = (*(int(part) for part in text.split("-")), 0, 0)[:3]
    if day:
        return Days(date(year, month, day), date(year, month, day))
    if month:
        return Days(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
    return Days(date(year, 1, 1), date(year, 12, 31))


def days_of(publication: Publication) -> Days | None:
    """Return the days on which an article may have been published; None: unknown, or a guess."""
    day = publication.published_day
    if day is None or publication.confidence < LIKELY or publication.precision is None:
        return None
    if publication.precision is DatePrecision.MONTH:
        return to_days(f"{day:%Y-%m}")
    if publication.precision is DatePrecision.YEAR:
        return to_days(f"{day:%Y}")
    return Days(day, day)


class Offices:
    """Who held which office; made once of the rows of the table."""

    def __init__(self, tenures: Iterable[Tenure]) -> None:
        """Take the rows that say since when."""
        self._held: dict[tuple[str, str], list[Tenure]] = {}
        self._titled: dict[str, list[Tenure]] = {}
        for tenure in tenures:
            if tenure.held_from:
                for title in tenure.spellings():
                    self._held.setdefault((tenure.of, title), []).append(tenure)
                    self._titled.setdefault(title, []).append(tenure)

    def holder(self, roles: Iterable[Role], days: Days) -> Tenure | None:
        """Return who held the office that these words alone name on these days; None if in doubt.

        A title without a state or body ("the president") names none, but that of the Pope.
        """
        rows = [
            row
            for role in roles
            if (role.of and role.title not in _VAGUE) or role.title in _UNIQUE
            for row in self._held.get((role.of, role.title), ())
        ]
        possible = [row for row in dict.fromkeys(rows) if row.may_hold(days)]
        certain = [row for row in possible if row.holds(days)]
        one = len({row.entity for row in possible}) == 1
        return certain[0] if one and certain else None

    def holders(self, roles: Iterable[Role], days: Days | None) -> set[str]:
        """Return the ids of all who may have held one of these roles on these days."""
        if days is None:
            return set()
        return {
            row.entity
            for role in roles
            for row in self._titled.get(role.title, ())
            if (not role.of or role.of == row.of) and row.may_hold(days)
        }


def earlier_year(text: str, start: int, end: int, tenure: Tenure) -> bool:
    """Return whether the sentence around `text[start:end]` tells of a year before the tenure."""
    began = tenure.began()
    if began is None or not (years := list(_YEAR.finditer(text))):
        return False
    breaks = [0, *(one.end() for one in _SENTENCE_END.finditer(text)), len(text)]
    first = max(place for place in breaks if place <= start)
    last = min(place for place in breaks if place >= end)
    return any(
        first <= year.start() < last and int(year.group()) < began.last.year for year in years
    )


def _spellings(title: str, of: str) -> Iterable[str]:
    titles = [title, *_ALSO.get(title, "").split("|")]
    if len(of) > len("RU"):
        titles += _OF_BODIES.get(title, "").split("|")
    if title.endswith(" envoy") and of == "united-nations":
        place = title.removesuffix(" envoy")
        titles += [f"{kind} {to} {place}" for kind in _ENVOYS for to in ("for", "to", "on")]
        titles += [f"special {title}", f"peace {title}"]
    for one in filter(None, titles):
        yield from _written(one)


def _written(title: str) -> Iterable[str]:
    """Yield a title as it is, in American, without "of State", and of either sex."""
    yield title
    if "defence" in title:
        yield title.replace("defence", "defense")
    if title.endswith(_OF_STATE):
        yield title.removesuffix(_OF_STATE)
    for ending in _SPOKES:
        if title.endswith(ending):
            yield from (title.removesuffix(ending) + other for other in _SPOKES)


_ENVOYS = ("envoy", "special envoy")
_OF_STATE = " of state"
