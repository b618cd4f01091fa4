"""docs/sources.md is complete: what is not documented fails here, with what to write."""

from pathlib import Path

import pytest

from pipelines.sources import READERS, read_collection
from pipelines.sources.collection import collection_names
from pipelines.sources.columns import FIELDS, NOT_USED, TRANSLATED
from pipelines.sources.sidecar import COLUMNS

DOC = (Path(__file__).resolve().parents[2] / "docs" / "sources.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    return DOC.split(f"## {title}\n")[1].split("\n## ")[0]


@pytest.mark.parametrize("kind", READERS)
def test_every_kind_has_a_row(kind: str) -> None:
    assert f"\n| `{kind}` |" in section("Kinds"), f"add a row for {kind} to docs/sources.md"


@pytest.mark.parametrize("column", COLUMNS)
def test_every_column_of_a_sidecar_has_a_row(column: str) -> None:
    assert f"\n| `{column}` |" in section("Sidecar"), f"add a row for {column}"


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_has_a_row_with_its_columns_in_order(field: str) -> None:
    row, *_ = (
        line
        for line in section("Columns of tables and keys of JSON").splitlines()
        if line.startswith(f"| `{field}` |")
    )
    places = [row.find(f"`{column}`", len(f"| `{field}` |")) for column in FIELDS[field]]
    assert -1 not in places
    assert places == sorted(places)


def test_every_column_of_another_language_is_named() -> None:
    others = section("Columns of tables and keys of JSON").split("in other languages")[1]
    for field, names in TRANSLATED.items():
        (row,) = (line for line in others.splitlines() if line.startswith(f"| `{field}` |"))
        assert row == f"| `{field}` | " + ", ".join(f"`{name}`" for name in names.split()) + " |"


@pytest.mark.parametrize("column", NOT_USED)
def test_every_column_left_alone_is_named(column: str) -> None:
    assert f"`{column}`" in section("Columns of tables and keys of JSON").split("Known and not")[1]


@pytest.mark.parametrize("name", collection_names())
def test_every_collection_is_named_with_its_size(name: str) -> None:
    assert f"`{name}`: {len(read_collection(name))} public feeds" in section("Shipped collections")
