"""Build the stored text of an article and its partition into zones.

Parts (a text and its zone, in reading order) go in; the normalised text and spans that partition
`[0, len(text))` come out. Each part becomes one or more paragraphs separated by one newline, which
belongs to the paragraph before it. A headline given apart is the first line; its repeat among the
first parts is not counted twice.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipelines.article import Zone, ZoneSpan
from pipelines.querylang import clean

# "LIMA, Peru (Agency) - ", "NEW DELHI: ", "Lima, Peru – "
_DATELINE = re.compile(
    r"(?:(?:[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+ ?){1,4}(?:, [^\W\d_][\w .]{1,25})?"
    r"|(?:[A-ZÀ-Þ][\w.'’-]+ ?){1,3}, [A-ZÀ-Þ][\w .]{1,25})"
    r"(?: ?\([^()]{2,40}\))? ?(?::|[–—]|--?) ?(?=\S)"
)
_LOOK_FOR_DATELINE = 6  # paragraphs
_LOOK_FOR_REPEAT = 4  # parts with body text searched for a repeat of the headline


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of text and the zone it belongs to."""

    text: str
    zone: Zone


def partition(parts: Iterable[Part]) -> tuple[str, tuple[ZoneSpan, ...]]:
    """Return the normalised text and its zones; neighbouring parts of one zone are one span."""
    lines: list[tuple[str, Zone]] = []
    for part in parts:
        # Line by line, so that normalising the joined text again changes nothing.
        lines += [(line, part.zone) for line in clean(part.text).split("\n") if line]
    spans: list[ZoneSpan] = []
    position = 0
    for number, (line, zone) in enumerate(lines):
        end = position + len(line) + (number < len(lines) - 1)
        if spans and spans[-1].zone is zone:
            spans[-1] = replace(spans[-1], end=end)
        else:
            spans.append(ZoneSpan(position, end, zone))
        position = end
    return "\n".join(line for line, _ in lines), tuple(spans)


def with_lede(parts: Sequence[Part]) -> list[Part]:
    """Return the parts with the first body paragraph marked as the lede.

    A paragraph over the one with the dateline is the standfirst.
    """
    marked = _with_standfirst(list(parts))
    for number, part in enumerate(marked):
        if part.zone is Zone.LEDE:
            break
        if part.zone is Zone.BODY:
            first, _, rest = clean(part.text).partition("\n")
            lede = Part(first, Zone.LEDE)
            marked[number : number + 1] = [lede, Part(rest, Zone.BODY)] if rest else [lede]
            break
    return marked


def _with_standfirst(parts: list[Part]) -> list[Part]:
    body = [number for number, part in enumerate(parts) if part.zone is Zone.BODY]
    if len(body) < 2 or any(part.zone is Zone.LEDE for part in parts):
        return parts
    texts = [parts[number].text for number in body[:_LOOK_FOR_DATELINE]]
    dated = [at for at, text in enumerate(texts) if _DATELINE.match(text)]
    # Several are the speakers of a transcript, and a question is an interviewer's.
    if dated == [1] and not texts[1].endswith("?") and "\n" not in texts[0]:
        parts[body[0]] = Part(texts[0], Zone.SUBHEAD)
    return parts


def has_dateline(text: str) -> bool:
    """Say whether a paragraph begins with the place it was filed from."""
    return _DATELINE.match(text) is not None


def with_headline(parts: Sequence[Part], headline: str, *, keep_repeat: bool = False) -> list[Part]:
    """Return the parts led by the headline, its repeats near the top dropped or made furniture."""
    if not headline:
        return list(parts)
    key = same_line_key(headline)
    kept: list[Part] = [Part(headline, Zone.HEADLINE)]
    seen = 0
    for part in parts:
        if seen < _LOOK_FOR_REPEAT and same_line_key(part.text) == key:
            if keep_repeat:
                kept.append(Part(part.text, Zone.FURNITURE))
            continue
        if part.zone is Zone.HEADLINE:  # another title than the one claimed
            part = Part(part.text, Zone.FURNITURE)
        seen += part.zone in (Zone.BODY, Zone.LEDE)
        kept.append(part)
    return kept


def tags_part(tags: Sequence[str]) -> list[Part]:
    """Return the claimed tags as one part, or none."""
    names = dict.fromkeys(name for tag in tags if (name := " ".join(tag.split())))
    return [Part(", ".join(names), Zone.TAGS)] if names else []


def same_line_key(text: str) -> str:
    """Return what two spellings of one line share: letters and digits, case folded."""
    return "".join(filter(str.isalnum, clean(text).casefold()))
