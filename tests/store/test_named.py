"""Quotes, speakers, names without a table, companions and countries about, read from a store."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pipelines.analysis.candidates import candidates
from pipelines.analysis.comentions import comentions
from pipelines.analysis.countries import countries
from pipelines.analysis.entity_page import entity_page
from pipelines.analysis.quotes import quotes, speakers
from pipelines.article import Mention, Quote, QuoteKind, TagKind, Tags, Zone
from pipelines.query import Query
from pipelines.store import open_store, open_writer
from tests.store.build import HERALD, LENTA, NOW, Written, article, build, naming, on_day
from tests.store.old import make_old

LAVROV, KERRY = "sergei-lavrov", "john-kerry"
JANE = "person:Jane Doe"


def saying(written: Written, words: str, speaker: str, beside: str, **more: object) -> Written:
    """Add a quote of `words` to an article."""
    text = written.article.text
    start, place = text.index(words), text.index(beside)
    quote = Quote(
        start,
        start + len(words),
        QuoteKind.DIRECT,
        Zone.LEDE,
        speaker,
        more.pop("name", beside),
        place,
        place + len(beside),
        certain=more.pop("certain", True),
        why="test",
    )
    return replace(
        written, tags=replace(written.tags, quotes=(*written.tags.quotes, quote)), **more
    )


def about(written: Written, *codes: str, dateline: str = "") -> Written:
    """Say what an article is about, and where it was filed."""
    mentions = written.tags.mentions
    if dateline:
        mentions += (Mention(TagKind.DATELINE, dateline, 0, 1, "x", Zone.LEDE, why="dateline"),)
    return replace(written, tags=replace(written.tags, about=codes, mentions=mentions))


def written() -> list[Written]:
    """Return four articles: two copies of one text, one of another, one without a date."""
    text = '"Peace in Syria is near," Lavrov said in Moscow beside Kerry.'
    names = [
        (TagKind.ENTITY, LAVROV, "Lavrov"),
        (TagKind.ENTITY, KERRY, "Kerry"),
        (TagKind.TOPIC, "syria", "Syria"),
        (TagKind.COUNTRY, "SY", "Syria"),
        (TagKind.COUNTRY, "RU", "Moscow"),
    ]
    first = article(1, on_day(date(2015, 6, 1)), outlet=LENTA, text=text)
    second = article(2, on_day(date(2015, 6, 2)), outlet=HERALD, text=text)
    third = article(
        3, on_day(date(2015, 6, 9)), text='Jane Doe met Lavrov. "No comment at all," she said.'
    )
    fourth = article(4, text="Kerry spoke with Jane Doe.")
    copies = [
        about(
            saying(naming(one, *names), "Peace in Syria is near,", LAVROV, "Lavrov"),
            "SY",
            dateline="RU",
        )
        for one in (first, second)
    ]
    copies = [replace(one, syndication_id=first.article_id) for one in copies]
    person = (TagKind.NAME, JANE, "Jane Doe")
    other = saying(
        naming(third, person, names[0]), "No comment at all,", JANE, "she", name="Jane Doe"
    )
    quote = replace(other.tags.quotes[0], certain=False)
    other = replace(other, tags=replace(other.tags, quotes=(quote,)))
    return [*copies, other, naming(fourth, person, names[1])]


@pytest.fixture
def path(tmp_path):
    return build(tmp_path / "store", written())


@pytest.fixture
def store(path):
    with closing(open_store(path)) as opened:
        yield opened


def test_quotes_come_newest_first_with_their_words_and_the_topics_within(store):
    frame = quotes(store, Query())
    assert frame["quote"].tolist() == ["No comment at all,", *["Peace in Syria is near,"] * 2]
    assert frame["beside"].tolist() == ["she", "Lavrov", "Lavrov"]
    assert frame["speaker"].tolist() == ["Jane Doe", "Sergei Lavrov", "Sergei Lavrov"]
    assert [list(topics) for topics in frame["topic"]] == [[], ["syria"], ["syria"]]
    assert frame["date"].tolist() == [date(2015, 6, 9), date(2015, 6, 2), date(2015, 6, 1)]


def test_quotes_follow_the_filters_of_the_query_and_of_the_speaker(store):
    assert len(quotes(store, Query(topics=("syria",)))) == 2
    assert len(quotes(store, Query(outlets=("lenta",)))) == 1
    assert len(quotes(store, Query(start=date(2015, 6, 2)))) == 2
    assert quotes(store, Query(), speakers=[JANE])["speaker"].tolist() == ["Jane Doe"]
    assert len(quotes(store, Query(), uncertain=False)) == 2
    assert len(quotes(store, Query(), limit=1, offset=1)) == 1
    assert quotes(store, Query(), speakers=["nobody"]).empty


def test_speakers_are_counted_by_articles_and_by_distinct_texts(store):
    frame = speakers(store, Query())
    columns = ["speaker", "type", "quotes", "certain", "articles", "texts"]
    assert frame[columns].values.tolist() == [
        ["Sergei Lavrov", "person", 2, 2, 2, 1],
        ["Jane Doe", "person", 1, 0, 1, 1],
    ]


def test_names_of_no_table_are_candidates_with_counts(store):
    frame = candidates(store, Query())
    row = frame.iloc[0]
    assert (row["type"], row["name"], row["articles"], row["outlets"]) == (
        "person",
        "Jane Doe",
        2,
        1,
    )
    assert (row["first_day"], row["last_day"]) == (date(2015, 6, 9), date(2015, 6, 9))
    assert candidates(store, Query(topics=("syria",))).empty


def test_companions_count_articles_and_weigh_distinct_texts(store):
    frame = comentions(store, Query(), "entity", LAVROV)
    assert frame[["tag", "together", "texts"]].values.tolist() == [[KERRY, 2, 1]]
    # Of three texts two name Lavrov, two Kerry, one both: four thirds expected.
    assert frame["expected"].tolist() == pytest.approx([4 / 3])
    assert frame["lift"].tolist() == pytest.approx([0.75])
    assert frame["strength"].iloc[0] < 0
    assert frame["share"].tolist() == pytest.approx([2 / 3])


def test_companions_of_another_kind_keep_their_own_names(store):
    frame = comentions(store, Query(), "entity", LAVROV, of_kind="country")
    assert set(frame["name"]) == {"Syria", "Russia"}
    with pytest.raises(ValueError, match="unknown kind"):
        comentions(store, Query(), "person", LAVROV)


def test_each_sense_of_country_counts_its_own_articles(store):
    found = {
        sense: dict(zip(frame["country"], frame["count"], strict=True))
        for sense in ("outlet", "about", "mentioned", "dateline")
        for frame in [countries(store, Query(), sense)]
    }
    assert found["about"] == {"SY": 2}
    assert found["dateline"] == {"RU": 2}
    assert found["mentioned"] == {"SY": 2, "RU": 2}
    assert found["outlet"] == {"GB": 3, "RU": 1}


def test_about_narrows_a_query_and_can_be_asked_for_in_words(store):
    query = Query(about=("SY",))
    assert store.article_count(query) == 2
    assert store.article_count(Query(text="about:SY")) == 2
    assert store.article_count(Query(about=("RU",))) == 0
    assert set(store.mentions(query)["surface"]) == {"Syria"}
    rows = store.articles(query)
    assert [list(codes) for codes in rows["about"]] == [["SY"], ["SY"]]
    assert rows["dateline"].tolist() == ["RU", "RU"]


def test_the_page_of_an_entity_says_when_it_was_first_seen_and_with_whom(store):
    page = entity_page(store, Query(topics=("syria",)), LAVROV)
    assert (page.articles, page.first_day, page.last_day) == (3, date(2015, 6, 1), date(2015, 6, 9))
    assert page.first_article == written()[0].article.article_id
    assert page.companions["tag"].tolist() == [KERRY]
    assert page.about["country"].tolist() == ["SY"]
    assert len(page.quotes) == 2


def test_the_page_of_an_entity_nobody_names_is_empty(store):
    page = entity_page(store, Query(), "vladimir-putin")
    assert (page.articles, page.first_day, page.first_article) == (0, None, None)
    assert page.companions.empty
    assert page.quotes.empty


def test_tagging_an_article_again_replaces_its_quotes(path):
    one = written()[0].article
    with open_writer(path, now=NOW) as writer:
        writer.retag(one.article_id, 1, Tags())
    with closing(open_store(path)) as store:
        assert len(quotes(store, Query())) == 2
        assert store.article_count(Query(about=("SY",))) == 1


def test_an_older_store_has_no_quotes_until_it_is_tagged_again(path):
    make_old(path, schema=3)
    with closing(open_store(path)) as store:
        assert quotes(store, Query()).empty
        assert candidates(store, Query()).empty
        assert countries(store, Query(), "about").empty
        assert store.article_count(Query(entities=(LAVROV,))) == 3
    with open_writer(path, now=datetime(2015, 8, 1, tzinfo=UTC)):
        pass
    with closing(open_store(path)) as store:
        assert store.article_count(Query(entities=(LAVROV,))) == 3
        assert countries(store, Query(), "dateline").empty
    with closing(open_store(path, snap=1)) as store:
        assert store.article_count(Query(entities=(LAVROV,))) == 3


@pytest.mark.parametrize(("code", "count"), [("RU", 2), ("SY", 0)])
def test_the_place_of_filing_narrows_the_articles_and_not_what_they_are_a_share_of(
    tmp_path, code, count
):
    with closing(open_store(build(tmp_path / "store", written()))) as store:
        query = Query(dateline=(code,))
        assert store.article_count(query) == count
        assert store.totals(query)["articles"].sum() == store.totals(Query())["articles"].sum()
