"""Read one date as people and machines write it, and say how fine it is.

A raw string comes in; a `ParsedDate` (day, precision, and the time of day with its offset where
they are given) goes out, or None. No guess is made: `03/04/2015` is March or April depending on who
wrote it and stays unread (`date_order.py` asks the dates beside it). Midnight to the second is
taken as a day: content systems write `T00:00:00Z` for "no time known" far more often than news
appears in that second. Dates of calendars that are exact arithmetic become ours first
(`calendars/`); else years before 1600 are none: there was no press, but 1446 is an Islamic year.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from pipelines.article import DatePrecision
from pipelines.calendars import in_our_calendar, with_ascii_digits

# Full names in the languages of the pages we were given, short ones where no other word is alike.
# Croatian is left out: its listopad is October, the Polish and Czech one November. Arabic has the
# names of Egypt and those of Syria, Lebanon and Iraq, Persian those of our calendar; `_` stands for
# a space within one.
_MONTH_WORDS = (
    "january jan janvier janv januar jänner enero ene gennaio janeiro januari stycznia ledna ocak"
    " января январь янв січня січень يناير كانون_الثاني ژانویه ژانويه",
    "february feb février fevrier févr februar febrero febbraio fevereiro februari lutego února"
    " şubat февраля февраль фев лютого лютий فبراير شباط fev فوریه فوريه",
    "march mar mars märz maerz mrz marzo março maart maret marca března mart"
    " марта март мар березня березень مارس آذار اذار mrt",
    "april apr avril avr abril abr aprile kwietnia dubna nisan апреля апрель апр квітня квітень"
    " أبريل ابريل نيسان آوریل آوريل",
    "may mai mayo maggio maio mei maj maja května mayıs мая май травня травень مايو أيار ايار مه",
    "june jun juin juni junio giugno junho czerwca června haziran июня июнь июн червня червень"
    " يونيو حزيران ژوئن",
    "july jul juillet juil juli julio luglio julho lipca července temmuz июля июль июл липня"
    " липень يوليو تموز ژوئیه ژوئيه",
    "august aug août aout agosto ago augustus augusti agustus sierpnia srpna ağustos"
    " августа август авг серпня серпень أغسطس اغسطس آب اوت",
    "september sep sept septembre septiembre setiembre settembre setembro września září eylül"
    " сентября сентябрь сен сент вересня вересень سبتمبر أيلول ايلول سپتامبر",
    "october oct octobre oktober okt octubre ottobre outubro października října ekim"
    " октября октябрь окт жовтня жовтень أكتوبر اكتوبر تشرين_الأول تشرين_الاول اکتبر",
    "november nov novembre noviembre novembro listopada listopadu kasım"
    " ноября ноябрь ноя нояб листопада листопад نوفمبر تشرين_الثاني نوامبر",
    "december dec décembre decembre déc dezember dez diciembre dic dicembre dezembro desember"
    " grudnia prosince aralık декабря декабрь дек грудня грудень ديسمبر"
    " كانون_الأول كانون_الاول دسامبر",
)
MONTHS = {
    word.replace("_", " "): number
    for number, words in enumerate(_MONTH_WORDS, 1)
    for word in words.split()
}

# Short forms that are other words too; they count before a time of day only, as feeds write them.
_SHORT_WORDS = (
    "gen oca",
    "fev şub",
    "mär",
    "nis",
    "mag",
    "giu haz",
    "lug tem",
    "ağu",
    "set eyl",
    "ott out eki",
    "kas",
    "ara",
)
_SHORT_MONTHS = {word: n for n, words in enumerate(_SHORT_WORDS, 1) for word in words.split()}

# Summer and winter names that mean one offset only. IST (India, Israel, Ireland) is left out.
_ZONES = {
    **{
        "z": 0,
        "utc": 0,
        "gmt": 0,
        "ut": 0,
        "wet": 0,
        "bst": 60,
        "cet": 60,
        "cest": 120,
        "eet": 120,
    },
    **{"eest": 180, "msk": 180, "мск": 180, "trt": 180, "hkt": 480, "sgt": 480, "jst": 540},
    **{"kst": 540, "aest": 600, "aedt": 660, "edt": -240, "est": -300, "cdt": -300, "cst": -360},
    **{"mdt": -360, "mst": -420, "pdt": -420, "pst": -480, "met": 60, "mest": 120},
}
_REGIONS = {
    "et": "America/New_York",
    "ct": "America/Chicago",
    "mt": "America/Denver",
    "pt": "America/Los_Angeles",
}

_IN_CAPITALS = frozenset({*_REGIONS, "met", "mest"})  # "à 10h30 et mis à jour" is in France

EARLIEST_YEAR, LATEST_YEAR = 1600, 2199
_LETTER = r"[^\W\d_]"
_WORDS = "|".join(sorted(MONTHS, key=len, reverse=True))
_ZONE = (
    r"(?P<zone>(?:UTC|GMT|UT)?-?[+\-−]\d{1,2}(?::?\d\d)?(?!\d)"
    r"|(?:Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific)(?:/[A-Za-z_]+){1,2}"
    rf"|(?:{'|'.join(sorted(_ZONES.keys() - _IN_CAPITALS, key=len, reverse=True))})(?!{_LETTER})"
    rf"|(?-i:{'|'.join(sorted(_IN_CAPITALS)).upper()})(?!{_LETTER}))"
)
_MONTH = rf"(?P<month>{_WORDS})(?!{_LETTER})\.?"
_DAY = r"(?<!\d)(?P<day>\d{1,2})(?!\d)(?:st|nd|rd|th|er|º|ª|\.|-?го)?"
_YEAR = r"(?<!\d)(?P<year>(?:1[6-9]|20|21)\d\d)(?!\d)"
_TEXTUAL = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_DAY}[\s\-/]*(?:of\s+|de\s+)?{_MONTH}[\s,\-/]*(?:de\s+|del\s+)?{_YEAR}",
        rf"(?<!{_LETTER}){_MONTH}[\s\-]*{_DAY}[\s,\-]+(?:at\s+)?{_YEAR}",
        rf"(?<!{_LETTER}){_MONTH}\s+{_DAY},?\s+\d[\d:.]+\s+"
        rf"(?:(?:[A-Z]{{3,4}}|[+-]\d{{4}})\s+)?{_YEAR}",  # ctime, and as Twitter has it
        rf"{_YEAR}[\s,\-/]+{_MONTH}[\s\-/]+{_DAY}",
        rf"{_DAY}[\s\-]{_MONTH}[\s\-](?P<short>\d\d)(?=\s+\d{{1,2}}:)",  # RFC 822, two digits
        rf"{_DAY}[\s\-](?P<month>{'|'.join(_SHORT_MONTHS)})\.?[\s\-]{_YEAR},?(?=\s+\d{{1,2}}:)",
    )
)
_MONTH_YEAR = re.compile(rf"^\W*{_MONTH}[\s,]*(?:de\s+)?{_YEAR}\W*$", re.IGNORECASE)
_ISO = re.compile(rf"{_YEAR}([-/.])(?P<month>\d{{1,2}})\2(?P<day>\d{{1,2}})(?!\d)")
_ISO_MONTH = re.compile(rf"^{_YEAR}[-/](?P<month>\d{{1,2}})$")
_NUMERIC = re.compile(
    rf"(?<![\d./-])(?P<a>\d{{1,2}})(?P<sep>[./-]|\.\ )(?P<b>\d{{1,2}})(?P=sep){_YEAR}"
)
_COMPACT = re.compile(
    r"^(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)"
    r"(?:[T\s]?(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?(?P<zone>Z|[+-]\d{4})?)?$"
)
_EPOCH = re.compile(r"^(?P<seconds>\d{9,10})(?:\.\d+)?$|^(?P<millis>\d{12,13})$")
_CLOCK = re.compile(
    r"(?<![\d:])(?P<hour>\d{1,2})[:h](?P<minute>\d{1,2})(?::(?P<second>\d{1,2})(?:[.,]\d+)?)?(?!\d)"
    rf"\s*(?P<half>[ap]\.?m\b\.?)?(?:[\s(\[:]*{_ZONE})?",
    re.IGNORECASE,
)
_ZONE_AT_END = re.compile(rf"{_YEAR}\s+{_ZONE}$", re.IGNORECASE)
_EAST_ASIAN = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
_HALF_BEFORE = re.compile(r"(?:(오전|上午|午前)|오후|下午|午後)\s*(\d{1,2}:\d{1,2}(?::\d{1,2})?)")
DAY_MONTH = re.compile(
    rf"{_DAY}\s+(?:of\s+|de\s+)?{_MONTH}"
    rf"|(?<!{_LETTER})(?P<month2>{_WORDS})(?!{_LETTER})\.?\s+(?P<day2>\d{{1,2}})(?![\d:.]*\d)"
    r"(?:st|nd|rd|th)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ParsedDate:
    """One date as written: the writer's own day, how fine it is, and the wall clock if given.

    `local` is naive, in the writer's time; `offset` None says that no zone was written.
    """

    day: date
    precision: DatePrecision
    local: datetime | None = None
    offset: timedelta | None = None

    @property
    def instant(self) -> datetime | None:
        """Return the aware instant with the writer's offset; None without a zone or a time."""
        if self.local is None or self.offset is None:
            return None
        return self.local.replace(tzinfo=timezone(self.offset))


@dataclass(frozen=True, slots=True)
class Numeric:
    """A date in numbers with its year last, and what it is in either order; None: no such day."""

    written: str
    sign: str  # between the numbers
    day_first: date | None
    month_first: date | None

    @property
    def days(self) -> list[date]:
        """Return the days that it may be: one, two that differ, or none."""
        return list(dict.fromkeys(filter(None, (self.day_first, self.month_first))))


def parse_date(raw: str) -> ParsedDate | None:
    """Return the first date in `raw`, or None where there is none that can be read one way only."""
    text = _plain(raw[:200])
    for read in (_read_compact, _read_epoch, _read_coarse, _read_full):
        if (found := read(text)) is not None:
            return found
    return None


def parse_instant(raw: str) -> datetime | None:
    """Return the instant in `raw` in UTC; a time without a zone is taken as UTC, a day is None."""
    found = parse_date(raw)
    if found is None or found.local is None:
        return None
    return found.local.replace(tzinfo=timezone(found.offset or timedelta())).astimezone(UTC)


def numeric_dates(raw: str) -> Iterator[Numeric]:
    """Yield the dates in numbers with the year last, such as `05/06/2015`, in the order they stand.

    With points between the numbers the day comes first wherever people write so.
    """
    for match in _NUMERIC.finditer(_plain(raw)):
        first, second, year = int(match["a"]), int(match["b"]), int(match["year"])
        sign = match["sep"].strip()
        month_first = None if sign == "." else make_day(year, first, second)
        yield Numeric(match[0], sign, make_day(year, second, first), month_first)


def parse_in_order(raw: str, *, day_first: bool) -> ParsedDate | None:
    """Return the date in `raw`, of which `05/06/2015` is read in this order."""
    text = _plain(raw[:200])
    for found in numeric_dates(text):
        if day := found.day_first if day_first else found.month_first:
            return parse_date(text.replace(found.written, day.isoformat(), 1))
    return None


def day_and_month(raw: str) -> tuple[int, int] | None:
    """Return (month, day) of a date without a year, such as `May 12` or `12 мая`."""
    match = DAY_MONTH.search(_plain(raw))
    if match is None:
        return None
    month, day = match["month"] or match["month2"], match["day"] or match["day2"]
    number = MONTHS[month.casefold()]
    return (number, int(day)) if make_day(2000, number, int(day)) else None


def make_day(year: int, month: int, day: int) -> date | None:
    """Return the day, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _plain(raw: str) -> str:
    """Fold spaces, full-width forms and the digits of every script; 2015年6月2日 becomes ISO."""
    text = in_our_calendar(with_ascii_digits(unicodedata.normalize("NFKC", raw)))
    if not text.isascii():
        text = _EAST_ASIAN.sub(r"\1-\2-\3 ", text)
        text = _HALF_BEFORE.sub(lambda m: f"{m[2]} {'am' if m[1] else 'pm'}", text)
    return " ".join(text.split())


def _read_epoch(text: str) -> ParsedDate | None:
    match = _EPOCH.match(text)
    if match is None:
        return None
    seconds = int(match["seconds"]) if match["seconds"] else int(match["millis"]) // 1000
    local = datetime(1970, 1, 1) + timedelta(seconds=seconds)  # noqa: DTZ001 (offset kept apart)
    return _with_clock(local.date(), local.time(), timedelta())


def _read_compact(text: str) -> ParsedDate | None:
    match = _COMPACT.match(text)
    day = match and make_day(int(match["year"]), int(match["month"]), int(match["day"]))
    if match is None or not day or not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        return None
    if match["hour"] is None:
        return ParsedDate(day, DatePrecision.DAY)
    clock = _time(match)
    return _with_clock(day, clock, _offset(match["zone"], day, clock))


def _read_coarse(text: str) -> ParsedDate | None:
    if re.fullmatch(_YEAR, text):
        return ParsedDate(date(int(text), 1, 1), DatePrecision.YEAR)
    match = _ISO_MONTH.match(text) or _MONTH_YEAR.match(text)
    if match is None:
        return None
    month = match["month"]
    number = int(month) if month.isdecimal() else MONTHS[month.casefold()]
    day = make_day(int(match["year"]), number, 1)
    return ParsedDate(day, DatePrecision.MONTH) if day else None


def _read_full(text: str) -> ParsedDate | None:
    day = _numeric_day(text) or _textual_day(text)
    if day is None:
        return None
    clock = _CLOCK.search(text)
    if clock is None:
        return ParsedDate(day, DatePrecision.DAY)
    time_of_day, at_end = _time(clock), _ZONE_AT_END.search(text)
    zone = clock["zone"] or (at_end and at_end["zone"])
    return _with_clock(day, time_of_day, _offset(zone, day, time_of_day))


def _numeric_day(text: str) -> date | None:
    if (match := _ISO.search(text)) is not None:
        return make_day(int(match["year"]), int(match["month"]), int(match["day"]))
    found = next(numeric_dates(text), None)
    return found.days[0] if found and len(found.days) == 1 else None


def _textual_day(text: str) -> date | None:
    for pattern in _TEXTUAL:
        for match in pattern.finditer(text):
            groups = match.groupdict()
            year = int(groups["year"]) if groups.get("year") else _full_year(groups["short"])
            if day := make_day(year, _month(groups["month"]), int(groups["day"])):
                return day
    return None


def _month(word: str) -> int:
    return MONTHS.get(word.casefold()) or _SHORT_MONTHS[word.casefold()]


def _full_year(short: str) -> int:
    """Return the year of two digits as RFC 2822 reads them: 00-49 this century, else the last."""
    return int(short) + (2000 if int(short) < 50 else 1900)


def _time(match: re.Match[str]) -> time | None:
    hour, minute = int(match["hour"]), int(match["minute"])
    half = (match.groupdict().get("half") or "").casefold()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    try:
        return time(hour, minute, min(int(match["second"] or 0), 59))  # leap seconds folded
    except ValueError:
        return None


def _offset(zone: str | None, day: date, clock: time | None) -> timedelta | None:
    """Return the offset that is written, or that of the place or region named then."""
    if not zone:
        return None
    name = zone.casefold()
    if name in _ZONES:
        return timedelta(minutes=_ZONES[name])
    if name in _REGIONS or "/" in name:
        return _of_region(_REGIONS.get(name, zone), datetime.combine(day, clock or time()))
    match = re.search(r"([+\-−])(\d{1,2}):?(\d\d)?$", name)
    if match is None or int(match[2]) > 14:
        return None
    offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    return offset if match[1] == "+" else -offset


def _of_region(region: str, local: datetime) -> timedelta | None:
    try:
        return ZoneInfo(region).utcoffset(local)
    except (ValueError, KeyError, OSError):  # the last two: unknown, or a folder
        return None


def _with_clock(day: date, clock: time | None, offset: timedelta | None) -> ParsedDate:
    if clock is None or clock == time(0):
        return ParsedDate(day, DatePrecision.DAY)
    return ParsedDate(day, DatePrecision.INSTANT, datetime.combine(day, clock), offset)
