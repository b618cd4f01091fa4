"""Make of a store one of an earlier Wirewatch: its commits, and the columns of its tables."""

import json
import shutil
from pathlib import Path

import pyarrow.parquet as pq

_NEW_TABLES = {
    1: ("copies", "definitions", "retagged", "labels", "quotes", "rereads"),
    2: ("definitions", "labels", "retagged", "quotes", "rereads"),
    3: ("quotes", "rereads"),
    4: ("rereads",),
    5: (),
}
# came after this schema
_NEW_COLUMNS = {
    2: ("tagged_in",),
    3: ("names", "about", "dateline"),
    4: ("claims", "read_by"),
    5: ("is_removed", "who", "why"),
}
_NEW_KEYS = {
    1: ("definitions", "generations"),
    2: ("definitions", "generations"),
    3: (),
    4: (),
    5: (),
}


def make_old(store: Path, schema: int) -> None:
    """Take out of `store` what came after `schema`: tables, columns, and what commits say."""
    for name in _NEW_TABLES[schema]:
        shutil.rmtree(store / "tables" / name, ignore_errors=True)
    for since, columns in _NEW_COLUMNS.items():
        # `mentions` have a column `why` from the first schema on.
        tables = ("definitions",) if since == 5 else ("annotations", "mentions", "captures")
        for name in tables if since >= schema else ():
            for column in columns:
                _without_column(store / "tables" / name, column)
    for path in (store / "commits").glob("*.json"):
        commit = json.loads(path.read_text())
        tables = {k: v for k, v in commit["tables"].items() if k not in _NEW_TABLES[schema]}
        commit = {key: value for key, value in commit.items() if key not in _NEW_KEYS[schema]}
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
