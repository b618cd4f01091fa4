"""Dates of other calendars, as pages of Iran, Afghanistan, Thailand, Japan and Taiwan have them."""

import pytest

from pipelines.article import Capture, DateSource, Form
from pipelines.calendars import in_our_calendar
from pipelines.calendars.persian import day_of
from pipelines.date_evidence import day_in_url, parse_claim
from pipelines.dates import resolve
from pipelines.extraction import extract
from pipelines.extraction.lines.roles import is_clock


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("شنبه ۸ آذر ۱۴۰۴ - ۱۰:۱۱", "2025-11-29"),
        ("۱۲ خرداد ماه ۱۳۹۴", "2015-06-02"),
        ("۱ فروردين ۱۳۹۴", "2015-03-21"),
        ("۸ قوس ۱۴۰۴", "2025-11-29"),
        ("۱۴۰۴/۰۹/۰۸", "2025-11-29"),
        ("1404-09-08T10:11:00+03:30", "2025-11-29"),
        ("۲ ژوئن ۲۰۱۵", "2015-06-02"),
        ("2 มิถุนายน 2558", "2015-06-02"),
        ("วันที่ ๒ มิ.ย. พ.ศ. ๒๕๕๘ เวลา 10:11 น.", "2015-06-02"),
        ("2 มิ.ย. 58 10:11 น.", "2015-06-02"),
        ("9 พ.ย. 68", "2025-11-09"),
        ("9 พ.ค. 68", "2025-05-09"),
        ("2 มิถุนายน 2015", "2015-06-02"),
        ("02/06/2558", "2015-06-02"),
        ("2568-06-02T10:11:00+07:00", "2025-06-02"),
        ("令和7年11月29日 10時11分", "2025-11-29"),
        ("令和元年５月１日", "2019-05-01"),
        ("平成27年6月2日", "2015-06-02"),
        ("昭和64年1月7日", "1989-01-07"),
        ("民國104年6月2日", "2015-06-02"),
    ],
)
def test_date_of_another_calendar_is_a_day_of_ours(raw: str, day: str):
    assert str(parse_claim(raw, DateSource.BYLINE).day) == day


@pytest.mark.parametrize(
    "raw",
    [
        "1446/05/27",  # Islamic
        "1365/05/27",  # Persian 1986, or Islamic 1946
        "۱۲/۰۳/۱۳۹۴",
        "31 อาคาร 2558",
        "۳۰ اسفند ۱۴۰۴",  # no leap year
        "۸ آذر ۹۴",
        "2 มิ.ย. 15",
        "31/02/2558",
        "平成32年1月1日",
        "令和0年1月1日",
        "昭和64年1月8日",
    ],
)
def test_date_that_is_no_day_or_of_which_calendar_is_not_said_stays_unread(raw: str):
    assert parse_claim(raw, DateSource.BYLINE).precision is None


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.example/fa/news/1404/09/08/3459345/talks", "2025-11-29"),
        ("https://a.example/fa/news/1404/9/8", "2025-11-29"),
        ("https://a.example/fa/news/1446/09/08/3459345", None),  # Islamic
        ("https://a.example/fa/news/1404/13/08/3459345", None),
        ("https://a.example/page/1404/09/0812", None),
        ("https://a.example/2025/11/29/1404/09/09/", "2025-11-29"),
    ],
)
def test_address_may_carry_a_persian_day(url: str, day: str | None):
    found = day_in_url(url)
    assert (found and str(found.day)) == day


@pytest.mark.parametrize(
    ("persian", "day"),
    [
        ((1357, 11, 22), "1979-02-11"),
        ((1376, 3, 2), "1997-05-23"),
        ((1379, 12, 30), "2001-03-20"),
        ((1395, 12, 30), "2017-03-20"),
        ((1399, 12, 30), "2021-03-20"),
        ((1403, 12, 30), "2025-03-20"),
        ((1408, 12, 30), "2030-03-20"),
        ((1404, 12, 30), "None"),
        ((1404, 7, 31), "None"),
        ((1303, 1, 1), "None"),
    ],
)
def test_persian_day_is_that_of_the_almanac(persian: tuple[int, int, int], day: str):
    assert str(day_of(*persian)) == day


def test_text_without_such_a_date_stays_as_it_is():
    for text in (
        "Tue, 02 Jun 2015",
        "2 июня 2015 года",
        "قال يوم الثلاثاء ٢ يونيو",
        "2015年6月2日",
    ):
        assert in_our_calendar(text) == text


@pytest.mark.parametrize(
    ("language", "written", "day", "confidence"),
    [
        ("ko", "25.11.09 10:11", "2025-11-09", 0.55),
        ("ja", "25/11/09", "2025-11-09", 0.55),
        ("hu", "15.06.02.", "2015-06-02", 0.55),
        ("ja", "R7.11.09", "None", 0),
        ("fa", "04-09-08", "None", 0),
        ("en", "15-06-02", "2002-06-15", 0.55),
        ("en", "12-11-2023", "2023-11-12", 0.55),
        ("de", "23.06.15", "2015-06-23", 0.77),
    ],
)
def test_year_of_two_digits_is_no_sure_day(language: str, written: str, day: str, confidence):
    body = "<p>The spokesman said at his briefing that the talks will go on next week.</p>" * 4
    page = f"<html lang='{language}'><h1>The talks</h1><p class='date'>{written}</p>{body}"
    document = extract(Capture("s", "p", Form.PAGE, page.encode()))
    publication = resolve(document.dates, fetched_at=None)
    assert (str(publication.published_day), publication.confidence) == (day, confidence)


@pytest.mark.parametrize(
    ("headline", "stamp", "day", "body"),
    [
        (
            "سخنگوی وزارت خارجه درباره مذاکرات سخن گفت",
            "شنبه ۸ آذر ۱۴۰۴ - ۱۰:۱۱",
            "2025-11-29",
            "سخنگوی وزارت امور خارجه گفت که گفتگوها هفته آینده ادامه دارد.\n"
            "او از همه طرف‌ها خواست که خویشتنداری کنند و به وعده‌های خود پایبند بمانند.\n"
            "مخالفان گفتند که به مجلس اطلاعات کمی داده شده است و خواستار بحث شدند.",
        ),
        (
            "外務省報道官が協議継続を表明",
            "令和7年11月29日",
            "2025-11-29",
            "外務省の報道官は定例会見で、協議は来週も続くと述べ、当事者が自制するよう求めた。\n"
            "政府は支援を続ける方針で、来月にも新しい計画を発表する見通しだと関係者は話している。\n"
            "一方、野党は議会での説明が足りないと批判し、首相に対して早期の質疑を求めている。",
        ),
    ],
    ids=["fa", "ja"],
)
def test_line_of_scraped_text_with_such_a_date_is_its_stamp(headline, stamp, day, body):
    text = f"{headline}\n{stamp}\n{body}"
    document = extract(Capture("s", "t", Form.CLIPPING, text.encode()))
    assert str(resolve(document.dates, fetched_at=None).published_day) == day
    assert document.text[document.zones[1].start : document.zones[1].end].strip() == stamp


def test_line_that_is_only_such_a_date_is_a_clock():
    assert is_clock("2 มิถุนายน 2558 เวลา 10:11 น.")
    assert not is_clock("2 มิถุนายน 2558 กระทรวงการต่างประเทศ")
