"""The README's commands print what the README says."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[1]
_README = (_ROOT / "README.md").read_text(encoding="utf-8")


def _sessions():
    """Yield (command, expected output) for each command of the README that reads the sample."""
    for block in re.findall(r"```console\n(.*?)```", _README, re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            if not command.startswith("make"):
                yield command, output


def test_commands_print_what_the_readme_says(tmp_path):
    if shutil.which("bash") is None:
        pytest.skip("needs bash")
    shutil.copytree(_ROOT / "sample_data" / "clippings", tmp_path / "sample_data" / "clippings")
    sessions = list(_sessions())
    assert len(sessions) == 4
    for command, expected in sessions:
        run = subprocess.run(
            [
                "bash",
                "-o",
                "pipefail",
                "-c",
                command.replace("python ", f"{shlex.quote(sys.executable)} ", 1),
            ],
            cwd=tmp_path,
            env={"PYTHONPATH": str(_ROOT), "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=True,
        )
        assert run.stdout.replace("\r", "") == expected, command


def test_demo_prints_the_outcomes_the_readme_shows():
    truth = (_ROOT / "sample_data" / "planted_truth.json").read_text(encoding="utf-8")
    planted = re.search(r'"outcomes": \{(.*?)\}', truth)
    assert planted
    for name, number in re.findall(r'"(\w+)": (\d+)', planted[1]):
        assert re.search(rf"^{name.replace('_', ' ')} +{number}$", _README, re.MULTILINE), name


@pytest.mark.parametrize("link", re.findall(r"\]\(([^)]+)\)", _README))
def test_links_lead_somewhere(link):
    assert (_ROOT / link).exists()
