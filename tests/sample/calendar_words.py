"""A day in, the words for it in the three languages out, as slots of a pattern."""

from collections.abc import Sequence
from datetime import date

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}
_WEEKDAYS = {
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    "ru": [
        "в понедельник",
        "во вторник",
        "в среду",
        "в четверг",
        "в пятницу",
        "в субботу",
        "в воскресенье",
    ],
    "fr": ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
}


def month_name(day: date, language: str) -> str:
    """Return the name of the month, in Russian in the genitive."""
    return _MONTHS[language].split()[day.month - 1]


def weekday_name(day: date, language: str) -> str:
    """Return the name of the weekday, in Russian with its preposition."""
    return _WEEKDAYS[language][day.weekday()]


def when(day: date, language: str, style: str) -> str:
    """Return the day as an outlet writes it: "on Monday", "9 декабря", "lundi 9 décembre"."""
    first = language == "fr" and day.day == 1
    return style.format(
        day="1er" if first else day.day,
        month=month_name(day, language),
        weekday=weekday_name(day, language),
        weekday_name=weekday_name(day, language),
    )


def plain_day(day: date, language: str, styles: Sequence[str]) -> str:
    """Return the day without a preposition, for English as month and day in the outlet's order."""
    if language == "en" and "{month} {day}" in "".join(styles):
        return f"{month_name(day, language)} {day.day}"
    return f"{day.day} {month_name(day, language)}"
