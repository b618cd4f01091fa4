"""`ingest`: what it reads, what it says became of it, and how it ends."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipelines.store.counted import resident
from pipelines.store.files.commits import writer_lock

_ROOT = Path(__file__).resolve().parents[2]
_TEXT = (
    "Sergei Lavrov spoke of Syria in Moscow on Monday and said that the talks in Geneva would go "
    "on until the Security Council had heard every side of the conflict."
)
_PAGE = (
    "<html><head><title>Page on Syria</title></head><body><article><h1>Page on Syria</h1>"
    f"<p>{_TEXT} One.</p><p>{_TEXT} Two.</p></article></body></html>"
)
_FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>F</title><item>'
    "<title>Feed on Syria</title><link>https://f.example/1</link>"
    f"<description>{_TEXT}</description></item></channel></rss>"
)


@pytest.fixture
def folder(tmp_path):
    """Write one file of each kind under names that do not tell what it is."""
    base = tmp_path / "mixed"
    base.mkdir()
    (base / "a.txt").write_text(f"A clipping\n\n{_TEXT} Clipping.")
    (base / "b").write_text(_PAGE)
    (base / "c.txt").write_text(_FEED)
    row = {"url": "https://j.example/1", "title": "Row on Syria", "text": f"{_TEXT} Row."}
    (base / "d.dat").write_text(json.dumps(row) + "\n")
    (base / "e.csv").write_text(f'url,title,text\nhttps://t.example/1,Table,"{_TEXT} Table."\n')
    return base


def _rows(path, *rows):
    path.write_text("\n".join(json.dumps(row) for row in rows))
    return path


def test_kinds_are_recognised_by_content(commands, folder):
    assert commands.run("ingest", folder) == 0, commands.err
    assert commands.outcomes() == {"stored": 5, "captures": 5}
    assert commands.run("sources") == 0
    for kind in ("clipping", "page", "feed", "jsonl", "table"):
        assert kind in commands.out


def test_worker_processes_read_the_same(commands, folder):
    assert commands.run("ingest", folder, "--processes", "2") == 0, commands.err
    assert commands.outcomes() == {"stored": 5, "captures": 5}


def test_outcomes_add_up_and_problems_are_listed_with_reasons(commands, folder):
    (folder / "broken.jsonl").write_text('{"url": "https://x.example/1", "text": ')
    (folder / "f.pdf").write_bytes(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n")
    (folder / "g.txt").write_bytes(b"")
    assert commands.run("ingest", folder) == 1
    outcomes = commands.outcomes()
    assert outcomes.pop("captures") == sum(outcomes.values()) == 8
    assert outcomes["stored"] == 5
    for name in ("broken.jsonl", "f.pdf", "g.txt"):
        (line,) = [line for line in commands.err.splitlines() if name in line.split(": ")[1]]
        assert len(line.split(": ", 2)[2]) > 10


def test_a_second_run_finds_nothing_new(commands, folder):
    commands.run("ingest", folder)
    assert commands.run("ingest", folder) == 0
    assert commands.outcomes() == {"unchanged": 5, "captures": 5}


def test_nothing_to_ingest_is_wrong_usage_and_explained(commands):
    assert commands.run("ingest") == 2
    assert "name a file, a folder or an address" in commands.err
    assert not commands.store.exists()


def test_an_empty_name_is_refused_and_reads_no_folder(commands):
    assert commands.run("ingest", "") == 2
    assert "an empty name was given; name a file, a folder or an address" in commands.err
    assert not commands.store.exists()


def test_a_link_to_itself_is_one_failure_among_the_rest(commands, folder):
    (folder / "loop").symlink_to("loop")
    assert commands.run("ingest", folder) == 1
    assert "loop: cannot be opened" in commands.err
    assert commands.outcomes() == {"stored": 5, "failed": 1, "captures": 6}


def test_an_unknown_setting_names_the_nearest(commands, tmp_path):
    (tmp_path / "wirewatch.toml").write_text('topcs = ["default"]\n')
    assert commands.run("ingest", "x") == 2
    assert "unknown setting `topcs`; the nearest known is `topics`" in commands.err


def test_a_missing_file_is_a_failure_that_names_it(commands):
    assert commands.run("ingest", "not-there") == 1
    assert "not-there is not there" in commands.err
    assert commands.outcomes() == {"failed": 1, "captures": 1}


def test_words_of_the_user_win(commands, tmp_path):
    (tmp_path / "one.txt").write_text(f"A clipping\n\n{_TEXT}")
    words = ["--url", "https://u.example/9", "--outlet", "The Courier", "--date", "2015-06-02"]
    words += ["--fetched-at", "2015-06-03T10:00:00Z"]
    assert commands.run("ingest", "one.txt", *words) == 0
    (row,) = commands.rows("articles")
    assert row["url"] == "https://u.example/9"
    assert row["media_name"] == "The Courier"
    assert (row["publish_date"], row["publish_date_source"]) == ("2015-06-02", "set by user")
    assert commands.run("sources") == 0
    assert "2015-06-03" in commands.out


def test_a_sidecar_speaks_for_each_file(commands, tmp_path):
    folder = tmp_path / "clippings"
    folder.mkdir()
    for name in "ab":
        (folder / f"{name}.txt").write_text(f"Clipping {name}\n\n{_TEXT} {name}")
    (tmp_path / "said.csv").write_text(
        "file,url,outlet,date\na.txt,https://a.example/1,Post A,2015-06-01\n"
        "b.txt,https://b.example/1,Post B,2015-06-02\n"
    )
    assert commands.run("ingest", folder, "--sidecar", tmp_path / "said.csv") == 0, commands.err
    rows = commands.rows("articles")
    assert [(row["media_name"], row["publish_date"]) for row in rows] == [
        ("Post B", "2015-06-02"),
        ("Post A", "2015-06-01"),
    ]


@pytest.mark.parametrize(
    "words",
    [
        ("--date", "yesterday"),
        ("--fetched-at", "noon"),
        ("--lang", "english"),
        ("--collection", "no-such-list"),
        ("--processes", "many"),
    ],
    ids=lambda words: words[0],
)
def test_a_word_that_cannot_be_used_stops_the_run_before_it_begins(commands, tmp_path, words):
    path = _rows(tmp_path / "a.jsonl", {"url": "https://a.example/1", "text": _TEXT})
    try:
        code = commands.run("ingest", *([] if "--collection" in words else [path]), *words)
    except SystemExit as stop:  # argparse
        code = stop.code
    assert code == 2
    assert not commands.store.exists()


def test_a_store_that_is_being_written_is_busy(commands, folder):
    with writer_lock(commands.store):
        assert commands.run("ingest", folder) == 1
    assert "another run is writing" in commands.err
    assert commands.run("ingest", folder) == 0


def test_a_place_that_cannot_hold_a_store_is_said(commands, folder):
    commands.store.write_text("a file")
    assert commands.run("ingest", folder) == 1
    assert "cannot write a store" in commands.err
    assert "--store" in commands.err


def test_the_store_s_own_files_are_not_read(commands, folder):
    commands.store = folder / "store"
    assert commands.run("ingest", folder) == 0
    assert commands.run("ingest", folder) == 0, commands.err
    assert commands.outcomes() == {"unchanged": 5, "captures": 5}


def test_a_run_leaves_the_next_reader_of_a_large_store_nothing_to_lay_out(
    commands, folder, tmp_path, monkeypatch
):
    def kept():
        return {file.name for file in (commands.store / "index" / "resident").glob("*")}

    monkeypatch.setattr(resident, "KEPT_FROM", 1)
    assert commands.run("ingest", folder) == 0
    assert not kept()  # nobody has read it yet
    assert commands.run("attention") == 0
    first = kept()
    assert {name.partition(".")[2] for name in first} == {"duckdb", "columns"}
    (tmp_path / "more.txt").write_text(f"More on Syria\n\n{_TEXT} More.")
    assert commands.run("ingest", tmp_path / "more.txt") == 0
    second = kept()
    assert len(second - first) == 2
    assert commands.run("attention") == 0
    assert kept() == second


def test_a_file_name_that_is_no_text_is_logged_readably(commands):
    name = b"caf\xe9.txt"  # in the working folder
    try:
        with open(name, "wb") as file:
            file.write(f"A clipping\n\n{_TEXT}".encode())
    except OSError:
        pytest.skip("this disk takes text as file names only")
    assert commands.run("ingest", os.fsdecode(name)) == 0
    assert commands.run("sources") == 0
    assert r"caf\udce9.txt" in commands.out


def _heed_interrupts():
    """Let a child be stopped by hand: a shell that starts us in the background has it ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_stopped_by_hand_what_was_committed_stays(tmp_path):
    rows = [
        {"url": f"https://a.example/{n}", "text": f"{_TEXT} {n}"} for n in range(6000)
    ]  # a busy machine is slow to stop it
    path, store = _rows(tmp_path / "a.jsonl", *rows), tmp_path / "store"
    words = [sys.executable, "-m", "pipelines", "ingest", path, "--store", store]
    run = subprocess.Popen(
        words,
        cwd=_ROOT,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        preexec_fn=_heed_interrupts,
    )
    while run.poll() is None and not (store / "commits" / "00000002.json").exists():
        time.sleep(0.02)
    run.send_signal(signal.SIGINT)
    _, error = run.communicate()
    assert run.returncode == 1
    assert b"stopped; what was committed stays" in error
    assert b"Traceback" not in error


def test_a_store_may_lie_in_any_language_and_a_run_says_nothing_but_its_counts(tmp_path):
    path, store = tmp_path / "Мои файлы", tmp_path / "Müller & Söhne #1, 100%" / "my store"
    path.mkdir()
    (path / "a.txt").write_text(f"A clipping\n\n{_TEXT}")
    words = [sys.executable, "-m", "pipelines"]
    for _ in range(2):  # the second run reads what the first one wrote
        run = subprocess.run(
            [*words, "ingest", path, "--store", store], cwd=_ROOT, capture_output=True, text=True
        )
        assert (run.returncode, run.stderr) == (0, "")
    listed = subprocess.run(
        [*words, "articles", "--store", store], cwd=_ROOT, capture_output=True, text=True
    )
    assert "(unknown outlet)" in listed.stdout
    assert (listed.returncode, listed.stderr) == (0, "")


@pytest.mark.parametrize("name", ["a [b]", "c^d", "d|e", "x%20y", "back\\slash", "tab\tx"])
def test_a_folder_whose_name_no_table_can_have_is_refused_with_the_sign(name, tmp_path, commands):
    path = _rows(tmp_path / "a.jsonl", {"url": "https://a.example/1", "text": _TEXT})
    commands.store = tmp_path / name
    assert commands.run("ingest", path) == 1
    assert "cannot keep a store in" in commands.err
    assert "choose a folder without one" in commands.err


def test_a_folder_without_a_file_is_no_silent_success(commands, tmp_path):
    (tmp_path / "empty").mkdir()
    assert commands.run("ingest", "empty") == 0
    assert commands.err == "note: no file was found; hidden ones are skipped\n"
