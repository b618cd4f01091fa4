"""Find the dates that a text itself carries: stamps, datelines, and dates of what is told.

Lines and paragraphs go in, `DateEvidence` comes out, unresolved: weighing is `dates.py`'s duty.

- A stamp above the headline is the page's own clock: the article is no younger than it. Below the
  headline, or labelled "Published", it is the byline's date; labelled "Updated", a modification.
- A dateline opens the first paragraph: `MOSCOW, June 2 (Agency) -`.
- Any other date in the prose, and "on Tuesday", is the date of an event. "May 12" and "Tuesday" in
  one sentence may be two events and are never joined.
"""

import re
from collections.abc import Sequence

from pipelines.article import DateEvidence, DatePrecision, DateRole, DateSource
from pipelines.date_formats import DAY_MONTH, parse_date

_MOST_EVENTS = 20
_MOST_TEXT = 200_000  # characters looked at: five megabytes of numbers took ten seconds
_PUBLISHED_LABEL = re.compile(
    r"publish|posted|issued|created|written|veröffentlicht|erschienen|erstellt|publi[éc]|pubblicat"
    r"|publikov|opublikowan|geplaatst|julkaistu|yayın|опубликован|опублікован|公開|掲載|등록|입력",
    re.IGNORECASE,
)
_MODIFIED_LABEL = re.compile(
    r"updat|modif|aktualisiert|änderung|geändert|mise? à jour|a[ct]+ualizad|aggiornat"
    r"|güncelle|bijgewerkt|gewijzigd|aktualiz|uppdaterad|opp?dater|обновлен|оновлен|更新|수정"
    r"|\blast (?:edited|changed|reviewed|revised)",
    re.IGNORECASE,
)
_WHEN = r"""
monday | tuesday | wednesday | thursday | friday | saturday | sunday | yesterday
| (?:last|this)\ (?:week|month|year)
| montag | dienstag | mittwoch | donnerstag | freitag | samstag | sonntag | gestern
| vergangene\ woche
| lundi | mardi | mercredi | jeudi | vendredi | samedi | dimanche | hier | la\ semaine\ dernière
| (?<=el\ )(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo) | ayer | la\ semana\ pasada
| (?<=в\ )(?:понедельник|среду|четверг|пятницу|субботу|воскресенье) | (?<=во\ )вторник
| вчера | на\ прошлой\ неделе
| (?<=[ву]\ )(?:понеділок|вівторок|середу|четвер|п'ятницю|суботу|неділю) | вчора
| أمس
"""
_RELATIVE = re.compile(rf"(?<!\w)(?:{_WHEN})(?!\w)", re.IGNORECASE | re.VERBOSE)
_LETTERS = re.compile(r"[^\W\d_]{3,}")
_WHEN_WORDS = frozenset(_LETTERS.findall(_WHEN))  # looked for first: ten times faster
_YEAR_AFTER = re.compile(r"(?:,?\s+(?:de\s+|del\s+)?|-)(?:1[4-9]|20|21)\d\d(?!\d)")
_PLACE = re.compile(r"^[^\W\d_a-z]{2}[\w\s.'’()/-]{1,40}[,.(]\s*$")
_AFTER_DATELINE = re.compile(r"^[.,)\s]*(?:\(|/|[-–—:]|\.\s*/)")


def stamp(line: str, where: str, *, below_headline: bool) -> DateEvidence:
    """Return the evidence of a line that is only a date: page clock, byline or modification.

    Of a line that tells of both, the part about the publication: "Written 2 June / Updated 3 June".
    """
    published, modified = _PUBLISHED_LABEL.search(line), _MODIFIED_LABEL.search(line)
    if modified is not None:
        before = line[: modified.start()]
        if published is None and (not below_headline or parse_date(before) is None):
            return DateEvidence(DateSource.BYLINE, line, DateRole.MODIFIED, where=where)
        if published is None or published.start() < modified.start():
            line = before if parse_date(before) else line
        else:
            line = line[published.start() :]
    if below_headline or published is not None:
        return DateEvidence(DateSource.BYLINE, line, where=where)
    return DateEvidence(DateSource.PAGE_CLOCK, line, DateRole.UPPER_BOUND, where=where)


def says_published(line: str) -> bool:
    """Say whether a line begins by calling its date that of publication."""
    return _PUBLISHED_LABEL.search(line[:60]) is not None


def says_modified(line: str) -> bool:
    """Say whether a line calls its date that of a change, and not that of publication."""
    return stamp(line, "", below_headline=True).role is DateRole.MODIFIED


def find_dates(paragraphs: Sequence[str]) -> list[DateEvidence]:
    """Return the dateline and the event dates of body paragraphs, each wording once."""
    found: dict[str, DateEvidence] = {}
    left = _MOST_TEXT
    for number, paragraph in enumerate(paragraphs, 1):
        rest = paragraph = paragraph[:left]
        left -= len(paragraph)
        if number == 1 and (dateline := _dateline(paragraph)) is not None:
            raw, end = dateline
            found[raw.casefold()] = DateEvidence(DateSource.DATELINE, raw, where="paragraph 1")
            rest = paragraph[end:]
        for evidence in _events(rest, f"paragraph {number}"):
            found.setdefault(evidence.raw.casefold(), evidence)
        if len(found) >= _MOST_EVENTS or not left:
            break
    return list(found.values())[:_MOST_EVENTS]


def _dateline(paragraph: str) -> tuple[str, int] | None:
    """Return the date of a dateline as written and where it ends."""
    start = paragraph[:110]
    match = DAY_MONTH.search(start)
    if match is None or not _PLACE.match(start[: match.start()]):
        return None
    end = match.end()
    if (year := _YEAR_AFTER.match(start, end)) is not None:
        end = year.end()
    raw = start[match.start() : end].rstrip(" .")
    return (raw, end) if _AFTER_DATELINE.match(start[end:]) else None


def _events(paragraph: str, where: str) -> list[DateEvidence]:
    """Return day-and-month dates, with their year if it follows, and weekdays, in reading order."""
    found: list[tuple[int, DateEvidence]] = []
    if any(map(str.isdecimal, paragraph)):
        found += ((m.start(), _day_month(m, where)) for m in DAY_MONTH.finditer(paragraph))
    if not _WHEN_WORDS.isdisjoint(_LETTERS.findall(paragraph.lower())):
        found += (
            (m.start(), DateEvidence(DateSource.RELATIVE, m[0], DateRole.EVENT, where=where))
            for m in _RELATIVE.finditer(paragraph)
        )
    return [evidence for _, evidence in sorted(found, key=lambda pair: pair[0])]


def _day_month(match: re.Match[str], where: str) -> DateEvidence:
    year = _YEAR_AFTER.match(match.string, match.end())
    end = year.end() if year else match.end()
    raw = match.string[match.start() : end].rstrip(" .")
    parsed = parse_date(raw)
    day = parsed.day if parsed and parsed.precision is DatePrecision.DAY else None
    precision = DatePrecision.DAY if day else None
    return DateEvidence(DateSource.FREE_TEXT, raw, DateRole.EVENT, None, day, precision, where)
