"""The command `promote`: a row for a file of names, and what to do next."""

import pytest

from pipelines.cli import main
from pipelines.tagging.entity_table import read_entities


def promoted(folder, monkeypatch, capsys, *words):
    """Return the exit code and all that is printed."""
    monkeypatch.chdir(folder)
    code = main(["promote", *words])
    out = capsys.readouterr()
    return code, out.out + out.err


def test_a_name_is_appended_and_read_back(tmp_path, monkeypatch, capsys):
    for name in ("Jane Doe", "José Roe"):
        code, said = promoted(tmp_path, monkeypatch, capsys, name, "--type", "person")
        assert code == 0
    assert said.splitlines()[:2] == [
        "jose-roe added to my_names.csv",
        'name the file in wirewatch.toml: entities = ["default", "my_names.csv"]',
    ]
    rows = read_entities([str(tmp_path / "my_names.csv")])
    assert [(row.id, row.name, row.short) for row in rows] == [
        ("jane-doe", "Jane Doe", ("Doe",)),
        ("jose-roe", "José Roe", ("Roe",)),
    ]


def test_a_file_in_use_needs_no_naming(tmp_path, monkeypatch, capsys):
    (tmp_path / "wirewatch.toml").write_text('entities = ["default", "names.csv"]')
    (tmp_path / "names.csv").write_text("entity_id,name,type\njane-doe,Jane R. Doe,person")
    words = ("Jane Doe", "--type", "person", "--file", "names.csv")
    code, said = promoted(tmp_path, monkeypatch, capsys, *words)
    assert code == 0
    assert said.startswith("jane-doe-2 added")
    assert "wirewatch.toml" not in said
    assert len(read_entities([str(tmp_path / "names.csv")])) == 2


def test_a_name_that_is_known_by_another_spelling_is_said(tmp_path, monkeypatch, capsys):
    words = ("Sergej Lawrow", "--type", "person")
    code, said = promoted(tmp_path, monkeypatch, capsys, *words)
    assert code == 0
    assert "look whether it is sergei-lavrov by another spelling" in said


WRONG = [
    (("Sergei Lavrov", "--type", "person"), "'Sergei Lavrov' is `sergei-lavrov` already"),
    (("Acme", "--type", "place", "--alias", "NATO"), "'NATO' is `nato` already"),
    (("Джейн", "--type", "person"), "no Latin letter"),
]


@pytest.mark.parametrize(("words", "said"), WRONG, ids=[said for _, said in WRONG])
def test_a_name_that_cannot_be_added_is_refused(tmp_path, monkeypatch, capsys, words, said):
    code, printed = promoted(tmp_path, monkeypatch, capsys, *words)
    assert code == 2
    assert said in printed
    assert not (tmp_path / "my_names.csv").exists()
