"""Dates of the Persian calendar (solar Hijri, Iran and Afghanistan) in a text, written as ours.

1. A day, the name of a month and a year of four digits: `۸ آذر ۱۴۰۴`, in Afghanistan `۸ قوس ۱۴۰۴`.
2. In numbers only with the year first, and from 1370 to 1409: 1404/09/08. Below, nothing is told
   apart from the Islamic calendar in old archives, above neither from that of today (1446/09/08).
   (The press of 1410 will need another sign.)

Six months have 31 days, the others 30, the last 29 in years that are no leap years. These follow a
cycle of 33 years from 1304, when the calendar became Iran's, to 1472.
"""

import re
from datetime import date, timedelta

_IRANIAN = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند"
_AFGHAN = "حمل ثور جوزا سرطان اسد سنبله میزان عقرب قوس جدی دلو حوت"
_FIRST_YEAR, _LAST_YEAR = 1304, 1472
_ANCHOR_YEAR, _ANCHOR = 1404, date(2025, 3, 21)  # its first day
_LEAP = frozenset([1, 5, 9, 13, 17, 22, 26, 30])

_MONTHS = {
    name: number for names in (_IRANIAN, _AFGHAN) for number, name in enumerate(names.split(), 1)
}
_NAMES = "|".join(_MONTHS).replace("ی", "[یيى]")  # many keyboards write the Arabic letter
_NAMED = re.compile(rf"(?<!\d)(\d{{1,2}})\s+({_NAMES})(?:\s+ماه)?[\s،,]+(1[234]\d\d)(?!\d)")
_IN_NUMBERS = re.compile(r"(?<![\d/-])(1(?:3[7-9]|40)\d)([/-])(\d{1,2})\2(\d{1,2})(?!\d|\2)")


def rewritten(text: str) -> str:
    """Return the text with each Persian date as an ISO date; what is no day stays."""
    return _IN_NUMBERS.sub(_in_numbers, _NAMED.sub(_named, text))


def day_of(year: int, month: int, day: int) -> date | None:
    """Return the day of a Persian date; None where that calendar, or its cycle, has none."""
    if not (_FIRST_YEAR <= year <= _LAST_YEAR and 1 <= month <= 12):
        return None
    longest = 31 if month <= 6 else 30 if month < 12 or _is_leap(year) else 29
    if not 1 <= day <= longest:
        return None
    first = min(year, _ANCHOR_YEAR)
    leaps = sum(map(_is_leap, range(first, max(year, _ANCHOR_YEAR))))
    years = 365 * (max(year, _ANCHOR_YEAR) - first) + leaps
    new_year = _ANCHOR + timedelta(days=years if year > _ANCHOR_YEAR else -years)
    return new_year + timedelta(days=30 * (month - 1) + min(month - 1, 6) + day - 1)


def _is_leap(year: int) -> bool:
    return year % 33 in _LEAP


def _named(match: re.Match[str]) -> str:
    month = _MONTHS[re.sub("[يى]", "ی", match[2])]
    found = day_of(int(match[3]), month, int(match[1]))
    return match[0] if found is None else f"{found.isoformat()} "


def _in_numbers(match: re.Match[str]) -> str:
    found = day_of(int(match[1]), int(match[3]), int(match[4]))
    return match[0] if found is None else found.isoformat()
