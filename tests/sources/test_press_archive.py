"""Exports of press archives: headline, outlet, day and text are what the header says they are."""

import pytest

from pipelines.article import Capture, Form
from pipelines.config import SourceConfig
from pipelines.sources import read_source
from pipelines.sources.press_archive import press_article

FACTIVA = """HD   Council meets on
Syria
BY   By A. Writer
WC   212 words
PD   8 December 2024
SN   The Harbor Ledger
LA   English
LP   The Council met on Syria.

TD   IN GENEVA THE ENVOY SPOKE
RE-ELECTION is far off.
IN   i1 : Energy
RE   syria : Syria
"""
UNCODED = """Foreign Desk
Council meets on Syria
By A. Writer
212 words
8 December 2024
06:15 GMT
The Harbor Ledger
HARLED
English
Copyright 2024. Harbor Media.

The Council met on Syria.
"""
LEXIS = """
          The Harbor Ledger

       December 8, 2024 Sunday
         Late Edition - Final

Council meets on
Syria

BYLINE: By A. Writer

LENGTH: 212 words

DATELINE: GENEVA

BODY:

The Council met on Syria.

NOTES: this is a sentence.
Subject: so is this.

SUBJECT: UNITED NATIONS (90%); SYRIA (89%)

COUNTRY: SYRIA (89%)

LOAD-DATE: December 10, 2024

LANGUAGE: ENGLISH; ENGLISH
"""
NEXIS_UNI = """Council meets on Syria
The Harbor Ledger
December 8, 2024 Sunday

Copyright 2024 Harbor Media

Section: Pg. 4
Length: 212 words
Byline: By A. Writer

Body

The Council met on Syria.

Classification

Language: ENGLISH
Load-Date: December 10, 2024
"""


@pytest.mark.parametrize("export", [FACTIVA, UNCODED, LEXIS, NEXIS_UNI])
def test_a_header_says_headline_outlet_day_author_and_language(export):
    article = press_article(export)
    assert article is not None
    assert (article.title, article.outlet) == ("Council meets on Syria", "The Harbor Ledger")
    assert (article.author, article.language.casefold()) == ("A. Writer", "english")
    assert article.day.startswith(("8 December 2024", "December 8, 2024"))
    assert article.text.startswith("The Council met on Syria.")


def test_lines_of_the_text_that_look_like_codes_or_labels_stay_in_it():
    coded, labelled = press_article(FACTIVA), press_article(LEXIS)
    assert coded is not None
    assert labelled is not None
    assert coded.text.endswith("IN GENEVA THE ENVOY SPOKE\nRE-ELECTION is far off.")
    assert labelled.text.endswith("NOTES: this is a sentence.\nSubject: so is this.")


def test_without_the_word_body_the_text_begins_below_the_last_heading():
    article = press_article(LEXIS.replace("BODY:\n", ""))
    assert article is not None
    assert article.text.startswith("The Council met on Syria.")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "212 words",
        "212 words\n8 December 2024",
        "Council meets on Syria\n\nThe Council met on 8 December 2024.\nLENGTH: short\n",
        FACTIVA.replace("PD   8 December 2024", "PD   soon"),
        FACTIVA.replace("HD   Council meets on\nSyria\n", ""),
        LEXIS.replace("December 8, 2024 Sunday", "a day"),
        LEXIS.split("BODY:")[0],
        UNCODED.replace("Copyright 2024. Harbor Media.", ""),
        UNCODED.split("The Council")[0],
        "HD\n" * 5000,
        "LENGTH: 1 words\n" * 5000,
    ],
)
def test_what_lacks_headline_day_or_text_is_not_taken_apart(text):
    assert press_article(text) is None


def _read(path, text):
    path.write_text(text, encoding="utf-8")
    return [one for one in read_source(SourceConfig(str(path))) if isinstance(one, Capture)]


def test_a_file_of_one_exported_article_is_read_like_one_of_many(tmp_path):
    mark = "Document HARLED0020241208ekc80000a\n"
    (capture,) = _read(tmp_path / "a.txt", f"{UNCODED}\n{mark}")
    assert (capture.form, capture.content) == (Form.TEXT, b"The Council met on Syria.")
    assert capture.language == "en"


def test_a_mark_with_text_on_both_sides_parts_nothing(tmp_path):
    text = "The report says:\nEnd of Document\nNobody knew what it meant.\n"
    (capture,) = _read(tmp_path / "a.txt", text)
    assert (capture.form, capture.content.decode()) == (Form.CLIPPING, text)
