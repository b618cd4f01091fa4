"""One article as a press archive exports it in: headline, outlet, day, author, language, text out.

Three layouts are known, those of English menus:

- Factiva with its codes (`HD` headline, `PD` day, `SN` outlet, `LP` and `TD` text);
- Factiva without: headline, author, `212 words`, day, outlet, ..., language, copyright, then text;
- LexisNexis and Nexis Uni: outlet and day above the headline, or below it, then lines such as
  `LENGTH: 212 words`, the text, and lines such as `LOAD-DATE:` below.

What fits none of them, or has no headline, day or text, is not taken apart: it stays a clipping.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.article import DatePrecision
from pipelines.date_formats import parse_date

_CODES = (
    *("SE", "HD", "CR", "BY", "WC", "PD", "ET", "SN", "SC", "ED", "VOL", "PG", "LA", "CY"),
    *("LP", "TD", "CT", "ART", "RF", "CO", "IN", "NS", "RE", "IPC", "IPD", "PUB", "AN"),
)  # in the order in which they come: a text that has "IN" at the start of a line goes on
_CODE = re.compile(rf"({'|'.join(_CODES)})(?:[ \t]+(\S.*))?$")
_INDEXED = frozenset({"CO", "IN", "NS", "RE"})  # their values are written "syria : Syria"
_WORDS = re.compile(r"[\d,.]+ words", re.IGNORECASE)
_LABEL = re.compile(r"([A-Za-z][A-Za-z -]{2,20}):(?:\s+(.*))?$")
_HEADING = frozenset(
    {"byline", "section", "length", "dateline", "highlight", "series", "column", "distribution"}
)
_BELOW = re.compile(  # the first of these ends the text; "Notes:" or "Country:" may be in it
    r"(load-date|loaddate|language|graphic|publication-type|document-type|journal-code|"
    r"correction-date):|subject:.*\d%\)|classification$",
    re.IGNORECASE,
)
_SIGNS = re.compile(rb"^[ \t]*(HD\b|length:|[\d,.]+ words\b)", re.IGNORECASE | re.MULTILINE)
_SEARCHED = 16_384  # bytes, in which a header begins
_RIGHTS = re.compile(r"copyright\b|\(c\)|©", re.IGNORECASE)
_HEADER = 30  # lines that are not empty, in which a header ends
_LONGEST = 80  # letters of a line with a day or an outlet


@dataclass(frozen=True, slots=True)
class PressArticle:
    """What an export says of one article; `day` is as it is written there."""

    title: str
    outlet: str
    day: str
    where: str  # what the day is called there
    text: str
    author: str = ""
    language: str = ""  # its English name


def may_be_export(content: bytes) -> bool:
    """Return whether it is worth reading a text's header: most texts have none of its lines."""
    return _SIGNS.search(content, 0, _SEARCHED) is not None


def press_article(text: str) -> PressArticle | None:
    """Return what the export of one article says of it; None where it is in no known layout."""
    lines = [line.strip() for line in text.splitlines()]
    article = _coded(lines) or _labelled(lines) or _uncoded(lines)
    return article if article and article.title and article.text else None


def _coded(lines: Sequence[str]) -> PressArticle | None:
    fields: dict[str, list[str]] = {}
    code = ""
    for line in lines:
        found = _CODE.match(line)
        if found and _comes_next(found, code):
            code = found[1]
            fields[code] = [found[2] or ""]
        elif code:
            fields[code].append(line)
    day = _joined(fields.get("PD", ()))
    if not _is_day(day) or not {"HD", "SN"} <= fields.keys():
        return None
    return PressArticle(
        title=_joined(fields["HD"]),
        outlet=_joined(fields["SN"]),
        day=day,
        where="PD",
        text="\n".join(part for name in ("LP", "TD") for part in fields.get(name, ()) if part),
        author=_name(_joined(fields.get("BY", ()))),
        language=_joined(fields.get("LA", ())),
    )


def _comes_next(found: re.Match[str], code: str) -> bool:
    later = not code or _CODES.index(found[1]) > _CODES.index(code)
    return later and (found[1] not in _INDEXED or not found[2] or " : " in found[2])


def _labelled(lines: Sequence[str]) -> PressArticle | None:
    day, length = _day_and_length(lines)
    if not length:
        return None
    above = [line for line in lines[:day] if line]
    begin = _text_begins(lines, length)
    end = _text_ends(lines, begin)
    said = dict(_label(line) for line in [*lines[day:begin], *lines[end:]])
    return PressArticle(
        title=" ".join(above[:-1]) or _first_block(lines[day:length]),
        outlet=above[-1] if above else "",
        day=lines[day],
        where="day above the text",
        text="\n".join(filter(None, lines[begin:end])),
        author=_name(said.get("byline", "")),
        language=re.split(r"[;,]", said.get("language", ""))[0].strip(),
    )


def _day_and_length(lines: Sequence[str]) -> tuple[int, int]:
    """Return the lines of a header that say the day and, below it, the length; 0, 0 without."""
    head = [at for at, line in enumerate(lines) if line][:_HEADER]
    length = next((at for at in head if _label(lines[at])[0] == "length"), 0)
    day = next((at for at in head if at < length and _is_day(lines[at])), None)
    return (0, 0) if day is None else (day, length)


def _label(line: str) -> tuple[str, str]:
    found = _LABEL.match(line)
    return (found[1].casefold(), found[2] or "") if found else ("", "")


def _first_block(lines: Sequence[str]) -> str:
    """Return the lines of the first block behind an empty line, up to one with a label."""
    behind = list(lines[lines.index("") :]) if "" in lines else []
    while behind and not behind[0]:
        del behind[0]
    block = []
    for line in behind:
        if not line or _label(line)[0] in _HEADING:
            break
        block.append(line)
    return " ".join(block)


def _text_begins(lines: Sequence[str], length: int) -> int:
    """Return the line at which the text begins: below `BODY:`, else below the last heading."""
    begin = length + 1
    for at in range(length + 1, len(lines)):
        if lines[at].casefold() in {"body", "body:"}:
            return at + 1
        if _label(lines[at])[0] in _HEADING:
            begin = at + 1
        elif lines[at] and at > begin + 1:
            break
    return begin


def _text_ends(lines: Sequence[str], begin: int) -> int:
    ends = (at for at in range(begin, len(lines)) if _BELOW.match(lines[at]))
    return next(ends, len(lines))


def _uncoded(lines: Sequence[str]) -> PressArticle | None:
    filled = list(filter(None, lines))
    head = filled[:_HEADER]
    at = next((n for n, line in enumerate(head) if _WORDS.fullmatch(line)), 0)
    rights = next((n for n in range(at + 3, len(head)) if _RIGHTS.match(head[n])), 0)
    if not at or not rights or not _is_day(head[at + 1]):
        return None
    after = at + 2 + bool(re.match(r"\d{1,2}:\d\d", filled[at + 2]))
    said = filled[:at]
    author = next((line for line in said[1:] if line.startswith("By ")), "")
    return PressArticle(
        title=max((line for line in said if line != author), key=len),
        outlet=filled[after],
        day=filled[at + 1],
        where="day below the headline",
        text="\n".join(filled[rights + 1 :]),
        author=_name(author),
        language=filled[rights - 1] if filled[rights - 1].isalpha() else "",
    )


def _is_day(line: str) -> bool:
    fine = {DatePrecision.DAY, DatePrecision.INSTANT}
    found = parse_date(line) if line and len(line) <= _LONGEST else None
    return found is not None and found.precision in fine


def _name(written: str) -> str:
    return re.sub(r"^by\s+", "", written, flags=re.IGNORECASE)


def _joined(lines: Sequence[str]) -> str:
    return " ".join(line for line in lines if line)
