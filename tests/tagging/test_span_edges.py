"""Where names end: what the models find is cut, parted and grown."""

import pytest

from pipelines.tagging.spans import SpanKind
from pipelines.tagging.spans.edges import Edges
from pipelines.tagging.spans.lexicon import read_lexicon
from pipelines.tagging.spans.span import Span

BODY, PERSON, PLACE = SpanKind.ORGANISATION, SpanKind.PERSON, SpanKind.PLACE


def mended(text: str, *names: str, kind: SpanKind = BODY) -> list[str]:
    spans = [Span(text.index(one), text.index(one) + len(one), kind) for one in names]
    return [text[one.start : one.end] for one in Edges(read_lexicon()).mended(text, spans)]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ("Scottish National Party - 48", ["Scottish National Party"]),
        ("Prohibition Party, Reform Party", ["Prohibition Party", "Reform Party"]),
        ("Ministry of Trade, Industry and Energy", ["Ministry of Trade, Industry and Energy"]),
        ("Chair of the Governing Board", ["Governing Board"]),
        ("Attorney General of the United States", ["Attorney General of the United States"]),
        ("Office of the Spokesperson", ["Office of the Spokesperson"]),
        ("Department Spokesperson", ["Department"]),
        ("Senate Republicans", ["Senate", "Republicans"]),
        ("Political Affairs Victoria Nuland", ["Victoria Nuland"]),
        ("Department Derek Chollet", ["Department", "Derek Chollet"]),
        ("University Paul Sabatier", ["University Paul Sabatier"]),
        ("House of Representatives", ["House of Representatives"]),
    ],
)
def test_what_is_no_part_of_a_body_is_cut_off(found: str, expected: list[str]) -> None:
    assert mended(f"The {found} said so.", found) == expected


@pytest.mark.parametrize(
    ("text", "names", "kept"),
    [
        ("the University of Texas at Austin.", ["University of Texas", "Austin"], 0),
        ("the University of California, Berkeley.", ["University of California", "Berkeley"], 0),
        ("the House Committee on Foreign Affairs.", ["House Committee"], 0),
        ("the National Council on the Humanities.", ["National Council", "Humanities"], 0),
        ("the Society for Biochemistry and Molecular Biology.", ["Society for Biochemistry"], 0),
        ("the Committee on Monday.", ["Committee"], 1),
        ("the Security Council on Syria.", ["Security Council", "Syria"], 2),
        ("the Department of State and Keysight.", ["Department of State"], 1),
        ("the Bank of Japan and Honda.", ["Bank of Japan", "Honda"], 2),
        ("the University of Texas, Austin.", ["University of Texas", "Austin"], 2),
    ],
)
def test_what_belongs_to_a_body_is_taken_along(text: str, names: list[str], kept: int) -> None:
    """`kept` is how many names stay as they are; 0: one name goes to the full stop."""
    whole = [text.removeprefix("the ").removesuffix(".")]
    assert mended(text, *names) == (names[:kept] or whole)


def test_people_and_places_keep_their_edges() -> None:
    assert mended("Anna Lee - 3", "Anna Lee - 3", kind=PERSON) == ["Anna Lee - 3"]
    assert mended("Northern Ireland - 1", "Northern Ireland - 1", kind=PLACE) == [
        "Northern Ireland"
    ]
