"""The words for kinds of state bodies, for states and for places, as gazetteers of one language.

English words and words in Cyrillic count in articles of any language, French, Spanish and German
ones in articles of theirs. Words of kinds count in small letters too; names of states need a
capital, their adjectives where the language writes one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pipelines.tagging.declension import adjective_forms, variants
from pipelines.tagging.gazetteer import Gazetteer, Name, read_table, split_names
from pipelines.tagging.places import ADJECTIVE, NAME, Place
from pipelines.tagging.state_bodies.table import LANGUAGES, Kind, state_bodies

OWN_WORDS = ("fr", "es", "de")  # languages whose words count only in their articles
_EVERYWHERE = ("en", "ru", "uk")
_WITHIN = " * "  # where an adjective may stand in a form


@dataclass(frozen=True, slots=True)
class Form:
    """Words for a kind of body, or for any body of a group."""

    kind: Kind
    text: str


@cache
def heads(language: str) -> Gazetteer[Form]:
    """Return the words for kinds of bodies and for any body of a group."""
    return Gazetteer(_heads(_spoken(language)))


@cache
def openings(language: str) -> Gazetteer[str]:
    """Return the first parts of the forms in which an adjective may stand."""
    return Gazetteer(
        Name(opening, opening, any_case=True)
        for opening in dict.fromkeys(text.partition(_WITHIN)[0] for _, text in _parted(language))
    )


@cache
def closings(language: str) -> Gazetteer[Form]:
    """Return the last parts of these forms."""
    return Gazetteer(
        Name(text.partition(_WITHIN)[2], Form(kind, text), any_case=True)
        for kind, text in _parted(language)
    )


def _spoken(language: str) -> list[str]:
    return [one for one in LANGUAGES if one in (*_EVERYWHERE, language)]


def _heads(languages: Sequence[str]) -> Iterator[Name[Form]]:
    table = state_bodies()
    for kind in (*table.kinds, *table.generic):
        for text in (text for language in languages for text in kind.forms[language]):
            whole = text.replace("* ", "")
            form = Form(kind, whole.replace("|", " "))
            yield from (Name(one, form, any_case=True) for one in _cases(whole))
        for text in kind.forms["cased"]:
            yield Name(text, Form(kind, text), cased=True)


def _cases(text: str) -> list[str]:
    """Return the cases of a form in Cyrillic: what stands behind a bar does not change."""
    changes, _, rest = text.partition("|")
    return [f"{one} {rest}".strip() for one in variants(changes)]


def _parted(language: str) -> list[tuple[Kind, str]]:
    forms = [
        (kind, text)
        for kind in state_bodies().kinds
        for one in _spoken(language)
        for text in kind.forms[one]
    ]
    return [(kind, text) for kind, text in forms if _WITHIN in text]


@cache
def states(language: str) -> Gazetteer[Place]:
    """Return the names and adjectives of states that count in articles of a language."""
    table = state_bodies()
    rows = [row for row in read_table("countries.csv") if row["code"] in table.called]
    names = [name for row in rows for name in _of_state(row, language)]
    names.append(Name("United States of America", Place("US", NAME)))
    if language in OWN_WORDS:
        names += _adjectives(language)
    return Gazetteer(names)


def _of_state(row: Mapping[str, str], language: str) -> Iterator[Name[Place]]:
    name, adjective = Place(row["code"], NAME), Place(row["code"], ADJECTIVE)
    cased, unfit = set(split_names(row["cased"])), state_bodies().no_names
    for text in {row["name"], *split_names(row["aliases"])} - unfit:
        yield Name(text, name, cased=text in cased)
    for text in split_names(row["adjectives"]):
        if text not in unfit:
            small = not text[0].isupper()  # Russian and Ukrainian write adjectives small
            for form in adjective_forms(text):
                yield Name(form, adjective, cased=text in cased, any_case=small)
    for text in [*split_names(row["ru"]), *split_names(row["uk"])]:
        yield from (Name(form, name) for form in variants(text))
    if language in OWN_WORDS:
        yield from (Name(text, name) for text in split_names(row[language]))


def _adjectives(language: str) -> Iterator[Name[Place]]:
    unfit = state_bodies().no_names
    for row in read_table("adjectives.csv"):
        for text in split_names(row[language]):
            if text not in unfit:
                place = Place(row["code"], ADJECTIVE)
                forms = adjective_forms(text, language)
                yield from (Name(form, place, any_case=True) for form in forms)
