"""The page that compares lines and views, run as Streamlit runs it."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import pytest
from stores import HOSTILE
from streamlit.testing.v1 import AppTest

from dashboard.parts.lines import with_fixed_days
from pipelines.query import Interval, Query
from pipelines.store import open_store

Open = Callable[..., AppTest]
WEEKS = {"date": ["2015-05-04", "2015-06-07"], "interval": "week"}


def _figures(app: AppTest) -> list[dict]:
    return [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]


def _names(figure: dict) -> set[str]:
    return {trace["name"] for trace in figure["data"]}


def _lines(app: AppTest, which: int = 0) -> dict[str, int]:
    table = app.dataframe[which].value
    return dict(zip(table["Line"], table["Articles"], strict=True))


def _texts(app: AppTest) -> str:
    kinds = (app.title, app.header, app.subheader, app.caption, app.text, app.warning)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


def test_an_empty_store_names_the_command_that_fills_it(open_app: Open, tmp_path: Path):
    app = open_app(tmp_path / "nothing-here", page="compare")
    assert app.code[0].value.startswith("python -m pipelines ingest FOLDER")


def test_it_opens_on_the_topics_that_have_articles(open_app: Open, full_store: Path):
    app = open_app(full_store, "compare")
    assert _names(_figures(app)[0]) == {"Syria", "UN Security Council"}


def test_topics_and_searches_are_lines_of_one_chart_and_each_has_its_count(
    open_app: Open, full_store: Path
):
    searches = ["harvest OR rail", '"Sergei Lavrov"']
    app = open_app(full_store, "compare", topic="syria", search=searches, **WEEKS)
    (figure,) = _figures(app)
    assert _names(figure) == {"Syria", "harvest OR rail", "&quot;Sergei Lavrov&quot;"}
    store = open_store(full_store)
    period = Query(start=date(2015, 5, 4), end=date(2015, 6, 7))
    queries = {"Syria": replace(period, topics=("syria",))}
    for name, query in (queries | {one: replace(period, text=one) for one in searches}).items():
        assert _lines(app)[name] == store.article_count(query) > 0


@pytest.mark.parametrize(("interval", "heading"), [("week", "Week from"), ("day", "Day")])
def test_the_highest_bucket_is_named_by_its_first_day(
    open_app: Open, full_store: Path, interval: str, heading: str
):
    asked = {"date": WEEKS["date"], "interval": interval}
    table = open_app(full_store, "compare", topic="syria", **asked).dataframe[0].value
    assert list(table.columns)[-2:] == ["Highest", heading]


def test_a_search_asked_twice_is_one_line(open_app: Open, full_store: Path):
    app = open_app(full_store, "compare", topic=[], q="rail", search=["rail", "rail"], **WEEKS)
    assert list(app.dataframe[0].value["Line"]) == ["rail"]
    days = [trace["y"] for trace in _figures(app)[0]["data"] if trace["meta"] == "marks"]
    assert len(days) == 1


def test_typed_words_go_into_the_link_and_come_back_from_it(open_app: Open, full_store: Path):
    app = open_app(full_store, "compare", topic="syria", search="rail", **WEEKS)
    app.multiselect(key="ww_searches").set_value(["rail", "harvest"]).run()
    assert not app.exception
    assert app.query_params["search"] == ["rail", "harvest"]
    assert set(_lines(app)) == {"Syria", "rail", "harvest"}
    app.multiselect(key="ww_searches").set_value([]).run()
    assert set(_lines(app)) == {"Syria"}


def test_a_search_that_cannot_be_read_says_where_and_the_others_stay(
    open_app: Open, full_store: Path
):
    app = open_app(full_store, "compare", topic="syria", search=["rail AND (", "harvest"], **WEEKS)
    assert "Cannot read the query at character" in app.error[0].value
    assert set(_lines(app)) == {"Syria", "harvest"}


def test_each_line_alone_stands_in_a_chart_of_its_own_on_one_scale(
    open_app: Open, full_store: Path
):
    app = open_app(full_store, "compare", topic=["syria", "unsc"], search="rail", each="1", **WEEKS)
    figures = _figures(app)
    assert [_names(one) for one in figures] == [{"Syria"}, {"UN Security Council"}, {"rail"}]
    assert len({tuple(one["layout"]["yaxis"]["range"]) for one in figures}) == 1


def test_an_index_has_one_base_for_topics_and_searches(open_app: Open, full_store: Path):
    app = open_app(
        full_store,
        "compare",
        topic="syria",
        search="rail",
        measure="index",
        unfolded="numbers_shown",
        **WEEKS,
    )
    table = app.dataframe[1].value
    first = table[table["From"] == "2015-05-04"]
    assert list(first["Index"]) == [100, 100]


def test_a_view_is_kept_and_stands_beside_another(open_app: Open, full_store: Path):
    app = open_app(
        full_store, "compare", topic="syria", search="rail", outlet_country="GB", **WEEKS
    )
    british = _lines(app)
    _button(app, "Keep this view and set another beside it").click().run()
    assert not app.exception
    app.multiselect(key="ww_outlet_countries").set_value(["RU"]).run()
    assert not app.exception
    kept, now = _figures(app)
    assert _names(kept) == _names(now) == {"Syria", "rail"}
    assert kept["layout"]["yaxis"]["range"] == now["layout"]["yaxis"]["range"]
    assert _lines(app, 1) == british
    assert _lines(app, 0) != british
    assert "published in United Kingdom" in _texts(app)
    again = open_app(full_store, "compare", **_repeated(app.query_params))
    assert (_lines(again, 0), _lines(again, 1)) == (_lines(app, 0), british)
    _button(app, "Let the kept view go").click().run()
    assert "beside" not in app.query_params


@pytest.mark.parametrize("period", [{}, {"last": "all"}, {"date": ["2015-05-20", ""]}])
def test_both_views_show_the_days_of_the_one_that_was_kept(
    open_app: Open, full_store: Path, period: dict
):
    """They were found anew from the filters of each: days of one month beside years."""
    app = open_app(full_store, "compare", topic="syria", **period)
    _button(app, "Keep this view and set another beside it").click().run()
    app.multiselect(key="ww_outlets").set_value([app.multiselect(key="ww_outlets").options[0]])
    app.run()
    assert not app.exception
    kept, now = (dict(parse_qsl(link)) for link in _links(app))
    assert {key: kept.get(key) for key in ("date", "interval", "last")} == {
        key: now.get(key) for key in ("date", "interval", "last")
    }
    assert now["date"]
    assert now["interval"]


def _links(app: AppTest) -> tuple[str, str]:
    params = _repeated(app.query_params)
    return params["beside"][0], urlencode(params, doseq=True)


def test_the_last_thirty_days_stay_so_in_both_views():
    asked = Query(last="30d", topics=("syria",))
    resolved = replace(
        asked, last="", start=date(2015, 5, 4), end=date(2015, 6, 2), interval=Interval.WEEK
    )
    assert with_fixed_days(asked, resolved) == replace(asked, interval=Interval.WEEK)


def _button(app: AppTest, label: str):
    return next(one for one in app.button if one.label == label)


def _repeated(params: dict) -> dict[str, list[str]]:
    return {key: [one] if isinstance(one, str) else list(one) for key, one in params.items()}


def test_views_that_are_counted_otherwise_have_scales_of_their_own(
    open_app: Open, full_store: Path
):
    kept = urlencode([("topic", "syria"), ("unit", "mentions"), ("interval", "week")])
    app = open_app(full_store, "compare", topic="syria", beside=kept, **WEEKS)
    one, other = _figures(app)
    assert one["layout"]["yaxis"]["title"] != other["layout"]["yaxis"]["title"]
    assert "each has a scale of its own" in _texts(app)


def test_what_a_kept_view_asks_and_the_store_lacks_is_left_out_with_a_note(
    open_app: Open, full_store: Path
):
    kept = urlencode([("topic", "atlantis"), ("topic", "syria"), ("snap", "99"), ("search", "((")])
    app = open_app(full_store, "compare", topic="syria", beside=kept, **WEEKS)
    notes = " ".join(one.value for one in app.warning)
    assert "atlantis" in notes
    assert "cannot be read" in notes
    assert "version 99" in notes


def test_no_match_names_the_filter_that_removes_most(open_app: Open, full_store: Path):
    app = open_app(full_store, "compare", topic="syria", within="zebra", **WEEKS)
    assert "No article matches" in _texts(app)


def test_more_than_eight_searches_are_cut_to_eight(open_app: Open, full_store: Path):
    words = ["rail", "strike", "harvest", "report", "council", "vote", "rain", "pay", "draft"]
    app = open_app(full_store, "compare", topic=[], search=words, **WEEKS)
    assert app.multiselect(key="ww_searches").value == words[:8]
    assert "1 more were left out" in " ".join(one.value for one in app.warning)


def test_a_line_without_a_dated_article_has_its_name(open_app: Open, undated_store: Path):
    app = open_app(undated_store, "compare", topic=["syria", "unsc"])
    assert list(app.dataframe[0].value["Line"]) == ["Syria", "UN Security Council"]


def test_lines_that_have_no_chart_of_their_own_are_told(open_app: Open, full_store: Path):
    words = ["rail", "strike", "harvest", "report", "council", "vote", "rain", "pay"]
    app = open_app(full_store, "compare", topic="syria", search=words, each="1", **WEEKS)
    assert len(_figures(app)) == 8
    assert "1 more in the table." in [one.value for one in app.caption]


@pytest.mark.parametrize("key", ["search", "beside"])
def test_hostile_words_are_no_markup(open_app: Open, full_store: Path, key: str):
    words = HOSTILE if key == "search" else urlencode([("search", HOSTILE), ("topic", HOSTILE)])
    app = open_app(full_store, "compare", topic="syria", **{key: words}, **WEEKS)
    assert "![x](http" not in "".join(one.value for one in [*app.title, *app.warning, *app.error])


def test_words_from_a_link_neither_turn_nor_fill_the_title(open_app: Open, full_store: Path):
    searches = ["\u202edrone", "a" * 9_000]
    app = open_app(full_store, "compare", topic="syria", search=searches, **WEEKS)
    title = app.title[0].value
    assert "“drone”" in title
    assert "\u202e" not in title
    assert len(title) < 300
