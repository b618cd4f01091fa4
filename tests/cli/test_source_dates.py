"""`sources --dates` judges the dates of each source, and `doctor` names the odd ones."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from tests.commands import Commands
from tests.store.build import Written, article, build, on_day

_FETCHED = datetime(2015, 6, 2, 12, tzinfo=UTC)
_VERDICT = "dates pile up on the day of collection: 100 % of 30 articles"


def imported(path: Path, day: date) -> None:
    made = [replace(article(n, on_day(day), fetched_at=_FETCHED), source="dump") for n in range(30)]
    build(path, [Written(one) for one in made])


def test_import_that_carries_the_crawls_day_is_named(commands: Commands):
    imported(commands.store, _FETCHED.date())
    assert commands.run("sources", "--dates") == 0
    (row,) = commands.out.splitlines()[2:]
    assert row.split()[0] == "dump"
    assert row.endswith(_VERDICT)
    assert commands.run("doctor") == 1
    assert f"PROBLEM dates of dump, The Herald: {_VERDICT}" in commands.out.splitlines()


def test_import_with_its_own_days_is_not_named_by_doctor(commands: Commands):
    imported(commands.store, date(2014, 1, 1))
    commands.run("doctor")
    assert "dates of" not in commands.out
