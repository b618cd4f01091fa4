"""Change of entities, names named together, and the names of an entity, on small real stores."""

from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations_with_replacement

import pytest

from dashboard.filters import narrowed
from pipelines.analysis.comentions import comentions
from pipelines.analysis.entity_change import entity_change, time_before
from pipelines.analysis.entity_names import basis_of, names_of, roles_of
from pipelines.analysis.entity_page import entity_page
from pipelines.analysis.named_together import named_together
from pipelines.analysis.quotes import quote_count, quotes, speakers_on_topics
from pipelines.article import Mention, TagKind, Zone
from pipelines.query import Interval, Placement, Query
from pipelines.store import open_store
from tests.store.build import article, build, naming, on_day
from tests.store.test_named import KERRY, LAVROV, saying
from tests.store.test_named import written as quoted

FIRST = date(2015, 6, 1)
NAMES = ((TagKind.ENTITY, LAVROV, "Lavrov"), (TagKind.ENTITY, KERRY, "Kerry"))
PERIOD = Query(start=date(2015, 6, 15), end=date(2015, 6, 28), interval=Interval.WEEK)


def _four_weeks():
    """Lavrov on each of 28 days and twice from day 14 on; Kerry on day 20 only."""
    number = 0
    for n in range(28):
        for copy in range(1 if n < 14 else 2):
            number += 1
            text = f"Lavrov spoke, {n} {copy}." if n != 20 else f"Lavrov met Kerry, {copy}."
            yield naming(article(number, on_day(FIRST + timedelta(days=n)), text=text), *NAMES)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    path = build(tmp_path_factory.mktemp("change") / "store", list(_four_weeks()))
    with closing(open_store(path)) as opened:
        yield opened


def test_the_time_before_is_as_many_days_right_before():
    before = time_before(PERIOD)
    assert (before.start, before.end) == (date(2015, 6, 1), date(2015, 6, 14))


@pytest.mark.parametrize(
    "query", [Query(), Query(start=FIRST), replace(PERIOD, placement=Placement.UNDATED)]
)
def test_without_a_period_there_is_no_time_before(query):
    assert time_before(query) is None


def test_a_name_twice_as_often_as_before_has_risen_by_a_hundred_per_cent(store):
    found = entity_change(store, PERIOD)
    lavrov = found.rows.iloc[0]
    assert (lavrov["entity_id"], lavrov["articles"], lavrov["before"]) == (LAVROV, 28, 14)
    assert lavrov["change"] == pytest.approx(1.0)
    assert lavrov["trend"] == [14, 14]
    assert lavrov["first_day"] == FIRST


def test_a_change_from_next_to_nothing_is_left_out(store):
    kerry = entity_change(store, PERIOD).rows.set_index("entity_id").loc[KERRY]
    assert (kerry["articles"], kerry["before"]) == (2, 0)
    assert kerry["change"] is not kerry["change"] or str(kerry["change"]) == "<NA>"
    assert kerry["trend"] == [2, 0]


def test_a_time_before_the_store_began_is_no_comparison(store):
    found = entity_change(store, replace(PERIOD, start=FIRST))
    assert not found.comparable
    assert found.rows["before"].isna().all()
    assert found.rows["change"].isna().all()


def test_an_undated_store_and_an_empty_answer_have_the_same_columns(store):
    full = entity_change(store, PERIOD)
    for query in (Query(), replace(PERIOD, within="nobodywrotethis")):
        assert list(entity_change(store, query).rows.columns) == list(full.rows.columns)


def test_a_cut_keeps_the_most_named_of_each_type(store):
    rows = entity_change(store, PERIOD, per_type=1).rows
    assert rows["entity_id"].tolist() == [LAVROV]


def test_a_share_of_few_articles_is_left_out(store):
    few = replace(PERIOD, start=date(2015, 6, 28))
    assert entity_change(store, few).rows["ratio"].isna().all()
    assert entity_change(store, PERIOD).rows["ratio"].iloc[0] == pytest.approx(1.0)


def test_each_pair_opens_as_many_articles_as_it_counts(store):
    frame = named_together(store, PERIOD, [LAVROV, KERRY]).set_index(["tag", "other"])
    for one, other in combinations_with_replacement([LAVROV, KERRY], 2):
        query = narrowed(PERIOD, "entities", one)
        if one != other:
            query = replace(query, within=f'entity:"{other}"')
        assert store.article_count(query) == frame.loc[(one, other), "articles"]


def test_a_name_with_itself_has_no_bond_and_a_pair_has_one(store):
    frame = named_together(store, PERIOD, [LAVROV, KERRY])
    assert frame["lift"].isna().tolist() == [True, False, False, True]
    assert frame["articles"].tolist() == [28, 2, 2, 2]


def test_a_bond_is_finite_where_copies_of_one_text_name_different_people(tmp_path):
    texts = ["Lavrov spoke.", "Kerry spoke.", "Lavrov met Kerry."]
    written = [naming(article(n, on_day(FIRST), text=text), *NAMES) for n, text in enumerate(texts)]
    copies = [replace(one, syndication_id=1) for one in written[:2]]
    with closing(open_store(build(tmp_path, [*copies, written[2]]))) as store:
        bonds = named_together(store, Query(), [LAVROV, KERRY])
        assert bonds["strength"].dropna().tolist() == [0, 0]
        (kerry,) = comentions(store, Query(), "entity", LAVROV).to_dict("records")
    assert (kerry["texts"], kerry["expected"], kerry["strength"]) == (1, 2, 0)


def test_nobody_named_together_with_nobody_is_an_empty_frame(store):
    assert named_together(store, PERIOD, []).empty
    assert named_together(store, PERIOD, ["vladimir-putin"])["articles"].tolist() == [0]


def test_names_say_when_they_count():
    counts = names_of("dmitry-medvedev").set_index("name")["counts"]
    assert counts["Dmitry Medvedev"] == "always"
    assert counts["Medvedev"].startswith("where the article also has the full name")
    assert names_of("nobody").empty


def test_roles_name_their_state():
    assert roles_of(LAVROV)[0].startswith("foreign minister (Russia), from 2004")
    assert basis_of(LAVROV)
    assert roles_of("nobody") == []


def test_quotes_that_name_the_topic_themselves_can_be_asked_for(tmp_path):
    path = build(tmp_path / "store", quoted())
    with closing(open_store(path)) as opened:
        assert len(quotes(opened, Query(), naming=("syria",))) == 2
        assert quote_count(opened, Query(), naming=("syria",)) == 2
        assert quote_count(opened, Query(), naming=("ukraine",)) == 0
        assert quote_count(opened, Query(), speakers=(LAVROV,)) == 2
        assert quote_count(opened, Query(), uncertain=False) == 2
        rows = speakers_on_topics(opened, Query())
        assert rows[["speaker", "topic", "quotes", "certain"]].values.tolist() == [
            ["Sergei Lavrov", "syria", 2, 2]
        ]


def test_a_topic_beside_the_quote_is_not_named_in_it(tmp_path):
    one = naming(article(1, on_day(FIRST), text='On Syria "no word," Lavrov said.'), *NAMES)
    one = saying(one, "no word,", LAVROV, "Lavrov")
    start = one.article.text.index("Syria")
    topic = Mention(TagKind.TOPIC, "syria", start, start + 5, "Syria", Zone.LEDE)
    tags = replace(one.tags, mentions=(*one.tags.mentions, topic), topics=("syria",))
    path = build(tmp_path / "store", [replace(one, tags=tags)])
    with closing(open_store(path)) as opened:
        assert quote_count(opened, Query(topics=("syria",))) == 1
        assert quote_count(opened, Query(topics=("syria",)), naming=("syria",)) == 0


def test_the_page_of_an_entity_and_the_ranking_agree_on_the_first_day(store):
    page = entity_page(store, PERIOD, LAVROV)
    ranked = entity_change(store, PERIOD).rows.set_index("entity_id").loc[LAVROV]
    assert (page.articles, page.first_day) == (ranked["articles"], ranked["first_day"])
    assert page.first_article == ranked["first_article"]


def test_the_words_of_a_state_body_are_said_with_what_makes_them_count():
    names = names_of("kenyan-parliament").set_index("name")["counts"]
    assert names["parliament"].startswith("beside a name or adjective of Kenya, or alone")
    assert basis_of("kenyan-parliament").startswith("composed of a kind of state body and a state")


def test_a_state_body_of_the_table_has_its_names_and_the_words_of_its_kind():
    names = names_of("russian-foreign-ministry").set_index("name")["counts"]
    assert names["Russian Foreign Ministry"] == "always"
    assert names["foreign ministry"].startswith("beside a name or adjective of Russia")
    assert basis_of("russian-foreign-ministry") == "general knowledge"
