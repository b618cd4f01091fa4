"""Rows of tables can be opened without a mouse."""

from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

Open = Callable[..., AppTest]


def _boxes(app: AppTest) -> list:
    return [box for box in app.selectbox if box.label == "Open a row"]


def test_rows_are_listed_only_where_the_reader_asks_for_it(open_app: Open, full_store: Path):
    app = open_app(full_store, "articles", topic="syria")
    assert not _boxes(app)
    app.toggle(key="rows_listed").set_value(True).run()
    (box,) = _boxes(app)
    assert len(box.options) == len(app.dataframe[0].value)
    assert box.options[0].startswith("1: ")
    assert str(app.dataframe[0].value.iloc[0]["Headline"]) in box.options[0]


def test_rows_with_empty_cells_are_listed_too(open_app: Open, full_store: Path):
    app = open_app(full_store, topic="syria", interval="day", unfolded="numbers_shown")
    app.toggle(key="rows_listed").set_value(True).run()
    assert not app.exception
    box = next(box for box in _boxes(app) if box.key == "numbers_listed")
    table = app.dataframe[0].value
    assert table.isna().any(axis=None)
    assert len(box.options) == len(table)
    assert not any("nan" in line for line in box.options)


def test_a_row_chosen_from_the_box_opens_what_it_counts(open_app: Open, full_store: Path):
    app = open_app(full_store, "articles", topic="syria")
    app.toggle(key="rows_listed").set_value(True).run()
    (box,) = _boxes(app)
    box.set_value(0).run()
    assert not app.exception
    assert app.query_params["article"]
