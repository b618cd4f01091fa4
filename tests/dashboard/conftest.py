"""Stores for the pages, written once, and the dashboard opened on one of them."""

import gc
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from stores import write_one_article, write_store, write_undated
from streamlit.testing.v1 import AppTest

APP = Path(__file__).resolve().parents[2] / "dashboard" / "app.py"

Open = Callable[..., AppTest]


@pytest.fixture(scope="session")
def full_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store of ten weeks; tests must not write to it."""
    return write_store(tmp_path_factory.mktemp("full") / "store")


@pytest.fixture(scope="session")
def one_article_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store of one article."""
    return write_one_article(tmp_path_factory.mktemp("one") / "store")


@pytest.fixture(scope="session")
def undated_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store of one article, which has no date."""
    return write_undated(tmp_path_factory.mktemp("undated") / "store")


@pytest.fixture(scope="session", autouse=True)
def _close_stores() -> Iterator[None]:
    """Forget the cached stores at the end; DuckDB complains of connections open at exit."""
    yield
    gc.unfreeze()
    st.cache_resource.clear()


@pytest.fixture
def open_app(monkeypatch: pytest.MonkeyPatch) -> Open:
    """Return a function that opens a page of the dashboard on a store, with a link."""
    # AppTest leaves the page as the main module, and processes that tests start later run it.
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])

    def open_page(
        store: Path, page: str = "", unfolded: str = "", **link: str | list[str]
    ) -> AppTest:
        monkeypatch.setenv("WIREWATCH_STORE", str(store))
        monkeypatch.setenv("WIREWATCH_NOTICE", "Sample data: all outlets are invented.")
        app = AppTest.from_file(str(APP), default_timeout=60)
        app.query_params.update(link)
        app.run()
        if page:
            app.switch_page(f"app_pages/{page}.py")
            app.query_params.update(link)
            app.run()
        if (
            unfolded
        ):  # the key of a part that is closed at first, see `dashboard/controls/folding.py`
            app.session_state[unfolded] = True
            app.run()
        assert not app.exception, app.exception
        return app

    return open_page
