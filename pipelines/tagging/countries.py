"""An article in, the countries named in it out, as ISO 3166-1 alpha-2 codes.

The rules, which an analyst can review:

- Names, adjectives ("Syrian"), parts of a country ("Chechnya"), cities ("Sochi") and metonyms
  (capitals and seats of government: "Moscow", "the Kremlin") count for the country; `why` says
  which. Names and adjectives in other languages of Latin script count in articles of that language,
  those in Cyrillic and names in Arabic script in all.
- The longest name wins: Papua New Guinea is not Guinea. `names/phrases.csv` has what looks like a
  country and is none ("Indian Ocean", "French fries") or another one ("New Mexico").
- What is lent to a treaty, a person, a newspaper or a language is not meant: `lent_names.py`.
- A place followed by a comma and a part of another country is a namesake there: "Lebanon,
  Pennsylvania", "Lebanon, Pa.", "London, Ont.". Which of several places is meant, the rest of the
  article says: `namesakes.py`.
- Nor is one meant in an address of the web.
- Within the name of a person whom no table knows ("Jordan" too, where it stands for Michael
  Jordan), and of an entity that the table marks so ("Washington Post", "Islamic State of Iraq and
  Syria"), no country is meant. Within a person's role one is: "Russian Foreign Minister".
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType

from pipelines.article import Article, Mention, TagKind, Tags
from pipelines.tagging.declension import adjective_forms, variants
from pipelines.tagging.gazetteer import (
    Gazetteer,
    Hit,
    Line,
    Name,
    lines_of,
    read_names,
    read_table,
    split_names,
)
from pipelines.tagging.lent_names import LentNames
from pipelines.tagging.namesakes import resolved
from pipelines.tagging.places import ADJECTIVE, NAME, REGION, Place

_LANGUAGES = (  # Latin script: only in articles of that language
    "fr", "es", "de", "it", "pt", "pl", "nl", "tr"
)  # fmt: skip
_CAPITAL = ("nl", "tr")  # write adjectives of countries with a capital; "alman" is no German
_WORDS = {"tr": frozenset({"Mali"})}  # "financial": a country only where an ending is set off
_APOSTROPHES = ("'", "\u2019")
_SCRIPTS = ("ru", "uk", "ar")  # nothing else is written so: in all articles
_JOINS = frozenset("/.-_@")  # beside a part of an address
_ADDRESS = re.compile(r"://|^www\.|@|^[a-z\d-]+(\.[a-z\d-]+)*\.[a-z]{2,4}(\W|$)")
# By the AP stylebook; two letters only before a postal code, else they may be a country's.
_SHORTENED = re.compile(
    r"(?:Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Md|Mass|Mich|Minn|Miss|Mo|Mont"
    r"|Neb|Nev|N\.[HJMYCD]|Okla|Ore|Pa|R\.I|S\.[CD]|Tenn|Vt|Va|Wash|W\. ?Va|Wis|Wyo)\."
    r"|[A-Z]{2} \d{5}(?!\d)"
    r"|(?P<province>(?:Ont|Que|Alta|B\.C|Man|Sask|N\.[SBL]|P\.E\.I)\.)"
)
_OF = " of "
_PERSON = "person:"  # how the tag of a candidate name begins


@cache
def country_names() -> Mapping[str, str]:
    """Return the English names by ISO 3166-1 alpha-2 code (XK for Kosovo)."""
    return MappingProxyType({row["code"]: row["name"] for row in read_table("countries.csv")})


@cache
def place_names() -> Gazetteer[Place]:
    """Return the names that count for a country in articles of any language."""
    return Gazetteer(_names())


class CountryTagger:
    """Finds the countries an article names; `hiding` are entities whose names hide a country."""

    def __init__(self, hiding: Sequence[str] = ()) -> None:
        """Read the tables of names; `hiding` are ids of entities."""
        self._hiding = frozenset(hiding)
        self._names = place_names()
        self._foreign = {lang: Gazetteer(_foreign_names(lang)) for lang in _LANGUAGES}
        self._own_starts = frozenset(self._names.starts)
        self._starts = {
            lang: self._own_starts | foreign.starts for lang, foreign in self._foreign.items()
        }
        self._given = frozenset(name.casefold() for name in read_names("given_names.txt").split())

    def find(self, article: Article, found: Tags) -> Tags:
        """Return the mentions in order of their place; `found` has those of entities and names."""
        hidden = [one for one in found.mentions if self._hides(one)]
        lent, settled = LentNames(self._given), dict[str, str]()
        mentions = []
        for line in lines_of(article):
            for hit in self._hits(line, article.language):
                if not hit.values[0].code or lent.is_lent(line, hit):
                    continue
                if _is_word(line, hit, article.language) or _is_in_address(line, hit):
                    continue
                mention = _mention(line, hit, hit.values[0])
                if code := self._abroad(line, hit):
                    settled[mention.surface.casefold()] = code
                if not _within(mention, hidden):
                    mentions.append(mention)
        return Tags(tuple(resolved(mentions, settled, article.text)))

    def _hides(self, name: Mention) -> bool:
        """Return whether a country within a name is not meant.

        Of the people the names model finds, only a name of several words, and a part of it that
        stands for it: a single one ("Leeds voted") is taken for a surname too often.
        """
        if name.kind is TagKind.NAME:
            return name.tag.startswith(_PERSON) and " " in name.tag
        return name.tag in self._hiding

    def _hits(self, line: Line, language: str) -> Iterator[Hit[Place]]:
        foreign, starts = self._foreign.get(language), self._starts.get(language, self._own_starts)
        free = 0  # the first word behind the last name
        for word in line.beginning(starts):
            if word < free:
                continue
            hit = self._names.longest(line, word)
            other = foreign.longest(line, word) if foreign else None
            if other and (hit is None or other.stop > hit.stop):
                hit = other
            if hit is not None:
                yield hit
                free = hit.stop

    def _abroad(self, line: Line, hit: Hit[Place]) -> str:
        """Return the country of the part behind the comma if that is another one; else ""."""
        if hit.stop == len(line.words) or line.gap(hit.stop) != ", ":
            return ""
        if hit.values[0].kind in (ADJECTIVE, REGION):
            return ""
        code = _abbreviated(line, hit.stop)
        behind = self._names.longest(line, hit.stop)
        if behind is not None and behind.values[0].kind == REGION:
            code = behind.values[0].code
        return code if code != hit.values[0].code else ""


def _abbreviated(line: Line, word: int) -> str:
    """Return the country of a state or province as news agencies shorten them; else ""."""
    found = _SHORTENED.match(line.text, line.words[word].start)
    return "" if found is None else "CA" if found["province"] else "US"


def _is_word(line: Line, hit: Hit[Place], language: str) -> bool:
    """Return whether a name is a common word of the language: "Mali kurallar", not "Mali'de"."""
    if line.surface(hit.first, hit.stop) not in _WORDS.get(language, ()):
        return False
    return not line.text.startswith(_APOSTROPHES, line.words[hit.stop - 1].end)


def _is_in_address(line: Line, hit: Hit[Place]) -> bool:
    """Return whether a name is part of an address of the web: "https://deutsch.example/a"."""
    start, end = line.words[hit.first].start, line.words[hit.stop - 1].end
    if line.text[start - 1 : start] not in _JOINS and line.text[end : end + 1] not in _JOINS:
        return False
    word = line.text[line.text.rfind(" ", 0, start) + 1 :].split(" ", 1)[0]
    return _ADDRESS.search(word) is not None


def _within(mention: Mention, hidden: Sequence[Mention]) -> bool:
    """Return whether a country stands in a name that hides it; "Abdullah of Jordan" does not."""
    for name in hidden:
        if name.start <= mention.start and mention.end <= name.end:
            before = name.surface[: mention.start - name.start]
            return name.kind is not TagKind.NAME or not before.endswith(_OF)
    return False


def _mention(line: Line, hit: Hit[Place], place: Place) -> Mention:
    return Mention(
        kind=TagKind.COUNTRY,
        tag=place.code,
        start=line.offset + line.words[hit.first].start,
        end=line.offset + line.words[hit.stop - 1].end,
        surface=line.surface(hit.first, hit.stop),
        zone=line.zone,
        why=place.kind,
    )


def _names() -> Iterator[Name[Place]]:
    for row in read_table("countries.csv"):
        yield from _country(row)
    for row in read_table("places.csv"):
        for text in [row["name"], *split_names(row["aliases"])]:
            yield from (Name(form, Place(row["code"], row["kind"])) for form in variants(text))
    for row in read_table("phrases.csv"):
        place = Place(row["code"], REGION if row["code"] else NAME)
        for form in variants(row["phrase"]):  # no country is meant however it is written
            yield Name(form, place, any_case=not row["code"])


def _country(row: Mapping[str, str]) -> Iterator[Name[Place]]:
    name, adjective = Place(row["code"], NAME), Place(row["code"], ADJECTIVE)
    cased = set(split_names(row["cased"]))
    for text in dict.fromkeys([row["name"], *split_names(row["aliases"])]):
        yield Name(text, name, cased=text in cased)
    for text in split_names(row["adjectives"]):
        small = not text[0].isupper()  # Russian and Ukrainian write adjectives small
        for form in adjective_forms(text):
            yield Name(form, adjective, cased=text in cased, any_case=small)
    for text in (text for script in _SCRIPTS for text in split_names(row[script])):
        yield from (Name(form, name) for form in variants(text))


def _foreign_names(language: str) -> Iterator[Name[Place]]:
    for row in read_table("countries.csv"):
        cased = split_names(row["cased"])
        for text in split_names(row[language]):
            yield Name(text, Place(row["code"], NAME), cased=text in cased)
    small = language not in _CAPITAL
    for row in read_table("adjectives.csv"):
        for text in split_names(row[language]):
            for form in adjective_forms(text, language):
                yield Name(form, Place(row["code"], ADJECTIVE), any_case=small)
