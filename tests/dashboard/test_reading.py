"""The reading of a typed query and its fixes, run as Streamlit runs them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

Open = Callable[..., AppTest]


def _captions(app: AppTest) -> str:
    return "\n".join(caption.value for caption in app.caption)


@pytest.mark.parametrize("page", ["articles", "overview"])
def test_one_click_puts_a_query_right(open_app: Open, full_store: Path, page: str):
    app = open_app(full_store, page, within="syria or harvest")
    assert "“or” is read as a word" in _captions(app)
    app.button(key="use_fix").click().run()
    assert not app.exception
    assert app.query_params["within"] == "syria OR harvest"
    assert app.text_input(key="ww_within").value == "syria OR harvest"
    assert not [button for button in app.button if button.key == "use_fix"]


def test_a_plain_query_has_a_reading_and_no_fix(open_app: Open, full_store: Path):
    app = open_app(full_store, "articles", within="syria harvest")
    assert "syria AND harvest" in _captions(app)
    assert not [button for button in app.button if button.key == "use_fix"]


def test_a_fix_cannot_write_markdown_onto_the_page(open_app: Open, full_store: Path):
    app = open_app(full_store, "articles", within='"![x](http://evil.example/x.png)" or syria')
    assert not app.exception
    label = app.button(key="use_fix").label
    assert "![x](" not in label


def test_of_several_fixes_the_first_comes_first(open_app: Open, full_store: Path):
    app = open_app(full_store, "articles", within="syria or russia OR harvest talks")
    for expected in (
        "syria OR russia OR harvest talks",
        "syria OR russia OR (harvest AND talks)",
    ):
        app.button(key="use_fix").click().run()
        assert app.query_params["within"] == expected
    assert not [button for button in app.button if button.key == "use_fix"]
