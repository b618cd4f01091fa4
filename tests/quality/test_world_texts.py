"""Texts of the world's news are read with the labels that were made for them."""

from pathlib import Path

from tests.quality.names_corpora import unseen_ids
from tests.quality.world_texts import (
    first_lines,
    read_labelled,
    sha256,
    world_keys,
    world_texts,
    written_texts,
)


def test_labels_in_a_text_become_offsets():
    one = read_labelled("x", "[L ROME] - [O Roma] won.|[P Ann Bell] scored.")
    assert one.text == "ROME - Roma won.\nAnn Bell scored."
    assert [(one.text[start:end], kind) for start, end, kind in one.names] == [
        ("ROME", "LOC"),
        ("Roma", "ORG"),
        ("Ann Bell", "PER"),
    ]


def test_no_mark_is_left_in_what_we_wrote():
    texts = written_texts()
    assert len(texts) > 100
    assert not [one.id for one in texts if set("[]|#") & set(one.text)]


def test_a_text_ends_with_the_line_of_its_200th_word():
    assert len(first_lines(["a  b", "", "word " * 197, "the end", "left out"]).split()) == 201


def test_world_texts_are_those_that_were_labelled(shared_data: Path):
    texts = dict(world_texts(shared_data))
    for key in world_keys():
        assert sha256(texts[key.id]) == key.sha256
        for start, end, kind in key.names:
            surface = texts[key.id][start:end]
            assert surface == surface.strip()
            assert kind in ("PER", "ORG", "LOC")


def test_nothing_of_the_gold_to_measure_with_is_fitted_to():
    trained = {key.id for key in world_keys() if key.split == "train"}
    assert trained.isdisjoint(unseen_ids())
    assert not [name for name in trained if name.startswith("page:")]
