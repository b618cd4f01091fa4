"""Precision and recall of state bodies are what they say, and the labels are ids that exist."""

import json

from pipelines.tagging import entity_names
from tests.quality.state_body_ids import KEYS, BodyIdScore, body_precision, body_recall

SCORES = [
    BodyIdScore("a", "kenyan-parliament", frozenset({"kenyan-parliament"})),
    BodyIdScore("b", "kenyan-army", frozenset({"chadian-army"})),
    BodyIdScore("c", "kenyan-navy", frozenset()),
    BodyIdScore("d", "", frozenset({"kenyan-army"})),
    BodyIdScore("e", "", frozenset()),
]


def test_precision_is_the_share_of_the_found_and_recall_that_of_the_meant():
    assert body_precision(SCORES) == 1 / 3
    assert body_recall(SCORES) == 1 / 3


def test_without_anything_found_or_meant_the_figures_are_zero():
    assert (body_precision(SCORES[4:]), body_recall(SCORES[4:])) == (0, 0)


def test_every_label_is_an_id_or_empty():
    rows = json.loads(KEYS.read_text(encoding="utf-8"))
    assert {row["split"] for row in rows} == {"dev", "test"}
    assert all(row["body"][2] in entity_names() for row in rows if row["body"][2])
