"""Say where the lines of a document stand on the page: its lines and the dump's in, links out.

The reader of pages and the dump cut a page into lines in two ways, so a line of the one may be
several of the other. A link says that a line of the document is (part of) a line of the dump.

1. Lines with the same letters and digits, in order: the common run with the most letters first,
   then what is left before it from its end, and what is left behind it from its beginning. So a
   title that also stands in a menu is the one next to the article.
2. The same lines out of order, for readers that put captions last: the one nearest to what is
   linked already.
3. Lines that contain one another, with the short lines right beside them (a paragraph cut by
   `<br>`, a list read as one paragraph).
4. Lines that share at least four fifths of their words.
5. Short lines out of order, and tags that a document lists on one line, each for itself; both only
   near what is linked already, for a menu has the same words.

A line of the dump is linked to several of the document by 3 alone. What is linked to nothing is
nowhere on the page.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from unicodedata import normalize

from pipelines.article import Zone

Line = tuple[str, Zone]
Link = tuple[int, int]  # position of a line of the document, of a line of the dump
Bounds = tuple[int, int]
LONG = 20  # letters; shorter lines are found by chance
_NEAR = 20  # lines
_ALIKE = 0.8
_FEWEST_WORDS = 4


def key(line: str) -> str:
    """Return what two spellings of one line share: letters and digits, case folded."""
    return "".join(filter(str.isalnum, normalize("NFKC", line).casefold()))


def align(ours: Sequence[Line], dump: Sequence[str]) -> set[Link]:
    """Return the links between the lines of a document and those of a dump."""
    our_keys = [key(text) for text, _ in ours]
    dump_keys = [key(line) for line in dump]
    links = set(_in_order(our_keys, dump_keys))
    long = [(n, line_key) for n, line_key in enumerate(our_keys) if len(line_key) >= LONG]
    links |= set(_nearest(long, dump_keys, links, len(dump)))
    links |= set(_contained(our_keys, dump_keys, links))
    links |= set(_alike(ours, dump, links))
    links |= set(_nearest(enumerate(our_keys), dump_keys, links, _NEAR))
    tags = (
        (n, key(name))
        for n, (text, zone) in enumerate(ours)
        if zone is Zone.TAGS
        for name in text.split(", ")
    )
    links |= set(_nearest(tags, dump_keys, links, _NEAR))
    return links


def _in_order(ours: Sequence[str], dump: Sequence[str]) -> Iterator[Link]:
    todo = [((0, len(ours)), (0, len(dump)), False)]
    while todo:
        a, b, from_end = todo.pop()
        start, at, size = _heaviest_run(ours, dump, a, b, from_end=from_end)
        if size:
            yield from ((start + n, at + n) for n in range(size))
            todo.append(((a[0], start), (b[0], at), True))
            todo.append(((start + size, a[1]), (at + size, b[1]), False))


def _heaviest_run(
    ours: Sequence[str], dump: Sequence[str], a: Bounds, b: Bounds, *, from_end: bool
) -> tuple[int, int, int]:
    """Return start, place and size of the common run with the most letters between the bounds.

    Of equals the first, or from the end the last in the dump.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for at in range(*b):
        places[dump[at]].append(at)
    places.pop("", None)  # lines without a letter are like any other such line
    best = (0, 0, 0, 0)  # letters, start, place, size
    before: dict[int, tuple[int, int]] = {}  # letters and size of the run that ends at a place
    for n in range(*a):
        ending = {}
        for at in places.get(ours[n], ()):
            letters, size = before.get(at - 1, (0, 0))
            ending[at] = letters + len(ours[n]), size + 1
            if ending[at][0] + from_end > best[0]:
                best = ending[at][0], n - size, at - size, size + 1
        before = ending
    return best[1:]


def _nearest(
    wanted: Iterable[tuple[int, str]], dump_keys: Sequence[str], links: set[Link], reach: int
) -> Iterator[Link]:
    """Yield the lines of the dump with the keys wanted; of several the one nearest to the links.

    What is known in one place only is linked first, for the rest to be near it.
    """
    linked, taken = {n for n, _ in links}, {at for _, at in links}
    free = _places(dump_keys, taken)
    found = [(n, line_key) for n, line_key in wanted if n not in linked and line_key in free]
    for n, line_key in sorted(found, key=lambda item: len(free[item[1]])):
        ways = [(_way(at, taken), at) for at in free[line_key]]
        way, at = min(ways, default=(reach + 1, 0))
        if way <= reach:
            free[line_key].remove(at)
            taken.add(at)
            yield n, at


def _places(keys: Sequence[str], taken: set[int]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for at, line_key in enumerate(keys):
        if line_key and at not in taken:
            places[line_key].append(at)
    return places


def _way(at: int, taken: set[int]) -> int:
    return min((abs(at - other) for other in taken), default=0)


def _contained(
    our_keys: Sequence[str], dump_keys: Sequence[str], links: set[Link]
) -> Iterator[Link]:
    linked, taken = {n for n, _ in links}, {at for _, at in links}
    for n, at in product(_long(our_keys, linked), _long(dump_keys, taken)):
        if dump_keys[at] in our_keys[n]:
            yield from ((n, piece) for piece in _pieces(our_keys[n], dump_keys, at, taken))
        elif our_keys[n] in dump_keys[at]:
            yield from ((piece, at) for piece in _pieces(dump_keys[at], our_keys, n, linked))


def _long(keys: Sequence[str], known: set[int]) -> list[int]:
    return [n for n, line_key in enumerate(keys) if n not in known and len(line_key) >= LONG]


def _pieces(whole: str, keys: Sequence[str], at: int, taken: set[int]) -> Iterator[int]:
    """Yield `at` and the lines before and behind it that continue it inside `whole`."""
    yield at
    start = whole.index(keys[at])
    end = start + len(keys[at])
    before, behind = at - 1, at + 1
    while start and before >= 0 and before not in taken and whole[:start].endswith(keys[before]):
        yield before
        start -= len(keys[before])
        before -= 1
    while end < len(whole) and behind < len(keys) and behind not in taken:
        if not whole.startswith(keys[behind], end):
            break
        yield behind
        end += len(keys[behind])
        behind += 1


def _alike(ours: Sequence[Line], dump: Sequence[str], links: set[Link]) -> Iterator[Link]:
    linked, taken = {n for n, _ in links}, {at for _, at in links}
    words = {at: _words(line) for at, line in enumerate(dump) if at not in taken}
    for n, (text, _) in enumerate(ours):
        own = _words(text)
        if n in linked or own.total() < _FEWEST_WORDS or not words:
            continue
        at = max(words, key=lambda place: _shared(own, words[place]))
        if _shared(own, words[at]) >= _ALIKE:
            del words[at]
            yield n, at


def _words(line: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", line.casefold()))


def _shared(one: Counter[str], other: Counter[str]) -> float:
    most = max(one.total(), other.total())
    return (one & other).total() / most if most else 0.0
