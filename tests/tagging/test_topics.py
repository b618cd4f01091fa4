import re
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pipelines.article import (
    Article,
    Mention,
    Outlet,
    Publication,
    TagKind,
    Tags,
    TextSource,
    Zone,
    ZoneSpan,
)
from pipelines.errors import ConfigError
from pipelines.querylang import clean, parse
from pipelines.tagging.topics import Topic, TopicTagger, read_topics

SHIPPED = read_topics(["default"])


def article(*paragraphs, language=""):
    """Return an article of (zone, text) paragraphs."""
    text, zones = "", []
    for number, (zone, paragraph) in enumerate(paragraphs):
        begin = len(text)
        text += paragraph + ("\n" if number < len(paragraphs) - 1 else "")
        zones.append(ZoneSpan(begin, len(text), zone))
    return Article(
        article_id=1,
        outlet=Outlet("the-planet", "The Planet", "planet.example", "FR"),
        url="",
        title="",
        text=text,
        zones=tuple(zones),
        raw_text="",
        language=language,
        publication=Publication(),
        text_source=TextSource.FILE,
        content_hash=0,
        text_hash=0,
        n_words=0,
    )


def found(query, subject, mentions=()):
    """Return the surfaces of one topic's mentions, None where it does not match."""
    tags = TopicTagger([Topic("t", "T", query)]).find(subject, Tags(tuple(mentions)))
    assert all(one.surface == subject.text[one.start : one.end] for one in tags.mentions)
    return [one.surface for one in tags.mentions] if tags.topics == ("t",) else None


def seed(shared_data):
    """Return the user's scraped page in zones made by hand."""
    [file] = (shared_data / "seed").glob("*.txt")
    lines = clean(file.read_text(encoding="utf-8")).split("\n")
    zones = [Zone.FURNITURE] * 3 + [Zone.LEDE] + [Zone.BODY] * (len(lines) - 9)
    zones += [Zone.RELATED] * 3 + [Zone.TAGS, Zone.FURNITURE]
    zones[lines.index("Some Must Decide on Syria")] = Zone.SUBHEAD
    return article(*zip(zones, lines, strict=True), language="en")


@pytest.mark.parametrize(
    ("topic", "surfaces"),
    [
        ("syria", ["Syria", "Syrian", "Syrian", "Syria", "Syrian"]),
        ("ukraine", ["Ukraine"]),
        ("unsc", ["United Nations Security Council (UNSC)"]),
    ],
)
def test_mentions_of_the_real_page_are_exact(shared_data, topic, surfaces):
    tags = TopicTagger(SHIPPED).find(seed(shared_data), Tags())
    assert [mention.surface for mention in tags.mentions if mention.tag == topic] == surfaces
    assert set(tags.topics) == {"syria", "ukraine", "unsc"}


def test_a_mention_knows_its_zone_and_the_term_that_made_it(shared_data):
    mentions = TopicTagger(SHIPPED).find(seed(shared_data), Tags()).mentions
    syria = [mention for mention in mentions if mention.tag == "syria"]
    assert [mention.zone for mention in syria].count(Zone.SUBHEAD) == 1
    assert {mention.why for mention in syria} == {"Syria", "Syrian*"}
    assert {mention.kind for mention in mentions} == {TagKind.TOPIC}


def examples():
    return [
        pytest.param(topic, example, id=f"{topic.id}: {example}")
        for topic in SHIPPED
        for example in topic.examples
    ]


@pytest.mark.parametrize(("topic", "example"), examples())
def test_example_of_a_shipped_topic_matches_it(topic, example):
    assert found(topic.query, article((Zone.BODY, example)))


def test_shipped_topics_are_many_told_apart_and_free_of_warnings():
    assert len(SHIPPED) >= 10
    assert len({topic.color for topic in SHIPPED}) == len(SHIPPED)
    for topic in SHIPPED:
        assert topic.examples
        assert topic.description
        assert parse(topic.query).warnings == (), topic.id


UNSC = next(topic.query for topic in SHIPPED if topic.id == "unsc")


@pytest.mark.parametrize(
    "text",
    [
        "The Security Council met in Moscow, Patrushev said.",
        "Russia's Security Council met; the UN was silent.",
        "The National Security Council told the UN so.",
        "Заседание Совета Безопасности России прошло в Кремле.",
        "Секретарь Совета Безопасности Патрушев обсудил доклад ООН.",
        "Совбез РФ обсудил резолюцию ООН.",
        "council security of the un",
    ],
)
def test_another_security_council_is_not_that_of_the_un(text):
    assert found(UNSC, article((Zone.BODY, text))) is None


@pytest.mark.parametrize(
    ("topic", "language", "text"),
    [
        ("sanctions", "es", "Sin embargo, el presidente habló."),
        ("chemical-weapons", "ru", "Новичок команды забил гол."),
        ("israel-palestine", "ru", "Цены на газ и поставки газа"),
        ("yemen", "ar", "اليد اليمنى"),
        ("syria", "en", "The Syriac script of Assyria"),
        ("ukraine", "ru", "У края дороги, на окраине"),
        ("sudan", "en", "Sudanic languages"),
    ],
)
def test_another_word_is_not_the_topic(topic, language, text):
    query = next(one.query for one in SHIPPED if one.id == topic)
    assert found(query, article((Zone.BODY, text), language=language)) is None


def test_bare_security_council_counts_where_the_article_names_the_un():
    subject = article((Zone.LEDE, "The Security Council voted."), (Zone.BODY, "The UN said so."))
    assert found(UNSC, subject) == ["Security Council"]


def test_context_in_related_headlines_is_no_context():
    subject = article((Zone.BODY, "The Security Council met."), (Zone.RELATED, "UN envoy quits"))
    assert found(UNSC, subject) is None


def test_topic_may_ask_for_entities_and_countries_found_before():
    subject = article((Zone.BODY, "Lavrov spoke."))
    lavrov = Mention(TagKind.ENTITY, "sergei-lavrov", 0, 6, "Lavrov", Zone.BODY)
    russia = Mention(TagKind.COUNTRY, "RU", 0, 6, "Lavrov", Zone.BODY)
    assert found("entity:sergei-lavrov spoke", subject, [lavrov]) == ["spoke"]
    assert found("mentioned:RU", subject, [russia]) == []
    assert found("mentioned:RU", subject, [lavrov]) is None


def test_topic_without_a_positive_term_matches_without_mentions():
    tagger = TopicTagger([Topic("t", "T", "outlet:planet lang:fr NOT syria")])
    tags = tagger.find(article((Zone.BODY, "Bonjour"), language="fr"), Tags())
    assert tags == Tags(topics=("t",))


@pytest.mark.parametrize(
    ("publication", "matches"),
    [
        (Publication(datetime(2015, 5, 31, 23, tzinfo=UTC), date(2015, 6, 1)), True),
        (Publication(datetime(2015, 6, 1, 23, tzinfo=UTC), date(2015, 6, 2)), False),
        (Publication(published_day=date(2015, 6, 1)), True),
        (Publication(), False),
    ],
    ids=["publisher's day", "publisher's day is another", "day", "undated"],
)
def test_topic_may_ask_for_the_day(publication, matches):
    subject = replace(article((Zone.BODY, "x1")), publication=publication)
    assert (found("published:2015-06-01", subject) is not None) == matches


def written(tmp_path, text):
    path = tmp_path / "topics.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


GOOD = '[[topic]]\nid = "iraq"\nname = "Iraq"\nquery = "Iraq OR Iraqi*"\n'


def test_topics_of_several_files_come_in_order(tmp_path):
    topics = read_topics([written(tmp_path, GOOD), "default"])
    assert topics[0] == Topic("iraq", "Iraq", "Iraq OR Iraqi*")
    assert topics[1:] == SHIPPED


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (GOOD + 'colour = "#ffffff"', "unknown setting `colour`; the nearest known is `color`"),
        (GOOD + 'color = "red"', "the color `red`"),
        (GOOD + "examples = 3", "`examples` must be a list"),
        (GOOD + "description = 3", "`description` must be a text"),
        (GOOD + GOOD, "the topic id `iraq` is given twice"),
        (GOOD.replace("Iraqi*", "*raqi"), "topic 1 (`iraq`): cannot read the query at character 9"),
        (GOOD.replace("Iraqi*", "topic:syria"), "cannot ask for `topic:`"),
        (GOOD.replace('"iraq"', '"Iraq!"'), "the id `Iraq!`"),
        ('[[topic]]\nid = "iraq"', "`query` is missing"),
        ('[[topic]]\nquery = "iraq"', "`id` is missing"),
        ("topic = 3", "write each topic as"),
        ("[topics]", "unknown setting `topics`"),
        ("topic = [3]", "must be a table"),
        ("= 3", "cannot read the topics"),
    ],
)
def test_bad_topics_file_says_what_is_wrong(tmp_path, text, message):
    with pytest.raises(ConfigError, match=re.escape(message)):
        read_topics([written(tmp_path, text)])


def test_missing_topics_file_is_named(tmp_path):
    with pytest.raises(ConfigError, match="nowhere"):
        read_topics([str(tmp_path / "nowhere.toml")])


def test_every_key_of_a_topic_is_documented():
    page = Path(__file__).parents[2] / "docs" / "query-language.md"
    for field in fields(Topic):
        assert f"| `{field.name}` |" in page.read_text(encoding="utf-8")


def test_a_topics_file_may_begin_with_a_byte_order_mark(tmp_path):
    file = tmp_path / "topics.toml"
    file.write_text('[[topic]]\nid = "a"\nquery = "b"\n', encoding="utf-8-sig")
    assert [topic.id for topic in read_topics([str(file)])] == ["a"]
