"""Scraped text: the user's own seed page, and the rules one by one."""

from pathlib import Path

import pytest

from pipelines.article import Capture, DateRole, DateSource, Document, Form, Zone
from pipelines.dates import WEIGHTS, day_in_url, resolve
from pipelines.errors import NoArticle
from pipelines.extraction import extract
from pipelines.extraction.lines.roles import has_credit

_BODY = (
    "The harbour authority closed the northern quay after two storms.\n"
    "Its director said that the repairs would take until the autumn.\n"
)


def clip(text: str, title: str = "") -> Document:
    return extract(Capture("test", "clip.txt", Form.CLIPPING, text.encode(), title=title))


def lines_of(document: Document, *zones: Zone) -> list[str]:
    texts = [document.text[z.start : z.end] for z in document.zones if z.zone in zones]
    return "".join(text if text.endswith("\n") else f"{text}\n" for text in texts).splitlines()


@pytest.fixture(scope="module")
def seed(shared_data: Path) -> Document:
    content = (shared_data / "seed" / "000_91fae0a79a01888f.txt").read_bytes()
    return extract(Capture("seed", "seed.txt", Form.CLIPPING, content))


def test_seed_has_ten_paragraphs_and_one_subhead(seed: Document):
    assert len(lines_of(seed, Zone.LEDE, Zone.BODY)) == 10
    assert lines_of(seed, Zone.SUBHEAD) == ["Some Must Decide on Syria"]
    assert lines_of(seed, Zone.LEDE)[0].startswith("US State Secretary John Kerry's visit")


def test_seed_has_no_headline_and_none_is_made_up(seed: Document):
    assert seed.title == ""
    assert lines_of(seed, Zone.HEADLINE) == []


def test_seed_keeps_related_tags_and_furniture_apart(seed: Document):
    assert [line[:11] for line in lines_of(seed, Zone.RELATED)] == [
        "Lavrov's Bi",
        "Lavrov Says",
        "Lavrov: US ",
    ]
    assert lines_of(seed, Zone.TAGS) == ["interview, Russian Foreign Ministry, Russia"]
    assert lines_of(seed, Zone.FURNITURE) == [
        "22:23 GMT27 January 2021",
        "Listen Live",
        "Get short URL",
        "Community standardsDiscussion",
    ]


def test_seed_counts_the_words_that_the_measurements_name(seed: Document):
    counted = "".join(seed.counted())
    assert (counted.count("Lavrov"), seed.text.count("Lavrov")) == (9, 12)
    assert (counted.count("Syria"), counted.count("Syrian")) == (5, 3)
    assert (counted.count("Ukraine"), counted.count("UNSC"), counted.count("Germany")) == (1, 1, 0)


def test_seed_is_undated_and_says_what_it_found(seed: Document):
    publication = resolve(seed.dates, fetched_at=None)
    assert publication.precision is None
    assert publication.published_day is None
    assert str(publication.latest) == "2021-01-27"
    assert [(e.source, e.role, e.raw, e.note) for e in publication.evidence] == [
        (
            DateSource.PAGE_CLOCK,
            DateRole.UPPER_BOUND,
            "22:23 GMT27 January 2021",
            "upper bound only",
        ),
        (DateSource.FREE_TEXT, DateRole.EVENT, "May 12", "event in the text"),
        (DateSource.RELATIVE, DateRole.EVENT, "Tuesday", "event in the text"),
    ]
    assert all(e.precision is None for e in publication.evidence[1:])


def test_seed_with_its_address_is_dated_by_the_address(seed: Document):
    url = day_in_url("https://sputniknews.com/politics/20150602/1022863.html")
    assert url is not None
    publication = resolve([*seed.dates, url], fetched_at=None)
    assert str(publication.published_day) == "2015-06-02"
    assert (publication.precision, publication.source) == ("day", DateSource.URL)
    assert publication.confidence == pytest.approx(WEIGHTS[DateSource.URL])


def test_claimed_title_leads_and_its_repeat_is_furniture():
    document = clip(f"Quay closed after storms\n{_BODY}", title="Quay  closed after storms")
    assert document.text.startswith("Quay closed after storms\nQuay closed")
    assert lines_of(document, Zone.HEADLINE) == ["Quay closed after storms"]
    assert lines_of(document, Zone.FURNITURE) == ["Quay closed after storms"]


def test_claimed_title_wins_over_the_headline_of_the_page():
    document = clip(f"Harbour news of the week\n{_BODY}", title="Quay closed")
    assert document.title == "Quay closed"
    assert lines_of(document, Zone.HEADLINE) == ["Quay closed"]


def test_stamp_above_the_headline_is_a_clock_and_below_it_a_byline():
    stamp = "14 March 2022, 09:41"
    above = clip(f"{stamp}\nQuay closed after two storms\n{_BODY}")
    below = clip(f"Quay closed after two storms\n{stamp}\n{_BODY}")
    assert [(e.source, e.role) for e in above.dates] == [
        (DateSource.PAGE_CLOCK, DateRole.UPPER_BOUND)
    ]
    assert [(e.source, e.role) for e in below.dates] == [(DateSource.BYLINE, DateRole.PUBLISHED)]


def test_updated_stamp_is_a_modification():
    document = clip(f"Quay closed after two storms\nUpdated 14 March 2022\n{_BODY}")
    assert [e.role for e in document.dates] == [DateRole.MODIFIED]


def test_prose_after_the_comments_heading_is_not_the_article():
    document = clip(
        f"{_BODY}Comments\n" + "I was there and it was very loud indeed, friends.\n" * 9
    )
    assert len(lines_of(document, Zone.LEDE, Zone.BODY)) == 2


def test_article_below_the_comments_that_a_page_shows_first_is_the_article():
    comments = "2 comments\nAna B.\nI was there and it was loud.\nAnd we all went home at nine.\n"
    text = "".join(
        f"On walk {n} the harbour authority counted {n} broken stones in the northern quay, which "
        "is one more than on the walk before, and four of them had moved since the last storm.\n"
        for n in range(12)
    )
    document = clip(f"{comments}Latest news\nQuay closed in the north\n{text}Leave a comment\n")
    told = lines_of(document, Zone.SUBHEAD, Zone.LEDE, Zone.BODY)
    assert len(told) == 12
    assert all(line.startswith("On walk") for line in told)


def test_comments_without_a_heading_begin_where_a_reader_says_something():
    comment = "Jana Roe says:\n14 March 2022, 09:41\nI was there and it was very loud indeed.\n"
    document = clip(f"{_BODY}{comment * 2}{comment.replace('says', 'sagt')}")
    assert len(lines_of(document, Zone.LEDE, Zone.BODY)) == 2


def test_comments_with_times_are_no_stories():
    comments = "".join(
        f"Jana Roe\n{n} days ago at 07:52 am\nThe quay was loud {n} times, and we all went home.\n"
        for n in range(2, 6)
    )
    stories = "Museum of ferries reopens in May\nWhy the last baker wants to stay\n"
    document = clip(f"{_BODY * 2}Comments\n{comments}Most read\n{stories}")
    assert lines_of(document, Zone.RELATED) == stories.splitlines()


def test_article_ends_where_teasers_with_title_and_date_follow():
    text = "".join(
        f"On walk {n} the authority counted {n} broken stones there.\n" for n in range(9)
    )
    teasers = "".join(
        f"Why the baker of isle {n} stays\nAna B.\n{n} March 2022\nHe told us {n} times at once.\n"
        for n in range(1, 6)
    )
    told = lines_of(clip(f"Stones counted\n{text}{teasers}"), Zone.LEDE, Zone.BODY)
    assert len(told) == 9
    assert all(line.startswith("On walk") for line in told)


def test_chronicle_with_dates_over_its_paragraphs_goes_on():
    text = "".join(
        f"On walk {n} the authority counted {n} broken stones there.\n" for n in range(9)
    )
    days = "".join(f"{n} March 2022\nHe told the harbour {n} times of it.\n" for n in range(1, 6))
    assert "He told the harbour 5 times of it." in lines_of(
        clip(f"Stones counted\n{text}{days}"), Zone.BODY
    )


def test_list_behind_a_colon_counts():
    text = _BODY.replace("autumn.\n", "autumn, and that these need work first, all of them:\n")
    items = "The wall of the quay\nTwo cranes from Norway\nThe road to the lighthouse\n"
    after = "The ferries land at the fish market until all of this is done, which may take years.\n"
    document = clip(f"{text}{items}{after}")
    assert "Two cranes from Norway" in lines_of(document, Zone.BODY)


def test_brief_is_the_article_however_long_its_comments_are():
    comments = "I was there and it was very loud indeed, which nobody had expected of it.\n" * 90
    document = clip(f"{_BODY}2 comments\n{comments}Leave a comment\n")
    assert len(lines_of(document, Zone.LEDE, Zone.BODY)) == 2


def test_nothing_but_furniture_is_no_article():
    with pytest.raises(NoArticle, match="no line of it reads as prose"):
        clip("Home\nMenu\n12:30 GMT 3 May 2020\nSubscribe")


def test_furniture_with_a_title_is_an_article_of_a_headline():
    document = clip("Home\nMenu", title="Quay closed")
    assert lines_of(document, Zone.HEADLINE) == ["Quay closed"]


def test_headlines_without_prose_are_text_but_no_headline():
    document = clip(
        "Menu\nquay closed after two storms in the north\nrepairs until the autumn begin\n"
    )
    assert document.title == ""
    assert len(lines_of(document, Zone.LEDE, Zone.BODY)) == 2


def test_no_break_spaces_inside_names_are_spaces_in_the_stored_text():
    document = clip("Foreign Minister Sergei\xa0Lavrov\u2060 spoke at\xa0length on\xa0Tuesday.\n")
    assert "Sergei Lavrov spoke at length" in document.text
    assert "\xa0" in document.raw_text


_STORY = "".join(
    f"On walk {n} the harbour authority counted {n} broken stones in the northern quay.\n"
    for n in range(12)
)


def test_headline_is_the_line_that_speaks_of_the_body_not_the_one_next_to_it():
    above = (
        "Sport\nStones of northern harbour quay are counted daily\nBy Ana Ruiz\nTwo men and a dog\n"
    )
    assert clip(above + _STORY).title == "Stones of northern harbour quay are counted daily"


def test_line_before_a_credit_is_a_caption():
    document = clip(f"{_BODY}The quay as seen from the ferry\n(Ana Ruiz / AFP)\n{_BODY}")
    assert lines_of(document, Zone.CAPTION) == ["The quay as seen from the ferry"]


def test_box_of_related_stories_does_not_end_the_article():
    box = "Related stories\nPeru Sells Its Oldest Ferry\nChile Paints Its Oldest Ferry\n"
    document = clip(f"{_STORY}{box}{_STORY.replace('broken', 'loose')}")
    assert len(lines_of(document, Zone.LEDE, Zone.BODY)) == 24
    assert "Peru" not in "".join(document.counted())


def test_text_of_the_page_that_stands_apart_is_no_part_of_the_article():
    legal = "Results vary with age. No statement here was evaluated by any Peruvian office.\n"
    document = clip(f"{_STORY}Shop\nBasket\nWeight loss\n{legal}")
    assert "Peruvian" not in "".join(document.counted())


def test_second_article_of_an_endless_page_is_not_counted():
    second = (
        "Peru sells ferry\nPublished 4 May 2020\nUpdated 5 May 2020\nPeru sold a ferry to us.\n"
    )
    document = clip(f"{_STORY}{second}{'The ferry was built in Peru in 1911, he said.' * 3}\n")
    assert "Peru sold" not in "".join(document.counted())


def test_short_lines_after_the_body_are_tags_where_the_body_has_their_words():
    assert lines_of(clip(f"{_STORY}harbour\nnorthern quay\n"), Zone.TAGS) == [
        "harbour",
        "northern quay",
    ]
    assert lines_of(clip(f"{_STORY}Basket\nShop window\n"), Zone.TAGS) == []


def test_sentence_that_stands_there_three_times_is_the_pages():
    excuse = "This video from Peru has not loaded yet, but the story goes on.\n"
    document = clip("".join(f"{_BODY}{excuse}It was the year {n}.\n" for n in range(1990, 1993)))
    assert "Peru" not in "".join(document.counted())


def test_line_between_paragraphs_as_long_as_a_headline_announces_another_article():
    title = "Peru sells its oldest ferry to a museum that has no water near it"
    document = clip(f"{_STORY}{title}\n{_STORY.replace('broken', 'loose')}")
    assert lines_of(document, Zone.RELATED) == [title]


def test_two_links_between_paragraphs_are_related_although_one_is_short_enough_for_a_subhead():
    links = ["Peru sells its oldest ferry", "Peru looks for water to put a museum beside its ferry"]
    document = clip(f"{_STORY}{links[0]}\n{links[1]}\n{_STORY.replace('broken', 'loose')}")
    assert lines_of(document, Zone.RELATED) == links
    assert lines_of(document, Zone.SUBHEAD) == []


def test_line_in_a_row_of_headlines_is_not_the_articles_own():
    row = "Peru closes its northern quay\nStones of Peru's quay are sold\nQuay stones for Peru\n"
    own = "Stones of the northern harbour quay are counted"
    document = clip(f"{own}\nUpdated 10:40 GMT, 4 May 2020\nPlay\nReplay\n{row}{_STORY}")
    assert document.title == own
    assert lines_of(document, Zone.RELATED) == row.splitlines()


def test_line_under_the_byline_is_no_standfirst():
    head = "Stones of the northern quay are counted\nA wall and its price\n4 May 2020\n"
    document = clip(f"{head}Talk with our friends in Peru today\n{_STORY}")
    assert "Peru" not in "".join(document.counted())


def test_sentence_and_a_name_without_a_stop_after_it_are_a_caption():
    line = "The northern quay on Monday, when the first of the two storms had passed. Supplied"
    assert lines_of(clip(f"{_STORY}{line}\n{_STORY}"), Zone.CAPTION) == [line]
    assert not has_credit("The man who sold the stones of the old quay now lives in St. Moritz")


def test_box_of_the_author_ends_the_article_and_is_the_byline():
    box = "Ana Ruiz\nFollow us\nAna Ruiz is a writer from Peru who keeps a small boat of her own.\n"
    document = clip(
        f"{_STORY}{box}More from us\nPeru has sold another ferry, and nobody asked why.\n"
    )
    assert "Peru" not in "".join(document.counted())
    assert len(lines_of(document, Zone.BYLINE)) == 2


def test_name_over_a_paragraph_of_the_article_ends_nothing():
    part = "Ana Ruiz\nAna Ruiz is a writer from Peru who keeps a small boat of her own.\n"
    assert "Peru" in "".join(clip(f"{part}{_STORY}").counted())


@pytest.mark.parametrize(
    "last", ["harbour.example is a site of Peru.", "Harbour is a site of Peru."]
)
def test_what_the_site_says_of_itself_at_the_end_is_not_counted(last: str):
    capture = Capture(
        "test", "a", Form.CLIPPING, f"{_STORY}{last}".encode(), url="https://harbour.example/a"
    )
    assert "Peru" not in "".join(extract(capture).counted())


def test_footer_or_menu_in_one_line_is_no_story():
    menu = " ".join(["Harbour Quay Ferry Museum"] * 5)
    story = "Peru sells its oldest ferry"
    footer = "Impressum Datenschutz Peru\nPeru paints its oldest ferry\nPeru buys it back again\n"
    document = clip(f"{_STORY}{menu}\n{story}\nChile has bought a ferry\n{footer}")
    assert lines_of(document, Zone.RELATED) == [story, "Chile has bought a ferry"]


def test_first_paragraph_that_is_told_again_is_the_standfirst_under_a_headline():
    summary = "Northern quay closed, director promises repairs until autumn.\n"
    told = (
        "On Monday the second of two storms came in from the west and took the lamps away.\n"
        f"{_BODY}"
        "The quay was built of stone in 1911, and nobody has counted what it costs to keep.\n"
    )
    head = "Harbour loses its northern quay to two storms\nBy Ana Ruiz\n"
    assert lines_of(clip(head + summary + told), Zone.SUBHEAD) == [summary.strip()]
    assert lines_of(clip(head + told), Zone.SUBHEAD) == []
    assert lines_of(clip(summary + told), Zone.SUBHEAD) == []


def test_second_article_in_full_is_related_and_comments_are_not():
    paragraph = (
        "The ferry of Peru has crossed the lake since 1911, its captain said, and it will cross "
        "it again as soon as somebody has found out where the propeller went last winter.\n"
    )
    other = "By Ana Ruiz\n" + paragraph * 2 + paragraph.replace("lake", "bay") * 4
    rest = "About us\n" + "Buttons\n" * 30
    assert "Peru" not in "".join(clip(_STORY * 9 + rest + other).counted())
    assert paragraph.strip() in lines_of(clip(_STORY * 9 + rest + other), Zone.RELATED)
    commented = clip(f"{_STORY * 9}{rest}Comments\n{other}")
    assert paragraph.strip() in lines_of(commented, Zone.FURNITURE)


def test_question_that_stands_there_three_times_is_the_headline():
    title = "Is the northern quay a harbour without its stones?"
    document = clip(f"{title}\n{title}\nAna Ruiz\n4 May 2020\n{_STORY}{title}\n")
    assert document.title == title


@pytest.mark.parametrize(
    "credit", ["(Bild: Ana Ruiz/harbour.example)", "[사진 출처 = 연합]", "Ảnh: Ana Ruiz"]
)
def test_credit_in_brackets_or_of_another_language_makes_a_caption(credit: str):
    line = f"The quay before the two storms of this winter {credit}"
    assert lines_of(clip(f"{_STORY}{line}\n{_STORY}"), Zone.CAPTION) == [line]


def test_paragraph_between_a_headline_and_a_name_of_its_own_is_a_teaser():
    teaser = "Why Peru sold its oldest ferry\nPeru kept it for a hundred years.\nBy Ana Ruiz\n"
    assert "Peru" not in "".join(clip(f"{_STORY}{teaser}{_STORY}").counted())


@pytest.mark.parametrize(
    "heading", ["3 thoughts on “Stones of the quay”", "0 Kommentare zu „Stones“"]
)
def test_comments_on_a_title_are_not_the_article(heading: str):
    comment = "I was in Peru when the last of the stones fell into the harbour.\n"
    assert "Peru" not in "".join(clip(f"{_STORY}{heading}\n{comment}").counted())


@pytest.mark.parametrize(
    "line",
    [
        "Start your day with the Harbour Bell. Sign up for the free daily newsletter.",
        "Visit the Harbour Bell's homepage for more stories.",
        "Need help with a boat of your own? The Harbour Bell finds a pilot near you »",
    ],
    ids=["newsletter", "front page", "arrow"],
)
def test_offer_of_the_house_between_paragraphs_is_not_counted(line: str):
    document = clip(f"Quay closed after two storms\n{_BODY}{line}\n{_BODY}")
    assert line in lines_of(document, Zone.FURNITURE)
