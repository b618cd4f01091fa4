"""What the writer keeps, what readers see of it, and what a damaged store says."""

import json
import os
import shutil
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pyarrow as pa
import pytest

from pipelines.article import (
    Capture,
    DateEvidence,
    DateSource,
    Fetch,
    FetchStatus,
    Form,
    Outcome,
    SourceKind,
    TagKind,
    TextSource,
)
from pipelines.cli import main
from pipelines.errors import StoreBusy, StoreDamaged, StoreMissing
from pipelines.ingest import ingest
from pipelines.outlets import read_outlets
from pipelines.query import Query
from pipelines.reading.reader import Reader
from pipelines.retag import refresh_tags
from pipelines.store import last_version, open_store, open_writer, set_date
from pipelines.store.files import tables
from pipelines.store.files.commits import Commit, commit_path, write_commit
from pipelines.store.files.schema import SCHEMA_VERSION, TABLES
from pipelines.tagging import make_taggers
from pipelines.tagging.topics import read_topics
from tests.store.build import NOW, article, build, naming

_NAME = (TagKind.TOPIC, "syria", "Syria")
_SYRIA = Query(topics=("syria",))
_LONG = " ".join(f"Sentence number {n} is told in the same words everywhere." for n in range(5))
_FETCH = Fetch("test", SourceKind.JSONL, "test.jsonl")


@pytest.fixture(scope="module")
def line():
    """Return a function that sends captures down the line into a store, one run a call."""
    topics, outlets = read_topics(("default",)), read_outlets(("default",))
    taggers = make_taggers(topics)

    def run(store, *stream, now=NOW):
        with open_writer(store, now=now) as writer:
            refresh_tags(writer, taggers, topics)
            items = stream if isinstance(stream[0], Fetch) else (_FETCH, *stream)
            report = ingest(items, writer, Reader(outlets), taggers=taggers)
        return {outcome.value: n for outcome, n in report.outcomes.items()}

    return run


def _capture(text, *, url="https://a.example/1", day=1, source=TextSource.FILE, outlet="Post"):
    return Capture(
        source="test",
        locator="test.jsonl:1",
        form=Form.TEXT,
        content=text.encode(),
        text_source=source,
        url=url,
        outlet=outlet,
        title="Title",
        fetched_at=datetime(2015, 6, day, tzinfo=UTC),
    )


def _articles(path, query=None, snap=None):
    with closing(open_store(path, snap=snap)) as store:
        return store.articles(query or Query())


def _only(path):
    """Return the one article of a store, whole."""
    (row,) = _articles(path).itertuples()
    with closing(open_store(path)) as store:
        return store.article(int(row.article_id))


def test_an_edit_makes_a_version_and_the_old_one_no_longer_counts(line, tmp_path):
    line(tmp_path, _capture("Syria is in the news."))
    assert line(tmp_path, _capture("Nothing is in the news.", day=2)) == {"edited": 1}
    one = _only(tmp_path)
    assert (one.row["version"], len(one.versions)) == (2, 2)
    assert one.text.endswith("Nothing is in the news.")
    with closing(open_store(tmp_path)) as store:
        assert store.article_count(_SYRIA) == len(store.mentions(_SYRIA)) == 0
        old = store.article(int(one.row["article_id"]), version=1)
    assert "Syria" in set(old.mentions["surface"])


def test_a_page_after_a_summary_enriches_and_counts(line, tmp_path):
    line(tmp_path, _capture("A summary.", source=TextSource.SUMMARY, day=3))
    page = _capture("The page tells of Syria.", source=TextSource.PAGE, day=1)
    assert line(tmp_path, page) == {"enriched": 1}
    assert _only(tmp_path).row["text_source"] == "page"
    later = _capture("Another summary.", source=TextSource.SUMMARY, day=9)
    assert line(tmp_path, later) == {"edited": 1}
    assert _only(tmp_path).row["text_source"] == "page"
    assert len(_articles(tmp_path, _SYRIA)) == 1


@pytest.mark.parametrize("runs", [1, 3], ids=["one run", "a run each"])
def test_a_text_that_goes_back_to_its_first_wording_is_a_third_version(line, tmp_path, runs):
    texts = [_capture("Wording A.", day=1), _capture("Wording B.", day=2)]
    texts.append(_capture("Wording A.", day=3))
    for batch in [texts] if runs == 1 else [[text] for text in texts]:
        line(tmp_path, *batch)
    one = _only(tmp_path)
    assert one.row["version"] == 3
    assert one.text.endswith("Wording A.")
    assert line(tmp_path, *texts) == {"unchanged": 3}


def test_the_same_text_at_the_same_outlet_is_a_duplicate(line, tmp_path):
    line(tmp_path, _capture(_LONG))
    assert line(tmp_path, _capture(_LONG, url="https://a.example/2")) == {"duplicate": 1}
    assert len(_articles(tmp_path)) == 1


def test_copies_at_other_outlets_share_a_group_and_name_the_earliest(line, tmp_path):
    captures = []
    for n, outlet in enumerate(["Third", "First", "Second"]):
        day = {"First": 1, "Second": 2, "Third": 3}[outlet]
        claim = DateEvidence(DateSource.META, f"2015-06-0{day}T10:00:00Z")
        claim = replace(claim, instant=datetime(2015, 6, day, 10, tzinfo=UTC))
        one = _capture(_LONG, url=f"https://{outlet.lower()}.example/{n}", outlet=outlet, day=9)
        captures.append(replace(one, dates=(claim,)))
    assert line(tmp_path, *captures) == {"stored": 3}
    rows = _articles(tmp_path).set_index("outlet_name")
    assert rows["syndication_id"].nunique() == 1
    first = rows.loc["First", "article_id"]
    assert rows["copy_of"].isna().to_dict() == {"First": True, "Second": False, "Third": False}
    assert rows.loc[["Second", "Third"], "copy_of"].tolist() == [first, first]
    with closing(open_store(tmp_path)) as store:
        totals = store.totals(Query())
    assert (totals["articles"].sum(), totals["texts"].max()) == (3, 1)


def test_a_failed_fetch_is_logged_with_its_reason(line, tmp_path):
    failed = Fetch(
        "feed",
        SourceKind.FEED,
        "https://f.example/rss",
        status=FetchStatus.FAILED,
        fetched_at=NOW,
        http_status=503,
        reason="the server is down",
    )
    assert line(tmp_path, failed) == {"failed": 1}
    with closing(open_store(tmp_path)) as store:
        (row,) = store.fetches(Query()).itertuples()
    assert (row.status, row.http_status, row.reason) == ("failed", 503, "the server is down")
    assert (row.entries, row.failed, row.stored) == (1, 1, 0)


def test_a_caller_may_change_the_log_it_was_given(line, tmp_path):
    line(tmp_path, _capture("One text."))
    with closing(open_store(tmp_path)) as store:
        log = store.fetches(Query())
        log["stored"] = 99
        assert store.fetches(Query())["stored"].tolist() == [1]


@pytest.fixture
def store(tmp_path):
    """Return a store of two commits, an article each."""
    path = tmp_path / "store"
    for number in (1, 2):
        build(path, [naming(article(number, text=f"Syria {number}."), _NAME)])
    return path


def test_tables_ahead_of_the_last_commit_are_restored(store):
    commit_path(store, 2).unlink()  # as if the run had died just before it
    assert _articles(store)["title"].tolist() == ["Headline 1"]
    build(store, [naming(article(3))])
    assert sorted(_articles(store)["title"]) == ["Headline 1", "Headline 3"]
    assert last_version(store) == 2


def test_a_table_no_commit_names_is_removed(tmp_path):
    path = build(tmp_path / "store", [naming(article(1))])
    commit_path(path, 1).unlink()
    build(path, [naming(article(2))])
    assert _articles(path)["title"].tolist() == ["Headline 2"]


def test_a_second_writer_is_told_that_the_store_is_busy(store):
    with open_writer(store, now=NOW), pytest.raises(StoreBusy, match="another run is writing"):
        _open_for_writing(store)


def test_a_commit_number_is_given_once(store):
    with pytest.raises(StoreBusy, match="version 2"):
        write_commit(store, Commit(2, NOW, {}, ""))
    assert len(_articles(store)) == 2


def test_an_error_commits_nothing_of_its_batch(store):
    with pytest.raises(RuntimeError, match="stop"):
        _stop_half_way(store)
    assert last_version(store) == 2


def test_opening_a_writer_for_nothing_commits_nothing(store):
    with open_writer(store, now=NOW):
        pass
    assert last_version(store) == 2


def _break(store, table, how):
    """Damage the newest file of a table; return its name."""
    path = max((store / "tables" / table).glob("*.parquet"), key=lambda path: path.stat().st_mtime)
    content = path.read_bytes()
    match how:
        case "gone":
            path.unlink()
        case "cut":
            path.write_bytes(content[: len(content) // 2])
        case "zeroed":
            path.write_bytes(content[:60] + bytes(len(content) - 560) + content[-500:])
    return path.name


def _read_all(store):
    with closing(open_store(store)) as opened:
        opened.fetches(Query())
        opened.mentions(_SYRIA)


def _open_for_writing(store):
    with open_writer(store, now=NOW):
        pass


def _stop_half_way(store):
    with open_writer(store, now=NOW) as writer:
        writer.begin(_FETCH)
        writer.overlay({"article_id": 1, "field": "published_day", "value": None, "who": "me"})
        raise RuntimeError("stop")


@pytest.mark.parametrize("how", ["gone", "cut", "zeroed"])
@pytest.mark.parametrize("table", ["articles", "annotations", "mentions", "texts", "fetches"])
def test_a_damaged_file_is_named_by_readers_and_doctor(store, table, how, capsys):
    name = _break(store, table, how)
    with pytest.raises(StoreDamaged, match=name):
        _read_all(store)
    assert main(["doctor", "--store", str(store)]) == 1
    problems = [line for line in capsys.readouterr().out.splitlines() if "PROBLEM" in line]
    assert any(name in line for line in problems)


def test_a_writer_names_a_damaged_file_too(store):
    name = _break(store, "articles", "cut")
    with pytest.raises(StoreDamaged, match=name):
        _open_for_writing(store)


def test_doctor_names_the_newest_whole_version(store, capsys):
    assert main(["doctor", "--store", str(store)]) == 0
    assert "version 2 is whole, 2 articles" in capsys.readouterr().out
    with closing(open_store(store)) as opened:
        newest = set(opened.files("mentions"))
    with closing(open_store(store, snap=1)) as opened:
        (only_in_newest,) = newest - set(opened.files("mentions"))
    os.truncate(only_in_newest, 10)
    assert main(["doctor", "--store", str(store)]) == 1
    assert "version 1 is whole, 1 articles" in capsys.readouterr().out


def test_a_table_that_is_gone_is_damage(store):
    shutil.rmtree(store / "tables" / "mentions")
    with pytest.raises(StoreDamaged, match="mentions"):
        open_store(store)


@pytest.mark.parametrize("content", ["", "{", "[]", "{}"], ids=repr)
def test_an_unreadable_commit_says_how_to_go_back(store, content):
    commit_path(store, 2).write_text(content)
    with pytest.raises(StoreDamaged, match="remove that file to go back"):
        open_store(store)
    commit_path(store, 2).unlink()
    assert len(_articles(store)) == 1


@pytest.mark.parametrize("more", [{}, {"index": 7}], ids=["same fields", "a new field"])
def test_a_store_of_a_newer_program_is_refused(store, more):
    path = commit_path(store, 2)
    path.write_text(
        json.dumps({**json.loads(path.read_text()), **more, "schema": SCHEMA_VERSION + 1})
    )
    with pytest.raises(StoreDamaged, match=r"newer Wirewatch .schema \d+.*update Wirewatch"):
        open_store(store)
    with pytest.raises(StoreDamaged, match="newer"):
        _open_for_writing(store)


def test_a_version_that_is_not_there_is_told_with_the_newest(store):
    with pytest.raises(StoreMissing, match=r"no version 9 .* the newest is 2"):
        open_store(store, snap=9)


def test_old_versions_can_be_read_however_old_and_many_the_writes(tmp_path):
    """The table format removes log entries after 30 days, at every 100th write."""
    table, row = tmp_path / "topics", pa.Table.from_pylist([{"id": "x"}], schema=TABLES["topics"])
    for _ in range(98):
        tables.append(table, row)
    old = time.time() - 90 * 24 * 3600
    for entry in (table / "_delta_log").iterdir():
        os.utime(entry, (old, old))
    for _ in range(4):
        tables.append(table, row)
    assert tables.version_of(table) == 101
    assert len(tables.files_of(table, 5)) == 6


def test_a_date_set_by_hand_lies_over_the_article_and_its_versions_keep_their_own(store):
    number = int(_articles(store)["article_id"].iloc[0])
    before = last_version(store)
    set_date(store, number, date(2015, 6, 2), who="me", now=NOW, why="seen")
    row = _articles(store).set_index("article_id").loc[number]
    assert (row["published_day"], row["date_source"]) == (date(2015, 6, 2), "set by user")
    assert _articles(store, snap=before)["published_day"].isna().all()
    set_date(store, number, date(2015, 6, 3), who="me", now=NOW + timedelta(hours=1))
    set_date(store, number, None, who="me", now=NOW + timedelta(hours=2))
    assert _articles(store)["published_day"].isna().all()
    with closing(open_store(store)) as opened:
        corrections = opened.article(number).corrections
    assert corrections["value"].tolist()[1:] == ["2015-06-03", "2015-06-02"]
    with pytest.raises(KeyError, match="no article"):
        set_date(store, 12345, date(2015, 6, 2), who="me", now=NOW)


@pytest.mark.parametrize("later", [timedelta(), timedelta(hours=-1)], ids=["same", "set back"])
def test_the_last_of_two_corrections_wins_whatever_the_clock_says(store, later):
    number = int(_articles(store)["article_id"].iloc[0])
    for day in range(1, 9):
        set_date(store, number, date(2015, 6, day), who="me", now=NOW + day * later)
        assert _articles(store).set_index("article_id")["published_day"][number].day == day


def test_outcomes_of_the_log_add_up_to_its_entries(line, tmp_path):
    line(tmp_path, _capture("One."), _capture("One."), _capture("", url="https://a.example/2"))
    with closing(open_store(tmp_path)) as store:
        (row,) = store.fetches(Query()).to_dict("records")
    assert row["entries"] == sum(row[outcome.value] for outcome in Outcome) == 3
