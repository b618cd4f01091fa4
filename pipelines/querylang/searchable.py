"""An article's text, zones and facts in, a `Searchable` out: split once, asked by many queries."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from pipelines.article import COUNTED_ZONES, Quote, Zone, ZoneSpan
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


@dataclass(frozen=True, slots=True)
class Searchable:
    """All that a query can ask about one article."""

    words: Words  # of the zones that count
    tags: Words  # searched by `tags:` only
    outlet: str = ""
    outlet_name: str = ""
    domain: str = ""
    outlet_country: str = ""
    language: str = ""
    published_day: date | None = None
    seen_day: date | None = None
    topics: frozenset[str] = frozenset()
    entities: frozenset[str] = frozenset()
    mentioned: frozenset[str] = frozenset()
    about: frozenset[str] = frozenset()
    quotes: tuple[Quote, ...] = ()


def make_searchable(
    text: str,
    zones: Sequence[ZoneSpan],
    *,
    outlet: str = "",
    outlet_name: str = "",
    domain: str = "",
    outlet_country: str = "",
    language: str = "",
    published_day: date | None = None,
    seen_day: date | None = None,
    topics: Iterable[str] = (),
    entities: Iterable[str] = (),
    mentioned: Iterable[str] = (),
    about: Iterable[str] = (),
    quotes: Iterable[Quote] = (),
    tags_text: str = "",
) -> Searchable:
    """Return the article as queries see it; `text` and `zones` as stored, offsets stay theirs.

    `outlet` is the outlet's id, countries are ISO 3166-1 alpha-2, topics and entities are ids;
    `tags_text` adds to what stands in the tags zone.
    """
    tagged = [text[span.start : span.end] for span in zones if span.zone is Zone.TAGS]
    tags = "\n".join([*tagged, tags_text])
    return Searchable(
        words=_words(text, [span for span in zones if span.zone in COUNTED_ZONES]),
        tags=_words(tags, [ZoneSpan(0, len(tags), Zone.TAGS)]),
        outlet=outlet.casefold(),
        outlet_name=outlet_name,
        domain=domain.casefold().removeprefix("www."),
        outlet_country=outlet_country.upper(),
        language=language.lower(),
        published_day=published_day,
        seen_day=seen_day,
        topics=frozenset(topics),
        entities=frozenset(entities),
        mentioned=frozenset(code.upper() for code in mentioned),
        about=frozenset(code.upper() for code in about),
        quotes=tuple(quotes),
    )


def _words(text: str, spans: Iterable[ZoneSpan]) -> Words:
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
