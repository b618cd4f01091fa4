"""Learn a store's furniture from the lines of all its articles, and bring their tags to it.

What is furniture depends on the articles stored and on nothing else, neither on their order nor on
the runs that brought them: the whole table of lines is asked each time. Where a line has become
furniture, or is none any more, the articles that have it are tagged again, those stored long ago
too, in the commit that says so. Articles in between were tagged with what was known when they came.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import islice

from pipelines.furniture import is_furniture, without_furniture
from pipelines.hashing import line_text
from pipelines.store.writer import Writer
from pipelines.store.writing.facts import read_articles
from pipelines.store.writing.lines import (
    Files,
    LearnedLine,
    holders,
    learned_lines,
    lines_set_to_count,
    repeated_lines,
)
from pipelines.store.writing.rows import Row, line_rows
from pipelines.tagging import Taggers, find_mentions

_BATCH = 2000  # versions whose lines are held at once


def learn(writer: Writer, taggers: Taggers) -> int:
    """Bring furniture and tags to the stored articles; return how many versions were tagged again.

    Commits what was added before, and then what was learned, if anything was.
    """
    writer.end_fetch()
    writer.flush()
    if not writer.known.has_lines:
        writer.replace_lines(_all_lines(writer.files()))
    files = writer.files()
    before = learned_lines(files)
    now = _furniture(files, before, writer.now)
    count = 0
    if {line.key: line.counts for line in before.values()} != {
        line.key: line.counts for line in now.values()
    }:
        changed = _laid_over(before) ^ _laid_over(now)
        writer.replace_furniture(now.values())
        for article, version in read_articles(files, holders(files, changed)):
            news = without_furniture(article, writer.known.furniture)
            writer.retag(article.article_id, version, find_mentions(news, taggers))
            count += 1
    writer.flush()
    return count


def count_line(
    writer: Writer, taggers: Taggers, key: int, *, who: str, why: str = "", counts: bool = True
) -> int:
    """Let a learned line count all the same, or take that back; return the versions tagged again.

    Raises KeyError where no such line was learned.
    """
    if key not in learned_lines(writer.files()):
        raise KeyError(f"the store has not learned a line {line_text(key)}")
    value = "counts" if counts else None
    writer.overlay({"article_id": key, "field": "line", "value": value, "who": who, "why": why})
    return learn(writer, taggers)


def _furniture(
    files: Files, before: Mapping[int, LearnedLine], now: datetime
) -> dict[int, LearnedLine]:
    """Return the lines that are furniture by the articles stored, known ones since when they are.

    A line that somebody set to count stays among them, marked, so that it can be taken back.
    """
    by_hand = lines_set_to_count(files)
    return {
        key: LearnedLine(key, outlet, before[key].since if key in before else now, key in by_hand)
        for key, outlet, repeats in repeated_lines(files)
        if is_furniture(repeats)
    }


def _laid_over(lines: Mapping[int, LearnedLine]) -> set[int]:
    return {line.key for line in lines.values() if not line.counts}


def _all_lines(files: Files) -> Iterator[list[Row]]:
    articles = read_articles(files) if "articles" in files else iter(())
    while batch := list(islice(articles, _BATCH)):
        yield [row for article, version in batch for row in line_rows(article, version)]
