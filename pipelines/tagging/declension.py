"""A name in its dictionary form in, the forms in which a text may show it out.

Light rules for names in Cyrillic and Arabic script and for nationalities; other names have only
themselves:

- Russian and Ukrainian: all words of a name stand in the same case. Surnames in -ов, -ев, -ин take
  -ым; names in -а keep their letters before the ending, so Захарова never becomes Захаров; names in
  -о, -и, -у do not change, except -ство and, in Ukrainian, -ко. Abbreviations do not change.
- Arabic: one-letter words (and, in, to, so) may be written together with the first word.
- Turkish names keep their letters, endings stand behind an apostrophe ("Rusya'da"); nationalities
  take theirs without one ("Suriyelilerin").
"""

from collections.abc import Iterable

# An ending of the dictionary form, and what takes its place case by case: genitive, dative,
# accusative, instrumental, locative; once for each paradigm that fits. "" in front: nothing is cut.
_NOUNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ия", ("ии ии ию ией ии",)),
    ("ія", ("ії ії ію ією ії",)),
    ("ая", ("ой ой ую ой ой",)),
    ("ка", ("ки ке ку кой ке", "ки ці ку кою ці")),
    ("га", ("ги ге гу гой ге", "ги зі гу гою зі")),
    ("а", ("ы е у ой е", "ой ой у ой ой", "и і у ою і", "ої ій у ою ій")),
    ("я", ("и е ю ей е", "і і ю ею і", "ї ї ю єю ї")),
    ("ство", ("ства ству ство ством стве", "ства ству ство ством стві")),
    ("море", ("моря морю море морем море", "моря морю море морем морі")),
    ("ко", ("ка ку ка ком ку", "ка кові ка ком кові")),
    ("ое", ("ого ому ое ым ом",)),
    ("ой", ("ого ому ого ым ом",)),
    ("ый", ("ого ому ого ым ом",)),
    ("й", ("я ю я ем е", "я ю й ем и", "я ю я єм ї", "я єві я єм єві")),
    ("ь", ("я ю я ем е", "я ю ь ем е", "и и ь ью и", "я еві я ем еві", "і і ь ю і")),
    ("ы", ("ов ам ы ами ах", "_ ам ы ами ах")),
    ("ц", ("ца цу ца цем це",)),
)
_CONSONANT = (
    "а у а ом е",
    "а у _ ом е",
    "а у а ым е",
    "а ові а ом ові",
    "а у а им і",
    "а у _ ом і",
)
_ADJECTIVES = {
    "ский": "ский ского скому ским ском ская ской скую ское ские ских скими",
    "цкий": "цкий цкого цкому цким цком цкая цкой цкую цкое цкие цких цкими",
    "ський": "ський ського ському ським ській ська ської ську ською ське ські ських ськими",
    "цький": "цький цького цькому цьким цькій цька цької цьку цькою цьке цькі цьких цькими",
    "кий": "кий кого кому ким ком кая кой кую кое кие ких кими",
    "ный": "ный ного ному ным ном ная ной ную ное ные ных ными",
    "ний": "ний ного ному ним ній на ної ну ною не ні них ними",
}
# The same for adjectives of languages in Latin script: an ending, and what takes its place.
_LATIN_ADJECTIVES = {
    "fr": {"en": "en enne ens ennes", "s": "s se ses", "e": "e es", "": " e s es"},
    "es": {
        "o": "o a os as",
        "és": "és esa eses esas",
        "án": "án ana anes anas",
        "ón": "ón ona ones onas",
        "í": "í íes",
        "ol": "ol ola oles olas",
        "": " s",
    },
    "de": {"": " e er en em es"},
    "it": {"co": "co ca ci che", "o": "o a i e", "e": "e i", "a": "a i e", "": ""},
    "pt": {"ês": "ês esa eses esas", "o": "o a os as", "e": "e es", "a": "a as", "": ""},
    "pl": {"ki": "ki kiego kiemu kim ka kiej ką kie kich kimi", "": ""},
    "nl": {"": ""},
}
# Turkish: a plural and its cases, after back vowels and after front ones.
_TURKISH = {
    "aıou": " lar ların lara ları larda lardan larla",
    "eiöü": " ler lerin lere leri lerde lerden lerle",
}
_CASES = 5
_VOWELS = frozenset("аеёиоуыэюяіїє")
_ARABIC_BEFORE = ("و", "ف", "ب", "ل")


def variants(name: str) -> list[str]:
    """Return `name` and its other forms, without repetition, `name` first."""
    if "\u0600" <= name[:1] <= "\u06ff":
        return [name, *_arabic(name)]
    if not any("\u0400" <= letter <= "\u052f" for letter in name):
        return [name]
    return list(dict.fromkeys((name, *_declined(name))))


def adjective_forms(adjective: str, language: str = "") -> list[str]:
    """Return the genders, numbers and cases of an adjective in Latin or Cyrillic script."""
    if language == "tr":
        return _turkish(adjective)
    endings = _LATIN_ADJECTIVES.get(language, _ADJECTIVES)
    for ending, forms in endings.items():
        if adjective.endswith(ending):
            stem = adjective.removesuffix(ending)
            return [stem + form for form in forms.split(" ")]
    return [adjective]


def _turkish(adjective: str) -> list[str]:
    """Return a nationality and its plural in all cases; vowels follow the last one of the word."""
    last = next(letter for letter in reversed(adjective.casefold()) if letter in "aıoueiöü")
    forms = next(forms for vowels, forms in _TURKISH.items() if last in vowels)
    return [adjective + form for form in forms.split(" ")]


def _arabic(name: str) -> Iterable[str]:
    if name.startswith("ال"):
        yield "لل" + name[2:]
    yield from (before + name for before in _ARABIC_BEFORE)


def _declined(name: str) -> Iterable[str]:
    words = name.split(" ")
    cases = [_word_cases(word) for word in words]
    for case in range(_CASES):
        combined = [""]
        for options in cases:
            combined = [f"{start} {form}" for start in combined for form in options[case]]
        yield from (text.strip() for text in combined)


def _word_cases(word: str) -> list[list[str]]:
    """Return for each case the forms that `word` may take in it."""
    if word.isupper() or not "\u0400" <= word[-1:] <= "\u052f" or len(word) < 3:
        return [[word]] * _CASES
    if adjectives := _masculine_adjective(word):
        return adjectives
    stem, paradigms = _noun(word)
    rows = [paradigm.split() for paradigm in paradigms] or [[""] * _CASES]
    return [list(dict.fromkeys(stem + row[c].strip("_") for row in rows)) for c in range(_CASES)]


def _noun(word: str) -> tuple[str, tuple[str, ...]]:
    """Return what of a noun stays, and the paradigms of endings it may take."""
    for ending, paradigms in _NOUNS:
        if word.endswith(ending):
            return word.removesuffix(ending), paradigms
    return word, _CONSONANT if word[-1] not in _VOWELS else ()


def _masculine_adjective(word: str) -> list[list[str]]:
    for ending, forms in _ADJECTIVES.items():
        if word.endswith(ending):
            genitive, dative, instrumental, locative = forms.split()[1:5]
            cases = (genitive, dative, genitive, instrumental, locative)
            return [[word.removesuffix(ending) + form] for form in cases]
    return []
