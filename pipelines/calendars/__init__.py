"""Dates of other calendars in a text: found, and written anew as ISO dates of ours.

Only calendars that are exact arithmetic: the Persian, the Thai Buddhist, the eras of Japan and the
Republic of China. The Islamic months begin when the moon is seen, or by one of several tables; a
date of theirs stays as it is. Each file says what it takes for a date of its calendar.
"""

import re
import unicodedata

from pipelines.calendars import buddhist, eras, persian

# Most texts have nothing of the kind, and one search tells so.
_IN_NUMBERS = re.compile(r"1(?:3[7-9]|40)\d[/-]|25[3-8]\d")
_IN_LETTERS = re.compile("[\u0600-\u06ff\u0e01-\u0e2e年]")


def with_ascii_digits(text: str) -> str:
    """Return the text with the digits of every script as 0 to 9."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(c, c)) if c.isdecimal() else c for c in text)


def in_our_calendar(text: str) -> str:
    """Return the text with dates of other calendars as ISO dates; digits must be ASCII ones."""
    is_in_letters = not text.isascii() and _IN_LETTERS.search(text) is not None
    if not is_in_letters and _IN_NUMBERS.search(text) is None:
        return text
    for calendar in (persian, buddhist, eras):
        text = calendar.rewritten(text)
    return text
