"""The ladder of evidence: what dates an article, what only bounds it, and what is refused."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.article import LIKELY, DateEvidence, DatePrecision, DateRole, DateSource
from pipelines.dates import (
    WEIGHTS,
    date_in_url,
    day_in_url,
    parse_claim,
    parse_instant,
    resolve,
)

_FETCHED = datetime(2015, 6, 5, 12, tzinfo=UTC)
_DAY = "2015-06-02"
_URL = WEIGHTS[DateSource.URL]


def claim(source: DateSource, raw: str = _DAY, role: DateRole = DateRole.PUBLISHED) -> DateEvidence:
    return DateEvidence(source, raw, role)


def notes(*evidence: DateEvidence, fetched_at: datetime | None = None) -> list[str]:
    return [e.note for e in resolve(evidence, fetched_at=fetched_at).evidence]


@pytest.mark.parametrize(
    ("raw", "day", "precision"),
    [
        ("Thu,28 Jul 2022 4:35:5 GMT+9", "2022-07-28", "instant"),
        ("Tue, 02 Jun 2015 10:11:12 GMT", "2015-06-02", "instant"),
        ("Tue, 02 Jun 15 10:11:12 EST", "2015-06-02", "instant"),
        ("2015-06-02T10:11:12+03:00", "2015-06-02", "instant"),
        ("2015-06-02T10:11:12.123456Z", "2015-06-02", "instant"),
        ("20150602T101112Z", "2015-06-02", "instant"),
        ("1433239872", "2015-06-02", "instant"),
        ("1433239872000", "2015-06-02", "instant"),
        ("Tue Jun 02 2015 10:11:12 GMT+0300 (MSK)", "2015-06-02", "instant"),
        ("2015-06-02T00:00:00Z", "2015-06-02", "day"),
        ("2015-06-02", "2015-06-02", "day"),
        ("20150602", "2015-06-02", "day"),
        ("201506021011", "2015-06-02", "instant"),
        ("991526400000", "2001-06-03", "day"),
        ("2 mrt 2015", "2015-03-02", "day"),
        ("2 حزيران 2015", "2015-06-02", "day"),
        ("2 fev 2015", "2015-02-02", "day"),
        ("2 كانون الثاني 2015", "2015-01-02", "day"),
        ("2015-06", "2015-06-01", "month"),
        ("June 2015", "2015-06-01", "month"),
        ("2015", "2015-01-01", "year"),
        ("June 2nd, 2015", "2015-06-02", "day"),
        ("2 июня 2015 года", "2015-06-02", "day"),
        ("2 червня 2015 р.", "2015-06-02", "day"),
        ("2. Juni 2015", "2015-06-02", "day"),
        ("1er juin 2015", "2015-06-01", "day"),
        ("2 de junio de 2015", "2015-06-02", "day"),
        ("٢ يونيو ٢٠١٥", "2015-06-02", "day"),
        ("2015年6月2日", "2015-06-02", "day"),
        ("25/04/2015", "2015-04-25", "day"),
        ("04/25/2015", "2015-04-25", "day"),
        ("02.06.2015", "2015-06-02", "day"),
        ("2. 6. 2015", "2015-06-02", "day"),
        ("2 giugno 2015", "2015-06-02", "day"),
        ("2 de junho de 2015", "2015-06-02", "day"),
        ("2 czerwca 2015", "2015-06-02", "day"),
        ("2. června 2015", "2015-06-02", "day"),
        ("2 Haziran 2015", "2015-06-02", "day"),
        ("2 augustus 2015", "2015-08-02", "day"),
    ],
)
def test_date_of_the_wild_is_read(raw: str, day: str, precision: str):
    found = parse_claim(raw, DateSource.FEED)
    assert (str(found.day), found.precision) == (day, precision)


@pytest.mark.parametrize(
    ("raw", "utc"),
    [
        ("2004-05-25 오후 11:23:17", "2004-05-25T23:23:17"),
        ("2015年6月2日 上午 9:30", "2015-06-02T09:30:00"),
        ("Tue Jun 02 10:11:12 +0300 2015", "2015-06-02T07:11:12"),
        ("Tue Jun 2 10:11:12 2015 MSK", "2015-06-02T07:11:12"),
        ("10:11 02.06.2015 -0700", "2015-06-02T17:11:00"),
        ("Tue, 02 Jun 2015 10:11:12 --0700", "2015-06-02T17:11:12"),
        ("2015-06-02T10:11:12:-0700", "2015-06-02T17:11:12"),
        ("Tue, 02 Jun 2015 10:11:12 MEST", "2015-06-02T08:11:12"),
        ("Tue, 02 Jun 2015 10:11:12 ET", "2015-06-02T14:11:12"),
        ("Mon, 12 Jan 2015 10:11:12 PT", "2015-01-12T18:11:12"),
        ("Tue, 02 Jun 2015 10:11:12 Europe/Brussels", "2015-06-02T08:11:12"),
        ("Tue, 02 Jun 2015 10:11:12 Europe/Nowhere", "2015-06-02T10:11:12"),
        ("mar, 02 giu 2015 10:11:12 +0200", "2015-06-02T08:11:12"),
        ("Publié le 2 juin 2015 à 10h11 et mis à jour à 12h00", "2015-06-02T10:11:00"),
        ("2 June 2015 10:11 met with applause", "2015-06-02T10:11:00"),
        ("Sal, 02 Haz 2015 10:11:12 +0300", "2015-06-02T07:11:12"),
        ("Mo, 02 Mär 2015 10:11:12 +0100", "2015-03-02T09:11:12"),
    ],
)
def test_time_of_the_wild_is_read_to_the_minute(raw: str, utc: str):
    assert parse_instant(raw) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@pytest.mark.parametrize("raw", ["he won 6 set 2015 points", "3 out 2015", "12 mag 2015"])
def test_short_month_that_is_another_word_counts_before_a_time_only(raw: str):
    assert parse_claim(raw, DateSource.BYLINE).precision is None


@pytest.mark.parametrize(
    "raw",
    [
        *("1446/05/27", "1446-05-27", "5 ذو الحجة 1446"),  # lunar Hijri
        "03/04/2015",
        "2015-02-30",
        "yesterday",
        "",
        "201506021234567",
        "12:30",
        "May 12",
    ],
)
def test_date_that_can_be_read_two_ways_or_none_stays_unread(raw: str):
    assert parse_claim(raw, DateSource.FEED).precision is None


def test_offset_of_the_publisher_is_kept():
    found = parse_claim("Thu,28 Jul 2022 4:35:5 GMT+9", DateSource.FEED)
    assert found.instant == datetime(2022, 7, 28, 4, 35, 5, tzinfo=timezone(timedelta(hours=9)))
    assert resolve([found], fetched_at=None).published_at == datetime(
        2022, 7, 27, 19, 35, 5, tzinfo=UTC
    )


def test_time_without_a_zone_is_utc_in_feeds_with_less_confidence():
    publication = resolve([claim(DateSource.FEED, "2015-06-02 10:11")], fetched_at=_FETCHED)
    assert publication.published_at == datetime(2015, 6, 2, 10, 11, tzinfo=UTC)
    assert publication.confidence == pytest.approx(0.81)
    assert publication.evidence[0].note == "used; no zone given, UTC assumed"


def test_time_without_a_zone_in_a_row_is_a_day():
    publication = resolve([claim(DateSource.ROW, "2015-06-02 10:11")], fetched_at=_FETCHED)
    assert (publication.precision, publication.published_at) == (DatePrecision.DAY, None)


def test_parse_instant_takes_a_time_without_a_zone_as_utc():
    assert parse_instant("2015-06-02 10:11") == datetime(2015, 6, 2, 10, 11, tzinfo=UTC)
    assert parse_instant("2015-06-02") is None


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.example/2015/06/02/story", "2015-06-02"),
        ("https://a.example/world/2015/jun/02/story", "2015-06-02"),
        ("https://a.example/politics/20150602/102.html", "2015-06-02"),
        ("https://a.example/story-2015-06-02.html", "2015-06-02"),
        ("https://a.example/n/2015/0602/c90000.html", "2015-06-02"),
        ("https://a.example/2015-06/02/content.htm", "2015-06-02"),
        ("https://a.example/n/23-06-2015-slug", "2015-06-23"),
        ("https://a.example/n/03-06-2015-slug", None),
        ("https://a.example/tel-12-23-06-2015-44", None),
        ("https://a.example/201506021234567", None),
        ("https://a.example/20151302/x", None),
        ("https://a.example/2015/02/30/x", None),
        ("https://a.example/2015/06/slug", None),
        ("https://a.example/?from=2015-06-02", None),
        ("http://[broken/2015/06/02/", None),
        ("", None),
    ],
)
def test_day_in_an_address(url: str, day: str | None):
    found = day_in_url(url)
    assert (str(found.day) if found else None) == day


@pytest.mark.parametrize(
    ("url", "month"),
    [
        ("https://a.example/2015/06/slug", "2015-06-01"),
        ("https://a.example/2015/43/slug", None),
        ("https://a.example/2015/06", None),
        ("https://a.example/2015/06/02/slug", None),
    ],
)
def test_month_in_an_address_without_a_day(url: str, month: str | None):
    found = date_in_url(url)
    coarse = found if found and found.precision is DatePrecision.MONTH else None
    assert (str(coarse.day) if coarse else None) == month


def test_month_of_the_address_bears_out_a_day_and_contradicts_another():
    month = date_in_url("https://a.example/2015/06/slug")
    assert month is not None
    inside = resolve([claim(DateSource.BYLINE), month], fetched_at=None)
    outside = resolve([claim(DateSource.BYLINE, "2015-08-02"), month], fetched_at=None)
    assert inside.published_day == date(2015, 6, 2)
    assert inside.confidence > WEIGHTS[DateSource.BYLINE] > outside.confidence


def test_month_of_the_address_alone_bounds_and_does_not_date():
    month = date_in_url("https://a.example/2015/06/slug")
    assert month is not None
    publication = resolve([month], fetched_at=_FETCHED)
    assert (publication.precision, publication.published_day) == (None, None)
    assert (publication.earliest, publication.latest) == (date(2015, 6, 1), date(2015, 6, 5))
    assert publication.evidence[0].note == "bounds only: a month"


def test_modification_outside_the_month_of_the_address_is_not_even_a_guess():
    month = date_in_url("https://a.example/2015/06/slug")
    assert month is not None
    changed = claim(DateSource.META, "2015-08-02T10:00:00Z", DateRole.MODIFIED)
    assert resolve([month, changed], fetched_at=None).precision is None


def test_first_of_the_dates_shown_speaks():
    shown = [claim(DateSource.BYLINE, day) for day in ("2015-06-02", "2015-06-01", "2015-05-20")]
    publication = resolve(shown, fetched_at=None)
    assert publication.published_day == date(2015, 6, 2)
    assert publication.confidence == pytest.approx(WEIGHTS[DateSource.BYLINE])
    assert [e.note for e in publication.evidence] == [
        "used",
        "shown further down",
        "shown further down",
    ]


def test_rivals_that_agree_outweigh_a_stronger_one():
    shared = claim(DateSource.META, "2015-06-05T10:00:00Z")
    shown = claim(DateSource.BYLINE, "2015-06-05")
    publication = resolve([claim(DateSource.JSON_LD), shared, shown], fetched_at=None)
    assert publication.published_day == date(2015, 6, 5)


def test_meta_element_named_only_date_yields_to_the_date_shown():
    vague = replace(claim(DateSource.META, "2015-06-20"), where="date")
    publication = resolve([vague, claim(DateSource.BYLINE)], fetched_at=None)
    assert publication.published_day == date(2015, 6, 2)


def test_local_time_that_claims_to_be_utc_yields_to_the_claim_with_its_zone():
    publication = resolve(
        [
            claim(DateSource.MICRODATA, "2015-06-02T08:52:55+00:00"),
            claim(DateSource.META, "2015-06-02T08:52:55+02:00"),
        ],
        fetched_at=None,
    )
    assert publication.published_at == datetime(2015, 6, 2, 6, 52, 55, tzinfo=UTC)


def test_day_shown_that_no_publishers_calendar_has_at_that_instant_does_not_decide():
    instant = claim(DateSource.JSON_LD, "2015-06-03T10:38:37Z")
    publication = resolve([instant, claim(DateSource.BYLINE)], fetched_at=None)
    assert publication.published_day == date(2015, 6, 3)


def test_page_clock_is_not_a_date():
    clock = claim(DateSource.PAGE_CLOCK, "22:23 GMT27 January 2021", DateRole.UPPER_BOUND)
    publication = resolve([clock], fetched_at=None)
    assert (publication.published_day, publication.confidence) == (None, 0.0)
    assert publication.latest == date(2021, 1, 27)


def test_page_clock_that_claims_to_be_a_publication_is_still_none():
    publication = resolve([claim(DateSource.PAGE_CLOCK)], fetched_at=_FETCHED)
    assert publication.precision is None


def test_fetch_clock_is_an_upper_bound_and_kept_as_evidence():
    publication = resolve([], fetched_at=_FETCHED)
    assert publication.precision is None
    assert publication.latest == _FETCHED.date()
    assert [(e.source, e.note) for e in publication.evidence] == [
        (DateSource.FETCH_CLOCK, "upper bound only")
    ]


def test_independent_families_that_agree_raise_the_confidence():
    both = [claim(DateSource.FREE_TEXT), claim(DateSource.URL)]
    doubt = (1 - WEIGHTS[DateSource.FREE_TEXT]) * (1 - _URL)
    assert resolve(both, fetched_at=None).confidence == pytest.approx(1 - doubt, abs=1e-4)
    assert notes(*both) == ["agrees", "used"]


def test_one_family_speaks_once():
    both = [claim(DateSource.JSON_LD), claim(DateSource.META)]
    assert resolve(both, fetched_at=None).confidence == WEIGHTS[DateSource.JSON_LD]


def test_rival_more_than_a_day_away_takes_up_to_half():
    rival = claim(DateSource.URL, "2015-05-20")
    publication = resolve([claim(DateSource.JSON_LD), rival], fetched_at=None)
    assert publication.published_day == date(2015, 6, 2)
    assert publication.confidence == pytest.approx(0.95 * (1 - _URL / 2), abs=1e-4)
    assert notes(claim(DateSource.JSON_LD), rival) == ["used", "rival"]


def test_day_apart_is_no_rival():
    neighbour = claim(DateSource.URL, "2015-06-03")
    assert notes(claim(DateSource.JSON_LD), neighbour) == ["used", "agrees"]


def test_instant_of_the_same_day_is_finer_than_the_stronger_day():
    instant = claim(DateSource.TIME_TAG, "2015-06-02T10:11:00+03:00")
    publication = resolve([claim(DateSource.JSON_LD), instant], fetched_at=None)
    assert publication.published_at == datetime(2015, 6, 2, 7, 11, tzinfo=UTC)
    assert publication.source is DateSource.TIME_TAG


def test_day_in_the_address_decides_the_day_of_an_instant_in_utc():
    late = claim(DateSource.FEED, "2015-06-02T22:30:00Z")
    publication = resolve([late, claim(DateSource.URL, "2015-06-03")], fetched_at=None)
    assert publication.published_day == date(2015, 6, 3)
    assert publication.published_at == datetime(2015, 6, 2, 22, 30, tzinfo=UTC)


def test_day_of_an_instant_with_an_offset_is_the_publishers():
    late = claim(DateSource.FEED, "2015-06-02T23:30:00-07:00")
    assert resolve([late], fetched_at=None).published_day == date(2015, 6, 2)


def test_no_article_is_published_after_it_is_read_where_nobody_says_when_it_was_fetched():
    claims = [claim(DateSource.ROW, "2099-06-07"), claim(DateSource.META, "2015-06-02")]
    publication = resolve(claims, fetched_at=None, now=_FETCHED)
    assert publication.published_day == date(2015, 6, 2)
    assert publication.evidence[0].note.startswith("rejected: in the future")
    by_hand = claim(DateSource.SET_BY_USER, "2099-06-07")
    assert resolve([by_hand], fetched_at=None, now=_FETCHED).published_day == date(2099, 6, 7)


def test_future_claim_is_refused_and_said_so():
    future = claim(DateSource.META, "2015-06-07")
    publication = resolve([future], fetched_at=_FETCHED)
    assert publication.precision is None
    assert publication.evidence[0].note.startswith("rejected: in the future")


def test_day_after_the_fetch_is_allowed_for_time_zones():
    tomorrow = claim(DateSource.META, "2015-06-06")
    assert resolve([tomorrow], fetched_at=_FETCHED).published_day == date(2015, 6, 6)


@pytest.mark.parametrize("source", [DateSource.META, DateSource.FEED, DateSource.URL])
def test_claim_before_1990_is_refused(source: DateSource):
    assert notes(claim(source, "1970-01-01")) == ["rejected: before 1990"]


@pytest.mark.parametrize("source", [DateSource.SET_BY_USER, DateSource.ROW])
def test_archive_may_be_older(source: DateSource):
    assert resolve([claim(source, "1946-02-16")], fetched_at=None).published_day == date(
        1946, 2, 16
    )


def test_what_the_user_set_is_certain():
    others = [claim(DateSource.JSON_LD), claim(DateSource.URL), claim(DateSource.FEED)]
    publication = resolve([*others, claim(DateSource.SET_BY_USER, "2014-01-01")], fetched_at=None)
    assert publication.published_day == date(2014, 1, 1)
    assert (publication.confidence, publication.source) == (1.0, DateSource.SET_BY_USER)


def test_month_is_borne_out_by_a_day_in_it_and_the_day_is_taken():
    publication = resolve(
        [claim(DateSource.ROW, "2015-06"), claim(DateSource.URL)], fetched_at=None
    )
    assert (publication.precision, publication.published_day) == ("day", date(2015, 6, 2))


def test_month_alone_has_its_bounds():
    publication = resolve([claim(DateSource.ROW, "2015-06")], fetched_at=None)
    assert publication.precision is DatePrecision.MONTH
    assert (publication.earliest, publication.latest) == (date(2015, 6, 1), date(2015, 6, 30))


def test_modification_alone_is_a_guess():
    changed = claim(DateSource.META, "2015-06-02T10:00:00Z", DateRole.MODIFIED)
    publication = resolve([changed], fetched_at=None)
    assert publication.confidence < 0.6
    assert publication.modified_at == datetime(2015, 6, 2, 10, tzinfo=UTC)
    assert publication.evidence[0].note == "used as a guess: only a modification date"


def test_event_in_the_text_never_dates_the_article():
    event = DateEvidence(
        DateSource.FREE_TEXT, _DAY, DateRole.EVENT, None, date(2015, 6, 2), DatePrecision.DAY
    )
    assert resolve([event], fetched_at=None).precision is None


def test_dateline_without_a_year_supports_the_claim_beside_it():
    publication = resolve(
        [claim(DateSource.URL), claim(DateSource.DATELINE, "June 2")], fetched_at=None
    )
    assert publication.confidence == pytest.approx(1 - (1 - _URL) * 0.4)
    assert [e.note for e in publication.evidence] == ["used", "agrees"]


def test_dateline_without_a_year_alone_dates_nothing():
    assert notes(claim(DateSource.DATELINE, "June 2")) == ["cannot be read as one date"]


def test_claim_after_the_pages_own_clock_is_doubted():
    clock = claim(DateSource.PAGE_CLOCK, "2015-05-20", DateRole.UPPER_BOUND)
    publication = resolve([claim(DateSource.URL), clock], fetched_at=None)
    assert publication.confidence == pytest.approx(_URL / 2)


def test_resolving_again_with_the_users_date_gives_fresh_notes():
    first = resolve([claim(DateSource.FEED, "2015-06-02 10:11")], fetched_at=_FETCHED)
    again = resolve(
        [*first.evidence, claim(DateSource.SET_BY_USER, "2015-01-01")], fetched_at=_FETCHED
    )
    assert [e.note for e in again.evidence] == [
        "rival; no zone given, UTC assumed",
        "upper bound only",
        "used",
    ]


_evidence = st.builds(
    DateEvidence,
    source=st.sampled_from(list(DateSource)),
    raw=st.one_of(st.text(max_size=40), st.dates().map(str), st.datetimes().map(str)),
    role=st.sampled_from(list(DateRole)),
    instant=st.none() | st.datetimes(timezones=st.none() | st.timezones()),
    day=st.none() | st.dates(),
    precision=st.none() | st.sampled_from(list(DatePrecision)),
)


@given(
    st.lists(_evidence, max_size=8),
    st.none() | st.integers(0, 4_000_000_000).map(lambda s: datetime.fromtimestamp(s, UTC)),
)
def test_resolve_never_raises_and_keeps_all_evidence(
    evidence: list[DateEvidence], fetched_at: datetime | None
):
    publication = resolve(evidence, fetched_at=fetched_at)
    assert len(publication.evidence) >= len(set(evidence))
    assert all(item.note for item in publication.evidence)
    assert 0 <= publication.confidence <= 1
    assert (publication.precision is None) == (publication.published_day is None)
    assert (publication.published_at is not None) == (publication.precision == "instant")


@given(st.text(max_size=80))
def test_any_text_can_be_offered_as_a_date(raw: str):
    parse_claim(raw, DateSource.ROW)
    day_in_url(raw)


def test_day_that_may_be_the_month_is_a_guess():
    claim = DateEvidence(DateSource.FREE_TEXT, "2015-10-05", where="htmldate, day or month first")
    assert 0 < resolve([claim], fetched_at=None).confidence < LIKELY
