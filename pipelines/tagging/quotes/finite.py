"""A word of a line in, how likely it is the finite verb of a clause out: "died", not "the dead".

A small logistic model in place of a parser. It knows of 4,000 forms how often they are finite
verbs, of all other forms their ending, and of the two words before and the one behind of what
class they are. Fitted to the Groningen Meaning Bank (public domain by its own statement) by
`tests/quality/fit_finite.py`: on sentences it was not fitted to .975 of the words it takes are
finite verbs, and it takes .96 of them. English only; what it says of other words is below 0.
"""

from collections.abc import Mapping
from functools import cache, lru_cache

from pipelines.tagging.gazetteer import Line, read_table
from pipelines.tagging.quotes import words as w
from pipelines.tagging.quotes.words import word_set

_ENDINGS = ("ed", "ing", "ly", "us", "ss", "is", "s")
_CLASSES = {
    "be": word_set("is was were are be been being am s re"),
    "have": word_set("has have had ve having"),
    "mod": word_set("will would can could may might must shall should do does did d ll"),
    "nom": word_set("he she they we i there"),
    "obj": word_set("it you him her them us me"),
    "own": word_set("his its their our my your"),
    "det": w.ARTICLES,
    "to": word_set("to"),
    "by": word_set("by"),
    "not": word_set("not never t"),
    "rel": w.RELATIVE,
    "sub": w.SUBORDINATE,
    "prep": w.PREPOSITIONS,
    "and": w.JOINING,
    "adv": w.ADVERBS,
}
_SURELY_SMALL = frozenset("456789")  # grades of forms that are verbs also where they have a capital


def finite_score(line: Line, word: int) -> float:
    """Return the logarithm of the odds that a word is a finite verb: 0 is as likely as not."""
    return _score(*surroundings(line, word))


@lru_cache(maxsize=65536)
def _score(grade: str, second: str, before: str, behind: str) -> float:
    weights = _weights()
    named = features(grade, second, before, behind)
    return sum(weights.get(feature, 0.0) for feature in named)


def surroundings(line: Line, word: int) -> tuple[str, str, str, str]:
    """Return the grade of a word, and the classes of the two before it and of the one behind."""
    grade = grade_of(line.words[word].form)
    if word and _has_capital(line, word) and grade not in _SURELY_SMALL:
        grade = "name"
    before, second = _class(line, word - 1), _class(line, word - 2)
    if word and "," in line.gap(word):
        before, second = ",", before
    behind = _class(line, word + 1)
    if word + 1 < len(line.words) and "," in line.gap(word + 1):
        behind = ","
    return grade, second, before, behind


def features(grade: str, second: str, before: str, behind: str) -> tuple[str, ...]:
    """Return what the model weighs."""
    return (
        grade,
        f"{before} {grade}",
        f"{grade} {behind}",
        f"{second} {before} _",
        f"{before} _ {behind}",
        f"{second} _ {grade}",
    )


def grade_of(form: str) -> str:
    """Return a digit for how often the form is a finite verb, or the ending of one not known."""
    known = _grades().get(form)
    if known is not None:
        return known
    return next((one for one in _ENDINGS if form.endswith(one) and len(form) > 3), "none")


def _has_capital(line: Line, word: int) -> bool:
    return line.text[line.words[word].start].isupper()


def _class(line: Line, word: int) -> str:
    if not 0 <= word < len(line.words):
        return "|"
    found = _class_of(line.words[word].form)
    return "name" if found in ("noun", *_ENDINGS) and _has_capital(line, word) else found


@lru_cache(maxsize=8192)
def _class_of(form: str) -> str:
    if form[:1].isdigit():
        return "number"
    for name, members in _CLASSES.items():
        if form in members:
            return name
    return next((one for one in _ENDINGS if form.endswith(one)), "noun")


@cache
def _grades() -> Mapping[str, str]:
    return {row["form"]: row["grade"] for row in read_table("finite_forms.csv")}


@cache
def _weights() -> Mapping[str, float]:
    return {row["feature"]: float(row["weight"]) for row in read_table("finite_weights.csv")}
