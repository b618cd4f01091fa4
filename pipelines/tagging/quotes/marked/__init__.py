"""The paragraphs of an article in a language of `say_words.toml` in, its direct quotes out.

Only words between marks are read, and only where the words beside them say who spoke; which rules
do is in `speakers.py`. Words that begin a sentence behind another quote of the paragraph go on
speaking; a paragraph that is nothing but a quote is of the last speaker, uncertain.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipelines.article import Quote, QuoteKind
from pipelines.tagging.quotes.marked.people import People
from pipelines.tagging.quotes.marked.say_words import SayWords, say_words
from pipelines.tagging.quotes.marked.speakers import Beside, leads_on
from pipelines.tagging.quotes.marked.subjects import Said
from pipelines.tagging.quotes.paragraphs import Paragraph
from pipelines.tagging.quotes.stretches import Stretch, next_quote, stretches

__all__ = ["find_marked", "say_words"]


def find_marked(paragraphs: Sequence[Paragraph], words: SayWords) -> Iterator[Quote]:
    """Yield the quotes in order of their place."""
    beside = Beside(words, People(paragraphs, words))
    for paragraph in paragraphs:
        yield from _in_paragraph(paragraph, beside)
        beside.read_past(paragraph)


def _in_paragraph(paragraph: Paragraph, beside: Beside) -> Iterator[Quote]:
    said_here: Said | None = None
    sentence_of_last = -1
    for stretch in stretches(paragraph):
        said = _attributed(paragraph, stretch, beside)
        if said is None and stretch.begins:
            before = said_here if stretch.follows == sentence_of_last else None
            said = _going_on(paragraph, stretch.number, before, beside)
        if said is None:
            continue
        yield _quote(paragraph, stretch.span, said)
        beside.heard(said)
        said_here = said
        sentence_of_last = stretch.sentence[0]


def _attributed(paragraph: Paragraph, stretch: Stretch, beside: Beside) -> Said | None:
    start, stop = stretch.sentence
    behind = paragraph.stop_in[stretch.number]
    ahead = None if stretch.begins else beside.ahead(paragraph, start, stretch.first)
    if ahead is not None and ahead.sure:
        return ahead
    stop = min(stop, next_quote(paragraph, stretch.number, stop))
    if behind >= stop:
        return ahead
    end = paragraph.line.words[behind].start
    between = paragraph.line.text[stretch.span[1] : end]
    after = beside.behind(paragraph, behind, stop) if leads_on(between) else None
    return after if ahead is None or (after is not None and after.sure) else ahead


def _going_on(
    paragraph: Paragraph, number: int, before: Said | None, beside: Beside
) -> Said | None:
    """Return who goes on speaking: in this paragraph, or for one that is nothing but a quote."""
    if beside.speaks(paragraph, paragraph.stop_in[number]):
        return None  # somebody whom no rule made out
    if before is not None:
        return replace(before, rule="goes on")
    whole = paragraph.stop_in[number] - paragraph.first_in[number] == len(paragraph.line.words)
    last = beside.last
    if not whole or last is None:
        return None
    return Said(0, 0, last.tag, last.name, sure=False, rule="last speaker")


def _quote(paragraph: Paragraph, span: tuple[int, int], said: Said) -> Quote:
    named = said.stop > said.first
    return Quote(
        start=paragraph.line.offset + span[0],
        end=paragraph.line.offset + span[1],
        kind=QuoteKind.DIRECT,
        zone=paragraph.line.zone,
        speaker=said.tag,
        speaker_name=said.name,
        speaker_start=paragraph.start(said.first) if named else 0,
        speaker_end=paragraph.end(said.stop - 1) if named else 0,
        certain=said.sure,
        why=said.rule,
    )
