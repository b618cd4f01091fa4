"""The form of a query's word in, the forms a text may show it in out.

Cases and plurals of the same word, by light rules per language; never another word made from it, so
`Syria` finds `Syrias` and `Сирия` finds `Сирией`, but neither finds Syrian or сирийский. The rules:

- Latin script (`latin.py`): where the text's language is unknown, or one without rules, English and
  French plurals are tried; for English, French, Spanish, Portuguese, Italian and German only its
  own. Plurals are found from the word as written: write the singular. German has its case endings.
- Russian and Ukrainian (`cyrillic.py`): all cases, and of adjectives all genders, from any of them.
- Arabic and Hebrew: the article and the small words written together with the word.
- Korean: particles behind the word.
- Words of one or two letters and abbreviations in capitals have no cases (`US`, `СБ`); those
  of three Latin letters and more take an `s` (`NGOs`).
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from pipelines.querylang.cyrillic import CYRILLIC, cyrillic
from pipelines.querylang.latin import LATIN, any_latin

_SHORTEST = 3  # letters; СБ + у would be СБУ
_LONGEST_ABBREVIATION = 5

_ARABIC_BEFORE_LIST = "و ف ب ل ك ال وال بال فال كال لل ولل وبال وب ول فب فل"
_ARABIC_BEFORE_ARTICLE_LIST = "و ف ب ك وب وك فب"
_HEBREW_BEFORE_LIST = "ה ו ב ל מ ש כ וה שה מה כש וב ול ומ וש בה שב של שמ לכש וכש"
_KOREAN_BEHIND_LIST = """
    은 는 이 가 을 를 의 에 와 과 도 로 으로 에서 에게 까지 부터 만 들 들이 들은 들을 들의
    에는 에도 에서는 에서도 에게는 처럼 보다 이나 이며 라고 이라고 이다
"""
_ARABIC_BEFORE = tuple(_ARABIC_BEFORE_LIST.split())
_ARABIC_BEFORE_ARTICLE = tuple(_ARABIC_BEFORE_ARTICLE_LIST.split())
_HEBREW_BEFORE = tuple(_HEBREW_BEFORE_LIST.split())
_KOREAN_BEHIND = tuple(_KOREAN_BEHIND_LIST.split())


def _arabic(word: str) -> Iterator[str]:
    if word.startswith("ال") and len(word) > _SHORTEST + 1:
        bare = word[2:]
        yield from (before + word for before in _ARABIC_BEFORE_ARTICLE)
        yield from ("لل" + bare, "ولل" + bare, "فلل" + bare)
    else:
        yield from (before + word for before in _ARABIC_BEFORE)


def _hebrew(word: str) -> Iterator[str]:
    yield from (before + word for before in _HEBREW_BEFORE)


def _korean(word: str) -> Iterator[str]:
    yield from (word + behind for behind in _KOREAN_BEHIND)


def _inflected(word: str, language: str) -> Iterable[str]:
    last = word[-1]
    if "\u0400" <= last <= "\u052f":
        return cyrillic(word, language)
    if "\u0590" <= last <= "\u05ff":
        return _hebrew(word)
    if "\u0600" <= last <= "\u06ff":
        return _arabic(word)
    if "\uac00" <= last <= "\ud7af":
        return _korean(word)
    if last <= "\u024f" and last.isalpha():
        return LATIN.get(language, any_latin)(word)
    return ()


def known_language(language: str) -> str:
    """Return the language where it has rules of its own, "" where it is treated as unknown."""
    return language if language in LATIN or language in CYRILLIC else ""


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
