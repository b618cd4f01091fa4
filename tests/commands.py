"""Run commands of the command line in this process, and read what they print."""

import json
from pathlib import Path

import pytest

from pipelines.cli import main


class Commands:
    """The command line over one store."""

    def __init__(self, store: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.store, self._capsys = store, capsys
        self.out = self.err = ""

    def run(self, *words: object) -> int:
        """Run one command, keep its output, return its exit code."""
        code = main([*map(str, words), "--store", str(self.store)])
        self.out, self.err = self._capsys.readouterr()
        return code

    def rows(self, *words: object) -> list[dict]:
        """Run one reading command and return its JSON rows."""
        assert self.run(*words, "--format", "json") == 0, self.err
        return json.loads(self.out)

    def outcomes(self) -> dict[str, int]:
        """Return the table of outcomes the last ingest printed; the last row is the sum."""
        lines = [line.rsplit(maxsplit=1) for line in self.out.splitlines()]
        return {name.strip(): int(number) for name, number in lines if number.isdecimal()}


@pytest.fixture
def commands(tmp_path, capsys, monkeypatch):
    """Return the command line over a new store, in a folder without settings."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WIREWATCH_PROCESSES", "0")  # to start some takes longer than most tests
    return Commands(tmp_path / "store", capsys)
