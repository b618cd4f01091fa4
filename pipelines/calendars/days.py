"""A year, month and day of our calendar in, the ISO date out."""

from datetime import date


def iso(year: int, month: int, day: int) -> str:
    """Return the ISO date; "" where there is no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
