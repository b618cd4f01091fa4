"""Where the rows of a joined file of texts stood first, so that the text index still knows them.

The index knows a text by its version and the file that holds it (`fulltext/rows.py`). A file that
was joined of others has a note in `index/moved/`: the names of the first files, and how many rows
in a row came from each. Without the note its texts are indexed anew, which is slower and not wrong.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipelines.store.files.entries import Part, sync

JOINED = "joined-"  # what the names of such files begin with

Stretch = tuple[str, int]  # name of the first file, rows


def is_joined(path: Path | str) -> bool:
    """Return whether a file was joined of others."""
    return Path(path).name.startswith(JOINED)


def first_places(path: Path, rows: int) -> list[Stretch]:
    """Return where the `rows` rows of a file stood first, in order; without a note there."""
    own = [(path.name, rows)]
    if not is_joined(path):
        return own
    try:
        noted = json.loads(_note(path).read_text(encoding="utf-8"))
        stretches = [(str(name), int(count)) for name, count in noted]
    except (OSError, ValueError, TypeError):
        return own
    return stretches if sum(count for _, count in stretches) == rows else own


def note_moved(table: Path, gone: Sequence[Part], joined: Sequence[Part]) -> None:
    """Note, durably, that the rows of `gone` stand in `joined` now, in the same order."""
    places = (place for part in gone for place in first_places(table / part.name, part.rows))
    for part, stretches in zip(joined, _cut(places, [one.rows for one in joined]), strict=True):
        note = _note(table / part.name)
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_text(json.dumps(stretches), encoding="utf-8")
        sync(note)
        sync(note.parent)


def _cut(stretches: Iterator[Stretch], sizes: Sequence[int]) -> Iterator[list[Stretch]]:
    """Yield the stretches of files of these sizes, which together have all of them."""
    name, left = "", 0
    for size in sizes:
        taken: list[Stretch] = []
        while size:
            if not left:
                name, left = next(stretches)
                continue
            count = min(size, left)
            taken.append((name, count))
            size, left = size - count, left - count
        yield taken


def _note(path: Path) -> Path:
    return path.parents[2] / "index" / "moved" / f"{path.stem}.json"
