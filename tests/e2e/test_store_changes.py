"""A store that changes under open pages: none yet, one article, a new commit, made anew."""

import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from serving import ROOT, serving
from watching import PAGES, Watched

pytestmark = pytest.mark.e2e
Browse = Callable[..., Watched]
sys.path.insert(0, str(ROOT / "tests" / "dashboard"))
EMPTY = "No articles yet"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """Serve a place where no store is yet; return it and where it is served."""
    store = tmp_path_factory.mktemp("changing") / "store"
    with serving(store) as address:
        yield store, address


@pytest.fixture
def place(served: tuple[Path, str]) -> Path:
    """Return the empty place of the store."""
    shutil.rmtree(served[0], ignore_errors=True)
    return served[0]


def _add(store: Path, number: int, body: str = "They spoke of Syria.") -> None:
    from stores import FIRST, NOW, Placement, article, tags

    from pipelines.article import CopyLevel, Outcome
    from pipelines.store import open_writer
    from pipelines.versions import Decision

    one = article(number, FIRST, title=f"Talks on Syria, round {number}", body=body)
    with open_writer(store, now=NOW) as writer:
        decision = Decision(Outcome.STORED, one.article_id, 1)
        writer.add(one, decision, Placement(one.article_id, CopyLevel.NONE), tags(one))


def _main(watched: Watched) -> str:
    return str(watched.page.inner_text('[data-testid="stMain"]'))


def _whole(watched: Watched) -> None:
    assert watched.page.locator('[data-testid="stException"]').count() == 0


def test_without_a_store_every_page_says_what_to_do(
    served: tuple[Path, str], place: Path, browse: Browse
):
    watched = browse()
    for page in PAGES:
        watched.open(f"{served[1]}/{page}")
        _whole(watched)
        if page != "add":
            assert EMPTY in _main(watched)
            assert f"python -m pipelines ingest FOLDER --store {place}" in _main(watched)


def test_with_one_article_every_page_stands(served: tuple[Path, str], place: Path, browse: Browse):
    _add(place, 1)
    watched = browse()
    for page in (*PAGES[:6], "article?article=1001", *PAGES[7:]):
        watched.open(f"{served[1]}/{page}")
        _whole(watched)
        assert EMPTY not in _main(watched)


def test_two_open_pages_see_a_new_commit_with_their_next_click(
    served: tuple[Path, str], place: Path, browse: Browse
):
    _add(place, 1)
    both = [browse(), browse()]
    for watched in both:
        watched.open(f"{served[1]}/articles?last=all")
        assert "1 article, newest first" in _main(watched)
    _add(place, 2)
    for watched in both:
        watched.page.get_by_role("link", name="Reports").click()
        watched.page.wait_for_url("**/reports**")
        watched.page.get_by_text("2 articles", exact=True).wait_for()
        _whole(watched)


def test_an_open_page_sees_a_store_that_was_deleted_and_filled_anew(
    served: tuple[Path, str], place: Path, browse: Browse
):
    _add(place, 1)
    watched = browse()
    watched.open(f"{served[1]}/articles?last=all")
    shutil.rmtree(place)
    watched.page.get_by_role("link", name="Reports").click()
    watched.page.get_by_text(EMPTY).wait_for()
    _add(place, 7)  # version 1 again, with something else in it
    watched.page.get_by_role("link", name="Articles").click()
    watched.page.get_by_text("1 article, newest first").wait_for()
    watched.settle()
    _whole(watched)
    table = watched.page.locator('[data-testid="stDataFrame"] td')
    table.first.wait_for(state="attached")
    cells = table.all_text_contents()
    assert "Talks on Syria, round 7" in cells


def _seconds_to_open(watched: Watched, link: str, words: str) -> float:
    begun = time.monotonic()
    watched.page.goto(link)
    watched.page.get_by_text(words).last.wait_for(state="attached")
    watched.settle()
    return time.monotonic() - begun


def test_an_article_of_five_megabytes_opens(served: tuple[Path, str], place: Path, browse: Browse):
    """In at most 30 times what an ordinary one takes, itself half a second of waiting."""
    line = "They spoke of Syria, and nobody could say for how long they would. "
    _add(place, 3, "\n\n".join(line * 12 for _ in range(5_000_000 // (12 * len(line)))))
    _add(place, 4)
    watched = browse()
    watched.open(f"{served[1]}/articles?last=all")  # the server is warm
    ordinary = _seconds_to_open(watched, f"{served[1]}/article?article=1004", "spoke of Syria")
    large = _seconds_to_open(watched, f"{served[1]}/article?article=1003", "nobody could say")
    assert len(_main(watched)) > 4_900_000
    _whole(watched)
    assert large < 30 * ordinary
