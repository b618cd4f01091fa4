"""A pattern with choices in, one wording out, always the same for the same key.

`[a|b]` is a choice and may stand inside another one; `{name}` is filled in from the slots. Choices
are drawn from a hash, not from `random`, so that every Python writes the same bytes.
"""

import re
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import TypeVar

_CHOICE = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")
_SPACES = re.compile(r" +")
_BEFORE_STOP = re.compile(r" ([,.])")
_TWO_STOPS = re.compile(r",([,.;:])")

_Item = TypeVar("_Item")


def draw(key: str, below: int) -> int:
    """Return a number from 0 up to `below`, the same for the same key everywhere."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big") % below


def pick(key: str, items: Sequence[_Item]) -> _Item:
    """Return one of the items."""
    return items[draw(key, len(items))]


def shuffled(key: str, items: Sequence[_Item]) -> list[_Item]:
    """Return the items in an order of their own."""
    order = sorted(range(len(items)), key=lambda number: draw(f"{key}/{number}", 2**32))
    return [items[number] for number in order]


def wording(pattern: str, key: str, slots: Mapping[str, str]) -> str:
    """Return one wording of the pattern; raise KeyError for a slot nobody fills."""
    number = 0
    while match := _CHOICE.search(pattern):
        number += 1
        chosen = pick(f"{key}/{number}", match[1].split("|"))
        pattern = pattern[: match.start()] + chosen + pattern[match.end() :]
    text = _SLOT.sub(lambda found: slots[found[1]], pattern)
    text = _BEFORE_STOP.sub(r"\1", _SPACES.sub(" ", text).strip())
    return _TWO_STOPS.sub(r"\1", text)


def capital(text: str) -> str:
    """Return the text with a capital at its beginning, after an opening quote too."""
    start = 1 if text[:1] in '"«“' else 0
    while text[start : start + 1] in {" ", "\u00a0"}:
        start += 1
    return text[:start] + text[start : start + 1].upper() + text[start + 1 :]
