"""Say what changed between two versions of an article: two wordings in, a readable list out.

The rules, in the order they are applied:

1. Only what counts is compared: headline, subheads, lede, body, captions. Related headlines, tags
   and page furniture change with every visit and are no edit of the article.
2. Words are compared as they are written, their case too. Spaces and line breaks, the style of
   quotation marks, apostrophes and dashes, and invisible characters are no change.
3. Headline is compared with headline and stands first, however different the two are.
4. Paragraphs are aligned first: equal ones stay, in their order. Between them, paragraphs that have
   half of their words in common (Dice) are one paragraph that *changed*; what is left was *removed*
   or *added*.
5. A removed paragraph that stands elsewhere, with at least four fifths of its words, *moved*.
6. Within a changed paragraph single words are marked. A word that stayed between two changes is
   marked with them, because a reader reads phrases.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from pipelines.article import COUNTED_ZONES, Zone, ZoneSpan
from pipelines.querylang.words import cased_form, scan

_ALIKE = 0.5  # of the words of two paragraphs: the same paragraph, changed
_MOVED = 0.8  # stricter, because a moved paragraph has no neighbours to vouch for it
_MOST_PAIRS = 40_000  # of paragraphs between two equal ones; above, only equal ones are found
_MOST_MEETINGS = 10_000_000  # of equal words in one pair, about a second; above, all of it changed
_STYLE = str.maketrans(
    {mark: '"' for mark in "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a\u2033"}
    | {mark: "'" for mark in "\u2018\u2019\u201a\u201b\u02bc\u0060\u00b4\u2032\uff07"}
    | {mark: "-" for mark in "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"}
)


class EditKind(StrEnum):
    """What became of a paragraph, or of the words in it."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one version: its title, its text and the zones of the text."""

    title: str
    text: str
    zones: tuple[ZoneSpan, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words of a paragraph that stayed (as newly written), was removed or was added."""

    kind: EditKind
    text: str


@dataclass(frozen=True, slots=True)
class Edit:
    """What became of one paragraph; `old` or `new` is empty where it was added or removed.

    `pieces` are in reading order; without the removed ones they are the new paragraph.
    """

    kind: EditKind
    zone: Zone
    old: str
    new: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class TagChange:
    """How often a tag is mentioned before and after, where that differs."""

    kind: str
    tag: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph cut into units: a word or a mark, with the spaces that follow it."""

    zone: Zone
    text: str
    units: tuple[str, ...]
    keys: tuple[str, ...]  # by which the units are compared


def find_edits(old: Wording, new: Wording) -> tuple[Edit, ...]:
    """Return what became of every paragraph, the headline's first, the others in reading order."""
    old_heads, old_rest = _split(_paragraphs(old))
    new_heads, new_rest = _split(_paragraphs(new))
    heads = _aligned(old_heads, new_heads, alike=0.0)
    return (*heads, *_with_moves(_aligned(old_rest, new_rest, alike=_ALIKE)))


def mention_changes(
    old: Iterable[tuple[str, str]], new: Iterable[tuple[str, str]]
) -> tuple[TagChange, ...]:
    """Return the tags mentioned more or less often, given (kind, tag) of each mention.

    What was removed altogether comes first, then what fell, then what rose.
    """
    before, after = Counter(old), Counter(new)
    changes = [
        TagChange(kind, tag, before[kind, tag], after[kind, tag])
        for kind, tag in sorted(before.keys() | after.keys())
        if before[kind, tag] != after[kind, tag]
    ]
    return tuple(sorted(changes, key=lambda one: (one.after > 0, one.after > one.before)))


def _paragraphs(wording: Wording) -> Iterator[_Paragraph]:
    headed = any(span.zone is Zone.HEADLINE for span in wording.zones)
    if wording.title and not headed:  # rows and feeds give it beside the text
        yield _paragraph(Zone.HEADLINE, wording.title)
    for span in wording.zones:
        if span.zone in COUNTED_ZONES:
            for line in wording.text[span.start : span.end].split("\n"):
                if line.strip():
                    yield _paragraph(span.zone, line.strip())


def _paragraph(zone: Zone, text: str) -> _Paragraph:
    starts: list[int] = []
    keys: list[str] = []
    end = 0
    words = [found for found in scan(text, 0, len(text)) if found is not None]
    for start, stop, _ in (*words, (len(text), len(text), "")):
        for place in range(end, start):  # marks between words
            if not text[place].isspace():
                starts.append(place)
                keys.append(text[place].translate(_STYLE))
        if start < stop:
            starts.append(start)
            keys.append(cased_form(text[start:stop]))
        end = stop
    ends = [*starts[1:], len(text)]
    units = tuple(text[a:b] for a, b in zip(starts, ends, strict=True)) if starts else ()
    return _Paragraph(zone, text, units, tuple(keys))


def _split(paragraphs: Iterable[_Paragraph]) -> tuple[list[_Paragraph], list[_Paragraph]]:
    """Return the headline's paragraphs, and the others."""
    heads: list[_Paragraph] = []
    rest: list[_Paragraph] = []
    for one in paragraphs:
        (heads if one.zone is Zone.HEADLINE else rest).append(one)
    return heads, rest


def _aligned(
    old: Sequence[_Paragraph], new: Sequence[_Paragraph], *, alike: float
) -> Iterator[Edit]:
    matcher = SequenceMatcher(None, [p.keys for p in old], [p.keys for p in new], autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            yield from (_same(one, two) for one, two in zip(old[a:b], new[c:d], strict=True))
        else:
            yield from _replaced(old[a:b], new[c:d], alike)


def _replaced(old: Sequence[_Paragraph], new: Sequence[_Paragraph], alike: float) -> Iterator[Edit]:
    done_old = done_new = 0
    for i, j in (*_pairs(old, new, alike), (len(old), len(new))):
        yield from map(_removed, old[done_old:i])
        yield from map(_added, new[done_new:j])
        if i < len(old):
            yield _changed(old[i], new[j], EditKind.CHANGED)
        done_old, done_new = i + 1, j + 1


def _pairs(
    old: Sequence[_Paragraph], new: Sequence[_Paragraph], alike: float
) -> list[tuple[int, int]]:
    """Return the pairs, in order and not crossing, that have most words in common together."""
    if len(old) * len(new) > _MOST_PAIRS:
        return []
    score = _scores(old, new, alike)
    best = _best_sums(score)
    pairs, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if best[i][j] == score[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _scores(
    old: Sequence[_Paragraph], new: Sequence[_Paragraph], alike: float
) -> list[list[float]]:
    """Return how alike each two are; less than `alike` costs, so that no best sum contains it."""
    bags = [Counter(one.keys) for one in new]
    dice = ([_dice(Counter(one.keys), bag) for bag in bags] for one in old)
    return [[value if value >= alike else -1.0 for value in row] for row in dice]


def _best_sums(score: Sequence[Sequence[float]]) -> list[list[float]]:
    """Return the highest sum of pairs that do not cross, from each (row, column) to the end."""
    width = len(score[0]) if score else 0
    best = [[0.0] * (width + 1) for _ in range(len(score) + 1)]
    for i in reversed(range(len(score))):
        for j in reversed(range(width)):
            best[i][j] = max(score[i][j] + best[i + 1][j + 1], best[i + 1][j], best[i][j + 1])
    return best


def _dice(one: Counter[str], two: Counter[str]) -> float:
    size = one.total() + two.total()
    return 2 * sum(min(n, two[key]) for key, n in one.items()) / size if size else 0.0


def _with_moves(edits: Iterable[Edit]) -> list[Edit]:
    """Return the edits with each removed paragraph that was added elsewhere as one move."""
    listed = list(edits)
    gone = _cut(listed, EditKind.REMOVED)
    came = _cut(listed, EditKind.ADDED)
    if len(gone) * len(came) > _MOST_PAIRS:
        return listed
    moves = _moves(gone, came)
    for i, j in moves.items():
        listed[j] = _changed(gone[i], came[j], EditKind.MOVED)
    return [one for i, one in enumerate(listed) if i not in moves]


def _cut(edits: Sequence[Edit], kind: EditKind) -> dict[int, _Paragraph]:
    """Return the paragraphs of one kind of edit by their place among the edits."""
    chosen = ((place, one) for place, one in enumerate(edits) if one.kind is kind)
    return {place: _paragraph(one.zone, one.old or one.new) for place, one in chosen}


def _moves(gone: Mapping[int, _Paragraph], came: Mapping[int, _Paragraph]) -> dict[int, int]:
    """Return from where to where paragraphs moved, the most alike first."""
    old = {place: Counter(one.keys) for place, one in gone.items()}
    new = {place: Counter(one.keys) for place, one in came.items()}
    likeness = [(_dice(old[i], new[j]), i, j) for i in old for j in new]
    moves: dict[int, int] = {}
    taken: set[int] = set()
    for value, i, j in sorted(likeness, key=lambda one: (-one[0], one[1:])):
        if value >= _MOVED and i not in moves and j not in taken:
            moves[i] = j
            taken.add(j)
    return moves


def _same(old: _Paragraph, new: _Paragraph) -> Edit:
    return Edit(EditKind.SAME, new.zone, old.text, new.text, (Piece(EditKind.SAME, new.text),))


def _removed(old: _Paragraph) -> Edit:
    return Edit(EditKind.REMOVED, old.zone, old.text, "", (Piece(EditKind.REMOVED, old.text),))


def _added(new: _Paragraph) -> Edit:
    return Edit(EditKind.ADDED, new.zone, "", new.text, (Piece(EditKind.ADDED, new.text),))


def _changed(old: _Paragraph, new: _Paragraph, kind: EditKind) -> Edit:
    return Edit(kind, new.zone, old.text, new.text, tuple(_pieces(old, new)))


def _pieces(old: _Paragraph, new: _Paragraph) -> Iterator[Piece]:
    for same, a, b, c, d in _runs(old.keys, new.keys):
        came = "".join(new.units[c:d])
        if same:
            yield Piece(EditKind.SAME, came)
            continue
        if a < b:
            gone = "".join(old.units[a:b])
            # Spaces follow the unit before them. Where that one has none any more, or what came has
            # none, two words would read as one.
            parted = c == 0 or new.units[c - 1][-1].isspace() or not _spaced(old.units[:a])
            gone = gone if parted else f" {gone}"
            yield Piece(EditKind.REMOVED, f"{gone.rstrip()} " if came else gone)
        if came:
            yield Piece(EditKind.ADDED, came)


def _spaced(units: Sequence[str]) -> bool:
    return bool(units) and units[-1][-1].isspace()


_Run = tuple[bool, int, int, int, int]  # the same or not; from, to in the old; from, to in the new


def _runs(old: Sequence[str], new: Sequence[str]) -> list[_Run]:
    """Return runs of equal and of different units, without equal ones of a single unit between."""
    counts = Counter(new)
    if sum(n * counts[key] for key, n in Counter(old).items()) > _MOST_MEETINGS:
        return [(False, 0, len(old), 0, len(new))]
    found = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    runs: list[_Run] = []
    for place, (tag, a, b, c, d) in enumerate(found):
        same = tag == "equal" and not (b - a == 1 and 0 < place < len(found) - 1)
        if runs and runs[-1][0] is same is False:
            _, first_old, _, first_new, _ = runs.pop()
            runs.append((False, first_old, b, first_new, d))
        else:
            runs.append((same, a, b, c, d))
    return runs
