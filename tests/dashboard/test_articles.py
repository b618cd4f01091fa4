"""The list of articles and one article, run as Streamlit runs them."""

from collections.abc import Callable
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from stores import HOSTILE, write_store
from streamlit.testing.v1 import AppTest

Open = Callable[..., AppTest]


def _rows(app: AppTest):
    return app.dataframe[0].value


def _captions(app: AppTest) -> str:
    return " ".join(unescape(caption.value).replace("\u2060", "") for caption in app.caption)


def _html(app: AppTest) -> str:
    return "\n".join(block.proto.body for block in app.get("html"))


def test_the_list_is_newest_first_and_says_how_sure_each_date_is(open_app: Open, full_store: Path):
    rows = _rows(open_app(full_store, "articles"))
    assert list(rows["Published"]) == sorted(rows["Published"], reverse=True) or (
        list(rows["Published"].str[:10]) == sorted(rows["Published"].str[:10], reverse=True)
    )
    assert set(rows["Date is"]) == {"sure, from the page's data"}
    assert len(rows) == 100


def test_the_count_is_that_of_the_list(open_app: Open, full_store: Path):
    app = open_app(full_store, "articles", date=["2015-05-04", "2015-05-04"])
    rows = _rows(app)
    assert f"{len(rows)} articles, newest first" in [text.value for text in app.text]


@pytest.mark.parametrize(
    ("placement", "title", "word"),
    [
        ("undated", "Undated talks on Syria", "undated"),
        ("guess", "Perhaps of May", "guess, from the text"),
        ("too coarse", "Monthly review of Syria", "likely, from the address"),
    ],
)
def test_articles_off_the_line_can_be_listed(
    open_app: Open, full_store: Path, placement, title, word
):
    rows = _rows(open_app(full_store, "articles", placement=placement))
    assert list(rows["Headline"]) == [title]
    assert list(rows["Date is"]) == [word]


def test_undated_articles_that_are_listed_are_not_said_to_be_left_out(
    open_app: Open, undated_store: Path
):
    app = open_app(undated_store, "articles")
    assert len(_rows(app)) == 1
    assert "1 of them undated: see, set date" in [button.label for button in app.button]


def test_the_page_of_the_list_stands_in_the_link_and_in_the_way_back(
    open_app: Open, full_store: Path
):
    first, second = (open_app(full_store, "articles", list=one) for one in ("1", "2"))
    assert _rows(second)["Published"].max() <= _rows(first)["Published"].min()
    (back,) = open_app(full_store, "article", article="1904", list="2").get("page_link")[:1]
    assert "list=2" in back.proto.query_string


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 5000, "99"])
def test_a_page_that_the_list_does_not_have_is_one_that_it_has(
    open_app: Open, full_store: Path, page: str
):
    assert len(_rows(open_app(full_store, "articles", list=page))) > 0


def test_another_filter_begins_with_the_first_page(open_app: Open, full_store: Path):
    app = open_app(full_store, "articles", list="2", interval="week")
    app.multiselect(key="ww_topics").set_value(["syria"]).run()
    assert "list" not in app.query_params


def test_times_are_those_of_the_zone_whose_days_are_counted(open_app: Open, full_store: Path):
    asked = {"date": ["2015-05-04", "2015-05-04"], "tz": "Pacific/Auckland"}
    app = open_app(full_store, "articles", **asked)
    assert set(_rows(app)["Published"].str[:10]) == {"2015-05-04"}
    assert "Times are Pacific/Auckland." in _captions(app)


def test_a_query_that_no_box_shows_can_be_removed(open_app: Open, full_store: Path):
    app = open_app(full_store, "articles", q="harvest", topic="syria")
    app.button(key="ww_without_text").click().run()
    assert "q" not in app.query_params
    assert app.title[0].value.startswith("Syria, 2015")


def test_a_note_on_the_link_has_no_marks_of_code(open_app: Open, full_store: Path):
    app = open_app(full_store, "articles", interval="fortnight")
    assert "The link's “interval=fortnight” cannot be used" in unescape(app.warning[0].value)


def test_an_article_without_a_headline_says_so(open_app: Open, full_store: Path):
    rows = _rows(open_app(full_store, "articles", date=["2015-05-24", "2015-05-24"]))
    assert "(no headline)" in list(rows["Headline"])


def test_an_unknown_home_country_is_a_word_and_a_filter(open_app: Open, full_store: Path):
    rows = _rows(open_app(full_store, "articles", outlet_country="unknown"))
    assert set(rows["Published in"]) == {"unknown"}


def test_the_search_box_narrows_the_list_and_stands_in_the_link(open_app: Open, full_store: Path):
    app = open_app(full_store, "articles")
    app.text_input(key="ww_within").set_value("harvest").run()
    assert not app.exception
    assert all(_rows(app)["Headline"].str.startswith("Harvest report"))
    assert app.query_params["within"] == "harvest"
    assert any("Read as" in caption.value for caption in app.caption)


def test_a_condition_that_no_article_meets_is_told(open_app: Open, full_store: Path):
    app = open_app(full_store, "articles", within="harvest OR about:UK")
    told = [unescape(caption.value).replace("\u2060", "") for caption in app.caption]
    assert "No article has “about:UK”: is it spelled so?" in told


def test_marked_words_are_in_the_text(open_app: Open, full_store: Path):
    assert ">Syria</mark>" in _html(open_app(full_store, "article", article="1000"))


def test_an_article_opens_by_the_id_that_files_carry(open_app: Open, full_store: Path):
    app = open_app(full_store, "article", article=f"a{1000:016x}")
    assert ">Syria</mark>" in _html(app)


def test_a_hostile_headline_is_text_everywhere(open_app: Open, full_store: Path):
    app = open_app(full_store, "article", article="1904")
    assert "![x]" not in app.title[0].value
    assert "<img" not in _html(app).replace("&lt;img", "")
    assert "<b>" not in _html(app)
    assert HOSTILE in list(app.dataframe[-1].value["Headline"])


def test_a_count_opens_exactly_its_sentences(open_app: Open, full_store: Path):
    app = open_app(full_store, "article", article="1000")
    pills = app.pills(key="tag")
    assert "Sergei Lavrov: 1" in [unescape(option.content) for option in pills.proto.options]
    pills.select("entity:sergei-lavrov").run()
    assert "1 mention" in [head.value for head in app.header]
    assert _html(app).count("<li") == 1


def test_rejected_dates_are_shown_with_their_reason(open_app: Open, full_store: Path):
    app = open_app(full_store, "article", article="1901")
    dates = next(
        one.value for one in app.dataframe if "Found in" in one.value and "Means" in one.value
    )
    assert list(dates["Found in"]) == ["free text", "page clock"]
    assert list(dates["Means"]) == ["2015-05-24", "not a date"]
    assert dates["Why it was used or not"][1] == "a clock of the page, not a date"


def test_every_version_is_listed(open_app: Open, full_store: Path):
    versions = open_app(full_store, "article", article="1000").dataframe[-1].value
    assert list(versions["Version"]) == [2, 1]


@pytest.mark.parametrize("wanted", ["12", "x", ""])
def test_an_article_that_is_not_there_is_said(open_app: Open, full_store: Path, wanted):
    app = open_app(full_store, "article", article=wanted)
    assert app.title[0].value == "No such article"


def test_a_date_set_by_hand_counts_at_once(open_app: Open, tmp_path: Path):
    store = write_store(tmp_path / "store")
    app = open_app(store, "article", article="1900")
    assert any("undated" in text.value for text in app.text)
    app.date_input(key="set_day").set_value(date(2015, 5, 20))
    app.text_input(key="set_who").set_value("Ada")
    app.text_input(key="set_why").set_value("printed on the page")
    app.button(key="set_date").click().run()
    assert not app.exception
    assert "2015-05-20 (sure, set by user)" in [text.value for text in app.text]


def test_a_date_needs_a_name(open_app: Open, full_store: Path):
    app = open_app(full_store, "article", article="1900")
    app.date_input(key="set_day").set_value(date(2015, 5, 20))
    app.button(key="set_date").click().run()
    assert "who" in app.error[0].value
