"""The page of the collection and its states, run as Streamlit runs it."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest
from stores import FIRST, NOW, article, tags
from streamlit.testing.v1 import AppTest

from dashboard.tables import gaps_table
from dashboard.words.wording import kept_aside
from pipelines.analysis.collection import GAPS
from pipelines.article import Capture, CopyLevel, Fetch, Form, Outcome, Outlet, SourceKind
from pipelines.store import open_writer
from pipelines.syndication import Placement
from pipelines.versions import Decision

Open = Callable[..., AppTest]
HOSTILE = "<script>alert(1)</script> ![x](http://tracker.example/x.png)"


@pytest.fixture(scope="module")
def hostile_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store whose one source has a name that tries to be markup, and a broken item."""
    path = tmp_path_factory.mktemp("hostile") / "store"
    with open_writer(path, now=NOW) as writer:
        for number in range(6):
            day = FIRST + timedelta(days=number)
            at = datetime(day.year, day.month, day.day, 23, tzinfo=UTC)
            writer.begin(Fetch(HOSTILE, SourceKind.FEED, "https://x.example", fetched_at=at))
            one = replace(
                article(number, day), source=HOSTILE, outlet=Outlet("odd", HOSTILE, "x.example")
            )
            writer.add(
                one,
                Decision(Outcome.STORED, one.article_id, 1),
                Placement(one.article_id, CopyLevel.NONE),
                tags(one),
            )
            kept = Capture(HOSTILE, HOSTILE, Form.TEXT, b"%d" % number, fetched_at=at)
            writer.record(kept, number, Outcome.QUARANTINED, reason=f"=cmd {HOSTILE}")
    return path


@pytest.fixture(scope="module")
def silent_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store of a feed that gives five articles a day, and nothing in its last week."""
    path = tmp_path_factory.mktemp("silent") / "store"
    with open_writer(path, now=NOW) as writer:
        for number in range(300):
            day = FIRST + timedelta(days=number // 5)
            at = datetime(day.year, day.month, day.day, 23, tzinfo=UTC)
            if number % 5 == 0:
                writer.begin(Fetch("echo", SourceKind.FEED, "https://x.example", fetched_at=at))
            if number < 260:
                one = article(number, day)
                decision = Decision(Outcome.STORED, one.article_id, 1)
                place = Placement(one.article_id, CopyLevel.NONE)
                writer.add(one, decision, place, tags(one))
    return path


def _texts(app: AppTest) -> str:
    kinds = (app.title, app.header, app.caption, app.text)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


def _states(app: AppTest) -> set[int]:
    (chart,) = app.get("plotly_chart")
    return set(json.loads(chart.proto.spec)["data"][0]["text"][0])


def test_an_empty_store_names_the_command_that_fills_it(open_app: Open, tmp_path: Path):
    app = open_app(tmp_path / "nothing-here", page="coverage")
    assert app.code[0].value.startswith("python -m pipelines ingest FOLDER")


def test_a_store_without_a_log_says_that_nobody_can_know(open_app: Open, one_article_store: Path):
    app = open_app(one_article_store, page="coverage")
    assert "No log of these days" in _texts(app)
    assert not app.get("plotly_chart")
    assert "No day that was due is missing" in _texts(app)
    assert "so none can be judged" in _texts(app)


def test_days_that_the_log_does_not_reach_are_said_to_be_so(open_app: Open, full_store: Path):
    app = open_app(full_store, page="coverage", date=["2016-05-04", "2016-06-07"])
    assert "No log of these days" in _texts(app)
    assert "its log begins later or ends before" in _texts(app)
    assert not app.get("plotly_chart")


def test_the_week_without_collection_is_a_cross_and_a_gap(open_app: Open, full_store: Path):
    app = open_app(full_store, page="coverage", last="all")
    assert "×" in _states(app)
    gaps = next(table.value for table in app.dataframe if "Days" in table.value)
    assert gaps[["From", "To", "Days"]].astype(str).values.tolist() == [
        ["2015-06-08", "2015-06-14", "7"]
    ]


def test_the_outlet_of_a_gap_is_called_by_its_name():
    frame = pd.DataFrame([["echo", "daily-echo", "", "", 7]], columns=GAPS)
    assert gaps_table(frame, {"daily-echo": "Daily Echo"})["Outlet"].tolist() == ["Daily Echo"]


def test_topics_and_words_do_not_narrow_it(open_app: Open, full_store: Path):
    plain = _texts(open_app(full_store, page="coverage", last="all"))
    narrowed = _texts(open_app(full_store, page="coverage", last="all", topic="syria", within="no"))
    assert [line for line in narrowed.split("\n") if "Read as" not in line] == plain.split("\n")
    assert "What was collected, 2015-05-04 to 2015-07-12" in plain


def test_undated_articles_guesses_and_copies_are_counted(open_app: Open, full_store: Path):
    texts = _texts(open_app(full_store, page="coverage", last="all"))
    assert "1 undated" in texts
    assert "1 date only guessed" in texts
    assert "copies of another" in texts


def test_a_source_stands_with_its_verdict_and_what_was_kept_aside_with_its_reason(
    open_app: Open, hostile_store: Path
):
    app = open_app(hostile_store, page="coverage")
    sources = next(table.value for table in app.dataframe if "Fetches" in table.value)
    assert sources[["Source", "Fetches", "Dates"]].values.tolist() == [
        [HOSTILE, 6, "too few to say"]
    ]
    kept = next(table.value for table in app.dataframe if "Why" in table.value)
    assert set(kept["Why"]) == {f"=cmd {HOSTILE}"}


def test_what_failed_is_not_said_to_have_been_read():
    assert kept_aside(0, 100, failures=0) == "All that was handed in could be read."
    assert kept_aside(0, 100, failures=2) == "Nothing. 2 fetches or files failed: see above."


def test_a_hostile_name_stands_in_tables_only(open_app: Open, hostile_store: Path):
    app = open_app(hostile_store, page="coverage")
    assert "tracker.example" not in _texts(app)
    (chart,) = app.get("plotly_chart")
    assert "<script" not in chart.proto.spec + chart.proto.alt


def test_every_table_has_a_file(open_app: Open, full_store: Path, hostile_store: Path):
    labels = [b.label for b in open_app(full_store, page="coverage").get("download_button")]
    assert labels == [
        *("CSV: coverage", "CSV: collection", "CSV: gaps"),
        "CSV: expected, every day",
    ]
    labels = [b.label for b in open_app(hostile_store, page="coverage").get("download_button")]
    assert labels == [
        *("CSV: coverage", "CSV: collection"),
        *("CSV: expected, every day", "CSV: kept aside"),
    ]


def test_a_feed_that_falls_silent_is_named_and_is_no_gap(open_app: Open, silent_store: Path):
    app = open_app(silent_store, page="coverage", last="all")
    runs = next(table.value for table in app.dataframe if "Usual" in table.value)
    assert set(runs["Source"]) == {"echo"}
    assert "they are no gap" in _texts(app)
    assert "No day that was due is missing" in _texts(app)
    assert "↓" in _states(app)
