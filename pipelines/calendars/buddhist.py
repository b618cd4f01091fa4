"""Dates with Thai months or years of the Buddhist era in a text, written as ours.

1. A day, the name of a Thai month, and a year: `2 มิถุนายน 2558`. Of two digits it is one of the
   Buddhist era from 33 on (`2 มิ.ย. 58`); of four it may be ours too (`ค.ศ. 2015`).
2. In numbers the years 2533 to 2580, with the day first as in Thailand, or the whole date as ISO:
   02/06/2558, 2558-06-02.

The era is 543 years ahead; since 1941 its years begin with ours.
"""

import re

from pipelines.calendars.days import iso

_MONTHS = [
    r"มกราคม|ม\.?ค\.?",
    r"กุมภาพันธ์|ก\.?พ\.?",
    r"มีนาคม|มี\.?ค\.?",
    r"เมษายน|เม\.?ย\.?",
    r"พฤษภาคม|พ\.?ค\.?",
    r"มิถุนายน|มิ\.?ย\.?",
    r"กรกฎาคม|ก\.?ค\.?",
    r"สิงหาคม|ส\.?ค\.?",
    r"กันยายน|ก\.?ย\.?",
    r"ตุลาคม|ต\.?ค\.?",
    r"พฤศจิกายน|พ\.?ย\.?",
    r"ธันวาคม|ธ\.?ค\.?",
]
_AHEAD = 543
_YEAR = r"25(?:3[3-9]|[4-7]\d|80)"  # 1990 to 2037
_NAMED = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})\s*(?:"
    + "|".join(f"(?P<m{number}>{names})" for number, names in enumerate(_MONTHS, 1))
    + r")\s*(?:พ\.?ศ\.?|ค\.?ศ\.?)?\s*(?P<year>2[45]\d\d|20\d\d|19\d\d|[3-9]\d)(?!\d|[:.]\d)"
)
_YEAR_LAST = re.compile(rf"(?<![\d/.-])(\d{{1,2}})([/.-])(\d{{1,2}})\2({_YEAR})(?!\d)")
_YEAR_FIRST = re.compile(rf"(?<![\d/.-])({_YEAR})([/-])(\d{{1,2}})\2(\d{{1,2}})(?!\d|\2)")


def rewritten(text: str) -> str:
    """Return the text with each such date as an ISO date; what is no day stays."""
    text = _NAMED.sub(_named, text)
    text = _YEAR_LAST.sub(lambda m: iso(int(m[4]) - _AHEAD, int(m[3]), int(m[1])) or m[0], text)
    return _YEAR_FIRST.sub(lambda m: iso(int(m[1]) - _AHEAD, int(m[3]), int(m[4])) or m[0], text)


def _named(match: re.Match[str]) -> str:
    month = next(number for number in range(1, 13) if match[f"m{number}"])
    year = int(match["year"])
    if year < 100:
        year = year + 2500 if year >= 33 else 0
    year -= _AHEAD if year > 2400 else 0
    found = iso(year, month, int(match["day"]))
    return f"{found} " if found else match[0]
