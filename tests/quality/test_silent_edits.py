"""The measure of silent edits on a page made for it: what is done, and what is called an edit."""

import pytest

from pipelines.extraction.body.blocks import parse_html
from tests.quality.disturbances import EDITS, Original, disturbed, edited, original
from tests.quality.silent_edits import KINDS, EditScore, RealPage, scores

_URL = "https://example.org/news/ferry-runs-again-204417.html"
_LINES = [
    f"On day {day} of the repair the harbour had planned {day + 7} crossings to the outer islands."
    for day in range(6)
]
_PAGE = (
    "<html><head><title>The ferry runs again on Monday</title></head><body><nav><a href='/a'>News"
    "</a></nav><article><h1>The ferry runs again on Monday</h1>"
    + "".join(f"<p>{line}</p>" for line in _LINES)
    + "</article><div><a href='/b-1'>A crane fell into the water</a></div></body></html>"
)


@pytest.fixture(scope="module")
def page() -> Original:
    tree, title = parse_html(_PAGE), "The ferry runs again on Monday"
    others = [f"Another story of number {n} was told" for n in range(6)]
    made = original(tree, _URL, title, _LINES, language="de", others=others)
    assert made is not None
    return made


def test_every_disturbance_changes_the_page(page: Original):
    pairs = list(disturbed(page, KINDS))
    assert {pair.kind for pair in pairs} == set(KINDS) - {"edits"}
    assert all(pair.before != pair.after for pair in pairs)


def test_every_edit_changes_the_page(page: Original):
    pairs = list(edited(page))
    assert [pair.name for pair in pairs] == list(EDITS)
    assert all(pair.before != pair.after for pair in pairs)


def test_page_without_enough_of_its_body_is_left_out():
    tree = parse_html("<html><body><p>Short</p></body></html>")
    assert original(tree, _URL, "Ferry", _LINES, language="en", others=[]) is None


def test_edits_of_words_are_seen_and_banners_are_none(page: Original):
    real = RealPage("page", b"", _URL)
    found = list(scores(real, page, ["edits"]))
    assert [one.edited for one in found] == [True] * len(EDITS)
    assert EditScore("page", "edits", "one digit", edited=True, differs=("text",)) in found
    assert not any(one.edited for one in scores(real, page, ["consent"]))
