"""Tell other stories from furniture off the article: zoned lines in, the same lines out.

The rules of `clipping_margins.py` know lists by their shape. Here each line outside the body that
they call related or furniture is weighed by a forest: its shape and words (`line_words.py`), those
of the lines around it, what the rules say of it and of them, how much of it the article has too,
how often the dump has it, and where it stands. `tests/quality/fit_stories.py` fits the forest, on
the labelled pages and on what the reader of pages finds in the markup of many more.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from itertools import accumulate
from pathlib import Path

from pipelines.article import Zone
from pipelines.extraction.clipping_run import second_article, stems_of
from pipelines.extraction.forest import Forest, read_forest
from pipelines.extraction.line_words import score, word_weights
from pipelines.extraction.lines import Line, Role, ends_sentence, n_words
from pipelines.extraction.zones import same_line_key

STORIES_FILE = Path(__file__).with_name("forest_stories.csv")
_OPEN = (Zone.RELATED, Zone.FURNITURE)  # zones that are weighed
# Dumps of whole pages have more lines than the fewest (the forest knows no other), and no article
# has more than the most; what is shorter or longer is left to the rules.
_LINES = range(40, 5001)
_LETTERS = 300  # of a line that are looked at
_MOST_WORDS = 100
_FAR = 60  # lines, from which on all are equally far
_NEVER = 99
_SHAPE = ("words", "letters", "ends", "stops", "capitals", "digits", "small", "score")
_SEEN_NEAR = ("words", "capitals", "stamp", "score", "related")
_STEPS = (-1, 1)
_AROUND = ("score", "words", "related", "stamp", "title", "short", "furniture", "repeated")
_REACHES = (3, 12)
_ROLES = {
    "stamp": (Role.CLOCK, Role.BYLINE),
    "title": (Role.TITLE,),
    "short": (Role.SHORT,),
    "prose": (Role.PROSE, Role.SENTENCE),
    "furniture": (Role.FURNITURE,),
    "boundary": (Role.BOUNDARY,),
    "comments": (Role.COMMENTS,),
}
_SINCE = ("boundary", "comments", "prose", "stamp", "furniture")
_UNTIL = ("prose", "stamp", "furniture")
_PLACE = ("from headline", "from start", "from end", "number", "lines left", "lines", "told words")
FEATURES = (
    *_SHAPE,
    *_ROLES,
    *("related", "repeated", "told", "of title"),
    *(f"{name} {step:+}" for name in _SEEN_NEAR for step in _STEPS),
    *(f"{name} within {reach}" for name in _AROUND for reach in _REACHES),
    *(f"since {name}" for name in _SINCE),
    *(f"until {name}" for name in _UNTIL),
    *_PLACE,
)
Column = list[float]


def settle(lines: Sequence[Line], start: int, end: int) -> list[Line]:
    """Return the lines, each open one outside the body (from `start` to `end`) settled."""
    if len(lines) not in _LINES:
        return list(lines)
    open_at = open_lines(lines, start, end)
    rows = features_of(lines, start, end, word_weights())
    odds = _forest().log_odds([rows[at] for at in open_at]) if open_at else []
    settled = list(lines)
    for at, odd in zip(open_at, odds, strict=True):
        settled[at] = replace(lines[at], zone=Zone.RELATED if odd > 0 else Zone.FURNITURE)
    return settled


def open_lines(lines: Sequence[Line], start: int, end: int) -> list[int]:
    """Return where lines stand that are other stories' or furniture.

    A second article in full is settled: markup rarely names it, so the forest has not learned it.
    """
    second = {
        end + at for at in second_article(lines[end:]) if lines[end + at].zone is Zone.RELATED
    }
    closed = second.union(range(start, end))
    return [n for n, x in enumerate(lines) if x.zone in _OPEN and n not in closed]


def features_of(
    lines: Sequence[Line], start: int, end: int, weights: Sequence[int]
) -> list[tuple[float, ...]]:
    """Return the features of each line in the order of `FEATURES`."""
    columns = _own_columns(lines, start, end, weights)
    for name in _SEEN_NEAR:
        columns |= {f"{name} {step:+}": _shifted(columns[name], step) for step in _STEPS}
    for name in _AROUND:
        columns |= {f"{name} within {reach}": _mean(columns[name], reach) for reach in _REACHES}
    columns |= {f"since {name}": _since(columns[name]) for name in _SINCE}
    columns |= {f"until {name}": _since(columns[name][::-1])[::-1] for name in _UNTIL}
    columns |= _places(lines, start, end)
    return list(zip(*(columns[name] for name in FEATURES), strict=True))


def _own_columns(
    lines: Sequence[Line], start: int, end: int, weights: Sequence[int]
) -> dict[str, Column]:
    shapes = zip(*(_shape(line, weights) for line in lines), strict=True)
    columns = {name: list(values) for name, values in zip(_SHAPE, shapes, strict=True)}
    for name, roles in _ROLES.items():
        columns[name] = [float(line.role in roles) for line in lines]
    columns["related"] = [float(line.zone is Zone.RELATED) for line in lines]
    keys = [same_line_key(line.text[:_LETTERS]) for line in lines]
    times = Counter(keys)
    columns["repeated"] = [float(min(times[key], 4)) for key in keys]
    return columns | _shared(lines, start, end)


def _shared(lines: Sequence[Line], start: int, end: int) -> dict[str, Column]:
    """Return which shares of each line's longer words body and title have too."""
    title = next((line.text for line in lines if line.zone is Zone.HEADLINE), "")
    body = " ".join(line.text for line in lines[start:end])
    stems = [stems_of(line.text[:_LETTERS]) for line in lines]
    return {
        "told": _shares(stems, stems_of(body)),
        "of title": _shares(stems, stems_of(title)),
    }


def _shape(line: Line, weights: Sequence[int]) -> tuple[float, ...]:
    text = line.text[:_LETTERS]
    words = text.split()
    long = [word for word in words if len(word) > 3 and word[0].isalpha()]
    return (
        min(n_words(text), _MOST_WORDS),
        len(text) / len(words),
        ends_sentence(text),
        sum(map(text.count, (". ", "? ", "! ", "。"))),
        sum(word[0].isupper() for word in long) / max(len(long), 1),
        sum(map(str.isdecimal, text)) / len(text),
        text[0].islower(),
        score(text, weights),
    )


def _shares(stems: Iterable[frozenset[str]], among: frozenset[str]) -> Column:
    """Return which share of each line's longer words are among others; -1 where it has none."""
    return [len(own & among) / len(own) if own else -1.0 for own in stems]


def _shifted(column: Column, step: int) -> Column:
    """Return the values of the lines so many below; -1 beyond the ends."""
    if step > 0:
        return (column[step:] + [-1.0] * step)[-len(column) :]
    return ([-1.0] * -step + column[:step])[: len(column)]


def _mean(column: Column, reach: int) -> Column:
    """Return the mean of the values not further away."""
    sums = [0.0, *accumulate(column)]
    n = len(column)
    spans = [(max(at - reach, 0), min(at + reach + 1, n)) for at in range(n)]
    return [(sums[high] - sums[low]) / (high - low) for low, high in spans]


def _since(flags: Column) -> Column:
    """Return how many lines ago the last one with the flag was."""
    found: Column = []
    ago = float(_NEVER)
    for flag in flags:
        found.append(ago)
        ago = 1.0 if flag else min(ago + 1, _NEVER)
    return found


def _places(lines: Sequence[Line], start: int, end: int) -> dict[str, Column]:
    """Return where each line stands on its page."""
    numbers = range(len(lines))
    title = next((at for at in numbers if lines[at].zone is Zone.HEADLINE), _NEVER * _NEVER)
    told = sum(n_words(line.text) for line in lines if line.zone is Zone.BODY)
    columns = {
        name: [float(max(-_FAR, min(_FAR, at - mark))) for at in numbers]
        for name, mark in (("from headline", title), ("from start", start), ("from end", end))
    }
    columns["number"] = [float(at) for at in numbers]
    columns["lines left"] = [float(len(lines) - at) for at in numbers]
    columns["lines"] = [float(len(lines))] * len(lines)
    columns["told words"] = [float(told)] * len(lines)
    return columns


@cache
def _forest() -> Forest:
    return read_forest(STORIES_FILE, FEATURES)
