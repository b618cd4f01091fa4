"""The Reports page: the zip, the links, and the views kept by name."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from stores import write_store
from streamlit.testing.v1 import AppTest

from dashboard import data
from dashboard.data import of_reports
from pipelines.query import Query

Open = Callable[..., AppTest]


def _press(app: AppTest, label: str) -> None:
    next(button for button in app.button if button.label == label).click().run()


def test_the_page_offers_the_report_and_how_to_check_it(open_app: Open, full_store: Path):
    app = open_app(full_store, "reports", topic="syria")
    (button,) = app.get("download_button")
    assert button.proto.label == "Download the report"
    codes = [block.value for block in app.code]
    assert any(code.startswith("python -m pipelines report verify wirewatch_") for code in codes)
    assert any("topic=syria" in code and "snap=1" in code for code in codes)


def test_the_report_counts_what_the_page_shows(open_app: Open, full_store: Path):
    open_app(full_store, "reports", topic="syria")
    query = data.resolved(Query(topics=("syria",)))
    with zipfile.ZipFile(io.BytesIO(of_reports.report(query, ("articles",), "x.zip"))) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    assert manifest["files"][0]["rows"] == data.count(query)


def test_the_last_day_is_that_of_the_time_zone(open_app: Open, full_store: Path):
    open_app(full_store, "reports")
    ahead, behind = (  # 25 hours apart
        data.resolved(Query(last="24h", tz=f"Pacific/{place}")).end
        for place in ("Kiritimati", "Pago_Pago")
    )
    assert ahead > behind


def test_a_view_is_saved_opened_and_dropped(open_app: Open, tmp_path: Path):
    store = write_store(tmp_path / "store")
    app = open_app(store, "reports", topic="syria", lang="ru")
    assert "None yet." in [caption.value for caption in app.caption]
    app.text_input(key="view_name").set_value("Russian press")
    _press(app, "Save this view")
    assert not app.exception
    assert list(app.dataframe[0].value["Name"]) == ["Russian press"]
    assert "lang=ru" in of_reports.saved_views()["link"][0]
    of_reports.drop_view("Russian press")
    assert "None yet." in [caption.value for caption in app.run().caption]


def test_a_view_without_a_name_is_refused_in_words(open_app: Open, tmp_path: Path):
    app = open_app(write_store(tmp_path / "store"), "reports")
    _press(app, "Save this view")
    assert [error.value for error in app.error] == ["a view's name has 1 to 80 characters."]


@pytest.mark.parametrize("link", [{"within": "nowhere-to-be-found"}, {"lang": "ru"}])
def test_a_question_without_an_answer_has_links_but_no_report(
    open_app: Open, full_store: Path, link
):
    app = open_app(full_store, "reports", **link)
    has_report = bool(app.get("download_button"))
    assert has_report == ("lang" in link)
    assert any("snap=1" in block.value for block in app.code)


@pytest.mark.parametrize(
    ("link", "when"),
    [
        ({}, "the latest useful period"),
        ({"last": "90d"}, "the last 90 days"),
        ({"last": "all"}, "all dates"),
        ({"date": ["2015-05-04", "2015-05-10"]}, "2015-05-04 to 2015-05-10"),
    ],
)
def test_a_view_says_which_period_it_asks_for(open_app: Open, full_store: Path, link, when: str):
    app = open_app(full_store, "reports", topic="syria", **link)
    assert f"Keeps the question: Syria, {when}" in [caption.value for caption in app.caption]
