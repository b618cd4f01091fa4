"""What a CSV beside a folder says of its files: `file,url,outlet,date,fetched_at,title`."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pipelines.config import SourceConfig
from pipelines.errors import SourceError
from pipelines.sources.columns import listed, normal
from pipelines.sources.encoding import encoding_of
from pipelines.sources.fetch_time import user_instant

COLUMNS = ("file", "url", "outlet", "date", "fetched_at", "title")
DEFAULT_NAME = "sidecar.csv"  # used without being named, where a folder has one


@dataclass(frozen=True, slots=True)
class Said:
    """What the sidecar says of one file; empty: nothing."""

    url: str = ""
    outlet: str = ""
    date: str = ""
    fetched_at: str = ""
    title: str = ""

    def over(self, spec: SourceConfig) -> SourceConfig:
        """Return the source's settings with what is said of this one file put in."""
        return replace(
            spec,
            url=self.url or spec.url,
            outlet=self.outlet or spec.outlet,
            published=self.date or spec.published,
            fetched_at=self.fetched_at or spec.fetched_at,
        )


def sidecar_of(spec: SourceConfig, folder: Path) -> Path | None:
    """Return the sidecar of a folder: the one named in the settings, or its `sidecar.csv`."""
    if spec.sidecar:
        return Path(spec.sidecar)
    default = folder / DEFAULT_NAME
    return default if default.is_file() else None


def read_sidecar(path: Path) -> Mapping[str, Said]:
    """Return what is said of each file, by its path in the folder with forward slashes.

    Raises SourceError for a sidecar that cannot be read, has an unknown column or says two things
    of one file: a date put to the wrong article would be worse than none.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SourceError(f"cannot read the sidecar {path}: {error.strerror}") from error
    lines = content.decode(encoding_of(content), "replace").splitlines()
    rows = csv.reader(lines, strict=True)
    try:
        header = [normal(name) for name in next(rows, [])]
        _check(path, header)
        said: dict[str, Said] = {}
        for row in rows:
            cells = dict(zip(header, (cell.strip() for cell in row), strict=False))
            name = cells.pop("file", "").replace("\\", "/").removeprefix("./")
            if not name and not any(cells.values()):
                continue
            if name in said:
                raise SourceError(f"the sidecar {path} names {name!r} twice; keep one row")
            said[name] = Said(**cells)
            user_instant(said[name].fetched_at, f"fetched_at of {name} in {path.name}")
    except csv.Error as error:
        raise SourceError(
            f"cannot read the sidecar {path}, line {rows.line_num}: {error}; check its quotes"
        ) from error
    return said


def _check(path: Path, header: list[str]) -> None:
    unknown = [name for name in header if name not in COLUMNS]
    if "file" not in header or unknown:
        raise SourceError(
            f"the sidecar {path} has the columns {listed(header)}; "
            f"it needs `file` and may have {', '.join(COLUMNS[1:])}"
        )
