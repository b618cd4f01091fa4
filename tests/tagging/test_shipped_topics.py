"""The sentences of `shipped/` match their topic, or do not: each topic in each of its languages."""

import re
import tomllib
from functools import cache
from pathlib import Path

import pytest
from written import article

from pipelines.article import Tags
from pipelines.querylang import parse
from pipelines.tagging.topics import Topic, TopicTagger, read_topics

TOPICS = {topic.id: topic for topic in read_topics(["default"])}
SENTENCES = {
    path.stem: tomllib.loads(path.read_text(encoding="utf-8"))
    for path in sorted(Path(__file__).with_name("shipped").glob("*.toml"))
}
MAIN = ("en", "ru", "uk", "fr", "es", "de", "ar")
FURTHER = ("it", "pt", "tr", "zh", "ja", "pl", "nl", "he", "ko", "fa")


@cache
def tagger_of(topic: Topic) -> TopicTagger:
    return TopicTagger([topic])


def is_matched(topic: Topic, language: str, sentence: str) -> bool:
    return bool(tagger_of(topic).find(article(sentence, language=language), Tags()).topics)


def sentences(kind):
    return [
        pytest.param(topic, language, sentence, id=f"{topic}-{language}-{sentence}")
        for topic, languages in SENTENCES.items()
        for language, kinds in languages.items()
        for sentence in kinds.get(kind, [])
    ]


@pytest.mark.parametrize(("topic", "language", "sentence"), sentences("yes"))
def test_sentence_about_a_topic_matches_it(topic, language, sentence):
    assert is_matched(TOPICS[topic], language, sentence)


@pytest.mark.parametrize(("topic", "language", "sentence"), sentences("no"))
def test_sentence_about_something_else_does_not_match(topic, language, sentence):
    assert not is_matched(TOPICS[topic], language, sentence)


def test_every_shipped_topic_is_tried_in_every_language_it_ships():
    assert SENTENCES.keys() == TOPICS.keys()
    for topic, languages in SENTENCES.items():
        for language in MAIN:
            assert len(languages[language]["yes"]) >= 3, (topic, language)
            assert len(languages[language]["no"]) >= 3, (topic, language)
        for language in FURTHER:
            assert languages[language]["yes"], (topic, language)


DOCUMENTED = (Path(__file__).resolve().parents[2] / "docs/topics.md").read_text(encoding="utf-8")


def test_every_shipped_topic_is_described():
    rows = re.findall(r"^\| `([a-z-]+)` \|", DOCUMENTED, re.MULTILINE)
    assert rows == list(TOPICS)


def test_number_of_sentences_is_as_described():
    number = sum(
        len(sentences)
        for languages in SENTENCES.values()
        for kinds in languages.values()
        for sentences in kinds.values()
    )
    assert f"{number} in all" in DOCUMENTED


def test_refined_topic_leaves_out_what_it_says(tmp_path):
    file = tmp_path / "topics.toml"
    file.write_text(DOCUMENTED.split("```toml\n")[1].split("```")[0], encoding="utf-8")
    [topic] = read_topics([str(file)])
    assert parse(topic.query).warnings == ()
    assert is_matched(topic, "en", topic.examples[0])
    assert not is_matched(topic, "en", "A Ukrainian restaurant opened; the minister came to eat.")
    assert not is_matched(topic, "en", "Ukrainian poets read at the fair.")
