"""The measure of countries: what its figures count, and that its labels are what they should be."""

import csv
from pathlib import Path

import pytest

from pipelines.tagging import country_names
from tests.quality.countries import (
    CountryScore,
    among_the_main,
    f1,
    geovirus,
    gmb,
    main_country,
    mentioned,
    news,
    precision,
    recall,
)

_PLACES = Path(__file__).with_name("gold") / "countries" / "geovirus.csv"


def score(true, found):
    return CountryScore("", "test", tuple(true.split()), tuple(found.split()))


def test_countries_are_counted_over_all_documents():
    scores = [score("RU UA US", "RU UA"), score("SY", "SY TR"), score("", "")]
    assert precision(scores) == 3 / 4
    assert recall(scores) == 3 / 4
    assert f1(scores) == 6 / 8


def test_where_nothing_is_true_and_nothing_found_all_is_right():
    assert precision([score("", "")]) == recall([score("", "")]) == f1([score("", "")]) == 1


def test_the_main_country_is_the_first_and_silence_is_judged():
    scores = [score("RU UA", "RU"), score("RU UA", "UA RU"), score("US", ""), score("", "")]
    assert main_country(scores) == 1 / 3
    assert among_the_main(scores) == 2 / 3


def test_every_place_lies_in_a_known_country_or_in_none():
    with _PLACES.open(encoding="utf-8", newline="") as file:
        codes = {row["code"] for row in csv.DictReader(file)}
    assert codes - {""} <= set(country_names())


@pytest.mark.parametrize(
    ("read", "documents"), [(news, (143, 77)), (geovirus, (128, 101)), (gmb, (0, 130))]
)
def test_the_halves_are_whole_documents(shared_data, read, documents):
    halves = [one.half for one in read(shared_data)]
    assert (halves.count("develop"), halves.count("test")) == documents


def test_a_country_named_by_an_adjective_alone_can_be_left_out(shared_data):
    one = next(one for one in geovirus(shared_data) if "Aggressive" in one.id)
    assert "DE" in mentioned(one).found
    assert len(mentioned(one).found) >= len(mentioned(one, adjectives=False).found)
