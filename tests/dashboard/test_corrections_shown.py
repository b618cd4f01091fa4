"""Correcting an article on its page: signed once a session, laid over, undone, told everywhere."""

from collections.abc import Callable
from pathlib import Path

import pytest
from stores import write_store
from streamlit.testing.v1 import AppTest

from pipelines.store import Corrected, hide
from tests.store.build import NOW

Open = Callable[..., AppTest]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return write_store(tmp_path / "store")


def _texts(app: AppTest) -> list[str]:
    return [one.value for kind in (app.text, app.caption, app.warning) for one in kind]


def _choose(app: AppTest, what: Corrected) -> None:
    app.button_group(key="set_what").set_value(what).run()


def _sign(app: AppTest) -> None:
    app.text_input(key="set_who").set_value("Ada")
    app.text_input(key="set_why").set_value("seen on the page").run()


def test_an_outlet_is_set_for_its_whole_domain_and_undone(open_app: Open, store: Path):
    app = open_app(store, "article", article="1000")
    _choose(app, Corrected.OUTLET)
    _sign(app)
    app.selectbox(key="set_country").set_value("IE").run()
    app.checkbox(key="set_whole").check().run()
    app.button(key="set_outlet_button").click().run()
    assert not app.exception
    assert any("published in Ireland (set by hand)" in text for text in _texts(app))
    (undo,) = [one for one in app.button if one.label.startswith("Undo")]
    undo.click().run()
    assert not app.exception
    assert any("published in United Kingdom · " in text for text in _texts(app))
    assert len(app.dataframe[-2].value) == 2  # both stay in the history


def test_a_hidden_article_says_who_hid_it_and_every_page_that_it_is_left_out(
    open_app: Open, store: Path
):
    app = open_app(store, "article", article="1000")
    _choose(app, Corrected.HIDE)
    _sign(app)
    app.button(key="set_hidden").click().run()
    assert any("Hidden by Ada" in text and "seen on the page" in text for text in _texts(app))
    for page in ("", "coverage", "countries"):
        told = _texts(open_app(store, page))
        assert "1 article, hidden by hand, not counted" in told, page


def test_the_list_of_what_is_hidden_says_who_and_why(open_app: Open, store: Path):
    hide(store, 1000, who="Ada", now=NOW, why="a test page")
    app = open_app(store, "articles", hidden="1")
    (row,) = app.dataframe[0].value.to_dict("records")
    assert (row["Hidden by"], row["Why"]) == ("Ada", "a test page")


def test_a_correction_needs_a_reason(open_app: Open, full_store: Path):
    app = open_app(full_store, "article", article="1000")
    _choose(app, Corrected.HIDE)
    app.text_input(key="set_who").set_value("Ada")
    app.button(key="set_hidden").click().run()
    assert "how you know" in app.error[0].value.lower()


def test_an_old_version_is_shown_with_its_corrections_and_not_corrected(
    open_app: Open, store: Path
):
    hide(store, 1000, who="Ada", now=NOW, why="a test page")
    app = open_app(store, "article", article="1000", snap="1")
    assert not any("Hidden by" in text for text in _texts(app))
    assert any("open the newest to correct" in text for text in _texts(app))
    assert not [one for one in app.button if one.key == "set_date"]
