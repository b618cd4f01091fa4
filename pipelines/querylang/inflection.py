"""The form of a query's word in, the forms a text may show it in out.

Cases and plurals of the same word, by light rules per language; never another word made from it, so
`Syria` finds `Syrias` and `Сирия` finds `Сирией`, but neither finds Syrian or сирийский. The rules:

- Latin script: English and, where the text's language is unknown, French plurals are tried
  (`s`, `es`, `ies`, `x`); for a known language only its own. Plurals are found from the word as
  written: write the singular. German has its case endings, but no `er` (Iran, Iraner).
- Russian and Ukrainian: the paradigm is guessed from the ending, in either direction, so that any
  case may be written. Adjectives follow through all cases and genders of the same adjective.
- Arabic and Hebrew: the article and one-letter words written together with the word.
- Korean: particles behind the word.
- Words of one or two letters and abbreviations in capitals have no cases (`US`, `СБ`); those
  of three Latin letters and more take an `s` (`NGOs`).
"""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

_SHORTEST = 3  # letters; СБ + у would be СБУ
_LONGEST_ABBREVIATION = 5

_IRREGULAR = {"man": "men", "woman": "women", "child": "children", "spokesman": "spokesmen"}
_SIBILANT = ("s", "x", "z", "ch", "sh")


def _english(word: str) -> Iterator[str]:
    yield word + "s"
    if word.endswith((*_SIBILANT, "o")):
        yield word + "es"
    if word.endswith("sis"):
        yield word[:-2] + "es"
    if word.endswith("y") and word[-2] not in "aeiou":
        yield word[:-1] + "ies"
    if word in _IRREGULAR:
        yield _IRREGULAR[word]


def _french(word: str) -> Iterator[str]:
    yield word + "s"
    if word.endswith(("au", "eu")):
        yield word + "x"
    if word.endswith("al"):
        yield word[:-2] + "aux"


def _spanish(word: str) -> Iterator[str]:
    if word[-1] in "aeiouáéíóú":
        yield word + "s"
        return
    yield word + "es"
    if word.endswith("z"):
        yield word[:-1] + "ces"
    if word.endswith(("ón", "és")):  # sanción, sanciones
        yield word[:-2] + ("ones" if word.endswith("ón") else "eses")


def _portuguese(word: str) -> Iterator[str]:
    yield from (word + "s", word + "es")
    if word.endswith("ão"):
        yield word[:-2] + "ões"


def _german(word: str) -> Iterator[str]:
    yield from (word + ending for ending in ("s", "es", "e", "en", "n"))


def _any_latin(word: str) -> Iterator[str]:
    yield from _english(word)
    yield from _french(word)  # Spanish only where known: its plan, planes is two words of English


_LATIN: dict[str, Callable[[str], Iterable[str]]] = {
    "en": _english,
    "fr": _french,
    "es": _spanish,
    "pt": _portuguese,
    "de": _german,
    "": _any_latin,
}


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


# A rule: the endings by which it is recognised, and all endings of that paradigm.
_Rule = tuple[tuple[str, ...], tuple[str, ...]]
_ADJECTIVE = _listed(
    "ый ий ой ого его ому ему ым им ом ем ая яя ой ей ую юю ое ее ые ие ых их ыми ими"
)
_FEMININE = ("у", "ой", "ою", "е", "", "ам", "ами", "ах")
_RUSSIAN: tuple[_Rule, ...] = (
    (("ский", "цкий", "ный", "ый", "ой", "ая", "яя", "ое", "ее", "ые", "ых", "их"), _ADJECTIVE),
    (("ого", "его", "ому", "ему", "ыми", "ими"), _ADJECTIVE),
    (
        ("ия", "ии", "ию", "ией", "ие", "ием", "иям", "иями", "иях", "ий"),
        _listed("ия ии ию ией иею ие ием ий иям иями иях"),
    ),
    (("ость", "ости", "остью"), _listed("ость ости остью остей остям остями остях")),
    (("ец", "цы"), _listed("ец ца цу цем цом це цы цев цов цам цами цах")),
    (("ка", "га", "ха", "жа", "ша", "ча", "ща"), ("а", "и", *_FEMININE)),
    (("а",), ("а", "ы", *_FEMININE)),
    (("ы",), ("ы", "", "а", "у", "ом", "ой", "е", "ов", "ам", "ами", "ах")),
    (("я",), _listed("я и ю ей ею е ь ям ями ях")),
    (("о",), ("о", "а", "у", "ом", "е", "", "ам", "ами", "ах")),
    (("е",), _listed("е я ю ем и ей ям ями ях")),
    (("ь",), _listed("ь я ю ем е и ью ей ям ями ях")),
    (("й",), _listed("й я ю ем е и ев ям ями ях")),
    (("и",), ("и", "ь", "ей", "ям", "ями", "ях", "", "а", "у", "ом", "е", "ов", "ам", "ами", "ах")),
    (("",), ("а", "у", "ом", "ем", "е", "ы", "и", "ов", "ев", "ей", "ам", "ами", "ах", "ым")),
)
_UKRAINIAN_ADJECTIVE = _listed("ий ій ого ього ому ьому им ім а я ої у ю ою е є і ї их іх ими іми")
_UKRAINIAN: tuple[_Rule, ...] = (
    (("ський", "цький", "ий", "ої", "ого", "ому", "их", "ими"), _UKRAINIAN_ADJECTIVE),
    (
        ("ія", "ії", "ію", "ією", "ій"),
        _listed("ія ії ію ією іє ій іям іями іях"),
    ),
    (("ість", "ості", "істю"), _listed("ість ості істю остей остям остями остях")),
    (("ець", "ці"), _listed("ець ця цю цем цеві цеві ці ців цям цями цях")),
    (("ка", "ки"), ("ка", "ки", "ку", "ці", "кою", "ко", "ок", "кам", "ками", "ках")),
    (("га", "ги"), ("га", "ги", "гу", "зі", "гою", "г", "гам", "гами", "гах")),
    (("а", "и"), ("а", "и", "у", "і", "ою", "о", "", "ам", "ами", "ах", "ів", "ом")),
    (("я",), _listed("я і ю ею є ї ь ям ями ях")),
    (("о",), ("о", "а", "у", "ом", "і", "ові", "", "ам", "ами", "ах")),
    (("е",), _listed("е я ю ем і ь ям ями ях")),
    (("ь",), _listed("ь я ю ем еві і і ів ей ям ями ях")),
    (("й",), _listed("й я ю єм єві ї їв ям ями ях")),
    (("ї", "і"), ("ї", "і", "й", "ь", "я", "їв", "ів", "ям", "ями", "ях", "ам", "ами", "ах", "ей")),
    (("",), ("а", "у", "ом", "ем", "і", "ові", "еві", "и", "ів", "ам", "ами", "ах", "им")),
)
_OTHER_CYRILLIC = (_RUSSIAN, _UKRAINIAN)
_CYRILLIC = {"ru": (_RUSSIAN,), "uk": (_UKRAINIAN,)}


def _by_rules(word: str, rules: Iterable[_Rule]) -> Iterator[str]:
    """Yield the paradigms of all rules with the longest ending that fits."""
    longest = max(_fitting(word, known) for known, _ in rules)
    for known, endings in rules:
        size = _fitting(word, known)
        if size < longest or len(word) - size < 2:  # several of one length are all tried
            continue
        # ский is one ending of the rule, but ий is what changes
        stem = word[: len(word) - _changing(word[len(word) - size :], endings)]
        # a feminine without ending needs a stem of four letters: Газа is not газ
        yield from (stem + ending for ending in endings if ending or len(stem) > _SHORTEST)


def _fitting(word: str, known: Iterable[str]) -> int:
    """Return the length of the longest ending that the word has, -1 for none."""
    return max((len(ending) for ending in known if word.endswith(ending)), default=-1)


def _changing(ending: str, endings: Iterable[str]) -> int:
    """Return how many letters of a recognised ending are the paradigm's own: 2 of `ский`."""
    return max((len(own) for own in endings if ending.endswith(own)), default=0)


_ARABIC_BEFORE = (
    "و",
    "ف",
    "ب",
    "ل",
    "ك",
    "ال",
    "وال",
    "بال",
    "فال",
    "كال",
    "لل",
    "ولل",
    "وب",
    "ول",
)
_HEBREW_BEFORE = ("ה", "ו", "ב", "ל", "מ", "ש", "כ", "וה", "שה", "מה", "וב", "ול", "בה")
_KOREAN_BEHIND = _listed(
    "은 는 이 가 을 를 의 에 와 과 도 로 으로 에서 에게 까지 부터 만 들 들이 들은 들을 들의"
)


def _arabic(word: str) -> Iterator[str]:
    if word.startswith("ال") and len(word) > _SHORTEST + 1:
        bare = word[2:]
        yield from (before + word for before in ("و", "ف", "ب", "ك"))
        yield from ("لل" + bare, "ولل" + bare)
    else:
        yield from (before + word for before in _ARABIC_BEFORE)


def _hebrew(word: str) -> Iterator[str]:
    yield from (before + word for before in _HEBREW_BEFORE)


def _korean(word: str) -> Iterator[str]:
    yield from (word + behind for behind in _KOREAN_BEHIND)


def _cyrillic(word: str, language: str) -> Iterator[str]:
    for rules in _CYRILLIC.get(language, _OTHER_CYRILLIC):
        yield from _by_rules(word, rules)


def _inflected(word: str, language: str) -> Iterable[str]:
    last = word[-1]
    if "\u0400" <= last <= "\u052f":
        return _cyrillic(word, language)
    if "\u0590" <= last <= "\u05ff":
        return _hebrew(word)
    if "\u0600" <= last <= "\u06ff":
        return _arabic(word)
    if "\uac00" <= last <= "\ud7af":
        return _korean(word)
    if last <= "\u024f" and last.isalpha():
        return _LATIN.get(language, _any_latin)(word)
    return ()


def known_language(language: str) -> str:
    """Return the language where it has rules of its own, "" where it is treated as unknown."""
    return language if language in _LATIN or language in _CYRILLIC else ""


@lru_cache(maxsize=1 << 16)
def inflect(word: str, language: str, *, abbreviation: bool) -> frozenset[str]:
    """Return the forms of `word` (itself a form) to look for in a text of `language` ("": unknown).

    `abbreviation`: the query has it in capitals throughout.
    """
    korean = "\uac00" <= word[-1:] <= "\ud7af"
    if len(word) < _SHORTEST and not (korean and len(word) > 1):
        return frozenset([word])
    if abbreviation and len(word) <= _LONGEST_ABBREVIATION:
        return frozenset([word, word + "s"] if word.isascii() else [word])
    return frozenset([word, *_inflected(word, language)])
