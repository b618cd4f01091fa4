"""A text and some of its zones in, its words with their places out: split once, asked often."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from pipelines.article import Zone, ZoneSpan
from pipelines.querylang.words import scan_lines


@dataclass(frozen=True, slots=True)
class Words:
    """The words of some zones of a text, in order; `places` finds the words of a form.

    `paragraphs` numbers the stretch each word stands in: a paragraph within one zone.
    """

    text: str
    starts: list[int]
    ends: list[int]
    paragraphs: list[int]
    zones: list[Zone]
    places: dict[str, list[int]]
    _in_order: list[str] = field(default_factory=list)  # filled when first asked

    @property
    def sorted_forms(self) -> list[str]:
        """The forms of all words in order, for finding those with a prefix."""
        if len(self._in_order) < len(self.places):
            self._in_order.extend(sorted(self.places))
        return self._in_order

    def forms_with(self, prefix: str) -> list[str]:
        """Return the forms that begin with `prefix`."""
        forms = self.sorted_forms
        first = last = bisect_left(forms, prefix)
        while last < len(forms) and forms[last].startswith(prefix):
            last += 1
        return forms[first:last]

    def only(self, places: dict[str, list[int]]) -> "Words":
        """Return the same with some of the words: each keeps its number."""
        return Words(self.text, self.starts, self.ends, self.paragraphs, self.zones, places)


def words_of(text: str, spans: Iterable[ZoneSpan]) -> Words:
    """Return the words of some zones of a text, which stand in it in this order."""
    starts: list[int] = []
    ends: list[int] = []
    paragraphs: list[int] = []
    zones: list[Zone] = []
    places: defaultdict[str, list[int]] = defaultdict(list)
    paragraph = 0
    last_end, last_zone = 0, None
    for span in spans:
        joined = span.zone is last_zone and span.start == last_end
        last_end, last_zone = span.end, span.zone
        for line_starts, line_ends, forms in scan_lines(text, span.start, span.end):
            if not joined:
                paragraph += 1
            joined = False
            for place, form in enumerate(forms, len(starts)):
                places[form].append(place)
            starts += line_starts
            ends += line_ends
            paragraphs += [paragraph] * len(forms)
            zones += [span.zone] * len(forms)
    return Words(text, starts, ends, paragraphs, zones, dict(places))
