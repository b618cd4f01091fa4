"""What changed between two versions, as a reader sees it and as a screen reader reads it."""

import html
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some
from streamlit.testing.v1 import AppTest

from dashboard.words.changes import changes_html
from pipelines.article import CopyLevel, Fetch, Outcome, SourceKind, TagKind, Zone, ZoneSpan
from pipelines.edits import Edit, EditKind, Piece, Wording, find_edits
from pipelines.hashing import id_text
from pipelines.store import open_writer
from pipelines.syndication import Placement
from pipelines.versions import Decision
from tests.store.build import article, build, naming

Open = Callable[..., AppTest]


def _wording(text: str) -> Wording:
    return Wording("", text, (ZoneSpan(0, len(text), Zone.BODY),))


def _changed(old: str, new: str) -> str:
    return changes_html(find_edits(_wording(old), _wording(new)))


def _bare(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", markup))


def test_removed_and_added_words_differ_without_colour() -> None:
    shown = _changed("The ferry runs on Monday.", "The ferry runs on Friday.")
    assert re.search(r"<del [^>]*line-through[^>]*>.*Monday</del>", shown)
    assert re.search(r"<ins [^>]*underline[^>]*>.*Friday</ins>", shown)


def test_a_screen_reader_reads_what_was_removed_and_added() -> None:
    shown = _changed("The ferry runs on Monday.", "The ferry runs on Friday.")
    assert "runs on removed: Monday added: Friday." in _bare(shown)


def test_paragraphs_that_stayed_are_counted_not_shown() -> None:
    shown = _changed("One stays.\nTwo stays.\nGone for good.", "One stays.\nTwo stays.")
    assert "2 paragraphs unchanged" in shown
    assert "One stays" not in shown


def test_markup_in_either_version_is_shown_as_text() -> None:
    shown = _changed("An <b>old</b> line.", "A <script>new</script> line, <img src=x>.")
    assert set(re.findall(r"</?(\w+)", shown)) == {"div", "p", "small", "span", "del", "ins"}
    assert "<img src=x>" in _bare(shown)


@given(some.text("ab<>&\"' ", min_size=1, max_size=20))
def test_no_character_is_let_through(text: str) -> None:
    edit = Edit(EditKind.ADDED, Zone.BODY, "", text, (Piece(EditKind.ADDED, text),))
    assert text.strip() in _bare(changes_html([edit]))


@pytest.fixture(scope="module")
def edited_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store of an article with two versions, and one with a single version."""
    path = tmp_path_factory.mktemp("edited") / "store"
    old = article(1, title="Envoys meet", text="Envoys spoke of Syria.")
    new = article(1, title="Envoys met", text="Envoys spoke.")
    build(path, [naming(old, (TagKind.TOPIC, "syria", "Syria")), naming(article(2))])
    with open_writer(path, now=datetime(2015, 7, 2, tzinfo=UTC)) as writer:
        writer.begin(Fetch("files", SourceKind.JSONL, "later.jsonl"))
        group = Placement(old.article_id, CopyLevel.NONE)
        writer.add(new, Decision(Outcome.EDITED, old.article_id, 2), group, naming(new).tags)
    return path


def test_the_page_of_an_edited_article_shows_what_changed(
    open_app: Open, edited_store: Path
) -> None:
    app = open_app(edited_store, "article", article=id_text(article(1).article_id))
    shown = "\n".join(block.proto.body for block in app.get("html"))
    assert re.search(r"<del [^>]*>.*meet</del>", shown)
    texts = [text.value for text in app.text]
    assert "Paragraphs: 2 changed" in texts
    assert "Mentions\nSyria (topic): 1 before, removed since" in texts


def test_a_version_compared_with_itself_asks_for_two(open_app: Open, edited_store: Path) -> None:
    app = open_app(edited_store, "article", article=id_text(article(1).article_id))
    chosen = next(box for box in app.selectbox if box.label == "From version")
    chosen.set_value(2).run()
    assert "Choose two different versions." in [caption.value for caption in app.caption]


def test_an_article_with_one_version_has_nothing_to_compare(
    open_app: Open, edited_store: Path
) -> None:
    app = open_app(edited_store, "article", article=id_text(article(2).article_id))
    assert "What changed" not in [heading.value for heading in app.header]
