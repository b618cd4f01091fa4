"""What the index covers and with which method: `covers.json` in, the segments that count out.

Segments are never changed. A new state of the index is a new `covers.json`, put in place by a
rename; what it does not name is removed afterwards. So a kill leaves the state before or the one
after, and a reader that meets a removed segment reads the file again. An index that is not there,
is of another method or lacks bytes counts as none: it can always be made anew.
"""

import json
import os
import shutil
import unicodedata
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

from pipelines import furniture
from pipelines.article import COUNTED_ZONES
from pipelines.hashing import hash63
from pipelines.querylang import spans, words, words_of
from pipelines.store.files.entries import sync
from pipelines.store.fulltext.segment import Segment, open_segment, sizes_of, sums_of

FORMAT = 2  # of the files; raise it with every change of what they hold
_COVERS = "covers.json"
_DRAFT = ".draft"
_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """A segment as the manifest names it: how large it is, and what its files must look like."""

    name: str
    documents: int
    positions: int
    sizes: dict[str, int]
    sums: dict[str, str]


@lru_cache(maxsize=1)
def method() -> str:
    """Return what an index depends on: the format, the zones that count, and the code that says
    what is furniture in a text and splits the rest into words.
    """
    modules = [Path(str(module.__file__)) for module in (words, words_of, spans, furniture)]
    own = [Path(__file__).with_name(name) for name in ("brackets.py", "documents.py", "sayings.py")]
    code = (path.read_bytes() for path in (*modules, *own))
    return f"{FORMAT}-{hash63(unicodedata.unidata_version, *sorted(COUNTED_ZONES), *code):016x}"


def folder_of(store: Path) -> Path:
    """Return where the text index of a store lies."""
    return store / "index" / "text"


def read_entries(folder: Path) -> list[Entry]:
    """Return the segments that count; none where the index is not of this method."""
    try:
        note = json.loads((folder / _COVERS).read_text(encoding="utf-8"))
        if note["method"] != method():
            return []
        return [Entry(**entry) for entry in note["segments"]]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def tags_of(folder: Path) -> str:
    """Return the hash of what the tags were made with whose quotes the index has; "" for none."""
    try:
        return str(json.loads((folder / _COVERS).read_text(encoding="utf-8"))["tags"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def open_all(folder: Path) -> list[Segment]:
    """Open the segments that count and are whole; one that is not is left out."""
    for _ in range(_ATTEMPTS):
        entries = read_entries(folder)
        opened = [_opened(folder, entry) for entry in entries]
        if None not in opened or read_entries(folder) == entries:
            break  # else a writer has put others in their place meanwhile
    return [segment for segment in opened if segment is not None]


def _opened(folder: Path, entry: Entry) -> Segment | None:
    path = folder / entry.name
    try:
        return open_segment(path) if sizes_of(path) == entry.sizes else None
    except (OSError, ValueError):
        return None


def damage(folder: Path) -> list[str]:
    """Return the folders of segments that are not as they were written, byte for byte."""
    found = []
    for entry in read_entries(folder):
        try:
            whole = sums_of(folder / entry.name) == entry.sums
        except OSError:
            whole = False
        if not whole:
            found.append(str(folder / entry.name))
    return found


def draft_of(folder: Path) -> Path:
    """Return an empty place to write the next segment in."""
    numbers = [int(path.name) for path in folder.glob("[0-9]*") if path.name.isdecimal()]
    draft = folder / f"{max(numbers, default=0) + 1:06d}{_DRAFT}"
    shutil.rmtree(draft, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    return draft


def publish(folder: Path, draft: Path, *, replacing: set[str], documents: int, size: int) -> None:
    """Let the finished segment in `draft` count, in place of those named in `replacing`."""
    final = draft.with_suffix("")
    entry = Entry(final.name, documents, size, sizes_of(draft), sums_of(draft))
    draft.rename(final)
    kept = [one for one in read_entries(folder) if one.name not in replacing]
    write_entries(folder, [*kept, entry])


def write_entries(folder: Path, entries: list[Entry], *, tags: str | None = None) -> None:
    """Let exactly these segments count, and remove all others; `tags` as in `tags_of`, or as is."""
    folder.mkdir(parents=True, exist_ok=True)
    made_with = tags_of(folder) if tags is None else tags
    segments = [asdict(entry) for entry in entries]
    note = {"method": method(), "tags": made_with, "segments": segments}
    draft = folder / f"{_COVERS}{_DRAFT}"
    draft.write_text(json.dumps(note), encoding="utf-8")
    sync(draft)
    os.replace(draft, folder / _COVERS)
    sync(folder)
    named = {entry.name for entry in entries}
    for path in folder.iterdir():
        if path.is_dir() and path.name not in named:
            shutil.rmtree(path, ignore_errors=True)
