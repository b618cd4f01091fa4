"""A slow and obvious matcher, written from docs/query-language.md and sharing no code with ours.

It knows words of small letters whose plural is `s`, and looks at every pair and every stretch.
"""

import itertools
import re
from dataclasses import dataclass

COUNTED = ("headline", "subhead", "lede", "body", "caption")


@dataclass(frozen=True)
class Word:
    text: str
    start: int
    end: int
    paragraph: int
    zone: str


def words_of(paragraphs):
    """Return the words of [(zone, text)], and the text they stand in."""
    found, offset = [], 0
    for number, (zone, text) in enumerate(paragraphs):
        if zone in COUNTED:
            for piece in re.finditer("[a-z]+", text):
                start, end = offset + piece.start(), offset + piece.end()
                found.append(Word(piece.group(), start, end, number, zone))
        offset += len(text) + 1
    return found


def fits(asked, word):
    kind, text = asked
    if kind == "prefix":
        return word.text.startswith(text)
    return word.text == text or (kind == "term" and word.text in (text + "s", _es(text)))


def _es(text):
    return text + "es" if text.endswith(("s", "x", "z", "o")) else text


def find(node, words):
    """Return the set of (first, last) runs of positive terms, None where the node does not hold."""
    kind, *rest = node
    if kind in ("term", "exact", "prefix"):
        return {(w, w) for w in words if fits(node, w)} or None
    if kind == "phrase":
        return phrase(rest[0], words) or None
    if kind == "loose":
        return loose(rest[0], rest[1], words) or None
    if kind == "near":
        return near(*rest, words) or None
    if kind == "not":
        return set() if find(rest[0], words) is None else None
    if kind == "title":
        return find(rest[0], [w for w in words if w.zone == "headline"])
    if kind == "repeat":
        hits = find(rest[0], words)
        return hits if hits and len(merged(hits)) >= rest[1] else None
    results = [find(child, words) for child in rest[0]]
    good = [hits for hits in results if hits is not None]
    if kind == "and" and len(good) < len(results):
        return None
    return set().union(*good) if good else None


def phrase(asked, words):
    found = set()
    for begin in range(len(words) - len(asked) + 1):
        run = words[begin : begin + len(asked)]
        if len({w.paragraph for w in run}) == 1 and all(map(fits, asked, run)):
            found.add((run[0], run[-1]))
    return found


def loose(asked, slop, words):
    def holds(run):
        return any(
            all(map(fits, asked, chosen)) for chosen in itertools.permutations(run, len(asked))
        )

    found = set()
    for begin in range(len(words)):
        for end in range(begin + 1, min(len(words), begin + len(asked) + slop) + 1):
            run = words[begin:end]
            same = len({w.paragraph for w in run}) == 1
            if same and holds(run) and not holds(run[1:]) and not holds(run[:-1]):
                found.add((run[0], run[-1]))
    return found


def near(left, right, distance, words):
    found = set()
    for one in find(left, words) or ():
        for other in find(right, words) or ():
            first, second = sorted((one, other), key=lambda run: run[0].start)
            between = words.index(second[0]) - words.index(first[1]) - 1
            if 0 <= between <= distance and first[0].paragraph == second[1].paragraph:
                found |= {one, other}
    return found


def merged(runs):
    """Return the spans of runs; overlapping ones are joined, pair by pair, until none is left."""
    spans = {(first.start, last.end) for first, last in runs}
    while True:
        for one, other in itertools.combinations(sorted(spans), 2):
            if one[0] < other[1] and other[0] < one[1]:
                spans -= {one, other}
                spans.add((min(one[0], other[0]), max(one[1], other[1])))
                break
        else:
            return sorted(spans)


def matches(node, paragraphs):
    """Return the merged spans as (start, end), None for no match."""
    runs = find(node, words_of(paragraphs))
    return None if runs is None else merged(runs)


def written(node):
    """Return the node as a query, with brackets around everything that joins."""
    kind, *rest = node
    if kind == "term":
        return rest[0]
    if kind == "exact":
        return f'="{rest[0]}"'
    if kind == "prefix":
        return f"{rest[0]}*"
    if kind == "phrase":
        return '"' + " ".join(map(written, rest[0])) + '"'
    if kind == "loose":
        return '"' + " ".join(map(written, rest[0])) + f'"~{rest[1]}'
    if kind == "near":
        return f"({written(rest[0])} NEAR/{rest[2]} {written(rest[1])})"
    if kind == "not":
        return f"NOT {written(rest[0])}"
    if kind == "title":
        return f"title:({written(rest[0])})"
    if kind == "repeat":
        return f"repeat{rest[1]}:({written(rest[0])})"
    return "(" + f" {kind.upper()} ".join(map(written, rest[0])) + ")"
