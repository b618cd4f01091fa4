"""Nine months of two real feeds, snapshot by snapshot, as they were collected."""

import tarfile
from contextlib import closing
from datetime import date

import pytest

from pipelines.analysis.coverage import coverage_by_day
from pipelines.query import Query
from pipelines.store import open_store

pytestmark = pytest.mark.slow

# The questions are of the log and of versions: finding names would take most of the time.
_SETTINGS = """names = "none"

[[source]]
name = "state"
location = "state"
kind = "feed"
outlet = "US Department of State"
fetched_at_pattern = '(.*)\\.rss'
[[source]]
name = "whitehouse"
location = "whitehouse"
kind = "feed"
outlet = "The White House"
fetched_at_pattern = '(.*)\\.rss'
"""


@pytest.fixture(scope="module")
def history(shared_data, tmp_path_factory):
    """Ingest all 1,732 snapshots once; return the open store and the run's outcomes."""
    from pipelines.cli import main

    folder = tmp_path_factory.mktemp("history")
    for archive in sorted((shared_data / "feeds" / "us_gov_rss").glob("*.tar.xz")):
        with tarfile.open(archive) as tar:
            tar.extractall(folder, filter="data")
    (folder / "wirewatch.toml").write_text(_SETTINGS)
    code = main(
        ["ingest", "--config", str(folder / "wirewatch.toml"), "--store", str(folder / "store")]
    )
    assert code == 0
    with closing(open_store(folder / "store")) as store:
        yield store


def test_every_snapshot_is_logged_and_outcomes_add_up(history):
    log = history.fetches(Query())
    outcomes = ["stored", "enriched", "edited", "unchanged", "duplicate", "no_article"]
    outcomes += ["unsupported", "quarantined", "failed"]
    assert log.groupby("source").size().to_dict() == {"state": 844, "whitehouse": 888}
    assert (log[outcomes].sum(axis=1) == log["entries"]).all()


def test_one_article_per_item(history):
    articles = history.articles(Query())
    assert articles["url"].is_unique
    log = history.fetches(Query())
    assert len(articles) == log["stored"].sum() == 1516


def test_same_text_under_two_addresses_is_one_article(history):
    assert history.fetches(Query())["duplicate"].sum() > 0
    copies = history.articles(Query()).groupby(["outlet", "title", "published_day"]).size()
    assert copies.max() <= 2  # two gaggles on one day have one title and different texts


def test_changed_titles_are_versions_of_one_article(history):
    articles = history.articles(Query(within='title:"Background Press Call"'))
    seen = [
        set(history.article(int(row.article_id)).versions["title"])
        for row in articles[articles["versions"] > 1].itertuples()
    ]
    assert {
        "Background Press Call on U.S. Support for the People of Afghanistan",
        "Background Press Call by Senior Administration Officials on U.S. Support for the People "
        "of Afghanistan",
    } in seen


def test_what_agencies_repeat_is_learned(history):
    lines = history.furniture()
    assert 30 <= len(lines) <= 60  # 45 when the rule was made, five of them no furniture
    assert lines["line"].str.split().str.len().max() <= 10
    assert (lines["articles"] >= 4).all()


def test_months_without_snapshots_are_not_collected(history):
    by_day = coverage_by_day(history, Query()).set_index("day")["coverage"]
    gap = by_day[[day for day in by_day.index if date(2021, 10, 1) <= day <= date(2021, 12, 31)]]
    assert len(gap) == 92
    assert (gap == 0).all()
    assert by_day[date(2021, 6, 15)] == 1
