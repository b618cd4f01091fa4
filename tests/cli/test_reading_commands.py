"""The commands that read: same filters, same rows in every format, mistakes told."""

import csv
import io
import json
import os
import subprocess
import sys
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pipelines.article import TagKind
from pipelines.cli import main
from pipelines.store import open_store
from tests.store.build import HERALD, LENTA, UNDATED, article, build, naming, on_day

_ROOT = Path(__file__).resolve().parents[2]
_NAMES = [
    (TagKind.TOPIC, "syria", "Syria"),
    (TagKind.TOPIC, "ukraine", "Ukraine"),
    (TagKind.ENTITY, "sergei-lavrov", "Lavrov"),
    (TagKind.COUNTRY, "SY", "Syria"),
]
_QUESTIONS = [
    ("articles",),
    ("mentions",),
    ("attention", "--interval", "day"),
    ("entities",),
    ("countries", "--sense", "mentioned"),
    ("countries", "--sense", "outlet"),
    ("outlets",),
    ("languages",),
]
_TOPIC = ("--topic", "syria", "--topic", "Ukraine")


def _written(number):
    outlet, language = (HERALD, "en") if number % 3 else (LENTA, "ru")
    text = f"Syria talks {number}. Lavrov spoke." if number % 2 else f"=Ukraine or Syria, {number}"
    day = on_day(date(2015, 6, 1 + number)) if number else UNDATED
    return naming(article(number, day, outlet=outlet, language=language, text=text), *_NAMES)


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """Write a store of two commits: 4 articles, then 12."""
    path = tmp_path_factory.mktemp("read") / "store"
    build(path, [_written(n) for n in range(4)])
    build(path, [_written(n) for n in range(4, 12)], now=datetime(2015, 7, 2, tzinfo=UTC))
    return path


@pytest.fixture
def reading(commands, filled):
    commands.store = filled
    return commands


def _csv(text):
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("question", _QUESTIONS, ids=" ".join)
def test_csv_json_and_table_have_the_same_rows(reading, question):
    rows = reading.rows(*question, *_TOPIC)
    assert rows
    assert reading.run(*question, *_TOPIC, "--format", "csv", "--raw") == 0
    from_csv = _csv(reading.out)
    assert [list(row) for row in from_csv] == [list(row) for row in rows]
    for name in rows[0]:
        for row, cells in zip(rows, from_csv, strict=True):
            if row[name] is None:
                assert cells[name] == ""
            elif isinstance(row[name], str):
                assert cells[name].splitlines() == row[name].splitlines()
            elif isinstance(row[name], float):
                assert float(cells[name]) == pytest.approx(row[name], rel=1e-4)
    assert reading.run(*question, *_TOPIC) == 0
    assert len(reading.out.splitlines()) == len(rows) + 2


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ((), 12),
        (("--topic", "syria"), 12),
        (("--topic", "UKRAINE"), 6),
        (("--entity", "Sergei Lavrov"), 6),
        (("--query", "talks"), 6),
        (("--within", "NOT talks"), 6),
        (("--mentioned", "sy"), 12),
        (("--outlet-country", "ru"), 4),
        (("--outlet-country", "Unknown"), 0),
        (("--lang", "RU", "--lang", "en"), 12),
        (("--outlet", "the herald"), 8),
        (("--from", "2015-06-03", "--to", "2015-06-05"), 3),
        (("--last", "7d"), 0),
        (("--placement", "undated"), 1),
        (("--limit", "3"), 3),
        (("--snap", "1"), 4),
    ],
    ids=lambda words: " ".join(words) if isinstance(words, tuple) else "",
)
def test_a_filter_keeps_the_articles_it_says(reading, words, count):
    assert len(reading.rows("articles", *words)) == count


def test_a_time_reads_the_version_made_by_then(reading):
    with closing(open_store(reading.store, snap=1)) as first:
        then = first.as_of.isoformat()
    assert len(reading.rows("articles", "--as-of", then)) == 4
    assert reading.rows("articles", "--as-of", "2999-01-01T00:00+05:00") == reading.rows("articles")


def _ended(reading, capsys, words):
    """Return exit code and message, whether argparse refused the words or we did."""
    try:
        return reading.run("articles", *words), reading.err
    except SystemExit as stop:
        return stop.code, capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--topic", "syra"), "did you mean syria?"),
        (("--entity", "sergei lavrof"), "sergei lavrov"),
        (("--outlet", "herlad"), "did you mean herald"),
        (("--mentioned", "Syrai"), "such as SY"),
        (("--outlet-country", "Russia"), "such as RU"),
        (("--lang", "english"), "'english' is not a two-letter code"),
        (("--tz", "Europe/Kiyv"), "Europe/Kyiv"),
        (("--from", "2015-06-05", "--to", "2015-06-01"), "turn them round"),
        (("--last", "9d"), "known are 24h"),
        (("--last", "7d", "--from", "2015-06-01"), "not both"),
        (("--from", "June"), "not a day such as"),
        (("--limit", "0"), "not a number of rows"),
        (("--limit", "-1"), "not a number of rows"),
        (("--snap", "9"), "the newest is 2"),
        (("--as-of", "2015-06-05"), "not a time such as"),
        (
            ("--as-of", "2015-06-05T12:00"),
            "no version of 2015-06-05 12:00 UTC or before; the oldest",
        ),
        (("--as-of", "2015-06-05T12:00Z", "--snap", "1"), "not allowed with"),
    ],
    ids=lambda words: " ".join(words) if isinstance(words, tuple) else "",
)
def test_wrong_usage_ends_with_two_and_what_to_do(reading, capsys, words, said):
    code, error = _ended(reading, capsys, words)
    assert code == 2
    assert said in error


def test_a_wrong_query_is_marked_where_reading_stopped(reading):
    assert reading.run("articles", "--query", "syria (talks") == 2
    message, query, mark = reading.err.splitlines()
    assert "expected" in message
    assert query == "  syria (talks"
    assert mark.index("^") == query.index("(")
    assert reading.out == ""


def test_a_lower_case_or_is_noted_beside_the_result(reading):
    assert reading.run("articles", "--query", "talks or syria", "--format", "json") == 0
    assert "`OR`" in reading.err
    json.loads(reading.out)


@pytest.mark.parametrize("command", ["articles", "attention", "topics", "sources"])
def test_without_a_store_it_says_how_to_get_one(commands, command):
    assert commands.run(command) == 2
    assert "ingest FOLDER" in commands.err
    assert not commands.store.exists()


def test_an_undated_article_reads_undated(reading):
    assert reading.run("articles", "--placement", "undated") == 0
    assert " undated " in reading.out
    (row,) = reading.rows("articles", "--placement", "undated")
    assert row["publish_date"] is None


def test_a_table_in_a_file_is_not_cut(reading):
    assert reading.run("mentions", "--topic", "syria", "--limit", "1") == 0
    assert reading.out.splitlines()[2].endswith(".")


def test_wide_has_one_column_a_series_and_measure(reading):
    words = ("attention", "--interval", "day", *_TOPIC)
    assert reading.run(*words, "--wide") == 0
    wide = _csv(reading.out)
    long = reading.rows(*words)
    for label in ("Syria", "Ukraine"):
        counts = {row["date"]: row["count"] for row in long if row["query"] == label}
        assert {row["date"]: int(row[f"{label}-count"] or 0) for row in wide} == {
            day: count or 0 for day, count in counts.items()
        }


def test_wide_keeps_two_series_of_one_name_apart(reading):
    assert reading.run("attention", "--topic", "syria", "--query", "Syria", "--wide") == 0
    header = reading.out.splitlines()[0].split(",")
    assert header.count("Syria-count") == 2
    dates = [line.split(",")[0] for line in reading.out.splitlines()]
    assert len(dates) == len(set(dates))


def test_wide_header_is_guarded_like_any_cell(reading):
    words = ("attention", "--query", "+talks", "--wide")
    assert reading.run(*words) == 0
    assert reading.out.startswith("date,'+talks-count")
    assert reading.run(*words, "--raw") == 0
    assert reading.out.startswith("date,+talks-count")


def test_cells_a_spreadsheet_would_run_are_guarded_unless_raw(reading):
    words = ("mentions", "--topic", "ukraine", "--format", "csv")
    assert reading.run(*words) == 0
    assert all(row["sentence"].startswith("'=") for row in _csv(reading.out))
    assert reading.run(*words, "--raw") == 0
    assert all(row["sentence"].startswith("=") for row in _csv(reading.out))


def test_an_old_version_of_the_store_keeps_its_numbers(reading):
    counts = [
        sum(row["count"] or 0 for row in reading.rows("attention", "--topic", "syria", *snap))
        for snap in (("--snap", "1"), ("--snap", "2"), ())
    ]
    assert counts == [4, 12, 12]


def test_topics_are_listed_with_their_articles(reading):
    assert reading.run("topics") == 0
    rows = [line.split() for line in reading.out.splitlines()[2:]]
    assert [(row[0], int(row[2])) for row in rows] == [("syria", 12), ("ukraine", 6)]


def _process(store, *words):
    command = [sys.executable, "-m", "pipelines", *words, "--store", str(store)]
    return subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_a_file_holds_the_csv_and_nothing_more(filled):
    run = _process(filled, "articles", "--query", "ukraine or syria", "--format", "csv")
    out, error = run.communicate()
    assert run.returncode == 0
    assert b"note:" in error
    assert out.startswith(b"id,indexed_date,")
    assert out.count(b"\r\n") == len(_csv(out.decode("utf-8"))) + 1 == 7


def test_a_reader_that_closes_the_pipe_is_no_failure(filled):
    reader, writer = os.pipe()
    os.close(reader)
    words = [sys.executable, "-m", "pipelines", "articles", "--store", str(filled)]
    run = subprocess.run(words, cwd=_ROOT, stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert (run.returncode, run.stderr) == (0, b"")


def test_a_name_of_two_is_not_taken_for_one_of_them(tmp_path, commands):
    topics = [("one", "Talks"), ("two", "talks"), ("three", "Peace"), ("peace", "Other")]
    commands.store = build(tmp_path / "two", [naming(article(1))], topics=topics)
    assert commands.run("articles", "--topic", "Talks") == 2
    assert "there are 2 called 'Talks'; give an id: one, two" in commands.err
    assert commands.run("articles", "--topic", "Peace") == 0  # an id goes before a name


def test_a_disk_that_is_full_is_told_and_not_traced(filled):
    with open("/dev/full", "wb") as full:
        words = [sys.executable, "-m", "pipelines", "articles", "--store", str(filled)]
        run = subprocess.run(words, cwd=_ROOT, stdout=full, stderr=subprocess.PIPE, check=False)
    assert (run.returncode, run.stderr) == (1, b"stopped by the system: No space left on device\n")


@pytest.mark.parametrize(("form", "shown"), [("table", b"?????: "), ("json", "Талкс".encode())])
def test_a_terminal_without_the_letters_shows_the_rest(tmp_path, monkeypatch, form, shown):
    store = build(tmp_path / "store", [naming(article(1, title="Талкс: Syria", outlet=LENTA))])
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    out, error = _process(store, "articles", "--format", form).communicate()
    assert error == b""
    assert shown in out


@pytest.mark.parametrize("option", ["--store", "--config"])
def test_an_empty_place_is_no_place(tmp_path, monkeypatch, capsys, option):
    monkeypatch.chdir(tmp_path)
    assert main(["articles", option, ""]) == 2
    assert f"{option} was given an empty name" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--interval", "--unit", "--measure", "--placement"])
def test_a_word_that_is_no_choice_is_told_the_choices_as_they_are_typed(commands, capsys, option):
    with pytest.raises(SystemExit):
        commands.run("attention", option, "decade")
    _, _, choices = capsys.readouterr().err.partition("invalid choice: 'decade'")
    assert choices
    assert "<" not in choices


def test_a_condition_that_no_article_meets_is_noted(reading):
    assert reading.run("attention", "--query", "Syria -topic:nosuch") == 0
    assert reading.err == "note: no article has topic:nosuch; is it spelled so?\n"
