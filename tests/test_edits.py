"""What changed between two versions reads as a person would tell it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pipelines.article import Zone, ZoneSpan
from pipelines.edits import Edit, EditKind, Piece, TagChange, Wording, find_edits, mention_changes

_FERRY = "The ferry will run again from Monday, the harbour office said after a long meeting."
_BRIDGE = "The old bridge stays closed until the engineers have seen its second pillar."
_PRICE = "A ticket costs two crowns, and children travel free on every day of the week."


def wording(*paragraphs: str, title: str = "Ferry runs again", furniture: str = "") -> Wording:
    """Return a headline, a body of these paragraphs, and furniture below."""
    head, body = f"{title}\n", "\n".join(paragraphs) + "\n"
    text = head + body + furniture
    edges = (0, len(head), len(head + body), len(text))
    zones = (Zone.HEADLINE, Zone.BODY, Zone.FURNITURE)
    spans = zip(edges, edges[1:], zones, strict=False)
    return Wording(title, text, tuple(ZoneSpan(*span) for span in spans))


def told(old: Wording, new: Wording) -> list[tuple[str, str]]:
    """Return kind and words of what did not stay the same."""
    changes = (one for one in find_edits(old, new) if one.kind is not EditKind.SAME)
    return [(str(one.kind), one.new or one.old) for one in changes]


def pieces(old: str, new: str) -> list[tuple[str, str]]:
    """Return the pieces of the one paragraph that changed."""
    (edit,) = (e for e in find_edits(wording(old), wording(new)) if e.kind is not EditKind.SAME)
    return [(str(piece.kind), piece.text.strip()) for piece in edit.pieces]


def test_a_changed_word_is_marked_alone() -> None:
    assert pieces(_FERRY, _FERRY.replace("Monday", "Friday")) == [
        ("same", "The ferry will run again from"),
        ("removed", "Monday"),
        ("added", "Friday"),
        ("same", ", the harbour office said after a long meeting."),
    ]


def test_a_word_that_stayed_between_two_changes_is_marked_with_them() -> None:
    assert pieces(_FERRY, _FERRY.replace("run again from", "stop again on"))[1:3] == [
        ("removed", "run again from"),
        ("added", "stop again on"),
    ]


def test_a_paragraph_that_went_was_removed_and_one_that_came_was_added() -> None:
    assert told(wording(_FERRY, _BRIDGE), wording(_FERRY, _PRICE)) == [
        ("removed", _BRIDGE),
        ("added", _PRICE),
    ]


def test_a_paragraph_that_stands_elsewhere_moved() -> None:
    assert told(wording(_FERRY, _BRIDGE, _PRICE), wording(_BRIDGE, _PRICE, _FERRY)) == [
        ("moved", _FERRY)
    ]


def test_a_moved_paragraph_shows_the_word_that_changed_in_it() -> None:
    later = _FERRY.replace("Monday", "Friday")
    edits = find_edits(wording(_FERRY, _BRIDGE, _PRICE), wording(_BRIDGE, _PRICE, later))
    (moved,) = (one for one in edits if one.kind is EditKind.MOVED)
    assert [p.text.strip() for p in moved.pieces if p.kind is EditKind.REMOVED] == ["Monday"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('He said "no" to it.', "He said “no” to it."),
        ("It is the mayor's bridge.", "It is the mayor’s bridge."),
        ("Two - or three - boats came.", "Two – or three – boats came."),
        ("Two boats came.", "Two  boats\u00a0came."),
    ],
    ids=["quotation marks", "apostrophe", "dashes", "spaces"],
)
def test_style_is_no_change(old: str, new: str) -> None:
    assert told(wording(old), wording(new)) == []


def test_the_case_of_a_word_is_a_change() -> None:
    assert pieces("The march began.", "The March began.")[1:3] == [
        ("removed", "march"),
        ("added", "March"),
    ]


def test_another_headline_is_one_change_and_stands_first() -> None:
    edits = find_edits(wording(_FERRY), wording(_PRICE, _FERRY, title="Two crowns for a ticket"))
    assert (edits[0].kind, edits[0].zone) == (EditKind.CHANGED, Zone.HEADLINE)


def test_a_title_beside_the_text_is_the_headline() -> None:
    body = (ZoneSpan(0, len(_FERRY), Zone.BODY),)
    edits = find_edits(Wording("Old", _FERRY, body), Wording("New", _FERRY, body))
    assert [(one.zone, one.kind) for one in edits] == [
        (Zone.HEADLINE, EditKind.CHANGED),
        (Zone.BODY, EditKind.SAME),
    ]


def test_page_furniture_is_no_edit() -> None:
    assert told(wording(_FERRY, furniture="Most read"), wording(_FERRY, furniture="Log in")) == []


def test_scripts_without_spaces_are_compared_by_character() -> None:
    assert [p for p in pieces("会议星期一开始了", "会议星期五开始了") if p[0] != "same"] == [
        ("removed", "一"),
        ("added", "五"),
    ]


_TEXTS = some.lists(some.text("ab .\n“", max_size=12), max_size=5)


def _without_spaces(text: str) -> str:
    return "".join(text.split())


@given(_TEXTS, _TEXTS)
def test_no_word_of_either_version_is_lost(old: list[str], new: list[str]) -> None:
    def kept(edit: Edit, gone: EditKind) -> str:
        return _without_spaces("".join(p.text for p in edit.pieces if p.kind is not gone))

    for edit in find_edits(wording(*old), wording(*new)):
        assert kept(edit, EditKind.REMOVED) == _without_spaces(edit.new)
        if edit.kind is EditKind.REMOVED:
            assert edit.pieces == (Piece(EditKind.REMOVED, edit.old),)


def test_a_text_of_five_thousand_words_takes_less_than_two_seconds() -> None:
    words = [f"word{number * 7919 % 800}" for number in range(5000)]
    changed = ["new" if number % 9 == 0 else word for number, word in enumerate(words)]
    began = time.process_time()
    find_edits(wording(" ".join(words)), wording(" ".join(changed)))
    find_edits(wording("the " * 5000), wording("a the " * 2500))  # the worst for difflib
    assert time.process_time() - began < 2


def test_mentions_that_went_come_before_those_that_fell_and_rose() -> None:
    old = [("topic", "syria")] * 3 + [("country", "FR"), ("country", "US")]
    new = [("topic", "syria")] + [("country", "US")] * 2
    assert mention_changes(old, new) == (
        TagChange("country", "FR", 1, 0),
        TagChange("topic", "syria", 3, 1),
        TagChange("country", "US", 1, 2),
    )
