"""Turn the shorthand in which a text is labelled into keys: names and words in, offsets out.

Usage: python -m tests.quality.news_annotation show DATA ID ...
       python -m tests.quality.news_annotation check DATA FILE ...
       python -m tests.quality.news_annotation write DATA OUT FILE ...

A shorthand file holds words of the texts and is therefore not kept in the project; the keys hold
offsets and ids alone. One block a document:

    # wikinews:0123456789ab
    P Antony Blinken = Antony J. Blinken; Blinken; Antony@2
    O United Nations = United Nations; UN
    L Kyiv = Kyiv
    C UA n; RU n; US p          countries: n named, p only by a place in them, m only by metonym
    F UA; RU                    what it is about, the main one first
    D Kyiv@1 UA                 where it was filed from
    Q d | Antony Blinken | We will ... of peace. | He      direct; speaker as named beside it
    Q r | United Nations | the convoy ... two days | UN    reported

Each surface stands for all its places as whole words that no longer surface covers; `@2,3` keeps
only these of its places, counted from 1 in the whole text. The words of a quote are its first and
last ones around ` ... `, or all of them. Of the speaker's places the nearest is meant.
"""

import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.quality.news_texts import news_texts

_KINDS = {"P": "PER", "O": "ORG", "L": "LOC"}
_SENSES = frozenset("npm")
Span = tuple[int, int]


class WrongLabel(ValueError):
    """A line of shorthand that does not fit its text."""


@dataclass(slots=True)
class Labels:
    """All labels of one document, as they are kept."""

    id: str
    entities: list[tuple[int, int, str, str]] = field(default_factory=list)
    countries: dict[str, str] = field(default_factory=dict)
    focus: list[str] = field(default_factory=list)
    dateline: tuple[int, int, str] | None = None
    quotes: list[tuple[int, int, str, int, int, str]] = field(default_factory=list)


def places(text: str, surface: str) -> list[Span]:
    """Return where `surface` stands in `text` as whole words."""
    found = re.finditer(rf"(?<!\w){re.escape(surface)}(?!\w)", text)
    return [match.span() for match in found]


def chosen_places(text: str, written: str) -> list[Span]:
    """Return the places of `surface` or `surface@2,3`; WrongLabel where there is none such."""
    surface, at, numbers = written.strip().rpartition("@")
    if not at or not re.fullmatch(r"[\d,]+", numbers):
        surface, numbers = written.strip(), ""
    found = places(text, surface)
    wanted = [int(number) for number in numbers.split(",") if number]
    if not found or any(not 1 <= number <= len(found) for number in wanted):
        raise WrongLabel(f"{written!r} has {len(found)} places")
    return [found[number - 1] for number in wanted] or found


def read_block(lines: Sequence[str], text: str) -> Labels:
    """Return the labels of one document; the first line names it. WrongLabel for a bad line."""
    labels = Labels(lines[0].removeprefix("#").strip())
    named: list[tuple[int, int, str, str]] = []
    for line in lines[1:]:
        kind, _, rest = line.partition(" ")
        try:
            if kind in _KINDS:
                named += _entity(_KINDS[kind], rest, text)
            elif kind == "C":
                labels.countries |= dict(_countries(rest))
            elif kind == "F":
                labels.focus = [code.strip() for code in rest.split(";") if code.strip()]
            elif kind == "D":
                place, _, code = rest.strip().rpartition(" ")
                labels.dateline = (*chosen_places(text, place)[0], code)
            elif kind == "Q":
                labels.quotes.append(_quote(rest, text))
            else:
                raise WrongLabel("a line begins with P, O, L, C, F, D or Q")
        except (WrongLabel, ValueError) as error:
            raise WrongLabel(f"{labels.id}: {line!r}: {error}") from error
    labels.entities = _longest(named)
    labels.quotes.sort()
    return labels


def _entity(kind: str, rest: str, text: str) -> Iterator[tuple[int, int, str, str]]:
    name, equals, surfaces = rest.partition(" = ")
    if not equals:
        raise WrongLabel("write `P Name = surface; surface`")
    for surface in surfaces.split(";"):
        for start, end in chosen_places(text, surface):
            yield start, end, kind, name.strip()


def _longest(named: list[tuple[int, int, str, str]]) -> list[tuple[int, int, str, str]]:
    """Return the spans in order without those that a longer one covers; two of one place clash."""
    kept: list[tuple[int, int, str, str]] = []
    for one in sorted(set(named), key=lambda span: (span[0] - span[1], span)):
        over = [other for other in kept if one[0] < other[1] and other[0] < one[1]]
        if any(other[:2] == one[:2] for other in over):
            raise WrongLabel(f"two labels for characters {one[0]} to {one[1]}: {one[3]}")
        if not over:
            kept.append(one)
    return sorted(kept)


def _countries(rest: str) -> Iterator[tuple[str, str]]:
    for part in rest.split(";"):
        code, sense = part.split()
        if not re.fullmatch("[A-Z]{2}", code) or sense not in _SENSES:
            raise WrongLabel(f"{part.strip()!r}: write a code of ISO 3166-1 and n, p or m")
        yield code, sense


def _quote(rest: str, text: str) -> tuple[int, int, str, int, int, str]:
    kind, speaker, words, beside = (part.strip() for part in rest.split("|"))
    if kind not in ("d", "r"):
        raise WrongLabel("a quote is d (direct) or r (reported)")
    start, end = _stretch(text, words)
    near = min(chosen_places(text, beside), key=lambda span: _apart(span, (start, end)))
    return start, end, "direct" if kind == "d" else "reported", *near, speaker


def _stretch(text: str, words: str) -> Span:
    first, dots, last = words.partition(" ... ")
    begins = [match.start() for match in re.finditer(re.escape(first.strip()), text)]
    if len(begins) != 1:
        raise WrongLabel(f"the words {first.strip()!r} stand at {len(begins)} places; take more")
    if not dots:
        return begins[0], begins[0] + len(first.strip())
    end = text.find(last.strip(), begins[0])
    if end < 0:
        raise WrongLabel(f"the words {last.strip()!r} do not follow")
    return begins[0], end + len(last.strip())


def _apart(one: Span, other: Span) -> int:
    return max(one[0] - other[1], other[0] - one[1], 0)


def blocks(path: Path) -> Iterator[list[str]]:
    """Yield the lines of each document of a shorthand file."""
    block: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") and block:
            yield block
            block = []
        if line.strip():
            block.append(line.strip())
    if block:
        yield block


def main(arguments: Sequence[str]) -> int:
    """Show texts, or check or write labels; return the exit code."""
    what, data, *rest = arguments
    texts = {text.id: text.text for text in news_texts(Path(data))}
    if what == "show":
        for name in rest:
            print(f"# {name}\n{texts[name]}\n")
        return 0
    out, files = (rest[0], rest[1:]) if what == "write" else ("", rest)
    labels: list[Labels] = []
    wrong = 0
    for block in (block for file in files for block in blocks(Path(file))):
        try:
            labels.append(read_block(block, texts[block[0].removeprefix("#").strip()]))
        except (WrongLabel, KeyError) as error:
            wrong += 1
            print(f"wrong: {error}")
    print(f"{len(labels)} documents, {sum(len(one.entities) for one in labels)} names")
    if out and not wrong:
        Path(out).write_text(to_json(labels), encoding="utf-8")
    return 1 if wrong else 0


def to_json(labels: Sequence[Labels]) -> str:
    """Return the keys as JSON, a line for each document, in the order of their ids."""
    rows = [
        json.dumps(
            {
                "id": one.id,
                "entities": one.entities,
                "countries": dict(sorted(one.countries.items())),
                "focus": one.focus,
                "dateline": one.dateline,
                "quotes": one.quotes,
            },
            ensure_ascii=False,
        )
        for one in sorted(labels, key=lambda one: one.id)
    ]
    return "[\n" + ",\n".join(rows) + "\n]\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
