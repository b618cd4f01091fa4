"""Records as plain rows for golden files: what differs from the default, bytes as text."""

import json
from collections.abc import Iterable
from dataclasses import MISSING, fields
from datetime import date, datetime
from pathlib import Path

from pipelines.article import Capture, DateEvidence, Fetch


def as_rows(records: Iterable[Fetch | Capture], folder: Path) -> list[dict[str, object]]:
    """Return records as JSON-ready rows, places named relative to `folder`."""
    rows = []
    for record in records:
        row = {"record": type(record).__name__.lower(), **_row(record)}
        row["locator"] = str(row["locator"]).replace(f"{folder}/", "")
        del row["source"]
        rows.append(row)
    return rows


def _row(record: Fetch | Capture | DateEvidence) -> dict[str, object]:
    pairs = ((field, getattr(record, field.name)) for field in fields(record))
    return {
        field.name: _plain(value)
        for field, value in pairs
        if field.default is MISSING or value != field.default
    }


def _plain(value: object) -> object:
    if isinstance(value, bytes):
        return value.decode("utf-8", "backslashreplace")
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_row(v) if isinstance(v, DateEvidence) else v for v in value]
    return value


def dumped(rows: list[dict[str, object]]) -> str:
    """Return rows as the text of a golden file."""
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
