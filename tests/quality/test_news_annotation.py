"""Shorthand of labels becomes offsets, and what does not fit its text is refused."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from tests.quality.news_annotation import WrongLabel, read_block
from tests.quality.news_texts import choose, cut, news_texts

GOLD = Path(__file__).with_name("gold") / "news"

TEXT = (
    "Ann Bell meets Minister Cole in Paris\n"
    "Bell, of Bell Labs, said that Paris was calm. “We will come back soon,” Cole told Reuters."
)


def labels_of(*lines: str):
    return read_block(["# wikinews:1", *lines], TEXT)


def named(*lines: str):
    return [(TEXT[start:end], kind, name) for start, end, kind, name in labels_of(*lines).entities]


def test_a_surface_stands_for_all_its_places_outside_longer_ones():
    assert named("P Ann Bell = Ann Bell; Bell", "O Bell Labs = Bell Labs") == [
        ("Ann Bell", "PER", "Ann Bell"),
        ("Bell", "PER", "Ann Bell"),
        ("Bell Labs", "ORG", "Bell Labs"),
    ]


def test_places_can_be_chosen_by_number():
    found = labels_of("L Paris = Paris@2").entities
    assert [start for start, *_ in found] == [TEXT.rindex("Paris")]


def test_a_part_of_a_word_is_no_place():
    with pytest.raises(WrongLabel, match="'Reut' has 0 places"):
        labels_of("O Reut = Reut")


def test_one_place_cannot_have_two_kinds():
    with pytest.raises(WrongLabel, match="two labels"):
        labels_of("L Paris = Paris", "O Paris FC = Paris@2")


def test_a_quote_has_its_words_and_the_nearest_place_of_its_speaker():
    labels = labels_of(
        "Q d | Cole | We will ... soon | Cole", "Q r | Ann Bell | Paris was calm | Bell@2"
    )
    shown = [
        (TEXT[start:end], kind, TEXT[first:last], speaker)
        for start, end, kind, first, last, speaker in labels.quotes
    ]
    assert shown == [
        ("Paris was calm", "reported", "Bell", "Ann Bell"),
        ("We will come back soon", "direct", "Cole", "Cole"),
    ]
    assert labels.quotes[1][3] == TEXT.rindex("Cole")


@pytest.mark.parametrize(
    "line",
    [
        "C FRA n",
        "C FR x",
        "Q d | Cole | nowhere | Cole",
        "Q x | Cole | Paris was | Cole",
        "X Paris",
    ],
)
def test_what_cannot_be_read_is_refused_by_name(line: str):
    with pytest.raises(WrongLabel, match="wikinews:1"):
        labels_of(line)


def test_countries_focus_and_dateline_are_kept():
    labels = labels_of("C FR p; GB n", "F FR", "D Paris@2 FR")
    assert labels.countries == {"FR": "p", "GB": "n"}
    assert labels.focus == ["FR"]
    assert labels.dateline == (TEXT.rindex("Paris"), TEXT.rindex("Paris") + 5, "FR")


def test_a_text_ends_with_the_paragraph_of_its_350th_word():
    lines = ["Title", "", "  two   words ", "word " * 346, "word " * 9, "left out"]
    assert cut(lines).split("\n")[1] == "two words"
    assert len(cut(lines).split()) == 358


def test_the_texts_are_those_that_were_labelled(shared_data: Path):
    texts = {text.id: text for text in news_texts(shared_data)}
    keys = json.loads((GOLD / "keys.json").read_text(encoding="utf-8"))
    chosen = {row["id"]: row for row in json.loads((GOLD / "documents.json").read_text("utf-8"))}
    assert all(chosen[row["id"]]["sha256"] == texts[row["id"]].sha256 for row in keys)
    for row in keys:
        for start, end, kind, _ in row["entities"]:
            surface = texts[row["id"]].text[start:end]
            assert surface, row["id"]
            assert surface == surface.strip(), row["id"]
            assert kind in ("PER", "ORG", "LOC")


def test_the_choice_of_texts_can_be_repeated(shared_data: Path):
    chosen = json.loads((GOLD / "documents.json").read_text("utf-8"))
    assert [asdict(one) for one in choose(shared_data)] == chosen


def test_no_text_is_labelled_for_quotes_that_has_other_labels():
    labelled = {row["id"] for row in json.loads((GOLD / "documents.json").read_text("utf-8"))}
    more = json.loads((GOLD.parent / "quotes_more.json").read_text("utf-8"))
    ids = [row["id"] for row in more]
    assert labelled.isdisjoint(ids)
    assert len(set(ids)) == len(ids) == 214
    assert {row["split"] for row in more} == {"train", "dev"}
