"""docs/architecture.md shows the import contracts of pyproject.toml and every part of the tree."""

import re
import tomllib
from pathlib import Path

import pytest

import pipelines.article as records

ROOT = Path(__file__).resolve().parents[1]
DOC = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
    "contracts"
]


def section(title: str) -> str:
    return DOC.split(f"\n## {title}\n")[1].split("\n## ")[0]


def test_the_layers_are_those_of_the_contract() -> None:
    (line,) = (one for one in CONTRACTS if one["name"] == "The line runs one way")
    shown = section("Which way imports run").split("```\n")[1]
    assert shown.split("\n")[:-1] == line["layers"]


@pytest.mark.parametrize("folder", ["pipelines.extraction", "pipelines.store", "dashboard"])
def test_the_rooms_of_a_folder_are_those_of_its_contract(folder: str) -> None:
    (contract,) = (one for one in CONTRACTS if one.get("containers") == [folder])
    name = folder.removeprefix("pipelines.")
    shown = section("Which way imports run").split(f"\n- In `{name}`: ")[1].split(".")[0]
    assert re.findall(r"`([^`]+)`", shown) == contract["layers"]


def test_every_part_of_the_pipeline_has_a_duty() -> None:
    parts = [
        f"pipelines/{path.name}" + ("/" if path.is_dir() else "")
        for path in (ROOT / "pipelines").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").is_file()
    ]
    described = re.findall(r"^\| `(pipelines/[\w./]+)` \|", section("Folders and files"), re.M)
    rooms = {one for one in described if one.rstrip("/").count("/") > 1}
    assert sorted({*described} - rooms) == sorted(parts)
    assert all((ROOT / room).is_dir() for room in rooms)


@pytest.mark.parametrize(
    "path", re.findall(r"^\| `((?:dashboard|tests|sample)[\w./]*)`", DOC, re.M)
)
def test_every_other_path_with_a_duty_is_there(path: str) -> None:
    assert (ROOT / path).exists()


def test_every_record_in_the_table_is_one() -> None:
    named = re.findall(r"^\| `(\w+)` \|", section("The records"), re.M)
    assert [name for name in named if not hasattr(records, name)] == []
