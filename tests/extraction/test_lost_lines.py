"""What a body's reader leaves out between its paragraphs comes back with its zone."""

import pytest

from pipelines.article import Zone
from pipelines.extraction.around.margins import with_margins
from pipelines.extraction.body.blocks import parse_html
from pipelines.extraction.claims.metadata import PageClaims
from pipelines.extraction.zones import Part

_PARAGRAPHS = [
    "The harbour authority closed the northern quay on Tuesday after two storms had broken its "
    "outer wall in three places and carried off a crane that was only half paid for.",
    "Engineers went down at low water and counted nine stones that no longer touch their "
    "neighbours, which is four more than the last time anybody had looked at the wall.",
]
_ONE, _TWO = (f"<p>{text}</p>" for text in _PARAGRAPHS)
_CELLS = "".join(f"<tr><td>Crane {n}</td><td>{n}00 tons</td></tr>" for n in range(1, 6))


def zones_around(markup: str) -> dict[str, Zone]:
    """Return the zones of a page's lines where its body was read as the two paragraphs alone."""
    tree = parse_html(f"<body><article><h1>Quay closed</h1><div>{markup}</div></article></body>")
    assert tree is not None
    body = [Part(text, Zone.BODY) for text in _PARAGRAPHS]
    parts = with_margins(tree, body, PageClaims(title="Quay closed"))
    return {part.text: part.zone for part in parts}


@pytest.mark.parametrize(
    ("markup", "text", "zone"),
    [
        (f"{_ONE}<h2>What the divers saw</h2>{_TWO}", "What the divers saw", Zone.SUBHEAD),
        (f"{_ONE}<h2><a href=#a>The divers</a></h2>{_TWO}", "The divers", Zone.SUBHEAD),
        (f"<p>By Ana Ruiz</p>{_ONE}<h2>The divers</h2>{_TWO}", "The divers", Zone.SUBHEAD),
        (f"{_ONE}<table>{_CELLS}</table>{_TWO}", "300 tons", Zone.BODY),
        (f"{_ONE}{_TWO}<table>{_CELLS}</table>", "300 tons", Zone.BODY),
        (
            f"{_ONE}<div><img src=a.jpg><p>The quay at noon on Monday</p></div>{_TWO}",
            "The quay at noon on Monday",
            Zone.CAPTION,
        ),
        (
            f"<div><img src=a.jpg><p>The quay at noon on Monday</p></div>{_ONE}{_TWO}",
            "The quay at noon on Monday",
            Zone.CAPTION,
        ),
    ],
    ids=[
        *("heading", "anchored heading", "heading under a byline", "table", "table at the end"),
        *("caption", "first caption"),
    ],
)
def test_line_that_the_body_s_reader_left_out_has_its_zone(markup: str, text: str, zone: Zone):
    assert zones_around(markup)[text] is zone


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        (f"{_ONE}<h2>What the divers saw</h2><ul><li>Our shop</li></ul>{_TWO}", "What the divers"),
        (f"{_ONE}{_TWO}<p>Our shop</p><table>{_CELLS}</table>", "300 tons"),
        (f"{_ONE}<div><img src=a.jpg><p>Share</p></div>{_TWO}", "Share"),
    ],
    ids=["heading of a box", "table after something else", "too short for a caption"],
)
def test_other_lines_between_paragraphs_stay_furniture(markup: str, text: str):
    found = zones_around(markup)
    assert {zone for line, zone in found.items() if text in line} == {Zone.FURNITURE}


_POST = "<p>The crane was ours, and we want it back.</p>— Harbour Club (@club) 4 May 2020"


@pytest.mark.parametrize(
    ("quotation", "zone"),
    [
        (f"<blockquote class=twitter-tweet>{_POST}</blockquote>", Zone.BODY),
        (f"<div class=social-embed><blockquote>{_POST}</blockquote></div>", Zone.BODY),
        (f"<figure><blockquote>{_POST}</blockquote></figure>", Zone.BODY),
        (f"<blockquote><p>{_PARAGRAPHS[0][:60]}</p>{_POST}</blockquote>", Zone.FURNITURE),
        (f"<aside class=newsletter><blockquote>{_POST}</blockquote></aside>", Zone.FURNITURE),
    ],
    ids=["post", "embedded", "in a figure", "told again", "in an offer"],
)
def test_quotation_set_apart_is_body_unless_the_body_tells_it(quotation: str, zone: Zone):
    assert (
        zones_around(f"{_ONE}{quotation}{_TWO}")["The crane was ours, and we want it back."] is zone
    )


def test_name_below_a_quotation_goes_with_it():
    cited = "<figure><blockquote>The crane was ours.</blockquote><figcaption>Eva Brandt, diver"
    zones = zones_around(f"{_ONE}{cited}</figcaption></figure>{_TWO}")
    assert zones["Eva Brandt, diver"] is Zone.BODY
