"""Dates in running text: datelines, events, and nothing joined."""

import pytest

from pipelines.article import DateRole, DateSource
from pipelines.extraction.claims.text_dates import find_dates


@pytest.mark.parametrize(
    ("paragraph", "raw"),
    [
        ("MOSCOW, June 2 (Reuters) - The minister spoke.", "June 2"),
        ("WASHINGTON, Jan. 14, 2016 /PRNewswire/ -- The firm said.", "Jan. 14, 2016"),
        ("МОСКВА, 2 июня. /ТАСС/. Министр заявил.", "2 июня"),
        ("МОСКВА, 2 июн - РИА Новости. Министр заявил.", "2 июн"),
        ("NEW YORK (May 3) - The council met.", "May 3"),
    ],
)
def test_dateline_is_a_claim_of_publication(paragraph: str, raw: str):
    found = find_dates([paragraph])
    assert [(e.source, e.role, e.raw) for e in found] == [
        (DateSource.DATELINE, DateRole.PUBLISHED, raw)
    ]


@pytest.mark.parametrize(
    "paragraph", ["On June 2 (a Tuesday) - he spoke.", "He arrived in Sochi, May 12 - by train."]
)
def test_date_in_a_sentence_is_no_dateline(paragraph: str):
    assert {e.source for e in find_dates([paragraph])} <= {
        DateSource.FREE_TEXT,
        DateSource.RELATIVE,
    }


def test_weekday_and_date_of_one_sentence_stay_apart():
    found = find_dates(["His visit on May 12 was a success, he said on Tuesday."])
    assert [(e.raw, e.role, e.precision) for e in found] == [
        ("May 12", DateRole.EVENT, None),
        ("Tuesday", DateRole.EVENT, None),
    ]


def test_full_date_in_prose_is_an_event_with_its_day():
    (found,) = find_dates(["The treaty of 12 мая 2014 года is void."])
    assert (found.role, str(found.day)) == (DateRole.EVENT, "2014-05-12")


def test_month_without_a_day_is_no_date():
    assert find_dates(["He may speak in May, or march in March."]) == []


def test_number_of_events_is_bounded():
    assert len(find_dates([f"On May {day} and June {day}." for day in range(1, 29)])) == 20
