"""Events of the user's own, drawn into charts: files of day, text and source in, records out.

An event is what the user says happened; nothing is counted by it and nothing is stored.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipelines.errors import ConfigError, why

COLUMNS = ("date", "text", "source")
_LONGEST = 200  # characters of a text


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day, and where that is known from (may be empty)."""

    day: date
    text: str
    source: str = ""


def read_events(paths: Sequence[str]) -> tuple[Event, ...]:
    """Return the events of all files in the order of their days.

    Raises ConfigError for a file that cannot be read, a missing or unknown column, and a row
    without an ISO day or a text, naming its line.
    """
    events = [event for path in paths for event in _events_of(Path(path))]
    return tuple(sorted(events, key=lambda event: (event.day, event.text)))


def _events_of(file: Path) -> Iterator[Event]:
    try:
        text = file.read_text(encoding="utf-8-sig")  # spreadsheets begin with a byte order mark
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot read the events in {file}: {why(error)}") from error
    rows = csv.DictReader(io.StringIO(text))
    found = set(rows.fieldnames or ())
    if not {"date", "text"} <= found or not found <= set(COLUMNS):
        raise ConfigError(f"{file}: the columns must be {', '.join(COLUMNS)} (`source` may lack)")
    for row in rows:
        yield _event(row, f"{file}: line {rows.line_num}")


def _event(row: dict[str, str], where: str) -> Event:
    text = " ".join((row["text"] or "").split())
    if not text or len(text) > _LONGEST:
        raise ConfigError(f"{where}: `text` must have 1 to {_LONGEST} characters")
    try:
        day = date.fromisoformat((row["date"] or "").strip())
    except ValueError as error:
        raise ConfigError(f"{where}: `date` must be a day such as 2024-12-08") from error
    return Event(day, text, " ".join((row.get("source") or "").split()))
