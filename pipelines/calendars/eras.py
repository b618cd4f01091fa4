"""Dates by the eras of Japan and the Republic of China in a text, written as ours.

`令和7年11月29日`, `平成元年1月8日`, `民國104年6月2日`. A day outside its era is no date: those of
Japan began and ended within a year.
"""

import re

from pipelines.calendars.days import iso

_ERAS = {  # first year, first day, last day
    "令和": (2019, "2019-05-01", "9999"),
    "平成": (1989, "1989-01-08", "2019-04-30"),
    "昭和": (1926, "1926-12-25", "1989-01-07"),
    "大正": (1912, "1912-07-30", "1926-12-24"),
    "明治": (1868, "1873-01-01", "1912-07-29"),  # before, its months were those of the moon
    "民國": (1912, "1912-01-01", "9999"),
    "民国": (1912, "1912-01-01", "9999"),
}
_DATE = re.compile(
    rf"({'|'.join(_ERAS)})\s*(元|\d{{1,3}})\s*年\s*(\d{{1,2}})\s*月\s*(\d{{1,2}})\s*日"
)


def rewritten(text: str) -> str:
    """Return the text with each such date as an ISO date; what is no day of its era stays."""
    return _DATE.sub(_by_era, text)


def _by_era(match: re.Match[str]) -> str:
    first_year, first, last = _ERAS[match[1]]
    number = 1 if match[2] == "元" else int(match[2])
    found = iso(first_year + number - 1, int(match[3]), int(match[4]))
    return f"{found} " if found and number and first <= found <= last else match[0]
