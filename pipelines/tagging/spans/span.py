"""What a finder of names hands on, and what it must be able to do."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class SpanKind(StrEnum):
    """What a name is of, in the words of our tags."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Span:
    """`text[start:end]` is a name of this kind."""

    start: int
    end: int
    kind: SpanKind


class Spans(Protocol):
    """Finds names in running text without a table of them."""

    def spans(self, text: str, lang: str) -> list[Span]:
        """Return the names in `text` in order, none over another; `lang` is ISO 639-1 or ""."""
        ...
