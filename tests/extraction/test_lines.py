"""Roles of single lines, by their shape."""

import time

import pytest

from pipelines.extraction.lines.roles import (
    Line,
    Role,
    author_in,
    is_credit,
    is_tag_list,
    points_on,
    role_of,
)
from pipelines.extraction.lines.run import before_author_box

_CASES = {
    "22:23 GMT27 January 2021": Role.CLOCK,
    "Tuesday, June 2, 2015": Role.CLOCK,
    "Published: 2015-06-02 10:30 UTC": Role.CLOCK,
    "Опубликовано 2 июня 2015, 14:05": Role.CLOCK,
    "Listen Live": Role.FURNITURE,
    "Get short URL": Role.FURNITURE,
    "Community standardsDiscussion": Role.FURNITURE,
    "© AFP 2021 / Jane Roe": Role.FURNITURE,
    "* * *": Role.FURNITURE,
    "By signing up below, you agree to our letters.": Role.FURNITURE,
    "This report of an agency has not been edited by our desk.": Role.FURNITURE,
    "Ich bin einverstanden, dass mir externe Bilder gezeigt werden.": Role.FURNITURE,
    "The video did not play, as the player failed to load.": Role.FURNITURE,
    "1.3K shares": Role.FURNITURE,
    "Image 3 of 12": Role.FURNITURE,
    "Bild 1 von 10": Role.FURNITURE,
    "Originally published in the Harbour Post.": Role.FURNITURE,
    "More AP cranes: https://example.com/cranes": Role.FURNITURE,
    "Folgen Sie uns auf allen Wegen": Role.FURNITURE,
    "The views expressed here do not necessarily reflect those of the harbour.": Role.FURNITURE,
    "The opinions in the Harbour Bell's Comment section are those of the author.": Role.FURNITURE,
    "The views in this article are the author's own.": Role.FURNITURE,
    "Les propos de cette tribune n'engagent que leur auteur.": Role.FURNITURE,
    "Gastbeiträge geben die Meinung der Verfasser und nicht die der Redaktion wieder.": (
        Role.FURNITURE
    ),
    "Las opiniones de este espacio son de exclusiva responsabilidad de sus autores.": (
        Role.FURNITURE
    ),
    "Мнение автора может не совпадать с мнением редакции.": Role.FURNITURE,
    "Tu suscripción se está usando en otro dispositivo y solo puedes leer en uno.": Role.FURNITURE,
    "Vous ne pouvez lire la Gazette du port que sur un seul appareil à la fois.": Role.FURNITURE,
    "Unlimited online access to the Harbour Post and 15 news sites.": Role.FURNITURE,
    "From a book on cranes. Reprinted by permission of the harbour.": Role.FURNITURE,
    "[ 167 comments ]": Role.COMMENTS,
    "Duration 1:30": Role.FURNITURE,
    "[Alles zum Hafen finden Sie in unserem Newsblog. Lesen Sie dort weiter.]": Role.FURNITURE,
    "[The quay was closed at nine, and nobody in the harbour knew of it.]": Role.PROSE,
    "Le maître du port avait tout noté sur un autre appareil, avec votre compte.": Role.PROSE,
    "El jefe del puerto lo guarda todo en este dispositivo desde hace años.": Role.PROSE,
    "He used two devices at once and paid with one account for years.": Role.PROSE,
    "En partenariat avec la Commission du port": Role.FURNITURE,
    "She was first published in 1920, by her own aunt, in a weekly of the port.": Role.PROSE,
    "He said that by signing up the union had lost its voice.": Role.PROSE,
    "Photo: AFP": Role.FURNITURE,
    "Photo: The quay on the morning after the storm": Role.CAPTION,
    "Comments (12)": Role.COMMENTS,
    "Related stories": Role.BOUNDARY,
    "By Marta Ilves": Role.BYLINE,
    "Автор: Марта Ильвес": Role.BYLINE,
    "interview, Russian Foreign Ministry, Russia": Role.TAGS,
    "Obama, Putin, Merkel to meet in Minsk": Role.TITLE,
    "Lavrov: US Failed to Prove Alleged Presence": Role.TITLE,
    "Who gains from the deal on grain?": Role.PROSE,
    "“No,” he added.": Role.SENTENCE,
    "The quay was closed on Tuesday after two storms.": Role.PROSE,
    "外交部发言人表示，中方将继续为政治解决作出努力。": Role.PROSE,
    "World": Role.SHORT,
}


@pytest.mark.parametrize(("line", "role"), _CASES.items(), ids=_CASES)
def test_line_has_the_role_of_its_shape(line: str, role: Role):
    assert role_of(line) is role


@pytest.mark.parametrize("line", ["By then the quay was closed", "By 2030 it is over", "bypass"])
def test_sentence_that_begins_with_by_is_no_byline(line: str):
    assert author_in(line) == ""


def test_two_names_and_a_comma_are_no_tag_list():
    assert not is_tag_list("Moscow, Russia")


@pytest.mark.parametrize(
    ("line", "points"),
    [
        ("Read our tests »", True),
        ("Il parle d'« une vieille amie »", False),
        ("Er sagt »Ja«", False),
    ],
    ids=["arrow", "French quotation", "German quotation"],
)
def test_arrow_at_the_end_of_a_line_is_no_quotation_mark(line: str, *, points: bool):
    assert points_on(line) is points


@pytest.mark.parametrize(
    "line",
    [
        *("Photo by Ana Brenko/Getty Images", "Courtesy of Ana Brenko", "Main image credit: Getty"),
        *("Ana Brenko / Pool via Reuters", "(Bild: made by a machine for the desk of the port)"),
        "Illustration von Ana Brenko",
    ],
)
def test_line_that_only_says_who_made_a_picture_is_a_credit(line: str):
    assert is_credit(line)


def test_sentence_with_the_words_of_a_credit_is_none():
    assert not is_credit("Courtesy of the port, two hundred passengers were flown home to Lima")


def test_the_end_of_a_long_text_is_looked_at_line_by_line():
    lines = [Line(at, "The harbour authority closed a quay.", Role.PROSE) for at in range(8_000)]
    began = time.monotonic()
    assert before_author_box(lines, 0, len(lines), "") == len(lines)
    assert time.monotonic() - began < 1
