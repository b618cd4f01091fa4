"""docs/commands.md knows every command and option, and its examples print what it says."""

import argparse
import re
import shlex
from doctest import ELLIPSIS, OutputChecker
from pathlib import Path

import pytest

from pipelines.cli import main, make_parser

PAGE = Path(__file__).resolve().parents[1] / "docs" / "commands.md"
DOC = PAGE.read_text(encoding="utf-8")


def commands(
    parser: argparse.ArgumentParser, above: str = ""
) -> dict[str, argparse.ArgumentParser]:
    """Return every command by its words, those below another behind it."""
    found = {}
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                found[f"{above}{name}"] = below
                found |= commands(below, f"{above}{name} ")
    return found


COMMANDS = commands(make_parser())


def section(title: str) -> str:
    return DOC.split(f"\n## {title}\n")[1].split("\n## ")[0]


def words_of(command: str) -> str:
    """Return the name of the command that a command line runs."""
    words = command.split()[3:5]
    return " ".join(words) if " ".join(words) in COMMANDS else words[0]


def options(title: str) -> list[str]:
    """Return the options in the rows of a section and of the sections its `Options:` line names."""
    text = section(title)
    shared = re.findall(r"\[(\w+)\]\(#", next(iter(re.findall(r"^Options: .*", text, re.M)), ""))
    found = re.findall(r"^\| `(-[\w-]+)", text, re.M)
    return found + [option for name in shared for option in options(name.capitalize())]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_a_command_has_one_row_and_no_other_has(name: str) -> None:
    known = [
        option
        for action in COMMANDS[name]._actions
        for option in action.option_strings
        if option != "-h"
    ]
    assert sorted(options(f"`{name}`")) == sorted(known), "see docs/commands.md"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_choice_and_argument_of_a_command_is_named(name: str) -> None:
    shared = ("Series", "Filters", "Time", "Output")
    text = "".join(map(section, (f"`{name}`", *shared))).replace("\\|", "|")
    for action in COMMANDS[name]._actions:
        if isinstance(action, argparse._SubParsersAction):
            continue  # commands of their own
        words = [str(choice) for choice in action.choices or ()]
        words += [] if action.option_strings else [str(action.metavar or action.dest).upper()]
        assert [word for word in words if f"`{word}`" not in text] == []


def test_no_other_command_is_documented() -> None:
    documented = re.findall(r"^## `(.+)`$", DOC, re.M)
    assert documented == list(COMMANDS)


def examples() -> list[tuple[str, str]]:
    """Return every command of the page with what it prints."""
    blocks = re.findall(r"```console\n(.*?)```", DOC, re.DOTALL)
    pairs = [part.partition("\n") for block in blocks for part in ("\n" + block).split("\n$ ")[1:]]
    return [(command, output) for command, _, output in pairs]


def test_every_command_has_an_example() -> None:
    shown = {words_of(command) for command, _ in examples()}
    assert set(COMMANDS) - shown == {"demo"}  # it serves until it is stopped


def test_the_examples_print_what_the_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    files = re.findall(r"`(\w+\.jsonl)`[^`]*```json\n(.*?)```", DOC, re.DOTALL)
    assert len(files) == DOC.count("```json\n")
    for name, rows in files:
        (tmp_path / name).write_text(rows, encoding="utf-8")
    for command, wanted in examples():
        words = shlex.split(command)
        assert words[:3] == ["python", "-m", "pipelines"]
        main(words[3:])
        out, err = capfd.readouterr()
        printed = "\n".join(line.rstrip() for line in (err + out).rstrip().splitlines())
        same = OutputChecker().check_output(wanted.rstrip(), printed, ELLIPSIS)
        assert same, f"{command}\n{printed}"
