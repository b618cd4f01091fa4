"""Print how fast many queries are matched, beside a regex for each and spaCy's PhraseMatcher.

Usage: python -m tests.bench.matching_speed [../shared/data] [rounds]

Texts of 500 words, splitting into words included for all; CPU time, turn and turn about; trust the
ratios. The queries are drawn by a seed from names and words that stand in at most 3 of 437 texts,
of which 75 are read: 60 of 100 are a word or a phrase, 25 an OR of 3 to 10 of them, 5 each NEAR,
NOT and a prefix. Of 1,000 such queries some 20 match a text. The regex of a query is
compiled beforehand and read over the text in small letters, plurals by `(?:s|es)?`. spaCy (where
installed) is given every word and phrase as they are: it has no NEAR, NOT, prefix or plural.
"""

import csv
import random
import re
import sys
import tarfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from io import TextIOWrapper
from pathlib import Path

from pipelines.article import Zone, ZoneSpan
from pipelines.querylang import Candidates, clean, make_searchable, parse
from tests.bench.interleaved import Speed, compare, to_line

WIKINEWS = Path("articles") / "wikinews_2019_2020.tar.xz"
_WORDS = 500
_TEXTS = 75
_MOST = 3  # texts that a name or word of a query stands in, as written, of all texts
_NAME = re.compile(r"\b[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}\b")
_WORD = re.compile(r"\b[a-z]{5,12}\b")


@dataclass(frozen=True, slots=True)
class Asked:
    """One query: in our language, as patterns of which the second must not be there, as phrases."""

    text: str
    patterns: tuple[re.Pattern[str], ...]
    phrases: tuple[str, ...]


def texts(data: Path) -> list[str]:
    """Return texts of 500 words, cut from real articles, or from the sample data without them."""
    if (data / WIKINEWS).exists():
        with tarfile.open(data / WIKINEWS) as archive:
            files = [
                archive.extractfile(name) for name in archive.getnames() if name.endswith(".csv")
            ]
            rows = [row for file in files if file for row in csv.DictReader(TextIOWrapper(file))]
        whole = "\n".join(clean(f"{row['title']}\n{row['text']}") for row in rows)
    else:
        clippings = sorted(Path("sample_data").rglob("*.txt"))
        whole = "\n".join(clean(path.read_text(encoding="utf-8")) for path in clippings)
    pieces = [found.span() for found in re.finditer(r"\S+", whole)]
    blocks = [pieces[n : n + _WORDS] for n in range(0, len(pieces) - _WORDS, _WORDS)]
    random.Random(0).shuffle(blocks)
    return [whole[block[0][0] : block[-1][1]] for block in blocks]


def queries(count: int, from_texts: list[str]) -> list[Asked]:
    """Return `count` queries drawn from the names and words of the texts, in a mixed order."""
    names, words = _rare(_NAME, from_texts), _rare(_WORD, from_texts)
    draw = random.Random(count)

    def literal() -> str:
        return draw.choice(names if draw.random() < 0.7 else words)

    kinds = [_alone] * 12 + [_aliases] * 5 + [_near, _without, _prefix]
    return [kinds[n % len(kinds)](literal, draw) for n in range(count)]


def _rare(pattern: re.Pattern[str], from_texts: list[str]) -> list[str]:
    counted = Counter(found for text in from_texts for found in set(pattern.findall(text)))
    return sorted(found for found, n in counted.items() if n <= _MOST)


Literal = Callable[[], str]


def _alone(literal: Literal, _: random.Random) -> Asked:
    one = literal()
    return Asked(_quoted(one), (re.compile(_pattern(one)),), (one,))


def _aliases(literal: Literal, draw: random.Random) -> Asked:
    several = [literal() for _ in range(draw.randint(3, 10))]
    pattern = "|".join(map(_pattern, several))
    return Asked(" OR ".join(map(_quoted, several)), (re.compile(pattern),), tuple(several))


def _near(literal: Literal, draw: random.Random) -> Asked:
    one, other, distance = literal(), literal(), draw.randint(2, 20)
    between = rf"\W+(?:\w+\W+){{0,{distance}}}"
    a, b = _pattern(one), _pattern(other)
    pattern = re.compile(f"{a}{between}{b}|{b}{between}{a}")
    return Asked(f"{_quoted(one)} NEAR/{distance} {_quoted(other)}", (pattern,), (one, other))


def _without(literal: Literal, _: random.Random) -> Asked:
    one, other = literal(), literal()
    patterns = re.compile(_pattern(one)), re.compile(_pattern(other))
    return Asked(f"{_quoted(one)} NOT {_quoted(other)}", patterns, (one,))


def _prefix(literal: Literal, _: random.Random) -> Asked:
    stem = max(literal().lower().split(), key=len)[:8]
    return Asked(f"{stem}*", (re.compile(rf"\b{stem}\w*"),), (stem,))


def _quoted(literal: str) -> str:
    return f'"{literal}"'


def _pattern(literal: str) -> str:
    return r"\b" + r"(?:s|es)?\W+".join(literal.lower().split()) + r"(?:s|es)?\b"


def ours(asked: list[Asked], read: list[str]) -> Callable[[], object]:
    """Return the work of matching all queries with all texts, as the tagger does it."""
    candidates = Candidates([parse(query.text) for query in asked])

    def _work() -> int:
        found = 0
        for text in read:
            zones = [ZoneSpan(0, len(text), Zone.BODY)]
            searchable = make_searchable(text, zones, language="en")
            found += sum(len(spans) for _, spans in candidates.matches(searchable))
        return found

    return _work


def regexes(asked: list[Asked], read: list[str]) -> Callable[[], object]:
    """Return the same work by one compiled regex after the other."""

    def _work() -> int:
        found = 0
        for text in read:
            small = text.lower()
            for query in asked:
                wanted, *unwanted = query.patterns
                spans = [one.span() for one in wanted.finditer(small)]
                if spans and not any(other.search(small) for other in unwanted):
                    found += len(spans)
        return found

    return _work


def phrase_matcher(asked: list[Asked], read: list[str]) -> Callable[[], object]:
    """Return the finding of all words and phrases by spaCy."""
    import spacy
    from spacy.matcher import PhraseMatcher

    nlp = spacy.blank("en")
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    for number, query in enumerate(asked):
        matcher.add(str(number), [nlp.make_doc(phrase) for phrase in query.phrases])
    return lambda: sum(len(matcher(nlp.make_doc(text))) for text in read)


def beside_regexes(data: Path, count: int = 1_000, *, aim: float = 15, rounds: int = 3) -> Speed:
    """Return our speed with `count` queries beside a loop of compiled regexes."""
    every = texts(data)
    asked = queries(count, every)
    fewer = every[: min(_TEXTS, 20_000 // count)]  # the loop is slow
    return compare(
        f"matching of {count:,} queries",
        ours(asked, fewer),
        ("a regex each", regexes(asked, fewer)),
        unit="texts",
        units=len(fewer),
        aim=aim,
        rounds=rounds,
    )


def beside_phrases(data: Path, count: int = 1_000, *, aim: float = 1, rounds: int = 3) -> Speed:
    """Return our speed with `count` queries beside spaCy's PhraseMatcher with their phrases."""
    every = texts(data)
    asked, read = queries(count, every), every[:_TEXTS]
    return compare(
        f"matching of {count:,} queries, with phrases alone",
        ours(asked, read),
        ("spaCy PhraseMatcher", phrase_matcher(asked, read)),
        unit="texts",
        units=len(read),
        aim=aim,
        rounds=rounds,
    )


def of_many(data: Path, *, rounds: int = 3) -> Speed:
    """Return our speed with 5,000 queries beside our own with 1,000: at least a third of it."""
    every = texts(data)
    read = every[:_TEXTS]
    return compare(
        "matching of 5,000 queries",
        ours(queries(5_000, every), read),
        ("1,000 queries", ours(queries(1_000, every), read)),
        unit="texts",
        units=len(read),
        aim=1 / 3,
        rounds=rounds,
    )


if __name__ == "__main__":
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data")
    times = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    for queries_asked, least in ((100, 3), (1_000, 15), (5_000, 25)):
        print(to_line(beside_regexes(folder, queries_asked, aim=least, rounds=times)), flush=True)
        if find_spec("spacy"):
            print(to_line(beside_phrases(folder, queries_asked, rounds=times)), flush=True)
    print(to_line(of_many(folder, rounds=times)))
