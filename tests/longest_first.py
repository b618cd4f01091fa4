"""Runs the files that take longest first, so that none is left over while other cores are idle.

A file is what one process gets (`make test`). Left to itself pytest-xdist begins with the files of
most tests, and the kills and browsers, which are few tests of minutes, came last.
"""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LONGEST = (
    "tests/e2e/test_jobs.py",
    "tests/test_feed_history.py",
    "tests/quality/test_page_floors.py",
    "tests/store/test_kill.py",
    "tests/quality/test_text_floors.py",
    "tests/e2e/test_store_changes.py",
    "tests/e2e/test_every_page.py",
    "tests/store/test_writer.py",
    "tests/e2e/test_browser.py",
    "tests/test_learning.py",
    "tests/e2e/test_hostile.py",
    "tests/test_retag.py",
    "tests/e2e/test_links.py",
    "tests/cli/test_topic_commands.py",
    "tests/e2e/test_keyboard.py",
    "tests/store/test_text_index.py",
    "tests/test_planted_truth.py",
    "tests/test_commands_documentation.py",
    "tests/store/test_upkeep_kills.py",
    "tests/cli/test_ingest_command.py",
    "tests/store/test_text_index_on_real_texts.py",
    "tests/cli/test_reading_commands.py",
    "tests/extraction/test_odd_pages.py",
    "tests/store/test_bringing.py",
    "tests/store/test_as_of.py",
    "tests/reading/test_workers.py",
    "tests/reports/test_report_bundle.py",
    "tests/store/test_corrections.py",
    "tests/store/test_copies.py",
    "tests/test_seed.py",
    "tests/e2e/test_who_may_ask.py",
    "tests/test_reprocess.py",
    "tests/test_readme.py",
    "tests/bench/test_store_speed.py",
    "tests/store/test_race.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of the longest files first; the others stay in their order."""
    place = {ROOT / name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path, len(place)))
