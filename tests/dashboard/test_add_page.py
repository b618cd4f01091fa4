"""The Add page: files, pasted text and what is put right by hand, from an empty store on."""

import json
from collections.abc import Callable
from contextlib import closing
from datetime import date
from html import unescape
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.parts import uploads
from pipelines.gather import Correction
from pipelines.query import Query
from pipelines.store import last_version, open_store

Open = Callable[..., AppTest]

TEXT = """Talks on Syria open in Geneva
2 June 2015
Envoys met in Geneva on Monday to speak about Syria. The United Nations said that it was hopeful.
The Security Council will hear of it in a week, and the talks go on until then, said a diplomat.
"""


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIREWATCH_PROCESSES", "0")  # worker processes are tested elsewhere
    uploads.understood.clear()


def _press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception, app.exception
    return app


def test_a_pasted_text_is_understood_before_it_is_stored(open_app: Open, tmp_path: Path):
    store = tmp_path / "store"
    app = open_app(store, "add")
    app.text_area(key="pasted").set_value(TEXT).run()
    assert not app.exception, app.exception
    assert "1 article understood, nothing stored yet" in [head.value for head in app.header]
    assert last_version(store) is None
    dates = app.dataframe[-1].value
    assert "2 June 2015" in list(dates["As written"])
    assert ">Syria</mark>" in "".join(block.proto.body for block in app.get("html"))


def test_what_was_understood_is_stored_and_counted(open_app: Open, tmp_path: Path):
    store = tmp_path / "store"
    app = open_app(store, "add")
    app.text_area(key="pasted").set_value(TEXT).run()
    app = _press(app, "Store")
    assert any("1 article new in the store" in unescape(one.value) for one in app.success)
    assert app.text_area(key="pasted").value == ""
    assert not any("nothing stored yet" in head.value for head in app.header)
    with closing(open_store(store)) as opened:
        rows = opened.articles(Query(topics=("syria",)))
    assert rows["title"].tolist() == ["Talks on Syria open in Geneva"]
    assert rows["published_day"].tolist() == [date(2015, 6, 2)]


def test_outlet_and_date_put_right_are_kept_as_set_by_user(open_app: Open, tmp_path: Path):
    store = tmp_path / "store"
    open_app(store, "add")
    lines = [
        {"title": f"Syria, part {n}", "text": TEXT, "url": f"https://x.example/{n}"} for n in (1, 2)
    ]
    content = "\n".join(map(json.dumps, lines)).encode()
    things = uploads.brought([("two.jsonl", content)], "", "")
    found = uploads.understood(things)
    edited = uploads.table(found)
    edited.loc[1, ["Outlet", "Published"]] = ["Harbor Ledger", pd.Timestamp("2015-06-09")]
    said = uploads.corrections(found, edited)
    assert said == {"added/two.jsonl:2": Correction("Harbor Ledger", date(2015, 6, 9))}
    ends, problem = uploads.store_all(things, said)
    assert (sum(ends.values()), problem) == (2, "")
    with closing(open_store(store)) as opened:
        rows = opened.articles(Query()).set_index("title")
    assert rows.loc["Syria, part 2", "outlet_name"] == "Harbor Ledger"
    assert rows.loc["Syria, part 2", "date_source"] == "set by user"
    assert rows.loc["Syria, part 1", "date_source"] != "set by user"


def test_what_cannot_be_read_says_why_and_the_rest_goes_on(open_app: Open, tmp_path: Path):
    open_app(tmp_path / "store", "add")
    files = [
        ("a.txt", TEXT.encode()),
        ("a.txt", b""),
        ("b.jsonl", b"{not json}\n"),
        ("c.exe", b"MZ\x00"),
    ]
    found = uploads.understood(uploads.brought(files, "", ""))
    read = [one for one in found if one.article is not None]
    assert [one.locator for one in read] == ["added/a.txt"]
    assert all(one.reason for one in found if one.article is None)
    assert len(found) == 4
    assert not any("/tmp" in one.locator or "/tmp" in one.reason for one in found)


def test_an_empty_store_leads_to_this_page(open_app: Open, tmp_path: Path):
    app = open_app(tmp_path / "nothing")
    assert "No articles yet" in [head.value for head in app.header]
    (link,) = app.get("page_link")
    assert link.proto.label == "Add your own texts here"


def test_a_busy_store_is_said(open_app: Open, tmp_path: Path):
    from pipelines.store import open_writer
    from tests.store.build import NOW

    store = tmp_path / "store"
    open_app(store, "add")
    things = uploads.brought([("a.txt", TEXT.encode())], "", "")
    with open_writer(store, now=NOW):
        ends, problem = uploads.store_all(things, {})
    assert ends == {}
    assert "writ" in problem
