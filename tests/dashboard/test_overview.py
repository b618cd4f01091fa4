"""The overview and its states, run as Streamlit runs it."""

import json
from collections.abc import Callable
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.filters import at_row, narrowed
from dashboard.tables import RANKINGS
from pipelines import open_store
from pipelines.analysis.attention import attention_over_time
from pipelines.analysis.countries import countries
from pipelines.analysis.entities import top_entities
from pipelines.analysis.period import useful_period
from pipelines.cli import main
from pipelines.query import Query, query_from_params

Open = Callable[..., AppTest]


def _texts(app: AppTest) -> str:
    kinds = (app.title, app.header, app.caption, app.text, app.warning, app.error, app.code)
    return unescape("\n".join(str(element.value) for kind in kinds for element in kind))


def _figure(app: AppTest) -> dict:
    (chart,) = app.get("plotly_chart")
    return json.loads(chart.proto.spec)


def _labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def test_an_empty_store_names_the_command_that_fills_it(open_app: Open, tmp_path: Path):
    app = open_app(tmp_path / "nothing-here")
    commands = [block.value for block in app.code]
    assert commands[0].startswith("python -m pipelines ingest FOLDER")
    assert str(tmp_path / "nothing-here") in commands[0]


def test_a_store_of_one_article_has_a_chart(open_app: Open, one_article_store: Path):
    app = open_app(one_article_store)
    assert app.title[0].value == "All coverage, 2015-05-04"
    assert "1 article on the chart" in _texts(app)


def test_a_store_without_a_date_says_so_and_leads_to_its_articles(open_app: Open, tmp_path: Path):
    clipping = "Listen Live\n\n    Talks on Syria went on in the capital, an official said.\n"
    (tmp_path / "page.txt").write_text(clipping)
    main(["ingest", str(tmp_path / "page.txt"), "--store", str(tmp_path / "store")])
    app = open_app(tmp_path / "store", unfolded="numbers_shown")
    assert "Nothing to draw" in _texts(app)
    assert not app.get("plotly_chart")
    assert "1 article left out, undated: see, set date" in _labels(app)
    assert list(app.dataframe[0].value["From"]) == ["undated", "too coarse", "guess"]


def test_the_title_states_filters_and_absolute_dates(open_app: Open, full_store: Path):
    app = open_app(full_store, topic=["syria", "unsc"], outlet_country="RU")
    assert app.title[0].value == (
        "Syria and UN Security Council, 2015-05-04 to 2015-07-11, published in Russia"
    )


def test_the_notice_and_the_age_stand_on_the_page(open_app: Open, full_store: Path):
    texts = _texts(open_app(full_store))
    assert "Sample data" in texts
    assert "As of 2015-07-14" in texts


def test_each_topic_is_a_line(open_app: Open, full_store: Path):
    figure = _figure(open_app(full_store, topic=["syria", "unsc"]))
    lines = {trace["name"] for trace in figure["data"] if trace["meta"] == "line"}
    assert lines == {"Syria", "UN Security Council"}


def test_the_week_without_collection_is_a_grey_band(open_app: Open, full_store: Path):
    (band,) = _figure(open_app(full_store))["layout"]["shapes"]
    assert band["x0"] <= "2015-06-08" < band["x1"] < "2015-06-15"


def test_articles_without_a_place_on_the_line_are_links(open_app: Open, full_store: Path):
    labels = _labels(open_app(full_store, tz="UTC"))
    assert "1 article left out, undated: see, set date" in labels
    assert any("only month or year" in label for label in labels)
    assert any("date a guess" in label for label in labels)


def test_the_table_has_the_rows_of_the_frame(open_app: Open, full_store: Path):
    app = open_app(full_store, topic="syria", interval="week")
    assert len(app.dataframe) == len(RANKINGS)  # closed, it is neither made nor sent
    app = open_app(full_store, unfolded="numbers_shown", topic="syria", interval="week")
    table = app.dataframe[0].value
    assert list(table["From"])[:2] == ["2015-05-04", "2015-05-11"]
    assert list(table["From"])[-3:] == ["undated", "too coarse", "guess"]
    assert "nothing collected" in list(table["Remark"])


def test_no_match_names_the_filter_that_removes_most_and_takes_it_away(
    open_app: Open, full_store: Path
):
    app = open_app(full_store, topic="syria", within='"nobody wrote this"')
    assert "removes most" in _texts(app)
    (button,) = [one for one in app.button if one.label.startswith("Remove the filter")]
    button.click().run()
    assert app.get("plotly_chart")
    assert "within" not in app.query_params


def test_a_bad_link_opens_with_notes(open_app: Open, full_store: Path):
    app = open_app(full_store, topic=["syria", "atlantis"], unit="stories", colour="red")
    notes = "\n".join(note.value for note in app.warning)
    assert app.title[0].value.startswith("Syria, ")
    assert len(app.warning) == 3
    assert "atlantis" in notes


def test_a_note_goes_with_the_next_choice(open_app: Open, full_store: Path):
    app = open_app(full_store, topic="atlantis")
    app.selectbox(key="ww_unit").select("mentions").run()
    assert not app.warning


def test_a_query_that_cannot_be_read_shows_where(open_app: Open, full_store: Path):
    app = open_app(full_store, within="syria AND (")
    assert "Cannot read the query at character" in app.error[0].value
    assert app.text_input(key="ww_within").value == "syria AND ("


@pytest.mark.parametrize("field", ["within", "q"])
def test_a_query_that_cannot_be_read_is_mended_beside_what_is_said_of_it(
    open_app: Open, full_store: Path, field: str
):
    app = open_app(full_store, page="articles", **{field: "syria AND ("})
    assert len(app.main.text_input) == (field == "within")  # a phone hides the sidebar
    (button,) = [one for one in app.main.button if one.label == "Go on without it"]
    button.click().run()
    assert not app.error
    assert field not in app.query_params


def test_a_first_visit_opens_on_topics_that_have_articles(open_app: Open, full_store: Path):
    app = open_app(full_store)
    assert app.query_params == {"topic": ["syria", "unsc"]}
    app.button(key="ww_clear").click().run()
    assert app.title[0].value.startswith("All coverage")


def test_a_first_visit_to_the_articles_lists_them_all(open_app: Open, full_store: Path):
    app = open_app(full_store, page="articles", tz="UTC")
    assert "topic" not in app.query_params


def test_a_choice_is_in_the_link_as_its_id(open_app: Open, full_store: Path):
    app = open_app(full_store, tz="UTC")
    app.multiselect(key="ww_outlet_countries").select("RU").run()
    assert app.query_params == {"outlet_country": "RU"}
    app.selectbox(key="ww_measure").select("share").run()
    assert app.query_params == {"outlet_country": "RU", "measure": "share"}


def test_filters_stay_when_the_page_is_switched(open_app: Open, full_store: Path):
    app = open_app(full_store, tz="UTC")
    app.multiselect(key="ww_topics").select("syria").run()
    app.query_params = {}  # as the browser does when another page is chosen
    app.switch_page("app_pages/articles.py").run()
    assert not app.exception
    assert app.query_params == {"topic": "syria"}
    assert app.title[0].value.startswith("Syria, ")


def test_a_share_has_its_axis_and_its_explanation(open_app: Open, full_store: Path):
    app = open_app(full_store, topic="syria", measure="share")
    assert "Share of all articles" in _figure(app)["layout"]["yaxis"]["title"]["text"]
    assert "hidden where there are fewer than 20" in _texts(app)


def test_mentions_offer_no_share(open_app: Open, full_store: Path):
    app = open_app(full_store, topic="syria", unit="mentions")
    assert app.selectbox(key="ww_measure").options == ["Count"]


def test_own_dates_begin_with_those_on_screen(open_app: Open, full_store: Path):
    app = open_app(full_store)
    app.selectbox(key="ww_period").select("own").run()
    assert app.query_params["date"] == ["2015-05-04", "2015-07-11"]


def test_one_end_of_a_period_is_enough(open_app: Open, full_store: Path):
    app = open_app(full_store, date=["2015-06-15", ""])
    assert app.title[0].value == "All coverage, 2015-06-15 to 2015-07-12"
    assert "One end is set" in _texts(app)


def test_a_pin_that_is_gone_is_said(open_app: Open, full_store: Path):
    app = open_app(full_store, snap="77")
    assert "Store version 77" in app.warning[0].value


def test_the_pinned_link_holds_the_whole_query(open_app: Open, full_store: Path):
    app = open_app(full_store, topic="syria")
    pinned = next(block.value for block in app.code if "snap=" in block.value)
    pairs = [tuple(part.split("=")) for part in pinned.split("?")[1].split("&")]
    query, notes = query_from_params(pairs)
    assert not notes
    assert (query.topics, str(query.start), query.interval, query.snap) == (
        ("syria",),
        "2015-05-04",
        "week",
        1,
    )


@pytest.mark.parametrize("unit", ["articles", "mentions", "texts"])
@pytest.mark.parametrize("interval", ["day", "week", "month"])
def test_every_unit_and_interval_draws(open_app: Open, full_store: Path, unit, interval):
    assert _figure(open_app(full_store, topic="syria", unit=unit, interval=interval))["data"]


@pytest.mark.parametrize(("what", "column", "field"), RANKINGS, ids=[row[0] for row in RANKINGS])
def test_a_ranked_row_opens_as_many_articles_as_it_counts(full_store: Path, what, column, field):
    store = open_store(full_store)
    query = Query(topics=("syria",), start=date(2015, 5, 4), end=date(2015, 7, 11))
    frames = {
        "entities": top_entities(store, query),
        "outlet_countries": countries(store, query, "outlet"),
        "mentioned": countries(store, query, "mentioned"),
    }
    for row in frames[field].to_dict("records"):
        opened = store.article_count(narrowed(query, field, row[column]))
        assert opened == row.get("articles", row.get("count"))
    store.close()


def test_each_row_of_the_chart_opens_as_many_articles_as_it_counts(full_store: Path):
    store = open_store(full_store)
    query = useful_period(store, Query(topics=("syria", "unsc")))
    frame = attention_over_time(store, query).dropna(subset="count")
    for row in frame.to_dict("records"):
        opened = at_row(query, row["series"], row["date"], row["bucket_end"])
        assert store.article_count(opened) == row["count"]
    store.close()


def test_the_overview_leaves_articles_off_the_line_to_the_list(open_app: Open, full_store: Path):
    app = open_app(full_store, topic="syria", placement="undated")
    assert app.query_params == {"topic": "syria"}
    assert "undated" not in app.title[0].value


def test_the_highest_bucket_is_named_with_its_interval(open_app: Open, full_store: Path):
    app = open_app(full_store, topic="syria")
    assert "highest: Syria, week from 2015-05-18 with 34" in _texts(app)


def test_all_means_from_the_first_day_to_the_last_there_is(open_app: Open, full_store: Path):
    app = open_app(full_store, last="all")
    assert app.title[0].value == "All coverage, 2015-05-04 to 2015-07-12"


def test_outlets_of_no_known_country_are_named_in_words(open_app: Open, full_store: Path):
    app = open_app(full_store, outlet_country="unknown")
    assert app.title[0].value.endswith("published in an unknown country")
