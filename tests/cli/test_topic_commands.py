"""The life of a topic on the command line: tried, changed, applied, judged."""

import csv
import io
import json
import random
from pathlib import Path

import pytest

_TOPICS = """
[[topic]]
id = "syria"
name = "Syria"
query = "{}"
"""
_PLACES = ["Hama", "Homs", "Idlib", "Aleppo"]


def _rows():
    draw = random.Random(1)
    for n in range(24):
        place = _PLACES[n % 4]
        words = " ".join(draw.sample(["talks", "envoys", "aid", "convoys", "letters", "votes"], 3))
        name = ["Syria", "The Syrian army", "Damascus", "The city"][n % 4]
        yield {
            "url": f"https://a.example/{n}",
            "title": f"Report {chr(97 + n)}",
            "text": f"{name} and {place}: {words}. Nothing more is known today.",
            "publish_date": f"2015-0{5 + n % 2}-{1 + n:02}" if n % 6 else "",
            "outlet": "Post",
            "language": "en",
        }


@pytest.fixture
def desk(commands, tmp_path):
    """Return the command line over 24 articles: 6 each name Syria, Syrian, Damascus, neither."""
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, _rows())))
    define(tmp_path, "Syria OR Syrian*")
    assert commands.run("ingest", "rows.jsonl") == 0
    return commands


def define(folder, query):
    (folder / "topics.toml").write_text(_TOPICS.format(query))
    (folder / "wirewatch.toml").write_text('topics = ["topics.toml"]\n')


def test_a_topic_is_tested_with_counts_words_and_sentences(desk):
    assert desk.run("topics", "test", "SYRIA") == 0
    assert "12 of 24 articles (50.0%), 12 mentions" in desk.out
    assert "Nothing more" not in desk.out
    rows = {row["alias"]: row for row in desk.rows("topics", "test", "syria")}
    assert rows["Syria"] | {"alone": 6, "articles": 6, "share": 0.5} == rows["Syria"]


def test_a_query_is_tested_with_its_dead_words_and_its_repair(desk):
    assert desk.run("topics", "test", "--query", "Damascus or Atlantis") == 0
    assert "0 of 24" in desk.out
    assert "Damascus OR Atlantis" in desk.out
    assert desk.run("topics", "test", "--query", "Damascus OR Atlantis") == 0
    assert "aliases that match nothing here: Atlantis" in desk.out
    assert "6 of 24" in desk.out


def test_filters_and_seeds_of_a_test(desk):
    desk.run("topics", "test", "syria", "--to", "2015-05-31")
    may = desk.out
    assert " of 12 articles" not in may.splitlines()[0]
    desk.run("topics", "test", "syria", "--to", "2015-05-31", "--seed", "5")
    assert desk.out.split("drawn at random")[0] == may.split("drawn at random")[0]
    assert desk.out != may
    desk.run("topics", "test", "syria", "--to", "2015-05-31")
    assert desk.out == may


@pytest.mark.parametrize(
    "words",
    [
        ("test",),
        ("test", "syria", "--query", "x"),
        ("test", "syriaa"),
        ("test", "--query", "(x"),
        ("diff", "syriaa"),
        ("diff", "syria", "--query", "topic:x"),
        ("diff", "syria", "--from", "7"),
        ("history", "nothing"),
        ("label", "syriaa"),
        ("label", "syria", "--in", "absent.csv"),
        ("recall", "syriaa"),
    ],
    ids=" ".join,
)
def test_wrong_words_are_refused_with_a_message(desk, words):
    assert desk.run("topics", *words) == 2
    assert desk.err.strip()
    assert not desk.out


def test_a_test_says_that_the_topics_file_has_another_query(desk, tmp_path):
    define(tmp_path, "Syria OR Damascus")
    desk.run("topics", "test", "syria")
    assert "`topics diff syria` compares" in desk.err
    assert "12 of 24" in desk.out  # it is in force until it is applied


def test_a_topic_the_store_does_not_have_is_tested_as_its_file_has_it(desk, tmp_path):
    define(tmp_path, "Syria")
    with (tmp_path / "topics.toml").open("a") as file:
        file.write(_TOPICS.replace('"syria"', '"homs"').replace('"Syria"', '"Homs"').format("Homs"))
    assert desk.run("topics", "test", "homs") == 0
    assert "6 of 24" in desk.out
    assert desk.run("topics", "diff", "homs") == 2


def test_a_diff_with_the_file_adds_up_and_shows_both_sides(desk, tmp_path):
    define(tmp_path, "Syria OR Damascus")
    assert desk.run("topics", "diff", "syria") == 0
    assert "gained:" in desk.out
    assert "lost:" in desk.out
    rows = desk.rows("topics", "diff", "syria")
    whole = {row["unit"]: row for row in rows if row["month"] == "all"}
    assert (
        whole["articles"] | {"old": 12, "gained": 6, "lost": 6, "kept": 6, "new": 12}
        == (whole["articles"])
    )
    assert all(row["old"] + row["gained"] - row["lost"] == row["new"] for row in rows)
    assert desk.rows("topics", "diff", "syria", "--query", "Syria OR Damascus") == rows
    assert desk.rows("topics", "diff", "syria", "--file", tmp_path / "topics.toml") == rows


def test_a_change_is_applied_and_the_old_definition_stays(desk, tmp_path):
    define(tmp_path, "Syria OR Damascus")
    wanted = desk.rows("topics", "diff", "syria")
    assert desk.run("topics", "apply") == 0
    assert desk.out == "topics changed (syria): 12 stored versions tagged again\n"
    assert desk.run("topics", "apply") == 0
    assert "nothing to tag again" in desk.out
    history = desk.rows("topics", "history", "Syria")
    assert [(row["version"], row["in_force"]) for row in history] == [(1, False), (2, True)]
    assert desk.rows("topics", "diff", "syria", "--from", "1") == wanted
    before = desk.rows("topics", "history", "syria", "--snap", "1")
    assert [(row["version"], row["in_force"]) for row in before] == [(1, True)]


def _fill_in(path, answer):
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    for row in rows:
        row["right"] = answer(row)
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return rows


def test_labels_give_precision_and_serve_the_next_definition(desk, tmp_path):
    sheet = tmp_path / "sheet.csv"
    assert desk.run("topics", "label", "syria", "--n", "10", "--out", sheet) == 0
    rows = _fill_in(sheet, lambda row: "no" if "Syrian" in row["sentence"] else "yes")
    wrong = sum("Syrian" in row["sentence"] for row in rows)
    assert len(rows) == 10
    assert 0 < wrong < 10
    assert desk.run("topics", "label", "syria", "--in", sheet) == 0
    assert f"{10 - wrong} of 10 right" in desk.out
    desk.run("topics", "test", "syria")
    assert f"{10 - wrong} of 10 right" in desk.out

    define(tmp_path, "Syria OR Damascus")
    desk.run("topics", "apply")
    again = tmp_path / "again.csv"
    desk.run("topics", "label", "syria", "--n", "12", "--out", again)
    assert f"{10 - wrong} were labelled before and still apply" in desk.err
    rows = _fill_in(again, lambda row: row["right"])
    assert {row["sentence"].split()[0] for row in rows if row["right"]} == {"Syria"}
    desk.run("topics", "test", "syria")
    assert f"{10 - wrong} of {10 - wrong} right" in desk.out
    assert "have no label for this definition" in desk.out


def test_a_sheet_goes_to_standard_output_and_never_over_another(desk, tmp_path):
    assert desk.run("topics", "label", "syria", "--n", "3") == 0
    assert len(list(csv.DictReader(io.StringIO(desk.out)))) == 3
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("answers")
    assert desk.run("topics", "label", "syria", "--out", sheet) == 2
    assert sheet.read_text() == "answers"


def test_a_sheet_saved_with_semicolons_is_read(desk, tmp_path):
    sheet = tmp_path / "sheet.csv"
    desk.run("topics", "label", "syria", "--n", "4", "--out", sheet)
    rows = _fill_in(sheet, lambda row: "yes")
    with sheet.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    assert desk.run("topics", "label", "syria", "--in", sheet) == 0
    assert "4 of 4 right" in desk.out


def test_near_misses_are_suggested_labelled_and_estimated(desk, tmp_path):
    define(tmp_path, "Syrian*")
    desk.run("topics", "apply")
    assert desk.run("topics", "recall", "syria") == 0
    assert "not measured yet" in desk.out
    assert "spelling of syrian" in desk.out
    sheet = tmp_path / "misses.csv"
    assert desk.run("topics", "recall", "syria", "--out", sheet) == 0
    _fill_in(sheet, lambda row: "yes" if "Syria" in row["sentence"] else "no")
    assert desk.run("topics", "recall", "syria", "--in", sheet) == 0
    assert "missed: at least about 6 articles (4 to 6 for 95 %)" in desk.out
    assert "label hits too" in desk.out


def test_options_before_the_name_of_a_command_below_hold(desk):
    assert desk.run("topics", "--config", Path("wirewatch.toml"), "history") == 0
    assert "Syrian*" in desk.out
