"""What changed between two versions goes in, safe HTML that shows it comes out.

Removed words are struck through on vermilion, added ones underlined on bluish green: two hues of
Okabe and Ito's palette, which stay apart for the colour-blind. The lines tell them apart without
colour, and words that only a screen reader reads say "removed" and "added". Every character of the
texts is escaped.
"""

from collections.abc import Iterable, Mapping, Sequence

from dashboard.escape import escape_html
from pipelines.analysis.edits import Comparison
from pipelines.article import Zone
from pipelines.edits import Edit, EditKind, Piece, TagChange

# Not seen, but read aloud; `display:none` would not be read.
_ALOUD = (
    '<span style="position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);'
    'white-space:nowrap">{} </span>'
)
_PIECES = {
    EditKind.REMOVED: (
        "del",
        "background:rgba(213,94,0,0.25);text-decoration:line-through",
        "removed:",
    ),
    EditKind.ADDED: (
        "ins",
        "background:rgba(0,158,115,0.25);text-decoration:underline;text-decoration-thickness:2px",
        "added:",
    ),
}
_SIGNS = {
    EditKind.REMOVED: "− removed",
    EditKind.ADDED: "+ added",
    EditKind.CHANGED: "± changed",
    EditKind.MOVED: "↕ moved",
}
_PARAGRAPH = (
    '<div style="margin:0 0 .8rem"><small style="opacity:.75">{sign} · {zone}</small>'
    '<p dir="auto" style="margin:0;{style}">{words}</p></div>'
)
_STAYED = '<p style="margin:0 0 .8rem;opacity:.75"><small>{} unchanged</small></p>'


def changes_html(edits: Sequence[Edit]) -> str:
    """Return the changed paragraphs in order; unchanged ones between are counted in one line."""
    parts = []
    stayed = 0
    for edit in edits:
        if edit.kind is EditKind.SAME:
            stayed += 1
            continue
        parts += [_stayed(stayed), _paragraph(edit)]
        stayed = 0
    parts.append(_stayed(stayed))
    return f'<div lang="" class="ww-text" style="overflow-wrap:anywhere">{"".join(parts)}</div>'


def summary(comparison: Comparison) -> str:
    """Return in one line what lies between two versions."""
    old, new = comparison.versions
    if comparison.is_enrichment:
        before, after = (kind.replace("_", " ") for kind in comparison.kinds)
        same = all(one.kind is EditKind.SAME for one in comparison.edits)
        found = "Their headlines are the same." if same else "Only the headlines are compared."
        return f"Version {old} is a {before} and version {new} a {after}: not an edit. {found}"
    again = f"Version {new} is version {old}, read again by a later Wirewatch: nobody edited it. "
    said = again if comparison.read_again else ""
    counts = {
        kind: sum(one.kind is kind for one in comparison.edits)
        for kind in (EditKind.CHANGED, EditKind.REMOVED, EditKind.ADDED, EditKind.MOVED)
    }
    parts = [f"{n} {kind}" for kind, n in counts.items() if n]
    return said + (f"Paragraphs: {', '.join(parts)}" if parts else "No word changed.")


def tag_lines(tags: Iterable[TagChange], names: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Return for each tag how often it was mentioned before and is now."""
    fields = {"topic": "topics", "entity": "entities", "country": "mentioned"}
    lines = []
    for one in tags:
        name = names.get(fields.get(one.kind, ""), {}).get(one.tag, one.tag)
        now = f"{one.after} now" if one.after else "removed since"
        lines.append(f"{name} ({one.kind}): {one.before} before, {now}")
    return lines


def _stayed(number: int) -> str:
    words = f"{number} paragraph{'' if number == 1 else 's'}"
    return _STAYED.format(words) if number else ""


def _paragraph(edit: Edit) -> str:
    return _PARAGRAPH.format(
        sign=_SIGNS[edit.kind],
        zone=edit.zone,
        style="font-weight:600" if edit.zone is Zone.HEADLINE else "",
        words="".join(map(_piece, edit.pieces)),
    )


def _piece(piece: Piece) -> str:
    if piece.kind is EditKind.SAME:
        return escape_html(piece.text)
    tag, style, aloud = _PIECES[piece.kind]
    words = piece.text.strip()
    before, after = piece.text[: piece.text.find(words)], piece.text[len(piece.text.rstrip()) :]
    marked = f'<{tag} style="{style}">{_ALOUD.format(aloud)}{escape_html(words)}</{tag}>'
    return f"{before}{marked}{after}"
