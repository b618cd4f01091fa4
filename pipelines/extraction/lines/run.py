"""Find the article's run of lines in a clipping: lines with roles in, its bounds out.

1. It is the contiguous run with the highest sum: prose adds its words, everything else costs.
2. It ends before the readers' comments, which can be longer than the article.
3. What stands over date and name near its beginning, a standfirst or captions, is no part of it.
4. It ends where a second article begins, with headline and date of its own.
5. Paragraphs at its end, apart from the rest and with few of its words, are the page's legal text.
6. The author's biography at its end is no part of it, nor what the site says of itself there; an
   author's box (a name, and soon below a paragraph on who that is) ends it as well.
"""

import re
from collections.abc import Sequence
from itertools import accumulate

from pipelines.date_formats import parse_date
from pipelines.extraction.lines.roles import Line, Role, is_dense, n_words, presents_site

_COST = {
    Role.CLOCK: -6,
    Role.FURNITURE: -6,
    Role.COMMENTS: -4,
    Role.BOUNDARY: -40,  # but a box inside the article has one too
    Role.BYLINE: -4,
    Role.CAPTION: -2,
    Role.TAGS: -15,
    Role.SENTENCE: 4,
    Role.TITLE: -5,
    Role.SHORT: -5,
}
_MOST_WORDS = 50  # of a line, so that one endless line of legal text is no article
_STAMP_LINES = 8  # of the run, in which its date may stand
_MOST_ABOVE = 3  # paragraphs over the date: a standfirst, captions
_STAMP_WORDS = 20
_MOST_CUTS = 5
_MOST_HEADINGS = 20  # of readers' comments that are looked at
_NEAR_HEADING = 10  # lines
_NEXT_TO_NOTHING = 0.1  # of the words
_HEADED = 2  # lines over a date, in which a teaser's title stands
_TEASER_PROSE = 2  # paragraphs
_PARAGRAPHS = 5  # of another article that stands there in full
_ARTICLE_WORDS = 150
_APART = 3  # lines without prose between the article and the page's own text
_MOST_APART = 0.5  # of the words above, that such text has
_SHARED = 0.2  # of its words, that the article has too
_STEM = 6  # letters of a word that survive inflection
_STEM_FROM = 5  # letters; shorter words are in every text
_BY = re.compile(r"(?i:by|von|por|par|di|av|door)\s+[A-ZÀ-Þ]")
_BY_WORDS = 8
_MOST_AFTER = 0.3  # of the article's words, that an author's box and what follows it have
_BOX_LINES = 9
_TELLS_WHO = re.compile(
    r",? (?:is|was|has|writes|covers|works|joined|ist|war|schreibt|arbeitet|est|écrit|es|escribe|è"
    r"|scrive|é|är|er|jest)\b"
)
_DATED = re.compile(
    r"(?:(?:first|last|sist|zuletzt|ultimo) )?(?:updated?|published|posted|aktualisiert"
    r"|veröffentlicht|publié|mis à jour|publicado|actualizado|pubblicato|aggiornato|publisert"
    r"|oppdatert|publicerad"
    r"|uppdaterad|gepubliceerd|bijgewerkt|опубликовано|обновлено)\b\D{0,20}\d",
    re.IGNORECASE,
)
_WHEN = re.compile(r"\b\d{1,2}[:.]\d\d\b|\b(?:19|20)\d\d\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b")


def body_run(lines: Sequence[Line]) -> tuple[int, int]:
    """Return the bounds of the article's running text; equal where there is none."""
    start, end = _best_run(lines)
    end = _before_next_article(lines, start, end)
    end = _before_teasers(lines, start, end)
    start = _past_the_stamp(lines, start, end)
    return start, _without_legal_text(lines, start, end)


def _best_run(lines: Sequence[Line]) -> tuple[int, int]:
    """Return the bounds of the best run before the readers' comments; (0, 0) where nothing adds."""
    return _highest_run(lines[: _readers_begin(lines)])


def _highest_run(lines: Sequence[Line]) -> tuple[int, int]:
    """Return the bounds of the run with the highest sum (Kadane); (0, 0) where nothing adds."""
    scores = list(map(_score, lines))
    if not any(line.role is Role.PROSE for line in lines):
        # Nothing has a full stop: headline-shaped lines are then all the text there is.
        scores = [
            n_words(x.text) if x.role is Role.TITLE else s
            for x, s in zip(lines, scores, strict=True)
        ]
    best, bounds, start = 0, (0, 0), 0
    sums = list(accumulate(scores, lambda total, score: max(total, 0) + score))
    for position, total in enumerate(sums):
        if total == scores[position]:  # the sum before was not worth keeping
            start = position
        if total > best:
            best, bounds = total, (start, position + 1)
    return bounds


def second_article(lines: Sequence[Line]) -> range:
    """Return where below the article another stands in full, its own date or name above it.

    Readers' comments have many dates, legal text has none.
    """
    comments = (at for at, line in enumerate(lines) if line.role is Role.COMMENTS)
    lines = lines[: next(comments, len(lines))]
    start, end = _best_run(lines)
    told = [n_words(line.text) for line in lines[start:end] if line.role is Role.PROSE]
    near = range(max(0, start - _STAMP_LINES), min(start + _STAMP_LINES, end))
    stamps = [at for at in near if is_stamp(lines[at])]
    dates = sum(map(is_stamp, lines[start:end]))
    if len(told) < _PARAGRAPHS or sum(told) < _ARTICLE_WORDS or not stamps:
        return range(0)
    return range(min(start, stamps[0]), end) if dates * _PARAGRAPHS <= len(told) else range(0)


def _readers_begin(lines: Sequence[Line]) -> int:
    """Return where the readers' comments begin: their heading, once there was an article before it.

    Comments can be longer than the article. The same word above the article is a link to them, and
    a sentence here and there in a menu no article. A page may show its comments first.
    """
    headings = [at for at, line in enumerate(lines) if line.role is Role.COMMENTS]
    for at in headings[:_MOST_HEADINGS]:
        start, end = _highest_run(lines[:at])
        if sum(line.role is Role.PROSE for line in lines[start:end]) < 2:
            continue
        headed = any(start - _NEAR_HEADING <= above < start for above in headings)
        if not (headed and _is_next_to_nothing(lines, start, end, at)):
            return at
    return len(lines)


def _is_next_to_nothing(lines: Sequence[Line], start: int, end: int, at: int) -> bool:
    """Say whether a run above a place is hardly anything beside the best one below it."""
    first, last = _highest_run(lines[at:])
    below = n_words(_prose(lines[at + first : at + last]))
    return n_words(_prose(lines[start:end])) < _NEXT_TO_NOTHING * below


def _score(line: Line) -> int:
    return min(n_words(line.text), _MOST_WORDS) if line.role is Role.PROSE else _COST[line.role]


def _past_the_stamp(lines: Sequence[Line], start: int, end: int) -> int:
    """Return where the running text begins: what stands over date and name is no part of it."""
    first = range(start, min(start + _STAMP_LINES, end))
    stamps = [at for at in first if is_stamp(lines[at])]
    if not stamps:
        return start
    above = sum(line.role is Role.PROSE for line in lines[start : stamps[-1]])
    below = sum(line.role is Role.PROSE for line in lines[stamps[-1] : end])
    return stamps[-1] + 1 if above <= _MOST_ABOVE and below > above else start


def _before_next_article(lines: Sequence[Line], start: int, end: int) -> int:
    """Return where the run ends if another article begins in it: two dates one after the other."""
    prose = 0
    for at in range(start, end - 1):
        prose += lines[at].role is Role.PROSE
        dated = all(is_stamp(line) and _has_year(line) for line in lines[at : at + 2])
        if dated and prose > _STAMP_LINES:
            return at
    return end


def _before_teasers(lines: Sequence[Line], start: int, end: int) -> int:
    """Return where the run ends if teasers stand in it: three of title, date and a paragraph.

    A chronicle has its dates below paragraphs, without a title over each.
    """
    dated = [at for at in range(start, end) if is_stamp(lines[at]) and _has_year(lines[at])]
    headed = [at for at in dated if any(x.role is Role.TITLE for x in lines[at - _HEADED : at])]
    for first, second, third in zip(headed, headed[1:], headed[2:], strict=False):
        between = [_n_prose(lines[first:second]), _n_prose(lines[second:third])]
        if all(1 <= n <= _TEASER_PROSE for n in between) and _n_prose(lines[start:first]) > 2:
            prose = (at for at in range(first, start, -1) if lines[at].role is Role.PROSE)
            return next(prose) + 1
    return end


def _n_prose(lines: Sequence[Line]) -> int:
    return sum(line.role is Role.PROSE for line in lines)


def _has_year(line: Line) -> bool:
    return re.search(r"\b(?:19|20)\d\d\b", line.text) is not None


def _without_legal_text(lines: Sequence[Line], start: int, end: int) -> int:
    """Return where the run ends without paragraphs that stand apart and speak of other things."""
    for _ in range(_MOST_CUTS):
        if (cut := _last_gap(lines, start, end)) is None:
            break
        above, below = (_prose(lines[start:cut]), _prose(lines[cut:end]))
        told, own = stems_of(above), stems_of(below)
        apart = n_words(below) < _MOST_APART * n_words(above)
        if not (apart and own and len(told & own) < _SHARED * len(own)):
            break
        end = cut
    return end


def _prose(lines: Sequence[Line]) -> str:
    return " ".join(line.text for line in lines if line.role is Role.PROSE)


def _last_gap(lines: Sequence[Line], start: int, end: int) -> int | None:
    """Return where the last prose before several lines without any ends."""
    gap = 0
    for at in range(end - 1, start, -1):
        if lines[at].role not in (Role.PROSE, Role.SENTENCE):
            gap += 1
        elif gap >= _APART:
            return at + 1
        else:
            gap = 0
    return None


def before_author_box(lines: Sequence[Line], start: int, end: int, site: str) -> int:
    """Return where the run ends, without what is told of author or site near its end."""
    told, rest, cut = n_words(_prose(lines[start:end])), 0, end
    for at in range(end - 1, start, -1):
        rest += n_words(_prose(lines[at : at + 1]))
        found = _tells_of_source(lines, at, site)
        if rest > _MOST_AFTER * told or (cut < end and not found):
            break
        cut = at if found else cut
    return cut


def _tells_of_source(lines: Sequence[Line], at: int, site: str) -> bool:
    text = lines[at].text
    return is_author_box(lines, at) or presents_site(text, site)


def is_author_box(lines: Sequence[Line], at: int) -> bool:
    """Say whether a name stands here and a paragraph that begins with it soon below."""
    name = lines[at].text
    if lines[at].role is not Role.SHORT or not name[0].isupper() or not name[-1].isalpha():
        return False
    below = (line.text for line in lines[at + 1 : at + _BOX_LINES] if line.role is Role.PROSE)
    text = next(below, "")
    return text.startswith(name) and _TELLS_WHO.match(text[len(name) :]) is not None


def before_biography(lines: Sequence[Line], start: int, end: int, names: Sequence[str]) -> int:
    """Return where the running text ends, without lines at its end that begin with its author."""
    while end - 1 > start and any(lines[end - 1].text.startswith(name) for name in names):
        end -= 1
    return end


def is_stamp(line: Line) -> bool:
    """Say whether a line says when or by whom the article was written."""
    if line.role in (Role.CLOCK, Role.BYLINE):
        return True
    if n_words(line.text) > _STAMP_WORDS or line.role not in (Role.TITLE, Role.SHORT, Role.TAGS):
        return False
    if _BY.match(line.text) and n_words(line.text) <= _BY_WORDS:
        return True
    if is_dated(line.text):
        return True
    return len(_WHEN.findall(line.text)) > 1 or parse_date(line.text[:40]) is not None


def is_dated(text: str) -> bool:
    """Say whether a line begins with a word such as "Published" and a date."""
    return _DATED.match(text) is not None


def stems_of(text: str) -> frozenset[str]:
    """Return the beginnings of longer words; pairs of letters where a script has no spaces."""
    found: set[str] = set()
    for word in re.findall(r"[^\W\d_]+", text.casefold()):
        if is_dense(word):
            found.update(word[at : at + 2] for at in range(len(word) - 1))
        elif len(word) >= _STEM_FROM:
            found.add(word[:_STEM])
    return frozenset(found)
