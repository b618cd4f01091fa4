"""What a `speaker:` names and the quotes of articles in, which of them are meant out.

- A speaker is meant by the tag that `quotes` and `speakers` print, or by words in a row: of that
  tag, or of the fullest name that the article has (`lavrov` of `sergei-lavrov`, and of `Лавров`
  where the article writes so). Accents and apostrophes make no difference.
- Only where the speaker is certain: a count cannot carry the words "speaker uncertain".
"""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from pipelines.querylang.quoted import Quoted
from pipelines.querylang.tree import Meta
from pipelines.querylang.words import tokens

_NO_APOSTROPHES = str.maketrans("", "", "'\u2018\u2019\u02bc\u0060\u00b4\uff07")


def said_by(either: tuple[str, str], quotes: Iterable[Quoted]) -> list[Quoted]:
    """Return the quotes of the speaker who is `asked` for, in order."""
    certain = (one for one in quotes if one.quote.certain and one.quote.speaker)
    return [
        one
        for one in certain
        if is_called(either, called(one.quote.speaker, one.quote.speaker_name))
    ]


@lru_cache(maxsize=1 << 12)
def called(tag: str, name: str) -> str:
    """Return all that a speaker is called, for `is_called`: the tag, and the rows of words."""
    kind, colon, own = tag.partition(":")
    rows = {_row(own if colon else kind), _row(name)}
    return "\n".join(["", tag.casefold(), *(f" {row} " for row in sorted(rows)), ""])


def asked(condition: Meta) -> tuple[str, str]:
    """Return what of `called` means that the condition names a speaker: either of two."""
    value = condition.value
    whole, row = f"\n{value.casefold()}", f" {_row(value)}"
    return (whole, row) if condition.prefix else (f"{whole}\n", f"{row} ")


def is_called(either: tuple[str, str], names: str) -> bool:
    """Return whether what is `asked` is among what a speaker is `called`."""
    whole, row = either
    return row in names or whole in names


def _row(text: str) -> str:
    """Return the words of a name with spaces between, as names are compared."""
    apart = unicodedata.normalize("NFD", text.translate(_NO_APOSTROPHES))
    plain = "".join(char for char in apart if not unicodedata.combining(char))
    return " ".join(token.form for token in tokens(unicodedata.normalize("NFC", plain)))
