"""A text, its zones and its mentions go in, safe HTML with marked spans comes out.

Every character of the text is escaped; only our own tags stand around it. Parts that never count
(bylines, related headlines, page furniture) are pale; where many lines of them stand together they
are folded away behind a line that says what is there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from dashboard.escape import escape_html
from pipelines.article import COUNTED_ZONES, Zone, ZoneSpan

_MARK = (
    '<mark title="{title}" style="background:rgba(255,190,0,0.38);color:inherit;'
    'padding:0 1px;border-radius:2px">{text}</mark>'
)
_PLACE = (
    '<mark{anchor} title="{title}" style="background:rgba(0,114,178,0.25);color:inherit;'
    'scroll-margin-top:5rem;border-bottom:2px solid rgba(0,114,178,0.8)">{text}</mark>'
)
PLACE = "ww-place"  # the anchor of the place that a link names
_ZONE_STYLES = {
    Zone.HEADLINE: "font-weight:600;font-size:1.15rem",
    Zone.SUBHEAD: "font-weight:600",
    Zone.LEDE: "",
    Zone.BODY: "",
}
_PALE = "opacity:0.6;font-size:0.9rem"
_MARGINS = {
    Zone.RELATED: "related stories",
    Zone.TAGS: "tags",
    Zone.FURNITURE: "page furniture",
}
_UNFOLDED_LINES = 3
_FOLD = (
    '<details style="margin:0 0 .7rem">'
    '<summary style="cursor:pointer;opacity:.75;font-size:.9rem">'
    "{names}: {lines} lines, not counted</summary>"
    '<div style="margin:.5rem 0 0 1rem">{content}</div></details>'
)


@dataclass(frozen=True, slots=True)
class Marked:
    """One span to mark, and what to call it."""

    start: int
    end: int
    name: str
    is_place: bool = False  # the one that the link names


def marked_html(text: str, zones: Sequence[ZoneSpan], marks: Iterable[Marked]) -> str:
    """Return `text` as paragraphs by zone, with each span of `marks` in a `<mark>`.

    Overlapping spans become adjoining marks that name all tags they stand for.
    """
    ordered = sorted(marks, key=lambda one: (one.start, one.end, one.name))
    parts = []
    spans = zones or [ZoneSpan(0, len(text), Zone.BODY)]
    for margin, run in groupby(spans, key=lambda span: span.zone in _MARGINS):
        together = list(run)
        content = "".join(_paragraph(text, zone, ordered) for zone in together)
        parts.append(_folded(text, together, content) if margin else content)
    return f'<div lang="" class="ww-text" style="overflow-wrap:anywhere">{"".join(parts)}</div>'


def _paragraph(text: str, zone: ZoneSpan, marks: Sequence[Marked]) -> str:
    inside = [one for one in marks if one.start < zone.end and one.end > zone.start]
    style = _ZONE_STYLES.get(zone.zone, "" if zone.zone in COUNTED_ZONES else _PALE)
    end = zone.start + len(text[zone.start : zone.end].rstrip("\n"))
    body = _marked(text, replace(zone, end=end), inside).replace("\n", "<br>")
    return f'<p dir="auto" style="margin:0 0 .7rem;{style}">{body}</p>' if body else ""


def _folded(text: str, zones: Sequence[ZoneSpan], content: str) -> str:
    """Return what stands beside the article behind a line that opens it; a few lines as is."""
    lines = text[zones[0].start : zones[-1].end].strip("\n").count("\n") + 1
    if lines <= _UNFOLDED_LINES:
        return content
    names = ", ".join(dict.fromkeys(_MARGINS[zone.zone] for zone in zones))
    return _FOLD.format(names=names.capitalize(), lines=lines, content=content)


def sentences_html(sentences: Iterable[tuple[str, str, str]]) -> str:
    """Return a list of (sentence, words, remark) with the words marked and the remark below."""
    items = "".join(
        f'<li style="margin:0 0 .6rem"><span dir="auto">{_with_words(sentence, words)}</span>'
        f'<br><small style="opacity:.75">{escape_html(remark)}</small></li>'
        for sentence, words, remark in sentences
    )
    return f'<ol style="padding-left:1.4rem;overflow-wrap:anywhere">{items}</ol>'


def _with_words(sentence: str, words: str) -> str:
    parts = [escape_html(part) for part in sentence.split(words)] if words else [sentence]
    mark = _MARK.format(title=escape_html(words), text=escape_html(words))
    return mark.join(parts) if words else escape_html(sentence)


def _marked(text: str, zone: ZoneSpan, marks: Sequence[Marked]) -> str:
    edges = {zone.start, zone.end}
    for one in marks:
        edges |= {max(one.start, zone.start), min(one.end, zone.end)}
    cuts = sorted(edges)
    return "".join(
        _piece(text[start:end], start, [one for one in marks if one.start <= start < one.end])
        for start, end in pairwise(cuts)
    )


def _piece(text: str, start: int, marks: Sequence[Marked]) -> str:
    if not marks:
        return escape_html(text)
    title = escape_html(", ".join(dict.fromkeys(one.name for one in marks)))
    place = next((one for one in marks if one.is_place), None)
    if place is None:
        return _MARK.format(title=title, text=escape_html(text))
    anchor = f' id="{PLACE}"' if place.start == start else ""
    return _PLACE.format(anchor=anchor, title=title, text=escape_html(text))
