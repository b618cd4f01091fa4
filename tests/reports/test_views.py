"""Saved views lie beside the store: kept, replaced, dropped, and refused where damaged."""

from datetime import UTC, datetime

import pytest

from pipelines.errors import StoreDamaged
from pipelines.reports.views import drop_view, save_view, saved_views

NOW = datetime(2015, 7, 1, 12, tzinfo=UTC)


def test_views_are_kept_in_the_order_of_their_names(tmp_path):
    for name, link in (("week of Syria", "?topic=syria"), ("Annual", "?last=1y")):
        save_view(tmp_path, name, link, now=NOW)
    assert [view.name for view in saved_views(tmp_path)] == ["Annual", "week of Syria"]
    assert saved_views(tmp_path)[0].saved_at == "2015-07-01T12:00:00Z"


def test_a_view_of_the_same_name_is_replaced(tmp_path):
    save_view(tmp_path, "Syria", "?topic=syria", now=NOW)
    save_view(tmp_path, " Syria ", "?topic=syria&lang=ru", now=NOW)
    assert [view.link for view in saved_views(tmp_path)] == ["?topic=syria&lang=ru"]


def test_a_dropped_view_is_gone_and_an_unknown_one_is_no_error(tmp_path):
    save_view(tmp_path, "Syria", "?topic=syria", now=NOW)
    drop_view(tmp_path, "Ukraine")
    drop_view(tmp_path, "Syria")
    assert saved_views(tmp_path) == []


@pytest.mark.parametrize("name", ["", "   ", "x" * 81])
def test_a_name_that_cannot_be_shown_is_refused(tmp_path, name):
    with pytest.raises(ValueError, match="characters"):
        save_view(tmp_path, name, "?", now=NOW)


@pytest.mark.parametrize("content", ["", "{", "[1]", '[{"name": "x"}]'])
def test_a_damaged_file_is_said_and_left_alone(tmp_path, content):
    (tmp_path / "views.json").write_text(content)
    with pytest.raises(StoreDamaged, match=r"views\.json"):
        saved_views(tmp_path)
    with pytest.raises(StoreDamaged):
        save_view(tmp_path, "Syria", "?", now=NOW)
    assert (tmp_path / "views.json").read_text() == content
