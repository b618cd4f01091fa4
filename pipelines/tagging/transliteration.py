"""Two names in, whether they are one name in two scripts or spellings out: `same_name`.

Лавров, Lavrov and Lawrow are written in Latin letters, brought to one spelling for each sound, and
compared by their consonants; the vowels must then be much alike too. All words of the shorter name
must have their partner in the longer one, in order, one of them with the same consonants; a surname
alone is not the same as a whole name. Names in Cyrillic and Latin script are read; Arabic, which
writes few vowels and neither p nor v, is not. The rules were made on half of the pairs in
`names/entities.csv`, drawn by hash, and measured on the other half:
`tests/quality/transliteration.py`.
"""

import re
import unicodedata
from difflib import SequenceMatcher

_FROM_CYRILLIC = "абвгґдеёєжзиіїйклмнопрстуфхцчшщъыьэюяўһқғңөүұәј"
_TO_LATIN = (
    "a b v g g d e e e zh z i i i i k l m n o p r s t u f kh ts ch sh sh  i  e iu ia "
    "u h k g n o u u a i"
)
_CYRILLIC = dict(zip(_FROM_CYRILLIC, _TO_LATIN.split(" "), strict=True))
# Spellings of one sound, the longer first: German, French, Polish, Turkish and English ways.
_SOUNDS = (
    ("schtsch|shch|tsch|tch|cz", "4"),
    ("tch|ch|c(?=[ei])", "4"),
    ("sch|sh|sz", "5"),
    ("dzh|dj|zh|j|dg", "6"),
    ("tz|ts|c$", "7"),
    ("kh|gh|h", "h"),
    ("ph|ff", "f"),
    ("th", "t"),
    ("ck|q|c|k", "k"),
    ("x", "ks"),
    ("w", "v"),
)
_PRETTY = tuple((re.compile(pattern), sound) for pattern, sound in _SOUNDS)
_VOWELS = re.compile("[aeiouy]+")
_DOUBLE = re.compile(r"(.)\1+")
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019\u02bc][^\W\d_]+)*")
_SMALL_TEXT = "al el ul ash as an az ad at ar bin ben ibn von fon der van de la le di da du dos"
_SMALL = frozenset(_SMALL_TEXT.split())
_SURE = 2
_NEAR, _NEAR_LETTERS = 0.65, 0.68  # shares of consonants and letters of words nearly alike
_ALIKE = 0.5  # share of the letters that two spellings of one word have in common at least


def same_name(one: str, other: str) -> bool:
    """Return whether two names may be one person's or body's, in whatever scripts."""
    first, second = sorted((_words(one), _words(other)), key=len)
    if not first or len(first) < min(2, len(second)):
        return False
    rest = iter(second)
    alike = [next((a for a in (_alike(word, c) for c in rest) if a), 0) for word in first]
    return all(alike) and (max(alike) == _SURE or len(alike) > 2)


def to_latin(name: str) -> str:
    """Return a name in small Latin letters without accents; words stay apart."""
    letters = (_CYRILLIC.get(one, one) for one in name.casefold())
    plain = unicodedata.normalize("NFKD", "".join(letters))
    return "".join(one for one in plain if not unicodedata.combining(one))


def _words(name: str) -> list[str]:
    words = [re.sub("['\u2019\u02bc]", "", word) for word in _WORD.findall(to_latin(name))]
    return [word for word in words if word not in _SMALL] or words


def _alike(one: str, other: str) -> int:
    """Return 2 for the same consonants and like vowels, 1 for nearly so, 0 for different words."""
    skeletons = _skeleton(one), _skeleton(other)
    letters = SequenceMatcher(None, one, other).ratio()
    if skeletons[0] == skeletons[1]:
        return _SURE if letters >= _ALIKE else 0
    near = SequenceMatcher(None, *skeletons).ratio() >= _NEAR and letters >= _NEAR_LETTERS
    return 1 if near else 0


def _skeleton(word: str) -> str:
    """Return the consonants of a word, one sign for each sound; a vowel alone stays."""
    for pattern, sound in _PRETTY:
        word = pattern.sub(sound, word)
    return _VOWELS.sub("", _DOUBLE.sub(r"\1", word)) or word[:1]
