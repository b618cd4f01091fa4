"""The sentences of `shipped/` match their topic, or do not: each topic in each of its languages."""

import tomllib
from pathlib import Path

import pytest

from pipelines.article import (
    Article,
    Outlet,
    Publication,
    TextSource,
    Zone,
    ZoneSpan,
)
from pipelines.tagging.topics import TopicTagger, read_topics

TOPICS = {topic.id: topic for topic in read_topics(["default"])}
TAGGERS = {topic.id: TopicTagger([topic]) for topic in TOPICS.values()}
SENTENCES = {
    path.stem: tomllib.loads(path.read_text(encoding="utf-8"))
    for path in sorted(Path(__file__).with_name("shipped").glob("*.toml"))
}
MAIN = ("en", "ru", "uk", "fr", "es", "de", "ar")
FURTHER = ("it", "pt", "tr", "zh", "ja", "pl", "nl", "he", "ko", "fa")


def matches(topic: str, language: str, sentence: str) -> bool:
    article = Article(
        article_id=1,
        outlet=Outlet("the-planet", "The Planet", "planet.example", "FR"),
        url="",
        title="",
        text=sentence,
        zones=(ZoneSpan(0, len(sentence), Zone.BODY),),
        raw_text="",
        language=language,
        publication=Publication(),
        text_source=TextSource.FILE,
        content_hash=0,
        text_hash=0,
        n_words=0,
    )
    return bool(TAGGERS[topic].find(article, [])[1])


def sentences(kind):
    return [
        pytest.param(topic, language, sentence, id=f"{topic}-{language}-{sentence}")
        for topic, languages in SENTENCES.items()
        for language, kinds in languages.items()
        for sentence in kinds.get(kind, [])
    ]


@pytest.mark.parametrize(("topic", "language", "sentence"), sentences("yes"))
def test_sentence_about_a_topic_matches_it(topic, language, sentence):
    assert matches(topic, language, sentence)


@pytest.mark.parametrize(("topic", "language", "sentence"), sentences("no"))
def test_sentence_about_something_else_does_not_match(topic, language, sentence):
    assert not matches(topic, language, sentence)


def test_every_shipped_topic_is_tried_in_every_language_it_ships():
    assert SENTENCES.keys() == TOPICS.keys()
    for topic, languages in SENTENCES.items():
        for language in MAIN:
            assert len(languages[language]["yes"]) >= 3, (topic, language)
            assert len(languages[language]["no"]) >= 3, (topic, language)
        for language in FURTHER:
            assert languages[language]["yes"], (topic, language)
