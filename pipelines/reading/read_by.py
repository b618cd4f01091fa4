"""What decides how captures are read, in; a hash of it out, by which later code is told apart."""

from collections.abc import Sequence
from pathlib import Path

from pipelines.article import Extraction
from pipelines.config import DEFAULT
from pipelines.hashing import hash63

_DECIDE = (
    "extraction",
    "syndication",
    "reading/reader.py",
    "dates.py",
    "date_evidence.py",
    "date_formats.py",
    "calendars",
    "language.py",
    "outlets.py",
    "outlets_default.csv",
    "urls.py",
    "charset.py",
    "querylang/words.py",
)
_CODE = (".py", ".csv", ".tsv", ".toml", ".txt", ".json")


def read_by(extraction: Extraction, outlets: Sequence[str]) -> str:
    """Return the hash of the code and tables that read a capture, and of two settings.

    `outlets` are the files of that setting. The versions of libraries are pinned, and not in it.
    """
    here = Path(__file__).parents[1]
    files = [path for name in _DECIDE for path in _files(here / name)]
    own = [Path(name).read_bytes() for name in outlets if name != DEFAULT]
    return f"{hash63(extraction, *(path.read_bytes() for path in files), *own):016x}"


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return sorted(one for one in path.rglob("*") if one.suffix in _CODE)
