"""The sample data is what its writer writes, tells true dates and agrees with its own truth."""

import csv
import json
import tarfile
from collections import Counter
from datetime import date, datetime
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.sample import material, planted
from tests.sample.compose import Story
from tests.sample.schedule import OUTAGE, OUTAGE_OUTLET, all_stories
from tests.sample.spin import wording
from tests.sample.write import TARGET, sample_files

_SECRETARIES = {"kerry": "kerry-john-forbes", "blinken": "blinken-antony-j"}


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return sample_files(stories())


@pytest.fixture(scope="module")
def truth(files):
    return json.loads(files["planted_truth.json"])


@cache
def stories() -> tuple[Story, ...]:
    return tuple(all_stories())


@cache
def rows(name: str) -> list[dict[str, str]]:
    with (material.HERE / "facts" / name).open(encoding="utf-8", newline="") as stored:
        return list(csv.DictReader(stored))


def test_the_committed_files_are_what_the_writer_writes(files):
    committed = {
        path.relative_to(TARGET).as_posix(): path.read_bytes()
        for path in TARGET.rglob("*")
        if path.is_file()
    }
    assert sorted(committed) == sorted(files)
    assert [name for name in files if files[name] != committed[name]] == []


def test_the_same_stories_give_the_same_bytes_again(files):
    assert sample_files(stories()) == files


def test_the_sample_stays_small(files):
    assert sum(map(len, files.values())) < 4_000_000


@pytest.mark.parametrize("row", rows("vetoes.csv"), ids=lambda row: row["draft"])
def test_the_vote_on_a_vetoed_draft_adds_up_to_fifteen(row):
    assert sum(int(row[name]) for name in ("yes", "no", "abstain")) == 15
    assert row["draft"].startswith(f"S/{row['date'][:4]}/")


def test_vetoes_agree_with_the_record(shared_data):
    """The record ends in September 2022; later rows rest on the vote counts alone."""
    with (shared_data / "facts" / "unsc_vetoes_1946_sept2022.csv").open(
        encoding="utf-8-sig", newline=""
    ) as stored:
        records = [list(row) for row in csv.reader(stored)]
    known = {row[3]: datetime.strptime(row[1], "%m/%d/%Y").date() for row in records[1:]}  # noqa: DTZ007
    ours = {row["draft"]: date.fromisoformat(row["date"]) for row in rows("vetoes.csv")}
    old = {draft: day for draft, day in ours.items() if day < date(2022, 9, 1)}
    assert {draft: known.get(draft) for draft in old} == old


def test_trips_agree_with_the_record(shared_data):
    recorded = {who: _recorded_trips(shared_data, name) for who, name in _SECRETARIES.items()}
    wrong = [
        row
        for row in rows("trips.csv")
        if not any(
            start <= row["date"] <= end and row["place_en"] in place.replace("Kiev", "Kyiv")
            for start, end, place in recorded[row["who"]]
        )
    ]
    assert wrong == []


def _recorded_trips(shared_data: Path, name: str) -> list[tuple[str, str, str]]:
    with tarfile.open(shared_data / "facts" / "us_travels_visits_unvotes.tar.xz") as archive:
        member = f"us_state_travels/secretary-travels/{name}.xml"
        tree = ElementTree.fromstring(archive.extractfile(member).read())
    fields = ("start-date", "end-date", "locale")
    return [tuple((trip.findtext(f) or "").strip() for f in fields) for trip in tree.iter("trip")]


def test_every_event_lies_in_a_collected_period():
    for event in material.events():
        assert event.day.year in {2013, 2014, 2015, 2016, 2021, 2022, 2023, 2024}, event.id


def test_event_ids_are_unique():
    assert max(Counter(event.id for event in material.events()).values()) == 1


def test_no_story_is_older_than_its_event():
    days = {event.id: event.day for event in material.events()}
    early = [s.key for s in stories() if s.event in days and s.day < days[s.event]]
    assert early == []


def test_every_dense_day_has_articles_enough_for_a_daily_chart():
    per_day = Counter(story.day for story in stories())
    dense = [n for day, n in per_day.items() if material.FIRST_DENSE <= day <= material.LAST_DENSE]
    assert len(dense) == 44
    assert min(dense) >= 20


def test_no_wording_is_left_unfilled():
    for story in stories():
        for text in (story.title, *story.paragraphs):
            assert not set("[]{}|") & set(text), (story.key, text)


def test_addresses_are_unique_and_invented():
    urls = [story.url for story in stories()]
    assert len(urls) == len(set(urls))
    assert all(f"{story.outlet.domain}/" in story.url for story in stories())
    assert all(one.domain.endswith(".example") for one in material.outlets())


def test_articles_are_short_and_not_too_short():
    lengths = sorted(len(story.text.split()) for story in stories())
    assert lengths[0] >= 40
    assert lengths[-1] <= 170
    assert 70 <= lengths[len(lengths) // 2] <= 110


def test_twelve_outlets_in_eight_countries_and_three_languages(truth):
    assert len(material.outlets()) >= 12
    assert len(truth["articles_per_country"]) >= 8
    assert {"en", "ru", "fr"} <= set(truth["articles_per_language"])


def test_nothing_of_the_outage_days_is_in_the_sample(truth):
    missed = {day.isoformat() for day in OUTAGE}
    of_outlet = [r for r in truth["records"].values() if r["outlet"] == OUTAGE_OUTLET]
    assert not missed & {record["day"] for record in of_outlet}
    assert len(of_outlet) > 50


def test_no_feed_file_stands_in_the_outage(files):
    for day in OUTAGE:
        assert not [name for name in files if f"bosphorus-herald/{day.isoformat()}" in name]


def test_outcomes_add_up(truth):
    by_source = sum((Counter(o) for o in truth["outcomes_by_source"].values()), Counter())
    assert by_source == Counter(truth["outcomes"])
    assert by_source.total() == truth["captures"]
    assert truth["outcomes"]["stored"] == truth["articles"] == len(truth["records"])


def test_versions_and_outcomes_tell_the_same(truth):
    later = sum(record["versions"] - 1 for record in truth["records"].values())
    assert later == truth["outcomes"]["edited"] + truth["outcomes"]["enriched"]


def test_totals_are_the_sums_of_the_records(truth):
    records = truth["records"].values()
    for topic in planted.TOPICS:
        assert truth["mentions"][topic] == sum(record[topic] for record in records)
        assert truth["articles_with"][topic] == sum(record[topic] > 0 for record in records)
    assert truth["articles_per_outlet"] == Counter(record["outlet"] for record in records)


def test_every_agency_story_has_six_to_ten_verbatim_copies(truth):
    assert len(truth["wire_copies"]) >= 20
    for group in truth["wire_copies"].values():
        assert group["original"]
        assert 6 <= len(group["verbatim"]) <= 10


def test_verbatim_copies_have_the_very_text():
    originals = {story.key: story for story in stories() if story.kind == "wire"}
    for story in stories():
        if story.kind == "copy":
            assert story.paragraphs == originals[story.wire].paragraphs


def test_bad_lines_stand_where_the_truth_says(files, truth):
    for bad in truth["bad"]:
        name, _, line = bad["where"].partition(":")
        if line:
            text = files[name].decode().split("\n")[int(line) - 1]
            assert '"text": "' not in text or '"text": ""' in text or not text.endswith("}")
        else:
            assert files[name] == b""


def test_a_form_that_is_not_listed_stops_the_writer():
    with pytest.raises(ValueError, match="not listed"):
        planted.count("syria", ["The Syriac church"])


def test_a_name_with_its_abbreviation_counts_once():
    assert planted.count("unsc", ["the United Nations Security Council (UNSC) met"]) == 1


def test_choices_may_stand_in_choices():
    wordings = {wording("[a|b [c|d]]", str(n), {}) for n in range(50)}
    assert wordings == {"a", "b c", "b d"}
