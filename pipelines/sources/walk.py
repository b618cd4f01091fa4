"""Which files a source means: a file, a folder (walked in order) or the members of a zip archive.

Rules: hidden files are skipped; the sidecar is read and not ingested; every other file comes out,
to be read or to be logged with the reason why not. Files come in order of their names, or, where
the names tell the time of collection, in that order.
"""

import os
import stat
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, cast

from pipelines.config import SourceConfig
from pipelines.errors import SourceError
from pipelines.sources.fetch_time import name_pattern, time_in_name, user_instant
from pipelines.sources.raw import said_of
from pipelines.sources.recognise import HEAD, document_of
from pipelines.sources.sidecar import Said, read_sidecar, sidecar_of

_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Found:
    """One file to read, with the settings that hold for it."""

    spec: SourceConfig
    locator: str
    path: Path
    member: str = ""  # of a zip archive
    size: int = 0
    fetched_at: datetime | None = None
    title: str = ""
    in_folder: bool = False  # found, not named by the user
    remark: str = ""
    problem: str = ""  # why it is not read

    def open(self) -> BinaryIO:
        """Open the file's bytes as stored; seekable."""
        if not self.member:
            return self.path.open("rb")
        with zipfile.ZipFile(self.path) as archive:
            return cast(BinaryIO, archive.open(self.member))


def find_files(spec: SourceConfig) -> Iterator[Found]:
    """Yield the files of a source in the order they are to be read.

    Raises SourceError where the location is not there or a setting cannot be used. What a sidecar
    names and the folder does not hold comes out with a `problem`.
    """
    path = Path(spec.location)
    is_folder, sidecar = _looked_at(spec, path)
    if not is_folder:
        yield from _in_time_order(spec, [_named_file(spec, path)])
        return
    said = read_sidecar(sidecar) if sidecar else {}
    # A sidecar lies in the folder it is about, or anywhere: then no name matches.
    names = [n for n in _names(path) if not sidecar or (path / n).absolute() != sidecar.absolute()]
    remark = ""
    if spec.url:
        remark = "`url` is one address and was not given to all files; use a sidecar"
        spec = replace(spec, url="")
    files = [_of_sidecar(spec, path, name, said) for name in names]
    yield from _in_time_order(spec, [replace(f, remark=f.remark or remark) for f in files])
    yield from _named_in_vain(spec, path, names, said)


def _named_file(spec: SourceConfig, path: Path) -> Found:
    found = _found(spec, path, path.name, Said())
    if spec.sidecar:
        remark = "`sidecar` is about the files of a folder and was not used"
        return replace(found, remark=found.remark or remark)
    return found


def _looked_at(spec: SourceConfig, path: Path) -> tuple[bool, Path | None]:
    """Return whether a place is a folder, and the sidecar that goes with it."""
    try:
        if not path.exists():
            where = "check `location`, or the working folder"
            raise SourceError(f"{spec.location} is not there; {where}")
        is_folder = path.is_dir()
        return is_folder, sidecar_of(spec, path) if is_folder else None
    except OSError as error:  # a folder on the way, or this one, is closed to this user
        raise SourceError(f"{spec.location} cannot be opened: {said_of(error)}") from error


def _named_in_vain(
    spec: SourceConfig, folder: Path, names: list[str], said: Mapping[str, Said]
) -> Iterator[Found]:
    known = {*names, *(name.rpartition("/")[2] for name in names)}
    for name in said:
        if name not in known:
            problem = "named in the sidecar and not in the folder"
            yield Found(spec, str(folder / name), folder / name, problem=problem)


def _names(folder: Path) -> list[str]:
    """Return the paths of all files below a folder, sorted; hidden ones left out.

    Links to folders and folders that cannot be listed are among them, so that they are logged.
    """
    closed: list[OSError] = []
    names = []
    for base, folders, files in os.walk(folder, onerror=closed.append):
        # os.walk does not follow links to folders (they may lead in circles), so these are logged.
        # os.path's test is no error where a folder may be listed and not entered.
        links = [name for name in folders if os.path.islink(os.path.join(base, name))]
        folders[:] = [name for name in folders if not name.startswith(".")]
        names += [
            (Path(base) / name).relative_to(folder).as_posix()
            for name in [*files, *links]
            if not name.startswith(".")
        ]
    names += [Path(error.filename).relative_to(folder).as_posix() for error in closed]
    return sorted(names)


def _of_sidecar(spec: SourceConfig, folder: Path, name: str, said: Mapping[str, Said]) -> Found:
    words = said.get(name) or said.get(name.rpartition("/")[2]) or Said()
    return replace(_found(spec, folder / name, name, words), in_folder=True)


def _found(spec: SourceConfig, path: Path, name: str, said: Said) -> Found:
    spec = said.over(spec)
    pattern = name_pattern(spec)
    fetched_at = user_instant(spec.fetched_at)
    remark = problem = ""
    if not fetched_at and pattern:
        fetched_at = time_in_name(Path(name).name, pattern)
        remark = "" if fetched_at else "the file name does not match fetched_at_pattern"
    size = 0
    try:
        status = path.stat()
        size = status.st_size
        if not stat.S_ISREG(status.st_mode):  # reading a pipe or a device would never end
            problem = _of_no_file(path)
    except OSError as error:
        problem = f"cannot be opened: {error.strerror}"
    return Found(
        spec,
        str(path),
        path,
        size=size,
        fetched_at=fetched_at,
        title=said.title,
        remark=remark,
        problem=problem,
    )


def _of_no_file(path: Path) -> str:
    if not path.is_dir():
        return "neither a file nor a folder"
    if path.is_symlink():
        return "a link to a folder, which is not followed; name it as a source of its own"
    return "a folder that this user may not list; nothing in it was read"


def _in_time_order(spec: SourceConfig, files: list[Found]) -> Iterator[Found]:
    if name_pattern(spec):
        files = sorted(files, key=lambda found: found.fetched_at or _LAST)
    for found in files:
        yield from _members(found) if not found.problem and _is_zip(found.path) else (found,)


def _is_zip(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
    except OSError:
        return False
    return head.startswith(b"PK\x03\x04") and not document_of(head)


def _members(found: Found) -> Iterator[Found]:
    """Yield the files in a zip archive by name, or the archive itself with what is wrong."""
    try:
        with zipfile.ZipFile(found.path) as archive:
            infos = sorted(archive.infolist(), key=lambda info: info.filename)
    except (zipfile.BadZipFile, OSError) as error:
        yield replace(found, problem=f"the zip archive cannot be opened: {error}")
        return
    for info in infos:
        if info.is_dir() or any(
            part.startswith((".", "__MACOSX")) for part in Path(info.filename).parts
        ):
            continue
        yield replace(
            found,
            locator=f"{found.locator}/{info.filename}",
            member=info.filename,
            size=info.file_size,
            problem="encrypted; unpack it first" if info.flag_bits & 1 else "",
            in_folder=True,
        )
