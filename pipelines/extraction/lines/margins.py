"""Zone the lines above and below the body of a clipping: lines in, the same lines with zones out.

Above it:

1. The headline is the line that shares most words with the body; it stands near, a date or name
   stands below it, it is no longer than headlines are, and often the text has it twice. Of two that
   stand together the first is the headline, the second its deck; in a row of more they are other
   stories. A claimed title decides where it is found.
2. Between headline and body, dates, names beside dates and "By" lines are the byline; a line with a
   credit is a caption, so is one before a credit; what is as long as a sentence and stands over the
   byline is the standfirst; three or more lines shaped like headlines are related stories.

Below it:

3. What follows a heading such as "Tags" is tags while it is short; so is a run of short lines right
   after the body if the body has their words.
4. A line shaped like a headline is a related story where another stands near; dates, teasers, names
   and kickers between such lines go with them. The same is so above the headline. A second article
   that stands there in full is related as well.
5. A date right after the body, and a line near it that names the author, is the byline; so is an
   author's box anywhere.
6. From the site's footer on everything is furniture, as is everything else, and a menu
   in one line. Short lines that the text has twice are entries of menus.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipelines.article import Zone
from pipelines.extraction.lines.cues import tells_how_long_ago
from pipelines.extraction.lines.roles import (
    Line,
    Role,
    ends_sentence,
    has_credit,
    is_credit,
    is_tag_label,
    n_words,
    says_read_also,
)
from pipelines.extraction.lines.run import is_author_box, is_stamp, second_article, stems_of
from pipelines.extraction.zones import same_line_key

_HEADLINE_WORDS = range(3, 31)
_LONG_HEADLINE = 16
_HEADLINE_ROLES = frozenset({Role.TITLE, Role.SENTENCE, Role.PROSE, Role.TAGS})
_CLOSE = 6
_FAR = 40  # lines from the body at which nearness no longer counts
_ENOUGH_SHARED = 0.35
_STAMPED = 0.4  # what a date or name below a line adds to its score as the headline
_AMONG = 0.5  # what it loses in a list of lines shaped like headlines
_DECK_SHARE = 0.7
_DECK_WORDS = 6
_ABOVE_LINES = 3
_STAMP_LINES = 4  # below the body
_MOST_TAGS = 20
_NAME_WORDS = range(2, 6)
_TAG_WORDS = 5
_STORY_WORDS = 5
_LISTED = 3  # lines shaped like headlines that are a list of stories
_TEASER_WORDS = 60
_NEAR_STORIES = 4  # lines within which one story announces another
_COMMENT_LINES = 8  # from one time to the next
_BIO_LINES = 12
_FOOTER = re.compile(
    r"(?:terms|privacy|cookies?|imprint|impressum|datenschutz|agb|contact|about)\b.{0,40}"
    r"|©.*|copyright\b.*|all rights reserved.*|mentions légales.*|aviso legal.*"
    r"|nutzungsbedingungen.*|контакты|о (?:нас|проекте|компании)|реклама"
    r"|プライバシー.*|利用規約.*|会社概要",
    re.IGNORECASE,
)
_FOOTER_LINES = 8
_FOOTER_WORD = re.compile(
    r"(?:terms of (?:use|service)|privacy policy|cookie policy|impressum|imprint|datenschutz"
    r"|mentions légales|aviso legal|política de (?:privacidad|cookies)|note legali)",
    re.IGNORECASE,
)


def zone_head(
    lines: Sequence[Line], body: Sequence[Line], claimed: str, menu: frozenset[str]
) -> list[Line]:
    """Return the lines before the body in their zones; `menu` are the keys of repeated lines."""
    at = _headline_at(lines, body, claimed)
    if at is None:
        return _above(lines, "", menu)
    below = lines[at + 1 :]
    zoned = _above(lines[:at], same_line_key(lines[at].text), menu)
    zoned.append(replace(lines[at], zone=Zone.HEADLINE))
    return zoned + _without_late_decks(
        [replace(line, zone=_zone_below(below, n, menu)) for n, line in enumerate(below)]
    )


def _without_late_decks(lines: Sequence[Line]) -> list[Line]:
    """Return the lines below the headline; what follows date and name is no standfirst."""
    signed = next((at for at, line in enumerate(lines) if line.zone is Zone.BYLINE), len(lines))
    return [
        replace(line, zone=Zone.FURNITURE) if line.zone is Zone.SUBHEAD and at > signed else line
        for at, line in enumerate(lines)
    ]


def _headline_at(lines: Sequence[Line], body: Sequence[Line], claimed: str) -> int | None:
    """Return where the headline stands, None where no line is like one."""
    keys = [same_line_key(line.text) for line in lines]
    if claimed:
        return _last(keys, same_line_key(claimed))
    scores = _headline_scores(lines, keys, stems_of(" ".join(line.text for line in body)))
    best = max(range(len(lines)), key=scores.__getitem__, default=0)
    if not lines or not scores[best]:
        return None
    best = _last(keys, keys[best]) or best
    before = best - 1
    # Of two that stand together the second is the deck.
    decked = before >= 0 and keys[before] != keys[best]
    return before if decked and scores[before] >= _DECK_SHARE * scores[best] else best


def _headline_scores(
    lines: Sequence[Line], keys: Sequence[str], told: frozenset[str]
) -> list[float]:
    """Return how much each line before the body is like its headline."""
    times = Counter(keys)
    stamps = {at for at in range(max(0, len(lines) - 2 * _FAR), len(lines)) if is_stamp(lines[at])}
    scores = [0.0] * len(lines)
    for at, line in enumerate(lines):
        score = _headline_score(line, told, times[keys[at]], len(lines) - at)
        if score and at not in stamps:
            stamped = _STAMPED * bool(stamps & {at + 1, at + 2, at + 3})
            scores[at] = max(score + stamped - _AMONG * _is_in_row(lines, at), 0.01)
    return scores


def _is_in_row(lines: Sequence[Line], at: int) -> bool:
    """Say whether a line follows two others like headlines, or stands between such: a list."""
    row = [0 <= i < len(lines) and lines[i].role is Role.TITLE for i in range(at - 2, at + 2)]
    return row[1] and row[2] and (row[0] or row[3])


def _last(keys: Sequence[str], key: str) -> int | None:
    return next((at for at in range(len(keys) - 1, -1, -1) if keys[at] == key), None)


def _headline_score(line: Line, told: frozenset[str], times: int, distance: int) -> float:
    """Return how much a line before the body is like its headline; 0 for no headline at all."""
    words = n_words(line.text)
    own = stems_of(line.text)
    if line.role not in _HEADLINE_ROLES or words not in _HEADLINE_WORDS or not own:
        return 0.0
    if has_credit(line.text) or is_credit(line.text):
        return 0.0
    shared = len(own & told) / len(own)
    if shared < _ENOUGH_SHARED and distance > _CLOSE:
        return 0.0
    score = 1 + shared + 0.2 * (times > 1 and shared >= 0.5) - min(distance, _FAR) / _FAR
    score -= 0.3 * (line.role is Role.PROSE) + 0.03 * max(0, words - _LONG_HEADLINE)
    return max(score - 0.6 * (words < _STORY_WORDS), 0.01)


def _above(lines: Sequence[Line], own: str, menu: frozenset[str]) -> list[Line]:
    """Return the lines above the headline in their zones; `own` is its key."""
    listed = [_is_story(x, menu) and same_line_key(x.text) != own for x in lines]
    stories = [at for at, story in enumerate(listed) if story]
    zoned = []
    for at, line in enumerate(lines):
        zone = _zone_above(line, signed=bool(own) and at >= len(lines) - _ABOVE_LINES)
        if zone is Zone.FURNITURE and same_line_key(line.text) != own:
            zone = Zone.RELATED if _is_of_stories(line, at, stories, menu) else zone
        zoned.append(replace(line, zone=zone))
    return zoned


def _zone_above(line: Line, *, signed: bool) -> Zone:
    """Return the zone of a line above the headline; `signed` where the date may stand."""
    if line.role is Role.CAPTION:
        return Zone.CAPTION
    dated = signed and is_stamp(line)
    return Zone.BYLINE if dated or line.role is Role.BYLINE else Zone.FURNITURE


def _zone_below(lines: Sequence[Line], at: int, menu: frozenset[str]) -> Zone:
    """Return the zone of a line between headline and body."""
    line = lines[at]
    if line.role in (Role.FURNITURE, Role.BOUNDARY, Role.COMMENTS) or is_credit(line.text):
        return Zone.FURNITURE
    if is_stamp(line) or _is_name_beside_stamp(lines, at):
        return Zone.BYLINE
    if line.role is Role.CAPTION or is_caption(lines, at):
        return Zone.CAPTION
    if _is_listed(lines, at):
        return Zone.RELATED
    told = n_words(line.text) >= _DECK_WORDS and same_line_key(line.text) not in menu
    return Zone.SUBHEAD if told else Zone.FURNITURE


def is_caption(lines: Sequence[Line], at: int) -> bool:
    """Say whether a line has a credit, or one follows it."""
    following = at + 1 < len(lines) and is_credit(lines[at + 1].text)
    return following or has_credit(lines[at].text)


def _is_listed(lines: Sequence[Line], at: int) -> bool:
    """Say whether a line is one of three or more shaped like headlines, or sends to another."""
    if says_read_also(lines[at].text):
        return True
    first = max(0, at - _LISTED + 1)
    run = 0
    for line in lines[first : at + _LISTED]:
        run = run + 1 if line.role is Role.TITLE else 0
        if run == _LISTED:
            return lines[at].role is Role.TITLE
    return False


def _is_name(text: str) -> bool:
    words = text.split()
    named = all(word[0].isupper() for word in words if word[0].isalpha() and len(word) > 3)
    return len(words) in _NAME_WORDS and named and not text.isupper()


def _is_name_beside_stamp(lines: Sequence[Line], at: int) -> bool:
    near = (lines[i] for i in (at - 1, at + 1) if 0 <= i < len(lines))
    return _is_name(lines[at].text) and any(map(is_stamp, near))


def zone_tail(
    lines: Sequence[Line], body: Sequence[Line], names: Sequence[str], menu: frozenset[str]
) -> list[Line]:
    """Return the lines after the body in their zones; `names` are its authors'."""
    tail = lines[: _footer_at(lines)]
    related = _related_at(tail, menu)
    tags = _tags_at(tail, body, menu)
    boxes = _author_boxes(tail)
    readers = _readers_at(tail)
    zones = [Zone.FURNITURE] * len(lines)
    for at, line in enumerate(tail):
        if at in readers:
            continue
        if at in tags:
            zones[at] = Zone.TAGS
        elif at in boxes or _names_author(line, at, names):
            zones[at] = Zone.BYLINE
        elif at in related:
            zones[at] = Zone.RELATED
        elif line.role is Role.CLOCK and at < _STAMP_LINES:
            zones[at] = Zone.BYLINE
    return [replace(line, zone=zone) for line, zone in zip(lines, zones, strict=True)]


def _related_at(lines: Sequence[Line], menu: frozenset[str]) -> set[int]:
    """Return where other stories stand below the body: in lists, or one of them in full."""
    stories = [at for at, line in enumerate(lines) if _is_story(line, menu)]
    listed = {at for at, x in enumerate(lines) if _is_of_stories(x, at, stories, menu)}
    return listed | set(second_article(lines))


def _readers_at(lines: Sequence[Line]) -> range:
    """Return where the readers' comments stand: behind their heading, with times and sentences."""
    begin = next((at for at, x in enumerate(lines) if x.role is Role.COMMENTS), len(lines))
    end = last = begin
    for at in range(begin, len(lines)):
        if lines[at].role is Role.BOUNDARY or at - last > _COMMENT_LINES:
            break
        last = at if _is_timed(lines[at]) else last
        end = at + 1 if lines[at].role in (Role.PROSE, Role.SENTENCE) else end
    roles = [line.role for line in lines[begin:end] if not _is_timed(line)]
    told, titled = roles.count(Role.PROSE), roles.count(Role.TITLE)
    return range(begin, end) if told > 1 and told > titled and last > begin else range(0)


def _is_timed(line: Line) -> bool:
    return line.role is Role.CLOCK or tells_how_long_ago(line.text)


def _is_joined_footer(text: str) -> bool:
    """Say whether a line is a footer that lost its line breaks, and no sentence on consent."""
    return not ends_sentence(text) and len(_FOOTER_WORD.findall(text)) > 1


def _author_boxes(lines: Sequence[Line]) -> set[int]:
    """Return where names stand with what is told of them."""
    found: set[int] = set()
    for at, line in enumerate(lines):
        if is_author_box(lines, at):
            told = (n for n in range(at + 1, len(lines)) if lines[n].text.startswith(line.text))
            found |= {at, next(told)}
    return found


def _footer_at(lines: Sequence[Line]) -> int:
    """Return where the footer begins: the first of two of its words that stand together."""
    found = [at for at, line in enumerate(lines) if _FOOTER.fullmatch(line.text)]
    close = (one for one, other in pairwise(found) if other - one <= _FOOTER_LINES)
    joined = (at for at, line in enumerate(lines) if _is_joined_footer(line.text))
    return min(next(close, len(lines)), next(joined, len(lines)))


def _tags_at(lines: Sequence[Line], body: Sequence[Line], menu: frozenset[str]) -> set[int]:
    """Return where tags stand: under their headings, or in a run right after the body."""
    short = [_is_tag(line, menu) for line in lines]
    labels = [at for at, line in enumerate(lines) if is_tag_label(line.text)]
    if labels:
        return {at for label in labels for at in _run(short, label + 1)}
    near = lines[:_BIO_LINES]
    listed = {at for at, line in enumerate(near) if line.role is Role.TAGS}
    run = _run(short, next((at for at in range(len(near)) if short[at]), len(lines)))
    return listed | (set(run) if _are_told([lines[at] for at in run], body) else set())


def _are_told(run: Sequence[Line], body: Sequence[Line]) -> bool:
    """Say whether most of a run of short lines are words of the body."""
    told = stems_of(" ".join(line.text for line in body))
    named = sum(bool(stems_of(line.text) & told) for line in run)
    return len(run) >= 2 and 2 * named >= len(run)


def _run(short: Sequence[bool], start: int) -> range:
    """Return the places of short lines from one place on, not more than a list of tags has."""
    end = start
    while end < min(len(short), start + _MOST_TAGS) and short[end]:
        end += 1
    return range(start, end)


def _is_tag(line: Line, menu: frozenset[str]) -> bool:
    if not (key := same_line_key(line.text)):
        return True  # a comma between two of them
    shaped = line.role in (Role.SHORT, Role.TITLE, Role.TAGS) and not line.text.endswith(":")
    brief = n_words(line.text) <= _TAG_WORDS and not is_tag_label(line.text)
    return shaped and brief and key not in menu


def _names_author(line: Line, at: int, names: Sequence[str]) -> bool:
    """Say whether a line below the body tells who wrote it."""
    near = at < _BIO_LINES and any(name in line.text for name in names)
    return near or line.role is Role.BYLINE


def _is_story(line: Line, menu: frozenset[str]) -> bool:
    if n_words(line.text) < _STORY_WORDS or same_line_key(line.text) in menu:
        return False
    words = line.text.split()
    if len(words) > _LONG_HEADLINE and not any(word[0].islower() for word in words):
        return False  # a menu in one line
    return line.role is Role.TITLE or says_read_also(line.text)


def _is_of_stories(line: Line, at: int, stories: Sequence[int], menu: frozenset[str]) -> bool:
    """Say whether a line is a related story, or a date, name or teaser among them."""
    first = bisect_left(stories, at - _NEAR_STORIES)
    near = stories[first : bisect_right(stories, at + _NEAR_STORIES)]
    if at in near:
        return len(near) > 1 or at < _NEAR_STORIES
    if not near or near[0] > at:
        return False
    if line.role in (Role.CLOCK, Role.PROSE, Role.SENTENCE):
        return n_words(line.text) <= _TEASER_WORDS
    return near[-1] > at and _is_kicker(line, menu)


def _is_kicker(line: Line, menu: frozenset[str]) -> bool:
    """Say whether a short line comes with the story; what stands there once heads a box."""
    repeated = same_line_key(line.text) in menu
    return line.role is Role.SHORT and (repeated or _is_name(line.text))
