"""Say which bytes a figure was measured on: a folder in, its SHA-256 and number of files out."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

_ABOUT = frozenset({"GUIDELINE.md", "second_keys.json"})  # about our labels, not of them


@dataclass(frozen=True, slots=True)
class Corpus:
    """The fingerprint of a folder of pages with their truths."""

    sha256: str
    files: int


def fingerprint(folder: Path) -> Corpus:
    """Return the SHA-256 over the sorted relative paths, the sizes and the bytes of all files."""
    digest = hashlib.sha256()
    files = (path for path in folder.rglob("*") if path.is_file() and path.name not in _ABOUT)
    named = sorted((path.relative_to(folder).as_posix(), path) for path in files)
    for name, path in named:
        content = path.read_bytes()
        # Without the size a byte could move from one file to the next unseen.
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return Corpus(digest.hexdigest(), len(named))
