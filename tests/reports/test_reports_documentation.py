"""docs/reports.md describes every file and every column, in the order of the files."""

import re
from pathlib import Path

import pytest

from pipelines.reports.columns import COLUMNS

DOC = (Path(__file__).resolve().parents[2] / "docs" / "reports.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("what", COLUMNS)
def test_every_column_of_a_file_is_described_in_its_order(what: str) -> None:
    section = DOC.split(f"\n## `{what}`\n")[1].split("\n## ")[0]
    described = re.findall(r"^\| `(\w+)` \|", section, re.M)
    assert described == list(COLUMNS[what]), f"mend the table of `{what}` in docs/reports.md"


def test_no_other_file_is_described() -> None:
    assert re.findall(r"^## `(\w+)`$", DOC, re.M) == list(COLUMNS)
