"""The page of one entity, run as Streamlit runs it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.filters import narrowed
from pipelines.analysis.entity_page import entity_page
from pipelines.query import Query
from pipelines.store import open_store

Open = Callable[..., AppTest]
LAVROV = "sergei-lavrov"


def _texts(app: AppTest) -> str:
    kinds = (app.title, app.header, app.caption, app.text, app.warning, app.error, app.code)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


def _cards(app: AppTest) -> list[str]:
    return [block.proto.body for block in app.get("html") if "<blockquote" in block.proto.body]


def test_the_page_says_who_it_is_and_since_when(open_app: Open, full_store: Path):
    app = open_app(full_store, "entity", name=LAVROV)
    assert app.title[0].value == "Sergei Lavrov"
    assert "foreign minister (Russia), from 2004" in _texts(app)
    assert "articles, 2015-05-04 to 2015-07-11 · first named 2015-05-04" in _texts(app)
    assert app.get("plotly_chart")


def test_every_name_says_when_it_counts(open_app: Open, full_store: Path):
    names = open_app(full_store, "entity", name=LAVROV).dataframe[0].value
    assert "Сергей Лавров" in list(names["Written"])
    assert set(names["Counts"]) <= {"always", "written just so"}


def test_companions_have_their_bond_in_words_and_numbers_on_request(
    open_app: Open, full_store: Path
):
    app = open_app(full_store, "entity", name=LAVROV)
    tables = [table.value for table in app.dataframe]
    (with_whom,) = [table for table in tables if "Bond" in table]
    assert list(with_whom["Name"]) == ["UN Security Council"]
    assert set(with_whom["Bond"]) <= {"strong", "weak", "chance", "seldom together"}
    assert "Strength" not in with_whom
    app.toggle(key="bond_numbers").set_value(True).run()
    (with_whom,) = [table.value for table in app.dataframe if "Bond" in table.value]
    assert "Strength" in with_whom


def test_its_outlets_open_as_many_articles_as_they_count(full_store: Path):
    store = open_store(full_store)
    page = entity_page(store, Query(), LAVROV)
    assert list(page.outlets["source"]) == ["Daily Echo", "Vestnik", "The Wire"]
    for row in page.outlets.to_dict("records"):
        assert store.article_count(narrowed(page.query, "outlets", row["outlet"])) == row["count"]
    store.close()


def test_the_topics_of_the_sidebar_do_not_narrow_the_page(open_app: Open, full_store: Path):
    app = open_app(full_store, "entity", name=LAVROV, topic="unsc")
    assert "on whatever topic" in _texts(app)
    assert app.query_params["topic"] in ("unsc", ["unsc"])


def test_its_quotes_and_latest_articles_are_there(open_app: Open, full_store: Path):
    app = open_app(full_store, "entity", name=LAVROV)
    assert 0 < len(_cards(app)) <= 20
    assert len(app.dataframe[-1].value) == 10


@pytest.mark.parametrize("name", ["", "atlantis", "<img src=x>"])
def test_a_name_nobody_knows_is_said(open_app: Open, full_store: Path, name):
    assert open_app(full_store, "entity", name=name).title[0].value == "No such name"


def test_a_known_name_without_an_article_says_so(open_app: Open, full_store: Path):
    app = open_app(full_store, "entity", name="vladimir-putin")
    assert app.title[0].value == "Vladimir Putin"
    assert "No article under these filters" in _texts(app)


def test_a_store_of_one_article_has_a_page_for_its_name(open_app: Open, one_article_store: Path):
    assert not open_app(one_article_store, "entity", name="un-security-council").exception
