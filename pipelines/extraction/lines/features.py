"""Describe the lines of a dump by numbers: lines as the rules zone them in, one row a line out.

A row tells of its line: shape and punctuation, role, the zone of the rules, how the words score for
each zone (`words.py`), how much of it headline and body have too, how often the dump has it,
and where it stands. It tells the same in short of the lines around it. Nothing but the words and
roles depends on a language.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from pipelines.article import Zone
from pipelines.extraction.lines.cues import (
    begins_with_length,
    is_name_shaped,
    labels_tags,
    names_agency,
    prompts_picture,
    tells_how_long_ago,
    tells_what_is_shown,
    words_behind_stop,
)
from pipelines.extraction.lines.roles import (
    Line,
    Role,
    ends_sentence,
    has_credit,
    is_credit,
    n_words,
    says_read_also,
)
from pipelines.extraction.lines.run import is_stamp, stems_of
from pipelines.extraction.lines.series import introduced, numbered_headings
from pipelines.extraction.lines.words import ZONES
from pipelines.extraction.zones import same_line_key

Numbers = NDArray[np.float64]
_LETTERS = 300  # of a line that are looked at
_MOST_WORDS = 100
_PROSE_WORDS = 6
_MOST_ALIKE = 4
_FAR = 60  # lines, from which on all are equally far
_NEVER = 99
_MOST_PROSE = 20
_MOST_LINES = 200
_BEYOND = -1.0  # of a line that is not there
_OPENING_QUOTES, _BULLETS, _COMMAS = "\"“„«‘'”‹「", "-–—•·*»>", ",،、"
_CUT_SHORT = ("…", "...", "[…]", "[...]")  # as teasers are
# The commonest words of running text; headlines, names and menus have few of them.
_SMALL_TEXT = """
the a an of and in to for is on that with as at by it from was are be this has have his her their
der die das und den von zu mit ist im des ein eine auf für dem nicht sich als auch es aus er hat
dass sie nach bei le la les de du et en un une est que qui dans pour par sur au il plus se pas el
los las y del con una su para lo como di e che per non si da al dei
в и на с по что не из за от к о для это как до у
på och i att som det är med av og til van het een dat op te voor met zijn
"""
_SMALL = frozenset(_SMALL_TEXT.split())
_ROLES: Mapping[str, tuple[Role, ...]] = {
    "clock or byline": (Role.CLOCK, Role.BYLINE),
    "title": (Role.TITLE,),
    "short": (Role.SHORT,),
    "prose": (Role.PROSE, Role.SENTENCE),
    "furniture": (Role.FURNITURE,),
    "boundary": (Role.BOUNDARY,),
    "comments": (Role.COMMENTS,),
    "tags": (Role.TAGS,),
    "byline": (Role.BYLINE,),
    "caption": (Role.CAPTION,),
}
_SHAPE = (
    *("words", "letters", "ends", "stops", "capitals", "digits", "lower", "small", "commas"),
    *("colon", "question", "quote", "bullet", "upper", "credit", "credited", "read also"),
    "cut",
)
_CUES = ("prompt", "agency", "shown", "label", "behind stop", "name", "length", "ago")
_LISTS = ("series", "introduced")
_RULED = tuple(f"ruled {zone}" for zone in ZONES[:-1])
_SCORED = tuple(f"words of {zone}" for zone in ZONES[:-1])
_SHIFTED = (
    *((name, step) for name in ("words", "ends", "stamp") for step in (-2, -1, 1, 2)),
    *((name, step) for name in ("capitals", "digits", "small", "credit") for step in (-1, 1)),
    *((name, step) for name in ("prompt", "agency", "name", "repeated") for step in (-1, 1)),
    *((name, step) for name in ("cut", "length", "ago", *_LISTS) for step in (-1, 1)),
    *(("label", -1), ("question", -1), ("question", 1)),
    *((name, step) for name in (*_RULED, *_SCORED) for step in (-1, 1)),
)
_WITHIN = (
    *(
        (name, reach)
        for name in ("words", "clock or byline", "title", "short", "furniture", "repeated", "ago")
        for reach in (3, 12)
    ),
    *((f"ruled {z}", reach) for z in ("subhead", "body", "caption") for reach in (2, 6)),
    *(("ruled related", reach) for reach in (2, 3, 6, 12)),
    *((f"words of {z}", reach) for z in ("body", "related", "tags") for reach in (3, 12)),
)
_SPREADS = (2, 6)
_SINCE = ("label", "prompt", "boundary", "comments", "prose", "clock or byline", "furniture")
_UNTIL = ("prose", "clock or byline", "furniture")
_SUMS = (2, 5, 12)
FEATURES = (
    *(*_SHAPE, *_CUES, *_ROLES, *_RULED, *_SCORED, *_LISTS),
    *("stamp", "repeated", "again above", "again below", "told", "of title", "in run"),
    *("as above", "as below", "as byline", *(f"spread {reach}" for reach in _SPREADS)),
    *(f"{name} {step:+}" for name, step in _SHIFTED),
    *(f"{name} within {reach}" for name, reach in _WITHIN),
    *(f"since {name}" for name in _SINCE),
    *(f"until {name}" for name in _UNTIL),
    *(f"prose {side} {reach}" for side in ("above", "below") for reach in _SUMS),
    *("prose above", "prose since headline", "run"),
    *("from headline", "from start", "from end", "number", "lines left", "lines", "ruled words"),
)


def features_of(lines: Sequence[Line], start: int, end: int, scores: Numbers) -> Numbers:
    """Return the features of each line, in the order of `FEATURES`.

    The rules have the body from `start` to `end`; `scores` are those of the lines' words by zone.
    """
    columns = _own(lines) | _repeats(lines) | _shared(lines, start, end)
    columns |= dict(zip(_SCORED, scores.T, strict=True))
    columns |= {f"spread {reach}": _spread(columns["words"], reach) for reach in _SPREADS}
    columns |= {f"{name} {step:+}": _shifted(columns[name], step) for name, step in _SHIFTED}
    columns |= {f"{name} within {reach}": _mean(columns[name], reach) for name, reach in _WITHIN}
    columns |= {f"since {name}": _since(columns[name]) for name in _SINCE}
    columns |= {f"until {name}": _since(columns[name][::-1])[::-1] for name in _UNTIL}
    columns |= _prose(lines, columns) | _places(lines, start, end)
    return np.stack([columns[name] for name in FEATURES], axis=1)


def _own(lines: Sequence[Line]) -> dict[str, Numbers]:
    """Return what each line says of itself."""
    shapes = np.array([_shape(line) for line in lines], dtype=float)
    columns = dict(zip((*_SHAPE, *_CUES), shapes.T, strict=True))
    for name, roles in _ROLES.items():
        columns[name] = _flags(line.role in roles for line in lines)
    for name, zone in zip(_RULED, ZONES, strict=False):
        columns[name] = _flags(line.zone is zone for line in lines)
    columns["stamp"] = _flags(map(is_stamp, lines))
    for name, found in zip(_LISTS, (numbered_headings(lines), introduced(lines)), strict=True):
        columns[name] = _flags(at in found for at in range(len(lines)))
    return columns


def _shape(line: Line) -> tuple[float, ...]:
    text = line.text[:_LETTERS]
    words = text.split()
    long = [word for word in words if len(word) > 3 and word[0].isalpha()]
    first, last = text[0], line.text[-1]
    return (
        min(n_words(text), _MOST_WORDS),
        len(text) / len(words),
        ends_sentence(text),
        sum(map(text.count, (". ", "? ", "! ", "。"))),
        sum(word[0].isupper() for word in long) / max(len(long), 1),
        sum(map(str.isdecimal, text)) / len(text),
        first.islower(),
        sum(word in _SMALL for word in text.casefold().split()) / len(words),
        min(sum(map(text.count, _COMMAS)), 9),
        last in ":：",
        last in "?？",
        first in _OPENING_QUOTES,
        first in _BULLETS,
        text.isupper(),
        is_credit(line.text),
        has_credit(line.text),
        says_read_also(text),
        line.text.endswith(_CUT_SHORT),
        prompts_picture(line.text),
        names_agency(line.text),
        tells_what_is_shown(text),
        labels_tags(text),
        words_behind_stop(text),
        is_name_shaped(text),
        begins_with_length(text),
        tells_how_long_ago(text),
    )


def _repeats(lines: Sequence[Line]) -> dict[str, Numbers]:
    """Return how often each line is there, and whether above or below itself."""
    keys = [same_line_key(line.text[:_LETTERS]) for line in lines]
    times = Counter(keys)
    first = {key: at for at, key in reversed(list(enumerate(keys)))}
    last = {key: at for at, key in enumerate(keys)}
    return {
        "repeated": np.array([min(times[key], _MOST_ALIKE) for key in keys], dtype=float),
        "again above": _flags(first[key] < at for at, key in enumerate(keys)),
        "again below": _flags(last[key] > at for at, key in enumerate(keys)),
    }


def _shared(lines: Sequence[Line], start: int, end: int) -> dict[str, Numbers]:
    """Return which shares of each line's longer words body and title have too; -1 for no word."""
    title = next((line.text for line in lines if line.zone is Zone.HEADLINE), "")
    told = stems_of(" ".join(line.text for line in lines[start:end]))
    named = stems_of(title)
    stems = [stems_of(line.text[:_LETTERS]) for line in lines]
    signed = " ".join(line.text for line in lines if line.zone is Zone.BYLINE)
    return {
        "as above": _alike(stems, -1),
        "as below": _alike(stems, 1),
        "as byline": _flags(_begins_in(line.text, signed) for line in lines),
        "told": np.array([len(own & told) / len(own) if own else -1.0 for own in stems]),
        "of title": np.array([len(own & named) / len(own) if own else -1.0 for own in stems]),
    }


def _alike(stems: Sequence[frozenset[str]], step: int) -> Numbers:
    """Return which share of each line's longer words its neighbour has too."""
    at = range(len(stems))
    others = [stems[n + step] if 0 <= n + step < len(stems) else frozenset[str]() for n in at]
    pairs = zip(stems, others, strict=True)
    return np.array([len(own & other) / len(own) if own else -1.0 for own, other in pairs])


def _begins_in(text: str, signed: str) -> bool:
    """Say whether the first two words of a line, a name, stand in the byline."""
    first = " ".join(text.split(maxsplit=2)[:2])
    return " " in first and first[0].isupper() and first in signed


def _spread(column: Numbers, reach: int) -> Numbers:
    """Return how much the values not further away differ from one another."""
    return np.sqrt(np.maximum(_mean(column**2, reach) - _mean(column, reach) ** 2, 0.0))


def _flags(found: Iterable[bool]) -> Numbers:
    return np.fromiter(found, dtype=float)


def _shifted(column: Numbers, step: int) -> Numbers:
    """Return the values of the lines so many below."""
    moved = np.full(len(column), _BEYOND)
    if abs(step) < len(column):
        if step > 0:
            moved[:-step] = column[step:]
        else:
            moved[-step:] = column[:step]
    return moved


def _bounds(n: int, reach: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    at = np.arange(n)
    return np.maximum(at - reach, 0), np.minimum(at + reach + 1, n)


def _mean(column: Numbers, reach: int) -> Numbers:
    """Return the mean of the values not further away."""
    low, high = _bounds(len(column), reach)
    sums = np.concatenate(([0.0], np.cumsum(column)))
    return np.asarray((sums[high] - sums[low]) / (high - low))


def _since(flags: Numbers) -> Numbers:
    """Return how many lines ago the last one with the flag was."""
    at = np.arange(len(flags))
    last = np.maximum.accumulate(np.where(flags > 0, at, -_NEVER))
    before = np.concatenate(([-_NEVER], last[:-1]))
    return np.minimum(at - before, _NEVER).astype(float)


def _prose(lines: Sequence[Line], columns: Mapping[str, Numbers]) -> dict[str, Numbers]:
    """Return how much running text stands around each line."""
    words = columns["words"] * columns["ends"] * (columns["words"] >= _PROSE_WORDS)
    sums = np.concatenate(([0.0], np.cumsum(words)))
    at = np.arange(len(lines))
    found: dict[str, Numbers] = {}
    for reach in _SUMS:
        low, high = _bounds(len(lines), reach)
        found[f"prose above {reach}"] = sums[at] - sums[low]
        found[f"prose below {reach}"] = sums[high] - sums[at + 1]
    found["prose above"] = sums[at] / max(sums[-1], 1.0)
    title = _title_at(lines)
    below = (words > 0) & (at > title)
    told: Numbers = np.cumsum(below) - below
    found["prose since headline"] = np.where(at > title, np.minimum(told, _MOST_PROSE), _BEYOND)
    return found


def _title_at(lines: Sequence[Line]) -> int:
    """Return where the rules have the headline; far below where they have none."""
    found = (at for at, line in enumerate(lines) if line.zone is Zone.HEADLINE)
    return next(found, _NEVER * _NEVER)


def _places(lines: Sequence[Line], start: int, end: int) -> dict[str, Numbers]:
    """Return where each line stands on its page."""
    n = len(lines)
    at = np.arange(n, dtype=float)
    told = sum(n_words(line.text) for line in lines if line.zone is Zone.BODY)
    return {
        "in run": ((at >= start) & (at < end)).astype(float),
        "from headline": np.clip(at - _title_at(lines), -_FAR, _FAR),
        "from start": np.clip(at - start, -_FAR, _FAR),
        "from end": np.clip(at - end, -_FAR, _FAR),
        "number": at,
        "lines left": n - at,
        "lines": np.full(n, float(n)),
        "ruled words": np.full(n, float(told)),
        "run": np.full(n, float(min(end - start, _MOST_LINES))),
    }
