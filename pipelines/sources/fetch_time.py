"""When a file was collected: a user's word or a piece of a file name in, an aware UTC instant out.

A file's modification time is never used: copying a folder would move every article's bounds.
"""

import re
from datetime import UTC, datetime, timedelta

from pipelines.config import SourceConfig
from pipelines.errors import SourceError

_COMPACT = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)[T_ -]?(\d\d)[:-]?(\d\d)(?:[:-]?(\d\d))?(?:Z|[_+]?0000)?"
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d|\d{8}")


def read_instant(raw: str) -> datetime | None:
    """Return the instant `raw` names, in UTC, or None where it names none.

    Reads ISO 8601, `YYYYMMDDHHMMSS` and the form of file names, `2021-07-30T180418_0000`. A time
    without an offset is taken as UTC; a bare day as its last second, because what was fetched on a
    day may have been published on it.
    """
    raw = raw.strip()
    try:
        if _DAY.fullmatch(raw):
            return datetime.fromisoformat(raw).replace(tzinfo=UTC) + timedelta(seconds=86_399)
        if match := _COMPACT.fullmatch(raw):
            year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
            return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
        instant = datetime.fromisoformat(raw)
        return instant.astimezone(UTC) if instant.tzinfo else instant.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def user_instant(raw: str, setting: str = "fetched_at") -> datetime | None:
    """Return the instant a setting names, None where it is empty; SourceError if it names none."""
    if not raw:
        return None
    if instant := read_instant(raw):
        return instant
    raise SourceError(
        f"cannot read {setting} = {raw!r} as a time; write it as 2021-07-30T18:04:18+00:00"
    )


def name_pattern(spec: SourceConfig) -> re.Pattern[str] | None:
    """Return the compiled `fetched_at_pattern`, None where none is set; SourceError if unusable."""
    if not spec.fetched_at_pattern:
        return None
    try:
        pattern = re.compile(spec.fetched_at_pattern)
    except re.error as error:
        raise SourceError(
            f"cannot use fetched_at_pattern {spec.fetched_at_pattern!r}: {error}; "
            r"an example that works is '(\d{4}-\d\d-\d\dT\d{6}_0000)'"
        ) from error
    if not pattern.groups:
        raise SourceError(
            f"fetched_at_pattern {spec.fetched_at_pattern!r} has no group; put the time in brackets"
        )
    return pattern


def time_in_name(name: str, pattern: re.Pattern[str]) -> datetime | None:
    """Return the instant that group 1 of `pattern` finds in a file name, or None."""
    match = pattern.search(name)
    return read_instant(match[1] or "") if match else None
