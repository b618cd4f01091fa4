"""Make of a store one of an earlier Wirewatch: its commits, and the columns of its tables."""

import json
import shutil
from pathlib import Path

import pyarrow.parquet as pq

_NEW_TABLES = {
    1: ("copies", "definitions", "retagged", "labels"),
    2: ("definitions", "labels", "retagged"),
}
_NEW_KEYS = ("definitions", "generations")


def make_old(store: Path, schema: int) -> None:
    """Take out of `store` what came after `schema`: tables, columns, and what commits say."""
    for name in _NEW_TABLES[schema]:
        shutil.rmtree(store / "tables" / name, ignore_errors=True)
    for name in ("annotations", "mentions"):
        _without_column(store / "tables" / name, "tagged_in")
    for path in (store / "commits").glob("*.json"):
        commit = json.loads(path.read_text())
        tables = {k: v for k, v in commit["tables"].items() if k not in _NEW_TABLES[schema]}
        commit = {key: value for key, value in commit.items() if key not in _NEW_KEYS}
        path.write_text(json.dumps({**commit, "tables": tables, "schema": schema}))


def _without_column(table: Path, column: str) -> None:
    for path in table.glob("*.parquet"):
        rows = pq.read_table(path)
        pq.write_table(rows.drop_columns([column]) if column in rows.column_names else rows, path)
    for path in (table / "_delta_log").glob("*.json"):
        entries = [json.loads(line) for line in path.read_text().splitlines()]
        for entry in entries:
            if "metaData" in entry:
                fields = json.loads(entry["metaData"]["schemaString"])
                fields["fields"] = [one for one in fields["fields"] if one["name"] != column]
                entry["metaData"]["schemaString"] = json.dumps(fields)
            if "add" in entry:
                entry["add"]["size"] = (table / entry["add"]["path"]).stat().st_size
        path.write_text("\n".join(map(json.dumps, entries)))
