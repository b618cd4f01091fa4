"""Entries of feeds: paragraphs out of tags, and what feeds hang on the end."""

import pytest

from pipelines.article import Capture, Document, Form, Zone
from pipelines.errors import NoArticle
from pipelines.extraction import extract


def fragment(markup: str, title: str = "Title") -> Document:
    return extract(Capture("t", "f", Form.FRAGMENT, markup.encode(), title=title))


def counted(document: Document) -> list[str]:
    return "".join(document.counted()).split("\n")


@pytest.mark.parametrize(
    "ending",
    [
        "Read more",
        "Read more »",
        "[…]",
        "[...]",
        "(more…)",
        "[+1234 chars]",
        "Continue reading Harbour closes quay →",
        "Читать далее",
        "Weiterlesen…",
    ],
)
def test_ending_of_a_summary_is_furniture(ending: str):
    document = fragment(f"<p>The quay was closed on Tuesday. {ending}</p>")
    assert counted(document) == ["Title", "The quay was closed on Tuesday.", ""]
    assert document.text.endswith(ending)


@pytest.mark.parametrize(
    "last",
    [
        "The post <a>Title</a> appeared first on <a>Coastal Wire</a>.",
        "The post Title first appeared on Coastal Wire.",
        "This article was originally published in Coastal Wire.",
        "Der Beitrag Titel erschien zuerst auf Küstendienst.",
    ],
)
def test_last_paragraph_naming_the_site_is_furniture(last: str):
    document = fragment(f"<p>The quay was closed.</p><p>{last}</p>")
    assert counted(document) == ["Title", "The quay was closed.", ""]


def test_sentence_about_reading_more_stays_in_the_body():
    text = "Children should read more books than they do."
    assert counted(fragment(f"<p>{text}</p>")) == ["Title", text]


def test_entry_that_is_only_a_picture_is_no_article():
    with pytest.raises(NoArticle, match="neither text nor title"):
        fragment('<img src="a.jpg" alt="Quay">', title="")


def test_title_alone_is_an_article_with_a_headline():
    document = fragment("")
    assert [(z.zone, z.start, z.end) for z in document.zones] == [(Zone.HEADLINE, 0, 5)]


def test_entities_in_a_title_are_read():
    assert fragment("<p>Text.</p>", title="Fish &amp; ships &#8211; again").title == (
        "Fish & ships – again"
    )


def test_less_than_sign_in_plain_text_is_kept():
    assert counted(fragment("Profit was 5 < 7 million."))[1] == "Profit was 5 < 7 million."


def test_scripts_and_styles_leave_nothing():
    document = fragment("<style>p{}</style><p>Text one.<script>x()</script> Tail.</p>")
    assert counted(document)[1] == "Text one. Tail."


def test_words_in_neighbouring_blocks_do_not_run_together():
    assert counted(fragment("<div>One</div><div>two</div><ul><li>three</li></ul>"))[1:] == [
        "One",
        "two",
        "three",
    ]


def test_text_inside_a_form_is_text():
    # Whole sites of one content system stand inside a single form element.
    assert counted(fragment("<form><p>Text one.</p><button>Send</button></form>"))[1] == "Text one."
