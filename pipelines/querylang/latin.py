"""A word in Latin letters and a language in, its other forms out: plurals, and German cases.

The rules of each language stand in its function. Where a rule would make another word that is
common in news (`new`, news; French `mai`, mais; German `Wahl`, wählen), the word is listed as one
that takes no ending of that rule. What is no word at all (`musea`) does no harm and is not avoided.
"""

from collections.abc import Callable, Iterable, Iterator

_ACUTE = dict(zip("aeiou", "áéíóú", strict=True))
_UMLAUT = {"a": "ä", "o": "ö", "u": "ü"}


def _pairs(text: str) -> dict[str, list[str]]:
    """Return listed forms: `foot feet, wharf wharves wharfs`."""
    rows = [row.split() for row in text.split(",")]
    return {first: forms for first, *forms in rows}


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_EN_IRREGULAR = _pairs(
    """woman women, child children, foot feet, tooth teeth, mouse mice, goose geese, man men,
    wife wives, knife knives, life lives, leaf leaves, thief thieves, half halves, wolf wolves,
    shelf shelves, self selves, loaf loaves, calf calves, criterion criteria,
    phenomenon phenomena, referendum referenda, memorandum memoranda, medium media, quiz quizzes"""
)
_EN_WITHOUT = _set(
    "new economic physic politic athletic mathematic genetic electronic mar alway perhap thi"
)
_SIBILANT = ("s", "x", "z", "ch", "sh", "o")


def english(word: str) -> Iterator[str]:
    """Yield plurals: s, es, ies; men of compounds of man; a few that are listed."""
    if word not in _EN_WITHOUT:
        yield word + "s"
    if word.endswith(_SIBILANT):
        yield word + "es"
    if word.endswith(("sis", "xis")):
        yield word[:-2] + "es"
    if word.endswith("y") and word[-2] not in "aeiou":
        yield word[:-1] + "ies"
    if word.endswith("man") and len(word) > 5:  # Oman is no omen
        yield word[:-3] + "men"
    yield from _EN_IRREGULAR.get(word, ())


_FR_IRREGULAR = _pairs(
    "travail travaux, vitrail vitraux, bail baux, œil yeux, genou genoux, bijou bijoux"
)
_FR_WITHOUT = _set("mai moi foi dan san avan san pui puis tre sou ver alor corp temp depui toujour")


def french(word: str) -> Iterator[str]:
    """Yield plurals: s; x after au and eu; aux of al."""
    if word not in _FR_WITHOUT:
        yield word + "s"
    if word.endswith(("au", "eu")):
        yield word + "x"
    if word.endswith("al"):
        yield word[:-2] + "aux"
    yield from _FR_IRREGULAR.get(word, ())


_ES_IRREGULAR = _pairs("régimen regímenes, carácter caracteres, espécimen especímenes")
_ES_WITHOUT = _set("marte ante meno entonce mientra jueve vierne lune apena ademá")


def spanish(word: str) -> Iterator[str]:
    """Yield plurals: s, es, ces of z; accents that go (sanción) and come (joven)."""
    if word in _ES_WITHOUT:
        return
    yield from _ES_IRREGULAR.get(word, ())
    last = word[-1]
    if last in "aeiouáéíóú":
        yield word + "s"
        if last in "íú":  # israelí, israelíes
            yield word + "es"
        return
    yield word + "es"
    if last == "z":
        yield word[:-1] + "ces"
    if last in "ns" and word[-2] in "áéíóú":
        plain = "aeiou"["áéíóú".index(word[-2])]
        yield f"{word[:-2]}{plain}{last}es"
    if word.endswith("en"):
        before = max(word.rfind(vowel, 0, len(word) - 2) for vowel in "aeiou")
        if before >= 0:
            yield f"{word[:before]}{_ACUTE[word[before]]}{word[before + 1 :]}es"


_PT_ENDINGS = {  # the longest that fits
    "ão": ("ões", "ães", "ãos"),
    "m": ("ns",),
    "al": ("ais",),
    "el": ("éis",),
    "ol": ("óis",),
    "il": ("is", "eis"),
    "ês": ("eses",),
    "r": ("res",),
    "z": ("zes",),
    "s": ("ses",),
}


def portuguese(word: str) -> Iterator[str]:
    """Yield plurals: s and es; ões, ães, ãos of ão; ns of m; is of l."""
    if word != "mai":
        yield word + "s"
    for ending, plurals in _PT_ENDINGS.items():
        if word.endswith(ending):
            yield from (word[: -len(ending)] + plural for plural in plurals)
            return


_IT_ENDINGS = {
    "ca": ("che",),
    "ga": ("ghe",),
    "co": ("chi", "ci"),
    "go": ("ghi", "gi"),
    "io": ("i",),
    "cia": ("cie", "ce"),
    "gia": ("gie", "ge"),
    "ista": ("isti", "iste"),
    "ma": ("mi", "me"),
    "o": ("i",),
    "a": ("e",),
    "e": ("i",),
}
_IT_WITHOUT = _set("stato come anche dove sempre oltre")


def italian(word: str) -> Iterator[str]:
    """Yield plurals: i of o and e, e of a; an h keeps the sound. Names take none of it."""
    fitting = [ending for ending in _IT_ENDINGS if word.endswith(ending)]
    if (
        fitting
        and len(word) > 3
        and word not in _IT_WITHOUT | {"siria", "italia", "libia", "roma", "cina"}
    ):
        ending = max(fitting, key=len)
        yield from (word[: -len(ending)] + plural for plural in _IT_ENDINGS[ending])
    if word == "stato":
        yield "stati"


_DE_ER = _set(
    """land ausland bundesland nachbarland mitgliedsland mitgliedland entwicklungsland drittland
    heimatland industrieland schwellenland geberland partnerland haus krankenhaus buch mann volk
    wald rand wort dorf bad blatt amt band schloss tal dach fach glas grab gut holz horn huhn loch
    rad tuch gott rechtsanwalt"""
)
_DE_PLAIN_ER = ("kind", "bild", "mitglied", "feld", "geld", "lied", "kleid", "schild", "gesicht")
_DE_NO_UMLAUT = _set("wahl auswahl zahl anzahl druck schutz schon hatte konnte wurde war glut")
_DE_ENDINGS = {
    "nis": ("nisse", "nissen", "nisses"),
    "in": ("innen",),
    "um": ("en",),
    "ma": ("men",),
}


def german(word: str) -> Iterator[str]:
    """Yield cases and plurals: s, es, e, en, n, umlauts; er of listed words (Iraner is no Iran)."""
    yield from (word + ending for ending in ("s", "es", "e", "en", "n"))
    for known, endings in _DE_ENDINGS.items():
        if word.endswith(known):
            yield from (word[: -len(known)] + ending for ending in endings)
    if word.endswith(("isch", "lich")):  # adjectives
        yield from (word + "er", word + "em")
    if word.endswith(_DE_PLAIN_ER):
        yield from (word + "er", word + "ern")
    if word not in _DE_NO_UMLAUT:
        yield from _german_umlauts(word)


def _german_umlauts(word: str) -> Iterator[str]:
    """Yield the plurals that change the vowel: Räte, Häfen, Länder."""
    changed = _with_umlaut(word)
    if not changed:
        return
    if word.endswith(("er", "en", "el")):
        yield from (changed, changed + "n")
    else:
        yield from (changed + "e", changed + "en")
    if word in _DE_ER:
        yield from (changed + "er", changed + "ern")


def _with_umlaut(word: str) -> str:
    """Return the word with its last a, o, u or au changed, "" without one; endings are left out."""
    stem = word[:-2] if word.endswith(("er", "en", "el")) else word
    place = max(stem.rfind(vowel) for vowel in "aou")
    if place < 0 or any(vowel in stem[place + 1 :] for vowel in "eiäöüy"):
        return ""
    if stem[place] == "u" and stem[place - 1 : place] == "a":
        place -= 1
    elif stem[place] == "u" and stem[place - 1 : place] == "e":
        return ""
    return word[:place] + _UMLAUT[word[place]] + word[place + 1 :]


def any_latin(word: str) -> Iterator[str]:
    """Yield English and French plurals; not Spanish ones: its plan, planes is two English words."""
    if word not in _FR_WITHOUT:
        yield from english(word)
    yield from french(word)


LATIN: dict[str, Callable[[str], Iterable[str]]] = {
    "en": english,
    "fr": french,
    "es": spanish,
    "pt": portuguese,
    "it": italian,
    "de": german,
    "": any_latin,
}
