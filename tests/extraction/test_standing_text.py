"""What a sender says of itself below its news never counts."""

import pytest

from pipelines.article import COUNTED_ZONES, Capture, Document, Form
from pipelines.extraction import extract
from pipelines.extraction.lines.standing_text import presents_sender, standing_text

_TITLE = "Quaystone opens a second yard on the island"
_BODY = [
    "Quaystone opened its second yard on the island on Tuesday, a year after the first stone was "
    "laid and three months before the ferries return to the northern quay.",
    "The yard will cut four hundred stones a month, said its manager, who had come with the first "
    "boat and left with the last one, because there is no hotel.",
    "The council paid a third of the cost and has a seat on the board, which it will give to the "
    "harbour master as soon as the members have met.",
]
_COMPANY = (
    "Quaystone is a leading supplier of cut stone with yards in Norway and Portugal. It was "
    "founded in 1987 and is headquartered in Bergen. For more information visit "
    "www.quaystone.example."
)


def read(form: Form, below: list[str], url: str = "") -> Document:
    texts = [_TITLE, *_BODY, *below]
    if form is Form.PAGE:
        inside = "".join(f"<p>{text}</p>" for text in texts[1:])
        content = f"<body><main><h1>{_TITLE}</h1>{inside}</main></body>"
    else:
        content = "\n".join(texts)
    return extract(Capture("test", "release", form, content.encode(), url=url))


def counted(document: Document) -> str:
    spans = (span for span in document.zones if span.zone in COUNTED_ZONES)
    return "\n".join(document.text[span.start : span.end] for span in spans)


@pytest.mark.parametrize("form", [Form.PAGE, Form.CLIPPING])
def test_what_a_company_says_of_itself_below_its_release_does_not_count(form: Form):
    document = read(form, ["About Quaystone", _COMPANY])
    assert "harbour master" in counted(document)
    assert "Norway" not in counted(document)
    assert "Norway" in document.text


@pytest.mark.parametrize("form", [Form.PAGE, Form.CLIPPING])
def test_what_a_site_says_of_itself_below_an_article_does_not_count(form: Form):
    text = "Islandpost offers readers on the islands of Norway and Portugal what the boats bring."
    document = read(form, ["About Islandpost", text], "https://www.islandpost.example/quay")
    assert "Norway" not in counted(document)


@pytest.mark.parametrize("form", [Form.PAGE, Form.CLIPPING])
def test_each_paragraph_that_presents_the_site_at_the_end_does_not_count(form: Form):
    texts = ["Islandpost is a paper of the islands.", "Islandpost is read in Norway and Portugal."]
    document = read(form, texts, "https://www.islandpost.example/quay")
    assert "islands." not in counted(document)
    assert "harbour master" in counted(document)


@pytest.mark.parametrize("form", [Form.PAGE, Form.CLIPPING])
def test_box_that_explains_whom_the_article_is_about_counts(form: Form):
    text = (
        "Hezbollah is a party and an armed group in Lebanon that was founded in 1982. It is "
        "headquartered in Beirut, its leader is known, and its global network is not."
    )
    assert "in Lebanon" in counted(read(form, ["About Hezbollah", text]))


@pytest.mark.parametrize(
    ("heading", "below"),
    [
        ("Über die Quaystone GmbH", "Die Quaystone GmbH ist ein führender Anbieter von Steinen "),
        ("À propos d'Armor", "Armor est le leader européen de la pierre taillée et des quais "),
        ("Acerca de Piedra", "Piedra es una empresa líder en piedra cortada para los muelles "),
        ("Informazioni su Pietra", "Pietra è un'azienda leader nel taglio di pietre per i moli "),
    ],
)
def test_heading_over_a_sender_is_known_in_other_languages(heading: str, below: str):
    assert presents_sender(heading, f"{below} und und und und und und", "")


@pytest.mark.parametrize(
    ("heading", "below"),
    [
        ("Overview of Quaystone", _COMPANY),
        ("About the weather", _COMPANY),
        ("About Quaystone.", _COMPANY),
        ("About Quaystone", "Quaystone is at www.quaystone.example."),
    ],
    ids=["another word", "another subject", "a sentence", "no paragraph"],
)
def test_other_headings_and_lines_are_nobody_s_standing_text(heading: str, below: str):
    assert not presents_sender(heading, below, "")


def test_all_paragraphs_of_a_sender_are_its_standing_text():
    texts = [*_BODY, "About Quaystone", _COMPANY, _BODY[1], "Share on social media"]
    assert standing_text(texts, 3, "") == range(3, 6)
    assert not standing_text(texts, 7, "")
