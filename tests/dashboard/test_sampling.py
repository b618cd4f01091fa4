"""An empty store offers the sample data, and never has it among its own."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.data import of_topic_changes, sampling
from pipelines.article import Outcome
from pipelines.store import last_version

Open = Callable[..., AppTest]

_SETTINGS = """
notice = "Sample data: one invented outlet."

[[source]]
location = "sample.txt"
outlet = "Harbor Ledger"
published = "2015-06-02"
"""
_TEXT = "Talks on Syria\n\nTalks on Syria went on in the capital, an official said.\n"


@pytest.fixture
def small_sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the sample data be one text."""
    settings = tmp_path / "sample.toml"
    settings.write_text(_SETTINGS)
    (tmp_path / "sample.txt").write_text(_TEXT)
    monkeypatch.setattr(sampling, "SETTINGS", settings)


def _captions(app: AppTest) -> str:
    return "\n".join(caption.value for caption in app.caption)


@pytest.mark.usefixtures("small_sample")
def test_the_sample_is_shown_from_a_store_beside_ones_own_until_that_has_an_article(
    open_app: Open, tmp_path: Path
):
    from dashboard.parts import uploads

    app = open_app(tmp_path / "store").button(key="load_sample").click().run(timeout=120)
    assert not app.exception
    assert app.get("plotly_chart")
    assert "one invented outlet. Shown until" in _captions(app)
    assert last_version(tmp_path / "store") is None
    loaded = last_version(tmp_path / "store-sample")
    assert loaded
    assert of_topic_changes.file_of("syria") == tmp_path / "store-sample" / "topics.toml"

    things = uploads.brought([("own.txt", f"{_TEXT}\nThe reader's own.\n".encode())], "", "")
    ends, problem = uploads.store_all(things, {})
    assert (list(ends), problem) == ([Outcome.STORED], "")
    assert last_version(tmp_path / "store") is not None
    assert last_version(tmp_path / "store-sample") == loaded
    assert "one invented outlet" not in _captions(open_app(tmp_path / "store", "articles"))


def test_where_the_sample_data_is_not_at_hand_it_is_not_offered(
    open_app: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sampling, "SETTINGS", tmp_path / "nothing.toml")
    app = open_app(tmp_path / "store")
    assert "No articles yet" in [head.value for head in app.header]
    assert not [button for button in app.button if button.key == "load_sample"]
