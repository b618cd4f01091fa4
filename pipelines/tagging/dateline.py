"""An article with its countries in, the place it says it was filed from out.

The rules, which an analyst can review:

- A dateline is a place that begins one of the first lines below the headline, before the first
  long one or in it: "MOSCOW, March 3 (Reuters) -", "KYIV —", "ISLAMABAD:", "Москва, 3 марта.
  /ТАСС/". A line of its own must be a place in a part or country: "Berlin, Germany".
- Behind it stand a date, an agency in brackets and a mark. Capitals with a dash or colon will do, a
  city in small letters needs a dash, an agency or a date, and a country's name an agency or a date,
  because "Russia — which ..." is no dateline. City states are cities.
- An unknown place counts in a known part ("HARTFORD, Conn.", "REHOBOTH BEACH, Delaware") where it
  is in capitals or has a name that only places have. Which of several places of one name is meant,
  `namesakes.py` has decided.
- Two places in different countries name no country.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipelines.article import COUNTED_ZONES, Article, Mention, TagKind, Tags, Zone
from pipelines.tagging.places import ADJECTIVE, CITY, METONYM, NAME, REGION, kind_of

_LINES = 6  # below the headline; statements begin with who speaks
_LONG = 12  # words; the first such line is the story, and no later one is looked at
_CITY_STATES = frozenset({"SG", "HK", "MO", "MC", "LU", "DJ", "VA", "KW", "SM", "GI"})
_UN = "UNITED NATIONS"  # in New York, unlike its offices in Geneva and Vienna
_SHORT_PARTS = {
    "US": "Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Md|Mass|Mich|Minn|Miss|Mo|Mont"
    "|Neb|Nev|N\\.H|N\\.J|N\\.M|N\\.Y|N\\.C|N\\.D|Okla|Ore|Pa|R\\.I|S\\.C|S\\.D|Tenn|Tex|Vt|Va|Wash"
    "|W\\.Va|Wis|Wyo|A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]"
    "|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]",
    "CA": "Ont|Que|B\\.C|Alta|Man|Sask|N\\.S|N\\.B|ON|QC|BC|AB",
}
_SHORT = re.compile(
    rf"(?:{'|'.join(f'(?P<{code}>{parts})' for code, parts in _SHORT_PARTS.items())})(?!\w)"
)
_WORD = r"[^\W\d_][\w.'\u2019-]*"
_UNKNOWN = re.compile(rf"{_WORD}(?: {_WORD}){{0,3}}(?=, )")
_OF_PLACES = re.compile(
    r".* (?:beach|city|springs|falls|island|county|heights|park|base|airport|rapids|rock|lake"
    r"|hills|valley|grove|point|harbou?r|village)",
    re.IGNORECASE,
)
_DATE = r"(?:[^\W\d_]{3,12}\.? \d{1,2}|\d{1,2}\.? [^\W\d_]{3,12}\.?)(?:,? \d{4})?\.?"
_TAIL = re.compile(
    rf"(?:[,.]? ?(?P<date>{_DATE}))?(?:,? ?(?P<agency>\([^()]{{2,40}}\)|/[^/]{{2,30}}/))?[.,]?"
    r"(?: [A-ZА-ЯІЇЄ][\w.]*(?= ?[-–—]))?(?P<mark> ?--|\s-(?=\s)| ?[–—―]|:(?=\s))?"
)

_TIME = re.compile(r"\n\d{1,2}:\d\d [AP]\.?M\b")
_SIGNED = re.compile(r"^(THE WHITE HOUSE),?$", re.MULTILINE)
_END = 200  # code points
_TOO_LITTLE = {True: ("",), False: ("", ":")}  # marks, behind capitals and other letters
_AGENCIES = re.compile(
    r"/|\((?:AP|AFP|Reuters|CNN|UPI|dpa|DPA|EFE|ANSA|Xinhua|TASS|PTI|ANI|IRNA)\b"
)


@dataclass(frozen=True, slots=True)
class _Opening:
    """The places with which a line begins, up to `end`."""

    codes: tuple[str, ...]  # of each place, that of its part where the article names one
    end: int  # in the article
    parted: bool = False  # a place in a named part or country
    strange: bool = False  # the first is in no table
    city: bool = False  # the first is a city


@dataclass(frozen=True, slots=True)
class _Part:
    """The state, province or country behind a city and a comma."""

    code: str
    end: int
    short: bool  # abbreviated


class DatelineTagger:
    """Finds the dateline of an article; it runs after the tagger of countries."""

    def find(self, article: Article, found: Tags) -> Tags:
        """Return one mention of kind DATELINE, or none."""
        named = {
            one.start: one
            for one in found.mentions
            if one.kind is TagKind.COUNTRY and kind_of(one.why) != ADJECTIVE
        }
        text = article.text
        for start, end, zone in _first_lines(article):
            opening = _opening(text, start, end, named)
            if opening is None or not _is_dateline(text, start, end, opening):
                continue
            if len(set(opening.codes)) > 1:
                return Tags()
            return Tags((_mention(text, (start, opening.end), zone, opening.codes[0]),))
        signed = _SIGNED.search(text, max(0, len(text) - _END))
        signed_in = _zone_at(article, signed.start(1)) if signed else None
        if signed is None or signed_in is None or signed_in not in COUNTED_ZONES:
            return Tags()
        return Tags((_mention(text, signed.span(1), signed_in, "US"),))


def _first_lines(article: Article) -> Iterator[tuple[int, int, Zone]]:
    """Yield start, end and zone of the lines in which a dateline may stand."""
    seen = 0
    for span in article.zones:
        if span.zone not in COUNTED_ZONES or span.zone in (Zone.HEADLINE, Zone.CAPTION):
            continue
        start = span.start
        for line in article.text[span.start : span.end].split("\n"):
            if line.strip():
                seen += 1
                yield start, start + len(line), span.zone
                if seen == _LINES or len(line.split(maxsplit=_LONG)) > _LONG:
                    return
            start += len(line) + 1


def _opening(text: str, start: int, end: int, named: Mapping[int, Mention]) -> _Opening | None:
    """Return the places that begin a line, None if the first is none or cannot be placed."""
    first = _first(text, start, end, named)
    if first is None:
        return None
    codes, at, parted = list(first.codes), first.end, False
    strange = first.strange
    while True:
        if text.startswith(", ", at) and (part := _part(text, at + 2, end, named)):
            codes[-1:], at, parted = [part.code], part.end, True
            strange = strange and not part.short  # only datelines abbreviate states
        elif text.startswith("/", at) and (place := named.get(at + 1)):
            codes, at = [*codes, place.tag], _end(text, place)
        else:
            break
    return _Opening(tuple(codes), at, parted, strange, first.city) if codes else None


def _first(text: str, start: int, end: int, named: Mapping[int, Mention]) -> _Opening | None:
    """Return the place that begins a line; a place in no table has no code yet."""
    if (place := named.get(start)) is not None:
        return _Opening((place.tag,), _end(text, place), city=_is_city(place))
    if text.startswith(_UN, start):
        return _Opening(("US",), start + len(_UN), city=True)
    unknown = _UNKNOWN.match(text, start, end)
    return _Opening((), unknown.end(), strange=True) if unknown else None


def _part(text: str, at: int, end: int, named: Mapping[int, Mention]) -> _Part | None:
    """Return the part or country at `at`, None for a date ("MOSCOW, March 3") and all else."""
    place = named.get(at)
    if place is not None:
        wide = kind_of(place.why) in (NAME, REGION)
        return _Part(place.tag, _end(text, place), short=False) if wide else None
    short = _SHORT.match(text, at, end)
    if short is None:
        return None
    return _Part(short.lastgroup or "", short.end() + text.startswith(".", short.end()), short=True)


def _end(text: str, place: Mention) -> int:
    return place.end + ("." in place.surface and text.startswith(".", place.end))  # "D.C."


def _is_dateline(text: str, start: int, end: int, opening: _Opening) -> bool:
    alone = not text[opening.end : end].strip()
    if alone and _TIME.match(text, end):
        return True
    place = re.split("[,/]", text[start : opening.end], maxsplit=1)[0]
    shouted = place.isupper() and not text[start:end].isupper()
    if opening.strange and not (shouted or _OF_PLACES.fullmatch(place)):
        return False
    return (alone and opening.parted) or _is_followed(text, end, opening, shouted=shouted)


def _is_followed(text: str, end: int, opening: _Opening, *, shouted: bool) -> bool:
    """Return whether behind the places stands what stands in a dateline."""
    tail = _TAIL.match(text, opening.end, end)
    if tail is None:
        return False
    mark, agency = tail["mark"] or "", tail["agency"]
    if agency:
        return shouted or any((mark, tail["date"], _AGENCIES.match(agency)))
    if tail["date"]:
        ends = not text[tail.end() : end].strip()
        return bool(mark) or (opening.parted and ends)
    return (opening.parted or opening.city) and mark.strip() not in _TOO_LITTLE[shouted]


def _is_city(place: Mention) -> bool:
    return kind_of(place.why) in (CITY, METONYM) or place.tag in _CITY_STATES


def _zone_at(article: Article, place: int) -> Zone | None:
    return next((one.zone for one in article.zones if one.start <= place < one.end), None)


def _mention(text: str, span: tuple[int, int], zone: Zone, code: str) -> Mention:
    start, end = span
    return Mention(
        kind=TagKind.DATELINE,
        tag=code,
        start=start,
        end=end,
        surface=text[start:end],
        zone=zone,
        why="dateline",
    )
