"""Say what the words of a line around an article tell of it: one line in, yes or no out.

Like `lines/roles.py`, but for the lines of a page, whose elements tell the rest: dates and reading
times, names, credits of pictures, notes of the house on its rights and its newsletters.
"""

import re

from pipelines.article import Zone
from pipelines.date_formats import parse_date
from pipelines.extraction.lines import roles
from pipelines.extraction.lines.roles import Role, n_words, role_of
from pipelines.extraction.lines.run import is_dated

CAPTION_WORDS = 4  # of a caption that only its credit gives away
_PICTURE_WORDS = 60
_STAMP_WORDS = 10
_WHEN_WORDS = 20  # two dates and their zones
_NAME_WORDS = range(2, 5)
_NOTICE_WORDS = 45
_SPAN = (
    r"(?:a|an|one|\d+)\s?(?:s|sec(?:ond)?s?|m|min(?:ute)?s?|h|hrs?|hours?|d|days?|w|weeks?|months?"
    r"|years?)"
)
# "3 hours ago", "vor 4 Monaten", "il y a 2 jours", "hace 3 horas", "4 min read", "Lesezeit: 3 Min."
_AGO = re.compile(
    rf"(?:\w+:?\s)?{_SPAN} ago|(?:\w+\s)?vor \d+ (?:Sekunden?|Minuten?|Stunden?|Tage?n?|Wochen?"
    r"|Monate?n?|Jahre?n?)|il y a \d+ \w+|hace \d+ \w+|\d+ (?:ore|giorni|minuti) fa"
    r"|\d+[ -]?min(?:ute|uti|uto)?s?\.?(?: (?:read|lesezeit|lesen|de lect\w+|di lettura))?"
    r"|(?:reading time|read time|lesezeit|lesedauer|temps de lecture|tiempo de lectura"
    r"|tempo di lettura)\s*:?\s*(?:ca\.?\s*)?\d+\s*min\w*\.?",
    re.IGNORECASE,
)
_RIGHTS = re.compile(
    r"all rights reserved|tous droits réservés|alle rechte vorbehalten|derechos reservados"
    r"|diritti riservati|direitos reservados|все права защищены|усі права захищені"
    r"|alle rechten voorbehouden|wszelkie prawa zastrzeżone|hak cipta|hakları saklıdır",
    re.IGNORECASE,
)
_RIGHTS_WORDS = 12
# "The quay at noon. Ana Ruiz/AFP"
_MADE_BY = re.compile(
    r"[A-ZÀ-Þ][\w.'’-]+ ?/ ?"
    r"(?:AP|AFP|EPA|EFE|dpa|ANSA|TASS|Reuters|Getty|Shutterstock|iStock|Alamy)\b(?: ?Images)?\W*$"
)
_REPORTERS = re.compile(r"^\S*(?:记者|記者|通讯员|기자)\b|[^\s]{2,4}\s?기자$|^(?:文|撰文)[/:：]")
_INDEX = re.compile(r"\[[^\[\]]{2,30}\]\W*$")
_INDEX_WORDS = range(6, 31)
_CONTRIBUTED = re.compile(
    r"\bcontributed (?:to (?:this|the)|reporting)\b|^(?:additional|mit) (?:reporting|material)\b",
    re.IGNORECASE,
)
# "Correction: An earlier version ...", "Korrektur (3. Juni): ...", "Fe de errores. ..."
_CORRECTS = re.compile(
    r"(?:corrections?|corrected|clarification|erratum|errata(?: corrige)?|korrektur|berichtigung"
    r"|richtigstellung|correctif|rectificatif|corrección|rectificación|fe de erratas|fe de errores"
    r"|rettifica|correzione|correção|correctie|rectificatie|rättelse|rettelse|sprostowanie"
    r"|исправление|поправка|уточнение|виправлення|уточнення|düzeltme|تصحيح|訂正|정정|更正)"
    r"(?: ?\([^()]{1,40}\)| [\w., /]{1,25})? ?[:：.—–-]",
    re.IGNORECASE,
)
_CORRECTION_WORDS = 6


def is_stamp(text: str) -> bool:
    """Say whether a line is a date, a span of time or a reading time, and little else."""
    if role_of(text) is Role.CLOCK or _AGO.fullmatch(text):
        return True
    digits = sum(map(str.isdecimal, text))
    return digits >= 6 and n_words(text) <= _STAMP_WORDS and parse_date(text) is not None


def says_when(text: str) -> bool:
    """Say whether a shorter line begins with "Published", "Updated" or the like and a date."""
    return n_words(text) <= _WHEN_WORDS and is_dated(text)


def is_name(text: str) -> bool:
    """Say whether a line has the shape of a name or names a reporter, and nothing else."""
    if roles.ends_sentence(text) or not any(map(str.isalpha, text)):
        return False
    if _REPORTERS.search(text):
        return n_words(text) <= 2 * _NAME_WORDS.stop
    words = text.split()
    cased = all(word[0].isupper() or len(word) <= 3 for word in words)
    plain = not any(char.isdecimal() or char in ",:;!?|" for char in text)
    return len(words) in _NAME_WORDS and cased and plain and not roles.is_dense(text)


def is_of_the_house(text: str) -> bool:
    """Say whether a line states the house's rights or offers its newsletter."""
    rights = n_words(text) <= _RIGHTS_WORDS and _RIGHTS.search(text)
    return bool(rights) or roles.offers_the_house(text)


def is_indexed(text: str) -> bool:
    """Say whether a line is a headline with its source in brackets, as in lists of links."""
    return n_words(text) in _INDEX_WORDS and _INDEX.search(text) is not None


def is_correction(text: str) -> bool:
    """Say whether a line says what an earlier version of the article had wrong."""
    return _CORRECTS.match(text) is not None and n_words(text) >= _CORRECTION_WORDS


def names_contributors(text: str) -> bool:
    """Say whether a line names who else reported."""
    return n_words(text) <= _NOTICE_WORDS and _CONTRIBUTED.search(text) is not None


def pictured_zone(text: str) -> Zone | None:
    """Return what a credit in a line says of it."""
    if roles.is_credit(text) or (n_words(text) <= _RIGHTS_WORDS and _RIGHTS.search(text)):
        return Zone.FURNITURE
    credited = roles.has_credit(text) or _MADE_BY.search(text)
    return Zone.CAPTION if credited and CAPTION_WORDS <= n_words(text) <= _PICTURE_WORDS else None
