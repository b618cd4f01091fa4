"""When to ask again: the answer's Retry-After and our own jittered back-off, as pure functions."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

MAX_WAIT = 86_400.0  # seconds; a server that asks for a year is asked again tomorrow
RETRIES = 2


def retry_after(header: str, now: datetime) -> float | None:
    """Return the seconds a Retry-After header asks to wait, 0 to 24 h; None where it says nothing.

    Reads seconds and HTTP dates; anything else is as if it were not there.
    """
    header = header.strip()
    if header.isascii() and header.isdigit():
        return min(float(header[:12]), MAX_WAIT)
    try:
        at = parsedate_to_datetime(header)
        wait = (at if at.tzinfo else at.replace(tzinfo=UTC)) - now
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(wait / timedelta(seconds=1), 0.0), MAX_WAIT)


def back_off(attempt: int, jitter: float) -> float:
    """Return the seconds to wait before attempt 1, 2, ...: doubling from 1 s, spread by `jitter`.

    `jitter` in [0, 1) spreads callers that failed together over half to all of the wait.
    """
    wait: float = 2.0 ** (attempt - 1) * (0.5 + jitter / 2)
    return wait


def in_words(seconds: float) -> str:
    """Return a wait as a person says it: "40 s", "15 min", "3 h"."""
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.0f} h"
