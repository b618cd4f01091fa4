"""What stands around a body: kept where it stands, counted only where it is the article's."""

import pytest

from pipelines.article import COUNTED_ZONES, Capture, Document, Form, Zone
from pipelines.extraction import extract
from pipelines.extraction.around.placing import place

_PARAGRAPHS = [
    "The harbour authority closed the northern quay on Tuesday after two storms had broken its "
    "outer wall in three places and carried off a crane that was only half paid for.",
    "Engineers went down at low water and counted nine stones that no longer touch their "
    "neighbours, which is four more than the last time anybody had looked at the wall.",
    "Until it is mended the ferries will land at the fish market, where the stalls have been moved "
    "closer together and the first boat has been told to come an hour later.",
]
_BODY = "".join(f"<p>{text}</p>" for text in _PARAGRAPHS)
_STORY = '<a href="/2020/05/peru-sells-ferry">Peru sells its oldest ferry</a>'


def page(head: str = "", body: str = _BODY, tail: str = "", beside: str = "") -> Document:
    article = f"<article><h1>Quay closed</h1>{head}<div>{body}</div>{tail}</article>"
    markup = f"<title>Quay closed</title><body>{article}{beside}</body>"
    return extract(Capture("test", "page.html", Form.PAGE, markup.encode()))


def zone_of(document: Document, text: str) -> Zone | None:
    at = document.text.find(text)
    return next((z.zone for z in document.zones if z.start <= at < z.end), None)


def within(line: str) -> str:
    """Return the body with a line between its first and its second paragraph."""
    first, *others = (f"<p>{text}</p>" for text in _PARAGRAPHS)
    return "".join([first, line, *others])


@pytest.mark.parametrize(
    ("markup", "text", "zone"),
    [
        ("<h2>Repairs will take a year, and the debt longer</h2>", "Repairs", Zone.SUBHEAD),
        ('<div class="info">4 May 2020</div>', "4 May 2020", Zone.BYLINE),
        ("<div>By Ana Ruiz</div>", "By Ana Ruiz", Zone.BYLINE),
        ("<p>The quay on Monday (Getty Images)</p>", "The quay on", Zone.CAPTION),
        ("<p>(Ana Ruiz / AFP)</p>", "(Ana Ruiz", Zone.FURNITURE),
        ("<p>The quay on Monday. Ana Ruiz/AFP</p>", "The quay on", Zone.CAPTION),
        ("<p>Published 3 hours ago</p>", "Published", Zone.BYLINE),
        ("<p>Lesezeit: 4 Min.</p>", "Lesezeit", Zone.BYLINE),
        ("<p>Tous droits réservés Harbour</p>", "Tous droits", Zone.FURNITURE),
        (
            '<div class="share-bar">Tell your friends in Peru about us</div>',
            "Tell",
            "furniture",
        ),
    ],
    ids=[
        *("standfirst", "date", "name", "caption", "credit alone", "name and agency", "time ago"),
        *("reading time", "rights", "share bar"),
    ],
)
def test_line_between_headline_and_body_has_its_zone(markup: str, text: str, zone: Zone):
    assert zone_of(page(head=markup), text) == zone


@pytest.mark.parametrize(
    ("markup", "text", "zone"),
    [
        ("<figure><figcaption>The quay at noon.</figcaption></figure>", "The quay at", "caption"),
        (f"<p>Read also: {_STORY}</p>", "Read also", Zone.RELATED),
        (f"<h3>{_STORY}</h3>", "Peru", Zone.RELATED),
        (
            f"<ul><li>{_STORY}</li><li>{_STORY.replace('sells', 'buys')}</li></ul>",
            "Peru",
            "related",
        ),
        ("<aside><p>Our letter from Peru comes on Sundays.</p></aside>", "Our letter", "furniture"),
        (f"<p>{_STORY} [PICTURES]</p>", "Peru sells", "related"),
        (f"<p>The wall is old.<br>{_STORY} [PICTURES]</p>", "Peru sells", "related"),
        ("<p>Sign up for our letter from Peru, a newsletter.</p>", "Sign up", "furniture"),
        ("<ul><li>Visit Peru Now's homepage for more stories.</li></ul>", "Visit", "furniture"),
        (
            "<p><a href='/?recirc'>Visit Peru Now's homepage for more stories.</a></p>",
            "Visit",
            "furniture",
        ),
        ("<p><a href=/peru-pro>Take Harbour Pro for Peru</a></p>", "Take", "furniture"),
    ],
    ids=[
        *("caption", "read also", "linked heading", "list of links", "box", "source in brackets"),
        *("after a line break", "newsletter", "front page in a list", "linked front page"),
        "offer of the house",
    ],
)
def test_line_between_paragraphs_stands_there_and_has_its_zone(markup: str, text: str, zone: Zone):
    document = page(body=within(markup))
    assert zone_of(document, text) == zone
    assert document.text.find(text) < document.text.find(_PARAGRAPHS[1])


@pytest.mark.parametrize(
    "markup",
    [
        f'<div class="related"><h3>Related</h3>{_STORY}<p>It was built in 1911.</p></div>',
        '<ul class="tags"><li><a href="/tag/peru">Peru</a></li></ul>',
        '<p>Topics</p><ul><li><a href="/about/peru">Peru</a></li></ul>',
        '<p>Topics: <a href="/about/peru">Peru</a></p>',
        '<div class="comments"><p>I have seen this in Peru. They never pay for cranes.</p></div>',
        '<div class="newsletter"><p>Get the news from Peru every morning for nothing.</p></div>',
    ],
    ids=[
        "related",
        "tags",
        "tags under a heading",
        "tags behind a heading",
        "comments",
        "newsletter",
    ],
)
def test_what_follows_the_body_is_kept_and_not_counted(markup: str):
    document = page(tail=markup)
    assert zone_of(document, "Peru") not in {None, *COUNTED_ZONES}


@pytest.mark.parametrize(
    ("markup", "tags"),
    [
        ("<div class=tags><h3>In short</h3><p><a href=/a/peru>Peru</a></p></div>", ["Peru"]),
        ("<footer><p>Topics</p><ul><li><a href=/a/peru>Peru</a></li></ul></footer>", []),
        ("<p>Topics</p>" + "".join(f"<p><a href=/a/{n}>Peru {n}</a></p>" for n in range(30)), []),
    ],
    ids=["heading of the box", "footer of the site", "index of the site"],
)
def test_tags_are_a_short_list_about_the_article(markup: str, tags: list[str]):
    document = page(tail=markup if "footer" not in markup else "", beside=markup)
    found = [document.text[z.start : z.end] for z in document.zones if z.zone is Zone.TAGS]
    assert set("".join(found).split()) == set(tags)


def test_teaser_date_and_kicker_go_with_the_headline_they_announce():
    card = f"<div><b>World</b><h4>{_STORY}</h4><p>It was built in 1911.</p><i>2 May 2020</i></div>"
    document = page(beside=f"<aside>{card}{card.replace('sells', 'paints')}</aside>")
    lines = ("World", "Peru sells", "It was built", "2 May 2020")
    assert {zone_of(document, line) for line in lines} == {Zone.RELATED}


def test_heading_over_the_body_wins_over_the_title_that_metadata_claim():
    crumbs = '<ul class="breadcrumb"><li><h1>Quay closed after storms</h1></li></ul>'
    head = "<hgroup><h2>Two storms close the quay</h2></hgroup>"
    markup = f"<title>Quay closed after storms</title>{crumbs}<article>{head}{_BODY}</article>"
    document = extract(Capture("test", "page.html", Form.PAGE, markup.encode()))
    assert document.title == "Two storms close the quay"


def test_heading_in_the_article_s_header_wins_over_the_last_crumb_of_a_path():
    crumbs = "<nav><ol><li><h1>Quay closed</h1></li></ol></nav>"
    header = "<header><h2>Two storms close the quay</h2><p>4 May 2020</p></header>"
    markup = f"<title>Quay closed</title>{crumbs}<article>{header}<div>{_BODY}</div></article>"
    document = extract(Capture("test", "page.html", Form.PAGE, markup.encode()))
    assert document.title == "Two storms close the quay"


def test_biography_at_the_end_of_the_body_is_the_byline():
    biography = "<p>Ana Ruiz has written about cranes since 1999 and lives in Peru.</p>"
    markup = f'<title>T</title><meta name="author" content="Ana Ruiz">{_BODY}{biography}'
    document = extract(Capture("test", "page.html", Form.PAGE, markup.encode()))
    assert zone_of(document, "Ana Ruiz has") is Zone.BYLINE


@pytest.mark.parametrize(
    ("line", "zone"),
    [
        ("MARIA QUISPE", Zone.BYLINE),
        ("Staff Reports", Zone.BYLINE),
        ("半月谈记者 王小明", Zone.BYLINE),
        ("The wall is gone", Zone.LEDE),
        ("LIMA, PERU", Zone.LEDE),
    ],
)
def test_name_over_the_first_paragraph_is_the_byline(line: str, zone: Zone):
    assert zone_of(page(body=f"<p>{line}</p>{_BODY}"), line) is zone


@pytest.mark.parametrize(
    "box",
    [
        "<div class=about-author><h4>Ana Ruiz</h4><p>She has counted cranes in Peru.</p></div>",
        "<div><p>Written by Ana Ruiz in Peru on 4 May 2020</p></div>",
    ],
    ids=["box", "line"],
)
def test_author_below_the_article_s_element_is_the_byline(box: str):
    claim = '<meta name="author" content="Ana Ruiz">'
    markup = f"{claim}<body><article><h1>Quay closed</h1>{_BODY}</article>{box}</body>"
    document = extract(Capture("test", "page.html", Form.PAGE, markup.encode()))
    assert zone_of(document, "Peru") is Zone.BYLINE


def test_box_of_an_author_who_is_not_named_as_the_article_s_is_left_out():
    box = "<div class=about-author><p>Eva Brandt has counted cranes in Peru.</p></div>"
    assert "Peru" not in page(beside=box).text


def test_words_before_several_links_of_the_body_send_to_other_stories():
    line = "<p>Hear more on this | {}</p>"
    one, two = line.format(_STORY), line.format(_STORY.replace("oldest", "second"))
    first, second, third = (f"<p>{text}</p>" for text in _PARAGRAPHS)
    twice = "".join([first, one, second, two, third])
    assert zone_of(page(body=twice), "Peru") is Zone.RELATED
    assert zone_of(page(body=twice.replace(two, "")), "Peru") is Zone.BODY


def test_names_of_contributors_are_the_byline():
    line = "<p>Ana Ruiz and Eva Brandt in Lima, Peru, contributed to this report.</p>"
    assert zone_of(page(body=_BODY + line), "Ana Ruiz") is Zone.BYLINE


@pytest.mark.parametrize(
    ("line", "zone"),
    [
        ("<b>What the divers saw</b>", Zone.SUBHEAD),
        ("<b>What did the divers see?</b>", Zone.BODY),
        ("<b>Quispe:</b>", Zone.BODY),
        ("What the <b>divers saw</b>", Zone.BODY),
    ],
    ids=["bold", "question", "speaker", "partly bold"],
)
def test_short_line_in_bold_is_a_subhead(line: str, zone: Zone):
    document = page(body=within(f"<p>{line}</p>"))
    assert zone_of(document, line.replace("<b>", "").split("</b>")[0]) is zone


def test_menu_and_footer_of_the_site_are_left_out():
    document = page(beside="<nav><a href=/peru>Peru</a></nav><footer>Written in Peru</footer>")
    assert "Peru" not in document.text


def test_what_a_browser_does_not_show_is_left_out():
    assert "Peru" not in page(tail='<i style="display: none">Peru</i><i hidden>Peru</i>').text


def test_names_of_elements_around_the_whole_body_say_nothing_of_its_lines():
    markup = f"<div class='sidebar related tags'><h1>Quay closed</h1>{_BODY}</div>"
    document = extract(Capture("test", "page.html", Form.PAGE, markup.encode()))
    assert zone_of(document, _PARAGRAPHS[0]) is Zone.LEDE


def test_table_of_numbers_in_the_body_stays_body():
    rows = "".join(f"<tr><td>Crane {n}</td><td>{n}00</td></tr>" for n in range(1, 9))
    assert zone_of(page(body=f"{_BODY}<table>{rows}</table>"), "400") is Zone.BODY


@pytest.mark.parametrize(
    ("blocks", "paragraphs", "placed"),
    [
        (["a" * 40, "menu", "b" * 40], ["a" * 40, "b" * 40], [0, None, 1]),
        (["peru", "a" * 40, "peru", "b" * 40], ["a" * 40, "peru", "b" * 40], [None, 0, 1, 2]),
        (
            ["c" * 40, "first", "second", "d" * 40],
            ["c" * 40, "firstsecond", "d" * 40],
            [0, 1, 1, 2],
        ),
        (["x" * 50 + "left", "y" * 40], ["x" * 50 + "dropped", "y" * 40], [0, 1]),
        (["", "a" * 40], ["", "a" * 40], [None, 1]),
        (["a" * 40], ["never on the page"], [None]),
    ],
    ids=["between", "word of the menu", "line break", "words dropped", "no letters", "not found"],
)
def test_body_is_found_again_among_the_blocks(
    blocks: list[str], paragraphs: list[str], placed: list[int | None]
):
    assert place(blocks, paragraphs) == placed


@pytest.mark.parametrize(
    ("last", "counted"),
    [
        ("Harbour is the first paper of Peru to be read on ships, and has been since 1911.", False),
        ("Harbour asked the ministry of Peru, which did not wish to speak about the wall.", True),
    ],
)
def test_what_the_site_says_of_itself_at_the_end_is_not_counted(last: str, counted: bool):
    markup = f"<body><article><h1>Quay closed</h1>{_BODY}<p>{last}</p></article></body>"
    url = "https://harbour.example/a"
    document = extract(Capture("test", "page.html", Form.PAGE, markup.encode(), url=url))
    assert ("Peru" in "".join(document.counted())) is counted


def test_button_among_the_names_of_the_byline_is_furniture():
    document = page(head='<div class="byline"><div>Ana Ruiz</div><div>Facebook</div></div>')
    assert zone_of(document, "Ana Ruiz") is Zone.BYLINE
    assert zone_of(document, "Facebook") is Zone.FURNITURE


def test_quotation_set_apart_that_says_again_what_was_told_is_not_counted():
    said = "the stalls have been moved closer together"
    quote = f"<blockquote><p>{said}</p><span>— Marta Ilves of Peru</span></blockquote>"
    document = page(body=within(quote))
    assert "Peru" not in "".join(document.counted())
    assert said in "".join(document.counted())


def test_quotation_set_apart_that_nobody_repeats_stays_body():
    document = page(body=within("<blockquote><p>We will not mend it in Peru.</p></blockquote>"))
    assert "Peru" in "".join(document.counted())


def test_only_fifty_quotations_are_looked_for_in_every_paragraph():
    said = [f"the engineers counted the stones of wall number {n} again" for n in range(60)]
    told = "".join(f"<p>On the quay it was said that {one}, and the wind rose.</p>" for one in said)
    quotes = (f"<blockquote><p>{one}</p><span>— Marta of Peru</span></blockquote>" for one in said)
    document = page(body=within(told + "".join(quotes)))
    assert "".join(document.counted()).count("Peru") == 10


_WALKS = "".join(
    f"<p>On walk {n} the engineers of the harbour counted {n} stones of the outer wall that no "
    f"longer touch their neighbours, and wrote that the quay would last {n} winters at most.</p>"
    for n in range(2, 14)
)
_NEXT = "<p>The pier of the fishermen opened on Monday in Peru, two years after the first plan.</p>"


def next_article(stamp: str) -> Document:
    head = f"<header><h1>Pier opened in Peru</h1><h2>Peru has a pier.</h2>{stamp}</header>"
    return page(body=f"{_WALKS}{head}<div>{_NEXT * 2}</div>")


@pytest.mark.parametrize(
    "note",
    [
        "Correction: An earlier version of this article gave a wrong date for the first storm.",
        "Korrektur (4. Mai): In einer früheren Fassung war ein falscher Tag genannt.",
        "Fe de errores. Una versión anterior de este texto daba una fecha equivocada del temporal.",
        "Поправка: в предыдущей версии статьи была указана неверная дата первой бури.",
    ],
    ids=["English", "German", "Spanish", "Russian"],
)
def test_correction_counts_above_and_below_the_text(note: str):
    marked = f"<div><small><em>{note}</em></small></div>"
    assert zone_of(page(head=marked), note) in COUNTED_ZONES
    assert zone_of(page(head=f"<p>By Ana Ruiz</p>{marked}"), note) in COUNTED_ZONES
    assert zone_of(page(tail=marked), note) in COUNTED_ZONES


def test_correction_among_readers_comments_does_not_count():
    note = "Correction: I was on the quay and the wall broke in four places, not three."
    commented = page(tail=f'<div class="comments"><p>{note}</p></div>')
    assert zone_of(commented, note) in (Zone.FURNITURE, None)


def test_next_article_below_with_headline_and_date_is_not_counted():
    counted = "".join(next_article("<time>4 May 2020, 10:30</time>").counted())
    assert "Peru" not in counted
    assert "13 winters" in counted


def test_heading_of_first_rank_without_a_date_begins_no_other_article():
    assert "opened on Monday in Peru" in "".join(next_article("").counted())
