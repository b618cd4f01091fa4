"""A report in, what no longer holds of it out: changed files, numbers that are others by now.

Three questions, each answered on its own: is every file the one that was made; does the store, in
the version the report names, still give these bytes; is the code the one that made it. What the
manifest says in words is checked where the code is the same: other code may word it otherwise.
"""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from itertools import zip_longest
from pathlib import Path
from urllib.parse import parse_qsl

from pipelines.analysis.labels import countries_shown_as, show_countries_as
from pipelines.errors import ReportUnreadable, StoreMissing, why
from pipelines.query import Query, query_from_params
from pipelines.reports.bundle import (
    FILES,
    FORMAT,
    MANIFEST,
    README,
    code_hash,
    make_manifest,
    make_readme,
)
from pipelines.reports.csv_report import to_csv
from pipelines.store import Store, open_store

_SAID = ("heading", "as_of", "names", "series", "within", "filters", "hidden", "definitions")
_ANY_TIME = datetime.fromtimestamp(0, UTC)  # when a report was made is nobody's to check
_NAME = re.compile(r"report redo (.+) NEW\.zip")


class Doubt(StrEnum):
    """What a finding says of a report."""

    CHANGED = "changed"  # a file is not the one that was made
    DIFFERS = "differs"  # the store gives other numbers now
    GONE = "gone"  # cannot be made again: the version or the store is not there
    CODE = "code"  # made by other code; a note, not a fault


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not hold, in which file of the report."""

    doubt: Doubt
    file: str
    what: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A report as read back: its manifest, and its files by name."""

    manifest: Mapping[str, object]
    files: Mapping[str, bytes]

    @property
    def query(self) -> Query:
        """Return the question, with the version of the store it was asked of.

        Raises ReportUnreadable where the link has something this Wirewatch does not know.
        """
        link = str(self.manifest["link"]).removeprefix("?")
        query, notes = query_from_params(parse_qsl(link, keep_blank_values=True))
        if notes:
            raise ReportUnreadable(f"cannot read the report's question: {' '.join(notes)}")
        return replace(query, snap=int(str(self.manifest["store_version"])))

    @property
    def kinds(self) -> list[str]:
        """Return the kinds of its files that this Wirewatch makes."""
        return [kind for entry in _entries(self).values() if (kind := str(entry["kind"])) in FILES]


def read_report(path: Path) -> Kept:
    """Return the report at `path`; ReportUnreadable where it is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        manifest = json.loads(files[MANIFEST])
        if manifest["format"] != FORMAT:
            made = manifest["format"]
            raise ReportUnreadable(f"{path} has format {made}, this Wirewatch reads {FORMAT}")
        needed = ("link", "store_version", "code", "files")
        if missing := [name for name in needed if name not in manifest]:
            raise ReportUnreadable(f"the manifest of {path} lacks `{missing[0]}`")
    except KeyError as error:
        what = f"cannot read {path} as a report: it has no {error}"
        raise ReportUnreadable(what) from error
    except (OSError, zipfile.BadZipFile, TypeError, ValueError) as error:
        raise ReportUnreadable(f"cannot read {path} as a report: {why(error)}") from error
    return Kept(manifest, files)


def verify_report(report: Kept, store: Path) -> list[Finding]:
    """Return what does not hold of a report, in the order of its files; nothing if all does."""
    findings = _changed(report)
    if report.manifest["code"] != code_hash():
        findings.append(Finding(Doubt.CODE, MANIFEST, "the report was made by other code"))
    try:
        opened = open_store(store, snap=report.query.snap)
    except StoreMissing as error:
        return [*findings, Finding(Doubt.GONE, MANIFEST, str(error))]
    shown = countries_shown_as()
    named = report.manifest.get("country_names", {})
    try:
        show_countries_as(named if isinstance(named, dict) else {})  # as they were called then
        return findings + _said_otherwise(report, opened) + _differing(report, opened)
    finally:
        show_countries_as(shown)
        opened.close()


def _entries(report: Kept) -> dict[str, Mapping[str, object]]:
    entries = report.manifest["files"]
    if not isinstance(entries, list):
        raise ReportUnreadable("the report's manifest does not list its files")
    return {str(entry["name"]): entry for entry in entries}


def _changed(report: Kept) -> list[Finding]:
    """Return the files that are missing, not listed, or not the bytes that the manifest names."""
    entries = _entries(report)
    extra = report.files.keys() - entries.keys() - {MANIFEST, README}
    findings = [Finding(Doubt.CHANGED, name, "is not in the manifest") for name in sorted(extra)]
    for name, entry in entries.items():
        content = report.files.get(name)
        if content is None:
            findings.append(Finding(Doubt.CHANGED, name, "is missing"))
        elif hashlib.sha256(content).hexdigest() != entry["sha256"]:
            findings.append(Finding(Doubt.CHANGED, name, "was changed after the report was made"))
    return findings + _readme(report)


def _readme(report: Kept) -> list[Finding]:
    """Return whether the README, which people read first, is not the manifest's."""
    content = report.files.get(README)
    if content is None:
        return [Finding(Doubt.CHANGED, README, "is missing")]
    name = _NAME.search(content.decode("utf-8", "replace"))
    if name and content == make_readme(str(report.manifest.get("heading")), name[1]):
        return []
    if report.manifest["code"] != code_hash():  # a later Wirewatch may word it otherwise
        return []
    return [Finding(Doubt.CHANGED, README, "was changed after the report was made")]


def _said_otherwise(report: Kept, store: Store) -> list[Finding]:
    """Return what the manifest says of the question that the store and this code do not."""
    if report.manifest["code"] != code_hash():
        return []
    now = make_manifest(store, report.query, _ANY_TIME, [])
    plain = json.loads(json.dumps(now))
    changed = [key for key in _SAID if report.manifest.get(key) != plain[key]]
    what = f"`{'`, `'.join(changed)}` is not what this version of the store says"
    return [Finding(Doubt.DIFFERS, MANIFEST, what)] if changed else []


def _differing(report: Kept, store: Store) -> list[Finding]:
    findings = []
    for name, entry in _entries(report).items():
        kind = str(entry["kind"])
        if kind not in FILES:
            findings.append(Finding(Doubt.GONE, name, f"this Wirewatch makes no file {kind!r}"))
            continue
        now = to_csv(FILES[kind](store, report.query), kind, bom=True)
        if hashlib.sha256(now).hexdigest() != entry["sha256"]:
            what = _first_difference(report.files.get(name, b""), now)
            findings.append(Finding(Doubt.DIFFERS, name, what))
    return findings


def _first_difference(kept: bytes, now: bytes) -> str:
    """Return the first line at which two files part, in words."""
    old, new = (content.decode("utf-8-sig", "replace").split("\r\n") for content in (kept, now))
    pairs = zip_longest(old, new)
    for number, (before, after) in enumerate(pairs, 1):
        if before != after:
            shown = "no line" if after is None else f"“{after[:80]}”"
            was = "no line" if before is None else f"“{before[:80]}”"
            return f"the store gives other numbers: line {number} was {was}, is {shown}"
    return "the store gives other numbers than the manifest names"
