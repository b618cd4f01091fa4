"""Tell by the other dates of a file whether its `05/06/2015` is May or June: claims in and out.

One hand wrote them, so day and month have one order there. Told apart are the places that a claim
names (`pubDate`, a column) and the sign between the numbers.

1. A date that can be read one way only shows the order: 23/06/2015, day first.
2. Without such a date, one shows it that would lie after the fetch if it were read the other way;
   less surely, because some feeds announce what is to come.
3. Where dates show different orders, and where none shows any, nothing is told.

A claim whose order is told says in `where` which date shows it. It is read by that
(`date_evidence.py`), and weighs less (`dates.py`).
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from pipelines.article import DateEvidence, DateSource
from pipelines.date_evidence import DAY_FIRST, MONTH_FIRST, NOT_LATER
from pipelines.date_formats import Numeric, numeric_dates, parse_date

_OF_A_LIST = frozenset({DateSource.FEED, DateSource.ROW})
_ONE_DAY = timedelta(days=1)

Item = tuple[tuple[DateEvidence, ...], datetime | None]
"""The claims of one item of a file, and when it was fetched."""
_Place = tuple[str, str]


class DateOrder:
    """The order of day and month in one file.

    `items` gives all items of the file once more. It is asked at the first claim that needs it.
    """

    def __init__(self, of: str, items: Callable[[], Iterable[Item]]) -> None:
        """Begin; `of` is what a person calls the file: "feed", "table"."""
        self._of = of
        self._items = items
        self._shown: dict[tuple[_Place, bool, bool], str] | None = None

    def told(self, claims: tuple[DateEvidence, ...]) -> tuple[DateEvidence, ...]:
        """Return the claims of an item; those with two readings say which one the file shows."""
        return tuple(map(self._told, claims))

    def contradiction(self, claim: DateEvidence) -> str:
        """Return in words which dates show different orders; "" where that is not the matter."""
        found = _two_readings(claim)
        day, month = self._witnesses(claim, found) if found else ("", "")
        return f"{day} and {month} show different orders" if day and month else ""

    def _told(self, claim: DateEvidence) -> DateEvidence:
        found = _two_readings(claim)
        if found is None:
            return claim
        day, month = self._witnesses(claim, found)
        if bool(day) == bool(month):
            return claim
        is_certain = (_place(claim, found), bool(day), True) in self._all_shown()
        why = f"{day or month} in the same {self._of} {'shows' if is_certain else NOT_LATER}"
        order = DAY_FIRST if day else MONTH_FIRST
        return replace(claim, where=f"{claim.where}; {order}{why}")

    def _witnesses(self, claim: DateEvidence, found: Numeric) -> tuple[str, str]:
        """Return a date that shows the day first and one that shows the month first; "" for none.

        One that shows it by itself goes before one that shows it by the fetch.
        """
        shown, place = self._all_shown(), _place(claim, found)
        day, month = (
            shown.get((place, order, True)) or shown.get((place, order, False), "")
            for order in (True, False)
        )
        return day, month

    def _all_shown(self) -> dict[tuple[_Place, bool, bool], str]:
        """Return by place, whether the day is first and whether that is certain, the first date."""
        if self._shown is None:
            self._shown = {}
            for claims, fetched_at in self._items():
                for claim in claims:
                    found = _numeric(claim)
                    order = _order_and_certain(found, fetched_at) if found else None
                    if found and order:
                        self._shown.setdefault((_place(claim, found), *order), found.written)
        return self._shown


def _order_of(found: Numeric) -> bool | None:
    """Return whether a date that is read one way only has the day first; None of any other."""
    if found.sign == "." or len(found.days) != 1 or found.day_first == found.month_first:
        return None
    return found.day_first is not None


def _numeric(claim: DateEvidence) -> Numeric | None:
    if claim.source not in _OF_A_LIST or claim.precision is not None:
        return None
    return next(numeric_dates(claim.raw[:200]), None)


def _two_readings(claim: DateEvidence) -> Numeric | None:
    found = _numeric(claim)
    if found is None or len(found.days) != 2 or parse_date(claim.raw) is not None:
        return None
    return found


def _place(claim: DateEvidence, found: Numeric) -> _Place:
    return claim.where, found.sign


def _order_and_certain(found: Numeric, fetched_at: datetime | None) -> tuple[bool, bool] | None:
    """Return whether a date shows that the day is first, and whether it does so by itself.

    Else it may be one that would lie after its fetch in the other order.
    """
    order = _order_of(found)
    if order is not None:
        return order, True
    if fetched_at is None or len(found.days) != 2:
        return None
    last = fetched_at.astimezone(UTC).date() + _ONE_DAY
    day_first, month_first = (day > last for day in found.days)
    return None if day_first == month_first else (month_first, False)
