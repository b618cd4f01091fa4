"""The judged articles are whole, and their scorer counts as it says."""

import re
from collections import Counter

import pytest

from pipelines.article import Capture, Form
from pipelines.tagging.topics import Topic, read_topics
from tests.quality.topic_texts import CORPORA, Text
from tests.quality.topics import (
    GOLD,
    Key,
    TopicScore,
    digest_of,
    precision,
    read_keys,
    recall,
    report,
    scores_of,
)

SHIPPED = {topic.id for topic in read_topics(("default",))}


def scored(*, right: bool, matched: bool, topic: str = "syria", draw: str = "hits") -> TopicScore:
    return TopicScore("a.example", topic, draw, "dev", "en", right, matched, changed=False)


def test_every_shipped_topic_has_fifty_judged_hits_and_its_near_misses() -> None:
    drawn = Counter((key.topic, key.draw) for key in read_keys())
    assert {topic for topic, _ in drawn} == SHIPPED
    assert {drawn[topic, "hits"] for topic in SHIPPED} == {50}
    assert min(drawn[topic, "misses"] for topic in SHIPPED) >= 25


def test_keys_name_known_corpora_and_keep_no_text() -> None:
    for key in read_keys():
        assert key.corpus in CORPORA
        assert 0 <= key.start < key.end
        assert re.fullmatch("[0-9a-f]{16}", key.digest)
        assert isinstance(key.right, bool)


def test_no_article_is_judged_twice_for_one_topic() -> None:
    judged = Counter((key.topic, key.corpus, key.unit) for key in read_keys())
    assert judged.most_common(1)[0][1] == 1


def test_near_misses_are_told_by_words_for_every_shipped_topic() -> None:
    assert {topic.id for topic in read_topics((str(GOLD / "near_misses.toml"),))} == SHIPPED


def test_precision_is_the_right_share_of_what_matches() -> None:
    found = [scored(right=True, matched=True)] * 3 + [scored(right=False, matched=True)]
    assert precision([*found, scored(right=True, matched=False)]) == 0.75
    assert precision([]) == 0.0


def test_recall_is_the_matching_share_of_what_is_right() -> None:
    found = [scored(right=True, matched=True)] * 3 + [scored(right=True, matched=False)]
    assert recall([*found, scored(right=False, matched=True)]) == 0.75
    assert recall([*found, scored(right=True, matched=True, draw="new")]) == 0.75
    assert recall([]) == 0.0


def test_report_has_a_line_for_each_topic_and_one_for_all() -> None:
    lines = report(
        [
            scored(right=True, matched=True),
            scored(right=False, matched=True, topic="yemen"),
        ]
    )
    assert [line.split()[0] for line in lines] == ["syria", "yemen", "all"]
    assert "precision  50.0% (9% to 91%) of 2, recall 100.0% of 1" in lines[-1]


def test_texts_of_one_publisher_are_in_one_half() -> None:
    blank = Capture("", "", Form.TEXT, b"")
    halves = {
        publisher: {Text("pages", unit, publisher, blank).half for unit in "abc"}
        for publisher in ("a.example", "b.example", "c.example", "d.example", "e.example")
    }
    assert all(len(half) == 1 for half in halves.values())
    assert set.union(*halves.values()) == {"dev", "test"}


@pytest.fixture
def one_page(tmp_path):
    """Return the scores of one page, right for Syria; wrong, and read otherwise, for Yemen."""
    (tmp_path / "seed").mkdir()
    text = "Envoys spoke in Geneva.\nThey said that the talks on Syria would go on for a week."
    (tmp_path / "seed" / "one.txt").write_text(text, encoding="utf-8")
    keys = [
        Key("syria", "hits", "seed", "one.txt", "en", digest_of(text), 0, 1, "Syria", right=True),
        Key("yemen", "misses", "seed", "one.txt", "en", "another", 0, 1, "Yemen", right=False),
    ]
    return scores_of(keys, tmp_path, [Topic("syria", "Syria", "Syria")])


def test_judged_articles_are_found_read_and_matched(one_page) -> None:
    assert [(score.topic, score.right, score.matched) for score in one_page] == [
        ("syria", True, True),
        ("yemen", False, False),
    ]


def test_text_that_reads_otherwise_than_when_judged_is_told(one_page) -> None:
    assert [score.changed for score in one_page] == [False, True]
