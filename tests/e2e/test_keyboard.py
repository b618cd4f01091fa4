"""The way of a reader without a mouse: each job of an analyst by Tab, Enter, arrows and space."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from watching import Watched

pytestmark = pytest.mark.e2e
Browse = Callable[..., Watched]
_FOCUSED = """() => { const one = document.activeElement;
    return [one.tagName, one.getAttribute('aria-label') || one.innerText || ''] }"""
_MARKED = """() => {
    const one = document.activeElement;
    const looks = () => { const is = getComputedStyle(one);
        return [is.outline, is.boxShadow, is.backgroundColor, is.borderColor, is.color].join() };
    const focused = looks();
    one.blur();
    const plain = looks();
    one.focus();
    return focused !== plain }"""
MOST_TABS = 90


def _tab_to(watched: Watched, name: str, tag: str = "BUTTON") -> None:
    """Press Tab until an element `tag` is focused whose name has `name` in it."""
    passed = []
    for _ in range(MOST_TABS):
        watched.page.keyboard.press("Tab")
        focused, called = watched.page.evaluate(_FOCUSED)
        if focused == tag and name in called:
            return
        passed.append(f"{focused} {called[:20]!r}")
    raise AssertionError(f"{MOST_TABS} presses of Tab did not reach {name!r}: {passed}")


def _file(watched: Watched, key: str = "Enter") -> bytes:
    with watched.page.expect_download() as waiting:
        watched.page.keyboard.press(key)
    return Path(waiting.value.path()).read_bytes()


def _choose(watched: Watched, box: str, words: str) -> None:
    """Choose what `words` find in a box."""
    _tab_to(watched, box, "INPUT")
    watched.page.keyboard.type(words)
    watched.page.keyboard.press("Enter")


def test_a_second_topic_and_the_csv_of_the_chart(address: str, browse: Browse):
    watched = browse()
    watched.open(f"{address}/?topic=syria")
    _tab_to(watched, "Topics", "INPUT")
    watched.page.keyboard.type("unsc")
    watched.page.keyboard.press("Enter")
    watched.page.wait_for_url("**topic=syria&topic=unsc**")
    watched.settle()
    watched.page.keyboard.press("Escape")
    _tab_to(watched, "CSV: attention")
    assert b"UN Security Council" in _file(watched)


def test_from_a_number_of_the_chart_to_its_articles_and_into_one(address: str, browse: Browse):
    watched = browse()
    watched.open(f"{address}/?topic=syria&interval=week")
    _tab_to(watched, "Open rows by keyboard", "INPUT")
    watched.page.keyboard.press("Space")
    watched.settle()
    _tab_to(watched, "Table of the chart", "SUMMARY")
    watched.page.keyboard.press("Enter")
    watched.page.get_by_role("combobox", name="Open a row").first.wait_for()
    watched.settle()
    _choose(watched, "Open a row", "2: ")
    watched.page.wait_for_url("**/articles?**date=**")
    watched.settle()
    _choose(watched, "Open a row", "1: ")
    watched.page.wait_for_url("**/article?**")
    watched.settle()
    assert "article" in parse_qs(urlsplit(watched.page.url).query)
    assert "Syria" in watched.page.inner_text('[data-testid="stMain"]')


def test_another_page_and_a_choice_on_it(address: str, browse: Browse):
    watched = browse()
    watched.open(f"{address}/?topic=syria")
    _tab_to(watched, "Quotes", "A")
    watched.page.keyboard.press("Enter")
    watched.page.wait_for_url("**/quotes?**")
    watched.settle()
    _tab_to(watched, "Who, or who on what", "INPUT")
    watched.page.keyboard.type("lavrov")
    watched.page.keyboard.press("Enter")
    watched.page.wait_for_selector("text=/quotes? of Sergei Lavrov/")


def test_the_link_for_a_colleague(address: str, browse: Browse):
    watched = browse()
    watched.open(f"{address}/?topic=syria")
    _tab_to(watched, "Share")
    watched.page.keyboard.press("Enter")
    link = watched.page.locator('[data-testid="stPopoverBody"] code').first
    assert "topic=syria" in link.inner_text()


def test_the_whole_report(address: str, browse: Browse):
    watched = browse()
    watched.open(f"{address}/reports?topic=syria")
    _tab_to(watched, "Download the report")
    with zipfile.ZipFile(io.BytesIO(_file(watched))) as report:
        assert any(name.endswith("attention.csv") for name in report.namelist())


def test_where_one_is_can_be_seen_at_every_stop(address: str, browse: Browse):
    watched = browse()
    watched.open(f"{address}/?topic=syria")
    watched.page.add_style_tag(content="* { transition: none !important }")
    unseen = []
    for _ in range(MOST_TABS):
        watched.page.keyboard.press("Tab")
        focused, called = watched.page.evaluate(_FOCUSED)
        if focused == "BODY":
            break
        # The box around an input has the mark; a table marks its cell inside the picture of it.
        if focused in {"A", "BUTTON", "SUMMARY"} and not watched.page.evaluate(_MARKED):
            unseen.append((focused, called))
    assert unseen == []


def test_nothing_moves_where_the_reader_asks_for_stillness(address: str, browse: Browse):
    watched = browse()
    watched.page.emulate_media(reduced_motion="reduce")
    watched.open(f"{address}/?topic=syria")
    watched.page.locator(".js-plotly-plot").first.wait_for()
    moving = "document.getAnimations().filter(one => one.playState === 'running').length"
    assert watched.page.evaluate(moving) == 0
