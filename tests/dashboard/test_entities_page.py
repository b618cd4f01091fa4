"""The page of names, run as Streamlit runs it."""

import json
from collections.abc import Callable
from pathlib import Path

from stores import HOSTILE_NAME
from streamlit.testing.v1 import AppTest

Open = Callable[..., AppTest]
PERIOD = ["2015-06-15", "2015-07-05"]


def _texts(app: AppTest) -> str:
    kinds = (app.title, app.header, app.caption, app.text, app.warning, app.error, app.code)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


def _labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def test_names_are_ranked_with_their_change_and_first_day(open_app: Open, full_store: Path):
    table = open_app(full_store, "entities", date=PERIOD).dataframe[0].value
    assert list(table["Articles"]) == sorted(table["Articles"], reverse=True)
    assert set(table["Name"]) == {"Sergei Lavrov", "UN Security Council"}
    assert list(table.columns)[:5] == ["Name", "Articles", "Change", "Before", "Trend"]
    assert set(table["First named"]) == {"2015-05-04"}
    assert (table["Before"] > 0).all()


def test_the_time_before_is_named_in_words(open_app: Open, full_store: Path):
    app = open_app(full_store, "entities", date=PERIOD)
    assert "against the time before, 2015-05-25 to 2015-06-14" in _texts(app)


def test_a_period_from_the_first_day_on_has_nothing_to_compare_with(
    open_app: Open, full_store: Path
):
    app = open_app(full_store, "entities", tz="UTC")
    assert "No change is shown" in _texts(app)
    assert "Change" not in app.dataframe[0].value


def test_the_type_stands_in_the_link_and_comes_back(open_app: Open, full_store: Path):
    app = open_app(full_store, "entities", tz="UTC")
    app.segmented_control(key="ww_own_type").select("person").run()
    assert not app.exception
    assert app.query_params["type"] in ("person", ["person"])
    again = open_app(full_store, "entities", type="person")
    assert set(again.dataframe[0].value["Type"]) == {"person"}


def test_a_type_that_is_none_shows_all(open_app: Open, full_store: Path):
    app = open_app(full_store, "entities", type="planet")
    assert len(set(app.dataframe[0].value["Type"])) == 2


def test_a_type_without_a_name_says_so(open_app: Open, full_store: Path):
    assert "No name of this type" in _texts(open_app(full_store, "entities", type="place"))


def test_a_store_of_one_article_has_no_matrix_and_no_share(open_app: Open, one_article_store: Path):
    app = open_app(one_article_store, "entities")
    assert not app.get("plotly_chart")


def test_no_match_offers_to_widen(open_app: Open, full_store: Path):
    app = open_app(full_store, "entities", within='"nobody wrote this"')
    assert "removes most" in _texts(app)


def test_an_empty_store_names_the_command_that_fills_it(open_app: Open, tmp_path: Path):
    app = open_app(tmp_path / "nothing")
    assert app.code[0].value.startswith("python -m pipelines ingest FOLDER")


def test_the_matrix_has_a_sentence_and_a_table_beside_it(open_app: Open, full_store: Path):
    app = open_app(full_store, "entities", "pairs_shown", tz="UTC")
    (chart,) = app.get("plotly_chart")
    assert "Most often together" in chart.proto.alt
    figure = json.loads(chart.proto.spec)
    assert [trace["type"] for trace in figure["data"]] == ["heatmap", "scatter"]
    pairs = app.dataframe[1].value
    assert list(pairs.columns) == ["Name", "With", "Articles", "Bond"]


def test_unknown_names_are_listed_with_how_to_follow_one(open_app: Open, full_store: Path):
    app = open_app(full_store, "entities", "candidates_shown", tz="UTC")
    names = app.dataframe[-1].value
    assert list(names["Name"]) == ["Jane Doe", HOSTILE_NAME]
    assert "add a topic" in _texts(app)


def test_there_is_a_file_for_each_table(open_app: Open, full_store: Path):
    app = open_app(full_store, "entities", "candidates_shown", tz="UTC")
    labels = [button.proto.label for button in app.get("download_button")]
    assert labels == ["CSV: names", "CSV: named together", "CSV: unknown names"]
