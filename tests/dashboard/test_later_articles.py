"""Articles dated after the period that a page opens with: they are told of, and one step away."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from stores import article, tags, write_store
from streamlit.testing.v1 import AppTest

from pipelines.article import CopyLevel, Outcome
from pipelines.store import open_writer
from pipelines.syndication import Placement
from pipelines.versions import Decision

LATER = datetime(2016, 7, 2, tzinfo=UTC)
Open = Callable[..., AppTest]


@pytest.fixture(scope="module")
def added_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store of ten weeks to which somebody added a text of a year later."""
    path = write_store(tmp_path_factory.mktemp("added") / "store")
    with open_writer(path, now=LATER) as writer:
        one = article(2000, date(2016, 7, 1))
        decision = Decision(Outcome.STORED, one.article_id, 1)
        writer.add(one, decision, Placement(one.article_id, CopyLevel.NONE), tags(one))
    return path


@pytest.mark.parametrize("page", ["", "articles", "reports"])
def test_later_articles_are_told_of_and_one_step_away(open_app: Open, added_store: Path, page: str):
    app = open_app(added_store, page, topic=[], unit="articles")
    assert "2016" not in app.title[0].value
    (later,) = [button for button in app.button if "dated after this period" in button.label]
    later.click().run()
    assert "to 2016-07-01" in app.title[0].value
    assert not [button for button in app.button if "dated after" in button.label]


def test_a_period_that_was_asked_for_has_no_such_note(open_app: Open, added_store: Path):
    app = open_app(added_store, "articles", date=["2015-05-04", "2015-05-10"])
    assert not [button for button in app.button if "dated after" in button.label]
