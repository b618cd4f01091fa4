"""Zones of lines whose element, not whose words, says what they are."""

import pytest

from pipelines.article import COUNTED_ZONES, Capture, Document, Form, Zone
from pipelines.extraction import extract

_PARAGRAPHS = [
    "The harbour authority closed the northern quay on Tuesday after two storms had broken its "
    "outer wall in three places and carried off a crane that was only half paid for.",
    "Engineers went down at low water and counted nine stones that no longer touch their "
    "neighbours, which is four more than the last time anybody had looked at the wall.",
    "Until it is mended the ferries will land at the fish market, where the stalls have been moved "
    "closer together and the first boat has been told to come an hour later.",
    "The council will vote on the debt in May, two years after the first stone was laid, and "
    "nobody expects the vote to be close, since all three parties want the quay to open again.",
]
_ONE, _TWO, _THREE, _FOUR = (f"<p>{text}</p>" for text in _PARAGRAPHS)
_BODY = _ONE + _TWO + _THREE + _FOUR


def page(inside: str, beside: str = "", title: str = "Quay closed") -> Document:
    markup = f"<title>{title}</title><body><main>{inside}</main>{beside}</body>"
    return extract(Capture("test", "page.html", Form.PAGE, markup.encode()))


def zone_of(document: Document, text: str) -> Zone | None:
    at = document.text.find(text)
    return next((z.zone for z in document.zones if z.start <= at < z.end), None)


def test_articles_that_hold_pieces_of_one_body_are_no_other_articles():
    pieces = (_ONE, "<h3>What the divers saw</h3>", _TWO, _THREE, _FOUR)
    wrapped = "".join(f"<article class=piece>{piece}</article>" for piece in pieces)
    document = page(f"<h1>Quay closed</h1><div>{wrapped}</div>")
    assert zone_of(document, "What the divers saw") is Zone.SUBHEAD
    assert Zone.RELATED not in {span.zone for span in document.zones}


@pytest.mark.parametrize(
    "box",
    [
        "<aside class=widget_archive><ul><li><a href=/2019/05>May 2019</a> (12)</ul></aside>",
        "<aside><ul><li class=cat-item><a href=/c/sea>Sea and harbour news</a> (12)</ul></aside>",
        "<aside class=video-js><div class=vjs-title>Video player is loading now</div></aside>",
        "<aside><div class=job-item><a href=/job/12345>Two divers for the quay</a></div></aside>",
        "<div id=sideNav><a href=/2019/05/all-news>All the news of May 2019</a></div>",
    ],
    ids=["archive", "category", "player", "job", "menu named in one word"],
)
def test_index_of_the_site_and_its_player_are_no_other_stories(box: str):
    document = page(f"<article><h1>Quay closed</h1>{_BODY}</article>", box)
    assert Zone.RELATED not in {span.zone for span in document.zones}


def test_line_in_an_element_named_as_a_heading_is_a_subhead():
    line = "<div class=subheadline>Who pays for the wall?</div>"
    document = page(f"<article><h1>Quay closed</h1>{_ONE}{line}{_TWO}{_THREE}</article>")
    assert zone_of(document, "Who pays") is Zone.SUBHEAD


@pytest.mark.parametrize(
    ("quote", "counted"),
    [
        ("at low water and counted nine stones that no longer touch their neighbours", False),
        ("Nobody in this town has ever swum that far, or would do so without a boat", True),
    ],
    ids=["told above", "told nowhere else"],
)
def test_pulled_quotation_counts_where_the_text_does_not_tell_it(quote: str, *, counted: bool):
    pulled = f"<div class=pull-quote><p>{quote}, she said.</p></div>"
    document = page(f"<article><h1>Quay closed</h1>{_ONE}{_TWO}{pulled}{_THREE}{_FOUR}</article>")
    assert (zone_of(document, f"{quote}, she said") in COUNTED_ZONES) is counted


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<h2>The northern quay is closed</h2>", "The northern quay is closed - Harbour Post"),
        ("<h2><a href=/quay-1>Quay closed</a></h2>", "Quay closed"),
    ],
    ids=["title with the name of the site", "heading that links"],
)
def test_heading_that_is_the_claimed_title_is_the_headline(head: str, title: str):
    document = page(f"<article>{head}<p>By Ana Ruiz</p>{_BODY}</article>", title=title)
    assert [span.zone for span in document.zones[:2]] == [Zone.HEADLINE, Zone.BYLINE]


@pytest.mark.parametrize(
    ("line", "text", "zone"),
    [
        (
            "<div class=teaser-image><figcaption>The quay at noon.</figcaption></div>",
            "The quay at noon.",
            Zone.CAPTION,
        ),
        (
            "<div class=ad><p>Updated May 4, 2020 8:21 am ET / Original May 4, 2020</p></div>",
            "Updated",
            Zone.BYLINE,
        ),
        (
            "<div class=author>Ana Ruiz</div><p class=summary>Two storms and no money at all.</p>",
            "Two storms and",
            Zone.SUBHEAD,
        ),
        (
            "<figure><figcaption>Related: Peru sells a ferry</figcaption></figure>",
            "Peru",
            Zone.RELATED,
        ),
    ],
    ids=["caption", "two dates", "standfirst below the byline", "another story's picture"],
)
def test_line_between_headline_and_body_is_what_its_element_says(line: str, text: str, zone: Zone):
    document = page(f"<article><h1>Quay closed</h1>{line}<div>{_BODY}</div></article>")
    assert zone_of(document, text) is zone


def test_headings_set_alike_in_a_related_box_are_stories_without_a_link_of_their_own():
    stories = "".join(f"<div><h4>Peru sells ferry number {n}</h4></div>" for n in range(3))
    document = page(
        f"<article><h1>Quay closed</h1>{_BODY}</article>", f"<aside class=videos>{stories}</aside>"
    )
    assert zone_of(document, "Peru sells ferry number 2") is Zone.RELATED


def test_caption_that_begins_with_how_long_a_video_runs_is_another_story():
    video = "<figure><figcaption>2:05 Norway lays a cable to the lighthouse</figcaption></figure>"
    document = page(f"<article><h1>Quay closed</h1>{_ONE}{_TWO}{video}{_THREE}{_FOUR}</article>")
    assert zone_of(document, "Norway") is Zone.RELATED
