"""Print what the worst queries cost: to refuse, and, where they are accepted, to match.

Usage: python -m tests.bench.hostile_queries [WORDS]   (a long text of one word; default 100,000)

CPU time. Each accepted query is the largest of its kind that the limits let through, and the text
is made for it: each word fits as many of its terms as a word can.
"""

import sys
import time
from collections.abc import Iterable
from itertools import cycle, islice, product

from pipelines.article import Zone, ZoneSpan
from pipelines.errors import QueryError
from pipelines.querylang import make_searchable, match, parse
from pipelines.querylang.lexer import MAX_LENGTH

SHORT = 500


def _cases(word: str) -> list[str]:
    """Return the word in all its capitals: different terms that fit the same."""
    return ["".join(letters) for letters in product(*((c, c.upper()) for c in word))]


def _filled(pieces: Iterable[str], joint: str, most: int = 1_900) -> str:
    """Return as many pieces, again and again, as a query may hold written out with brackets."""
    taken: list[str] = []
    length = 0
    for piece in cycle(pieces):
        length += len(piece) + len(joint) + 2
        if length > MAX_LENGTH or len(taken) >= most:
            return joint.join(taken)
        taken.append(piece)
    return ""


def _phrases(size: int) -> list[str]:
    """Return phrases no two of which ask for the same, and all of which the text has."""
    words = islice(product(["the", "th*", "the*"], repeat=size), 2_000)
    return [" ".join(row) for row in words]


def _nested(depth: int, inner: str, around: str) -> str:
    for _ in range(depth):
        inner = around.format(inner)
    return inner


_WORDS = ["the", "thes", '="the"', "th*", "the*", "cs:the"]
_PAIRS = [f"({one} NEAR/{n} {two})" for n in range(100) for one, two in product(_WORDS, repeat=2)]
ACCEPTED = {
    "loose phrases": _filled([f'"{row}"~100' for row in _phrases(10)], " OR ", 30),
    "loose phrases, short": _filled(
        [f'"{row}"~{n}' for n in range(99) for row in _phrases(3)], " OR ", 100
    ),
    "NEAR chain": " NEAR/100 ".join(["the"] * 6),
    "NEARs": _filled(_PAIRS, " OR ", 100),
    "NEAR of ORs": " NEAR/100 ".join([f"({_filled(_WORDS, ' OR ', 120)})"] * 6),
    "NEAR of phrases": _filled(
        [f'("{row}" NEAR/99 "the the")' for row in _phrases(3)], " OR ", 100
    ),
    "prefixes": _filled(["th*", "the*"], " OR "),
    "phrases": _filled([f'"{row}"' for row in _phrases(2) + _phrases(3) + _phrases(4)], " OR "),
    "long phrases": _filled([f'"{row}"' for row in _phrases(50)], " OR "),
    "capitals": _filled([f"cs:{word}" for word in _cases("thethethe")], " OR "),
    "spellings": _filled(_cases("thethethe"), " OR "),
    "ANDs of one word": _filled(_WORDS, " AND "),
    "repeats": _filled([f'repeat{n}:"{row}"' for n in range(9, 99) for row in _phrases(2)], " OR "),
    "NOT tower": "NOT " * 49 + "the",
    "nested OR and AND": _nested(16, "the", '(the OR ("the the" AND (th* OR {})))'),
}
REFUSED = {
    "1 MB of words": "a1 " * 350_000,
    "1 MB, one word": "a" * 1_000_000,
    "10,000 terms": "a " * 10_000,
    "10,000 joined by OR": "a1 OR " * 10_000,
    "brackets": "(" * 10_000,
    "closed brackets": "(" * 4_000 + "a" + ")" * 4_000,
    "NOT": "NOT " * 2_400 + "a",
    "quotation marks": '"' * 9_999,
    "a field that is none": "a" * 9_000 + ":b1",
    "weights": "a1" + "^1" * 4_900 + "^",
    "regular expressions": "/" + "(a+)+" * 1_900 + "/",
    "NEARs": "a NEAR/5 " * 1_000 + "a",
    "small operators": "a or " * 1_500,
    "written out": "a " * 1_999 + "a",
    "dates": "published:" + "1" * 9_900,
    "curly quotes": "“" * 9_999,
    "spaces before a slop": ('"a"' + " " * 150) * 64 + '"',
}


def searchable(words: int):
    """Return an article of one word."""
    text = "the " * words
    return make_searchable(text, [ZoneSpan(0, len(text), Zone.BODY)], language="en")


def _seconds(query: str, article) -> float:
    parsed = parse(query)
    match(parsed, article)
    began = time.process_time()
    match(parsed, article)
    return time.process_time() - began


def main(words: int) -> None:
    """Print a line for each query."""
    for name, query in REFUSED.items():
        began = time.process_time()
        try:
            parse.__wrapped__(query)
            verdict = "ACCEPTED"
        except QueryError as error:
            verdict = str(error)[:90]
        print(f"{name:26} {1000 * (time.process_time() - began):7.1f} ms  {verdict}")
    short, longer, longest = searchable(SHORT), searchable(words // 2), searchable(words)
    print(f"\n{'':26} {'500 words':>12} {words // 2:>12,} {words:>12,}")
    for name, query in ACCEPTED.items():
        print(f"{name:26} {1000 * _seconds(query, short):9.1f} ms", end=" ", flush=True)
        print(*(f"{_seconds(query, text):11.1f} s" for text in (longer, longest)), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
