"""Text in, normal text out (`clean`), and its words with their offsets (`tokens`).

The rules, which an analyst can review:

- Stored text is NFC; every Unicode space is a plain space, invisible characters are gone, and
  paragraphs are separated by one newline.
- A word is a run of letters, digits and combining marks of any script. Hyphens, slashes, colons and
  apostrophes separate words (`US-Russian` and `l'Ukraine` are two), but an apostrophe between
  Cyrillic letters belongs to the word, and the possessive `'s` is no word at all.
- Letters with dots (`U.N.`) are one word, equal to the same letters without dots.
- Scripts written without spaces (Han, Hiragana, Thai, Lao, Khmer, Burmese) give one word for each
  character; a query's word in such a script is a phrase of its characters.
- Two words are equal when their forms are: NFKC, case-folded, without invisible characters,
  Cyrillic stress and Arabic vowel marks; `ё` is `е`; the shapes of alef, yeh and kaf are one each.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

_INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc"
_CONTROL = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff"
_APOSTROPHES = "'\u2018\u2019\u02bc\u0060\u00b4\uff07"
_NO_SPACES = (  # scripts written without spaces between words
    "\u0e00-\u0e4f\u0e80-\u0ecf\u1000-\u109f\u1780-\u17df\u3005-\u3007\u3040-\u309f\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
)
_CYRILLIC = "\u0400-\u052f"


def _marks() -> str:
    """Return the combining marks, which `\\w` of `re` leaves out, as ranges of a class."""
    ranges: list[list[int]] = []
    for code in range(0x300, 0x1E000):
        if unicodedata.category(chr(code))[0] == "M":
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


_MARKS = _marks()
_LETTER = rf"[^\W_\u02bc{_NO_SPACES}]"
_JOINED = f"{_MARKS}{_INVISIBLE}"
_INITIALS = r"(?:\.[^\W\d_])+(?!\w)\.?"  # U.N., after its first letter
_POSSESSIVE = rf"((?:[{_APOSTROPHES}](?<=\w[{_APOSTROPHES}])[sS](?!\w))?)"
# Both patterns have two groups, the word and its possessive, so that `split` returns every
# character of a line in turn: what is between words, a word, a possessive, and so on.
_WORD = re.compile(  # the order is for speed: what is rare comes last, its first character first
    rf"""
    ( [^\W\d_\u02bc]{_INITIALS}
    | {_LETTER}+ (?: [{_JOINED}]+{_LETTER}*
                   | (?<=[{_CYRILLIC}])[{_APOSTROPHES}](?=[{_CYRILLIC}]){_LETTER}+ )*
    | [{_NO_SPACES}][{_JOINED}]*
    ){_POSSESSIVE}
    """,
    re.VERBOSE,
)
# Latin text has nothing that needs the long pattern; the short one takes half the time, and the
# shortest, where nothing looks like initials or a possessive, half of that.
_NOT_LATIN = re.compile(
    "[^\x00-\xac\xae-\u02bb\u02bd-\u02ff\u2010-\u2027\u2030-\u205f\u20a0-\u20cf]"
)
_PLAIN_WORD = re.compile(rf"([^\W_](?:[^\W_]+|(?<=[^\W\d_]){_INITIALS})?){_POSSESSIVE}")
_DOTTED = re.compile(r"\.[^\W\d_]")  # two searches are faster than one with a choice
_OWNED = re.compile(f"[{_APOSTROPHES}][sS]")
_SIMPLE_WORD = re.compile(r"([^\W_]+)")
_ODD_SPACE = re.compile("[^\\S\n ]|[\x85\u2028\u2029]")
_GLUE = re.compile("(?<=[^\\W\\d_])[\u200b\u2060\ufeff\ufffc]+(?=[^\\W\\d_])")
_REMOVED = re.compile(f"[{_INVISIBLE}{_CONTROL}]")
_UNSEEN = re.compile(rf'(?<![^\s()"|])[{_INVISIBLE}]+|[{_INVISIBLE}]+(?![^\s()"|])')
_SPACES = re.compile(" {2,}")
_AROUND_LINES = re.compile(r" *\n[ \n]*")

_DROPPED = re.compile(f"[{_INVISIBLE}\u0640\u064b-\u065f\u0670.{_APOSTROPHES}]")
_STRESS = re.compile(f"(?<=[{_CYRILLIC}])[\u0300\u0301]|(?<=i)\u0307")  # Turkish İ folds to i + dot
_SAME = str.maketrans("ёأإآٱىیک", "еااااييك")


class Token(NamedTuple):
    """One word of a text: `text[start:end]`, and the form by which words are compared.

    A named tuple and not a dataclass: half the cost, and many are made.
    """

    start: int
    end: int
    form: str


def clean(text: str) -> str:
    """Return the text as it is stored: one kind of space, no invisible characters, tidy lines.

    Paragraphs are separated by exactly one newline. `clean(clean(x)) == clean(x)`.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\x85", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    text = text.replace("\x0b", "\n").replace("\x0c", "\n")
    if not text.isascii():
        text = _GLUE.sub(_gap, text)
    text = _REMOVED.sub("", text)
    text = _ODD_SPACE.sub(" ", unicodedata.normalize("NFC", text))
    return _AROUND_LINES.sub("\n", _SPACES.sub(" ", text)).strip(" \n")


def _gap(match: re.Match[str]) -> str:
    """Return a space where an invisible character parts two words: `Security\\ufffcCouncil`."""
    before, after = match.string[match.start() - 1], match.string[match.end()]
    return " " if before.islower() and after.isupper() else ""


def tokens(text: str) -> list[Token]:
    """Return the words of `text` in order, with offsets into `text` as given."""
    return [
        Token(*found)
        for line in scan_lines(text, 0, len(text))
        for found in zip(*line, strict=True)
    ]


def scan(text: str, start: int, end: int) -> Iterator[tuple[int, int, str] | None]:
    """Yield start, end and form of the words of `text[start:end]`, and None at each newline.

    Offsets are into `text`. Plain tuples: a named one costs a fifth of the time.
    """
    for number, line in enumerate(scan_lines(text, start, end)):
        if number:
            yield None
        yield from zip(*line, strict=True)


def scan_lines(text: str, start: int, end: int) -> Iterator[tuple[list[int], list[int], list[str]]]:
    """Yield the starts, ends and forms of the words of each line of `text[start:end]`.

    Offsets are into `text`. Whole lists, because a loop over words costs twice the time of this.
    """
    for line in text[start:end].split("\n"):
        pieces, step = _pieces(line)
        bounds = list(accumulate(map(len, pieces), initial=start))
        yield bounds[1:-1:step], bounds[2::step], list(map(_FORMS.__getitem__, pieces[1::step]))
        start = bounds[-1] + 1


def words_of_lines(text: str, start: int, end: int) -> Iterator[list[str]]:
    """Yield the words of each line of `text[start:end]` as written, for who needs no offsets."""
    for line in text[start:end].split("\n"):
        pieces, step = _pieces(line)
        yield pieces[1::step]


def _pieces(line: str) -> tuple[list[str], int]:
    """Return a line split at its words, which stand at 1, 1 + step, 1 + 2 * step ..."""
    if not line.isascii() and _NOT_LATIN.search(line):
        return _WORD.split(line), 3
    if _DOTTED.search(line) or _OWNED.search(line):
        return _PLAIN_WORD.split(line), 3
    return _SIMPLE_WORD.split(line), 2


class _Forms(dict[str, str]):
    """The forms of words seen: a cache twice as fast as `lru_cache` where nearly all are known."""

    def __missing__(self, word: str) -> str:
        if len(self) >= _MOST_FORMS:
            self.clear()
        found = self[word] = _fold(_plain(word).casefold())
        return found


_MOST_FORMS = 1 << 17
_FORMS = _Forms()


def form(word: str) -> str:
    """Return the form by which a word is compared: NFKC, case folded, marks of writing dropped."""
    return _FORMS[word]


@lru_cache(maxsize=1 << 12)
def cased_form(word: str) -> str:
    """Return the form of a word with its case kept, for `cs:`."""
    return _fold(_plain(word))


def _plain(word: str) -> str:
    return word if word.isascii() else unicodedata.normalize("NFKC", word)


def _fold(word: str) -> str:
    if word.isalnum() and word.isascii():
        return word
    word = _STRESS.sub("", _DROPPED.sub("", word))
    return unicodedata.normalize("NFKC", word).translate(_SAME)


def without_invisible(word: str) -> str:
    """Return the word without invisible and control characters."""
    return _REMOVED.sub("", word)


def unseen_apart(text: str) -> str:
    """Return the text with spaces for invisible characters at the edges of words, one for one."""
    return text if text.isascii() else _UNSEEN.sub(lambda found: " " * len(found[0]), text)


def is_unspaced(char: str) -> bool:
    """Return whether the character is of a script written without spaces between words."""
    return _UNSPACED.match(char) is not None


_UNSPACED = re.compile(f"[{_NO_SPACES}]")
