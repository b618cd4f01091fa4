"""The page of countries and its states, run as Streamlit runs it."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from stores import FIRST, HOSTILE, NOW, OUTLETS, article, tags
from streamlit.testing.v1 import AppTest

from pipelines.article import CopyLevel, Fetch, Mention, Outcome, SourceKind, TagKind
from pipelines.store import open_writer
from pipelines.syndication import Placement
from pipelines.versions import Decision

Open = Callable[..., AppTest]


@pytest.fixture(scope="module")
def senses_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store whose articles name, are about and were filed from other countries."""
    path = tmp_path_factory.mktemp("senses") / "store"
    with open_writer(path, now=NOW) as writer:
        topic = dict.fromkeys(("query", "color", "description"), "")
        writer.replace_topics([{**topic, "id": "syria", "name": "Syria", "query": "Syria"}], "x")
        for number in range(90):
            day = FIRST + timedelta(days=number // 4)
            at = datetime(day.year, day.month, day.day, 23, number % 4, tzinfo=UTC)
            writer.begin(Fetch("echo", SourceKind.FEED, "https://echo.example", fetched_at=at))
            one = article(number, day)
            found = tags(one)
            filed = Mention(TagKind.DATELINE, "UA", 0, 1, "x", one.zones[0].zone, why="test")
            named = [one for one in found.mentions if one.kind is not TagKind.DATELINE]
            mentions = (*named, *([filed] if number % 10 == 0 else []))
            about = ("SY",) if any(m.tag == "SY" for m in found.mentions) else ()
            writer.add(
                one,
                Decision(Outcome.STORED, one.article_id, 1),
                Placement(one.article_id, CopyLevel.NONE),
                replace(found, mentions=mentions, about=about),
            )
    return path


def _figures(app: AppTest) -> list[dict]:
    return [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]


def _texts(app: AppTest) -> str:
    kinds = (app.title, app.header, app.caption, app.text, app.warning)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


def test_an_empty_store_names_the_command_that_fills_it(open_app: Open, tmp_path: Path):
    app = open_app(tmp_path / "nothing-here", page="countries")
    assert app.code[0].value.startswith("python -m pipelines ingest FOLDER")


def test_it_opens_on_where_the_outlets_are_with_map_bars_lines_and_matrix(
    open_app: Open, senses_store: Path
):
    app = open_app(senses_store, page="countries", topic="syria")
    kinds = [figure["data"][0]["type"] for figure in _figures(app)]
    assert kinds == ["choropleth", "bar", "scatter", "heatmap"]
    assert "Where the outlet is based" in _texts(app)
    assert "Not on the map" in _texts(app)


@pytest.mark.parametrize(
    ("sense", "alpha3", "meaning"),
    [
        ("about", "SYR", "three at most"),
        ("mentioned", "SYR", "Any country the text names"),
        ("dateline", "UKR", "says it was written"),
    ],
)
def test_each_sense_has_its_map_and_plain_words(
    open_app: Open, senses_store, sense, alpha3, meaning
):
    app = open_app(senses_store, page="countries", sense=sense)
    assert _figures(app)[0]["data"][0]["locations"] == [alpha3]
    assert meaning in _texts(app)


def test_the_sense_is_in_the_link(open_app: Open, senses_store: Path):
    app = open_app(senses_store, page="countries", topic="syria")
    app.segmented_control(key="ww_own_sense").set_value("about").run()
    assert not app.exception
    assert app.query_params["sense"] == "about"
    assert app.query_params["topic"] == "syria"


def test_coming_to_the_page_leaves_the_link_alone(open_app: Open, senses_store: Path):
    # Each change of the link is a step on the browser's way back, which led here again and again.
    app = open_app(senses_store, page="countries", topic="syria")
    assert app.query_params == {"topic": "syria"}


def test_all_countries_taken_away_stay_away(open_app: Open, senses_store: Path):
    app = open_app(senses_store, page="countries", topic="syria")
    app.multiselect(key="compare_outlet_countries").set_value([]).run()
    assert app.multiselect(key="compare_outlet_countries").value == []
    assert "compared" not in {chart.key for chart in app.get("plotly_chart")}


def test_a_sense_without_any_country_says_so(open_app: Open, one_article_store: Path):
    app = open_app(one_article_store, page="countries", sense="dateline")
    assert "No article of these filters says where it was filed." in _texts(app)
    assert not app.get("plotly_chart")


def test_no_match_names_the_filter_that_removes_most(open_app: Open, full_store: Path):
    app = open_app(full_store, page="countries", within='"nobody wrote this"')
    assert "removes most" in _texts(app)


def test_countries_of_undated_articles_have_no_line_and_the_page_says_so(
    open_app: Open, undated_store: Path
):
    app = open_app(undated_store, page="countries")
    assert "Nothing to draw yet" in [header.value for header in app.header]


def test_a_store_of_one_article_has_its_one_country(open_app: Open, one_article_store: Path):
    app = open_app(one_article_store, page="countries")
    assert _figures(app)[0]["data"][0]["locations"] == ["RUS"]


def test_the_share_of_a_topic_is_of_all_the_press_published(open_app: Open, senses_store: Path):
    app = open_app(senses_store, page="countries", topic="syria", measure="share")
    assert "Share of all that the press of the country published" in _texts(app)
    shares = _figures(app)[0]["data"][0]["customdata"]
    assert all(row[3].endswith("%") for row in shares)


def test_two_choices_compare_the_press_of_two_countries(open_app: Open, senses_store: Path):
    app = open_app(senses_store, page="countries", topic="syria", compare="RU,GB")
    lines = [t["name"] for t in _figures(app)[2]["data"] if t["meta"] == "line"]
    assert lines == ["Russia", "United Kingdom"]
    app.multiselect(key="compare_outlet_countries").set_value(["RU"]).run()
    lines = [t["name"] for t in _figures(app)[2]["data"] if t["meta"] == "line"]
    assert lines == ["Russia"]
    assert app.query_params["compare"] == "RU"


def test_of_several_topics_the_reader_chooses_the_one_compared(open_app: Open, full_store: Path):
    app = open_app(full_store, page="countries", topic=["syria", "unsc"])
    (choice,) = [box for box in app.selectbox if box.label == "Line compared"]
    assert choice.options == ["Syria", "UN Security Council"]
    choice.select("topic:unsc").run()
    assert not app.exception


def test_a_country_that_filters_take_away_leaves_the_comparison(open_app: Open, full_store: Path):
    app = open_app(full_store, page="countries", compare="RU,GB")
    app.multiselect(key="ww_outlet_countries").select("RU").run()
    assert not app.exception
    assert app.multiselect(key="compare_outlet_countries").value == ["RU"]


@pytest.mark.parametrize("measure", ["index", "adjusted"])
def test_a_measure_that_only_lines_have_is_a_count_here(
    open_app: Open, senses_store: Path, measure: str
):
    days = ["2015-05-04", "2015-05-20"]
    app = open_app(senses_store, "countries", topic="syria", measure=measure, date=days)
    assert app.selectbox(key="ww_measure").value == "count"
    assert "compared" in {chart.key for chart in app.get("plotly_chart")}


def test_the_span_before_of_another_page_is_not_asked_of_countries(
    open_app: Open, senses_store: Path
):
    days = ["2015-05-11", "2015-05-20"]
    app = open_app(senses_store, "countries", topic="syria", previous="1", date=days)
    assert "compared" in {chart.key for chart in app.get("plotly_chart")}


def test_every_chart_has_a_text_and_every_table_a_file(open_app: Open, senses_store: Path):
    app = open_app(senses_store, page="countries", topic="syria")
    assert all(chart.proto.alt for chart in app.get("plotly_chart"))
    labels = [button.label for button in app.get("download_button")]
    assert labels == ["CSV: countries", "CSV: comparison", "CSV: country matrix"]


def test_the_map_comes_from_this_host(open_app: Open, senses_store: Path):
    app = open_app(senses_store, page="countries")
    config = json.loads(app.get("plotly_chart")[0].proto.config)
    assert config["topojsonURL"] == "/app/static/topojson/"


def test_hostile_words_are_no_markup(open_app: Open, senses_store: Path):
    app = open_app(senses_store, page="countries", within=f'"{HOSTILE[:20]}"')
    assert all("](http" not in caption.value for caption in app.caption)
    assert len(OUTLETS) == 3


@pytest.mark.parametrize(("measure", "told"), [("count", False), ("share", True)])
def test_only_shares_are_told_what_they_are_shares_of(
    open_app: Open, full_store: Path, measure: str, told: bool
):
    app = open_app(full_store, "countries", sense="mentioned", measure=measure)
    assert told == any("shares of the same articles" in one.value for one in app.caption)
    assert not any("be about" in one.value for one in app.caption)
