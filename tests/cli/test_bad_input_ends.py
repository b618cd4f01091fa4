"""Bad input of every kind: a counted, explained end, and the rest of the batch stored."""

import gzip
import json
import os

import pytest

_TEXT = (
    "Sergei Lavrov spoke of Syria in Moscow on Monday and said that the talks in Geneva would go "
    "on until the Security Council had heard every side of the conflict."
)
_GOOD = json.dumps({"url": "https://good.example/1", "title": "Good", "text": _TEXT})
_DEEP = 20_000
_CASES = {
    "empty.txt": (b"", "failed", "empty"),
    "cut.xml": (b'<?xml version="1.0"?><rss><channel><item><title>Cut off in the m', None, ""),
    "picture.jpg": (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(256)) * 40, None, ""),
    "half.jsonl": (f"{_GOOD}\nnot json at all\n".encode(), "quarantined", "JSON"),
    "columns.csv": (b"colour,size\nred,7\nblue,8\n", "failed", "columns = {"),
    "nul.txt": (f"A head\x00line\n\n{_TEXT} \x00\x00 end".encode(), None, ""),
    "line.jsonl": (b'{"text": "' + b"x" * 5_000_000, "quarantined", ""),
    "deep.jsonl": (b'{"text": ' + b"[" * _DEEP + b"]" * _DEEP + b"}", "quarantined", ""),
    "deep.html": (b"<html><body>" + b"<div>" * _DEEP + b"deep", None, ""),
    "utf16.txt": (f"Headline\n\n{_TEXT}".encode("utf-16"), "stored", ""),
    "latin.txt": (f"Überfall in Köln\n\n{_TEXT} Größe.".encode("cp1252"), "stored", ""),
}


@pytest.mark.parametrize("name", _CASES)
def test_bad_file_is_counted_and_explained_and_the_next_is_stored(commands, tmp_path, name):
    content, outcome, words = _CASES[name]
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / name).write_bytes(content)
    (folder / "zz-good.jsonl").write_text(_GOOD.replace("good.example", "last.example"))
    code = commands.run("ingest", folder)
    outcomes = commands.outcomes()
    assert outcomes.pop("captures") == sum(outcomes.values())
    assert "Traceback" not in commands.err
    bad = {"failed", "quarantined", "unsupported"} & outcomes.keys()
    assert code == (1 if bad else 0)
    if outcome:
        assert outcomes[outcome]
    ends = outcomes.keys() - {"stored", "duplicate"}
    for end in ends:
        reasons = [line for line in commands.err.splitlines() if line.startswith(end[:6])]
        assert any(words in line and len(line) > len(name) + 20 for line in reasons)
    assert "https://last.example/1" in {row["url"] for row in commands.rows("articles")}


def test_ten_megabytes_of_html_are_read_or_refused(commands, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    filler = "<p>Nothing of note was said in the corridors of the palace today.</p>\n"
    page = f"<html><body><article><h1>Long</h1><p>{_TEXT}</p>{filler * 145_000}</article></body>"
    (folder / "a.html").write_text(page)
    assert (folder / "a.html").stat().st_size > 10_000_000
    (folder / "zz-good.jsonl").write_text(_GOOD)
    commands.run("ingest", folder)
    outcomes = commands.outcomes()
    assert outcomes.pop("captures") == sum(outcomes.values()) == 2
    assert "https://good.example/1" in {row["url"] for row in commands.rows("articles")}


def test_an_archive_that_breaks_off_is_no_success(commands, tmp_path):
    rows = [{"title": f"T {n}", "text": _TEXT, "why": os.urandom(99).hex()} for n in range(40)]
    packed = gzip.compress("\n".join(map(json.dumps, rows)).encode())
    (tmp_path / "a.jsonl.gz").write_bytes(packed[:-1000])
    assert commands.run("ingest", "a.jsonl.gz") == 1
    assert commands.outcomes()["failed"] == 1
    assert 1 < commands.outcomes()["stored"] < 40
    assert "cut off or damaged after" in commands.err


def test_what_was_odd_about_a_file_that_was_read_is_said(commands, tmp_path):
    (tmp_path / "a.csv").write_bytes(f"text,when\n{_TEXT},2015-06-01\n".encode())
    assert commands.run("ingest", "a.csv") == 0
    assert commands.err.startswith("note: a.csv:2-2: no column is known to hold the title")
    assert commands.outcomes() == {"stored": 1, "captures": 1}


def test_problems_beyond_the_first_twenty_are_summed_up_by_reason(commands, tmp_path):
    (tmp_path / "a.jsonl").write_text(_GOOD + "".join(f"\nno json {n}" for n in range(30)))
    commands.run("ingest", "a.jsonl")
    assert "... and 10 more, most often:\n      10  quarantined: this line" in commands.err
