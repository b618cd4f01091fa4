"""The paragraphs of an article in a language of `say_words.toml` in, its direct quotes out.

Only words between marks are read, and only where the words beside them say who spoke; which rules
do is in `speakers.py`, in `verb_last.py` for Turkish and in `verb_first.py` for Arabic.
`incises.py` parts quotes that a "he said" interrupts. Words that begin a sentence behind another
quote of the paragraph go on speaking; a paragraph that is nothing but a quote is of whom the one
before names if it ends in a colon, else of the last speaker, uncertain.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from pipelines.article import Quote, QuoteKind
from pipelines.tagging.quotes.marked.incises import Parted, parted
from pipelines.tagging.quotes.marked.memory import Memory
from pipelines.tagging.quotes.marked.people import People
from pipelines.tagging.quotes.marked.say_words import SayWords, say_words
from pipelines.tagging.quotes.marked.speakers import Beside
from pipelines.tagging.quotes.marked.subjects import Said
from pipelines.tagging.quotes.marked.verb_first import VerbFirst
from pipelines.tagging.quotes.marked.verb_last import VerbLast
from pipelines.tagging.quotes.paragraphs import Paragraph
from pipelines.tagging.quotes.stretches import Stretch, stretches

__all__ = ["find_marked", "say_words"]


class Reader(Protocol):
    """Says of one article's quotes who the words beside them name."""

    memory: Memory

    def attributed(self, paragraph: Paragraph, stretch: Stretch) -> Said | None:
        """Return who the words beside a stretch between marks say has said it."""

    def speaks(self, paragraph: Paragraph, first: int) -> bool:
        """Return whether a verb of saying follows a closing mark in the same sentence."""

    def heading(self, paragraph: Paragraph) -> Said | None:
        """Return who is said to say what the next paragraph holds."""


_READERS: Mapping[str, Callable[[SayWords, People], Reader]] = {
    "beside": Beside,  # a verb stands beside the words, its subject on either side
    "last": VerbLast,  # Turkish: speaker, words, verb
    "first": VerbFirst,  # Arabic: verb, speaker, words; no capitals
}


def find_marked(paragraphs: Sequence[Paragraph], words: SayWords) -> Iterator[Quote]:
    """Yield the quotes in order of their place."""
    made = [parted(one, words) for one in paragraphs]
    reader = _READERS[words.order](words, People([one.paragraph for one in made], words))
    for one in made:
        yield from _in_paragraph(one, reader)
        reader.memory.read_past(one.paragraph, reader.heading(one.paragraph))


def _in_paragraph(read: Parted, reader: Reader) -> Iterator[Quote]:
    paragraph = read.paragraph
    said_here: Said | None = None
    sentence_of_last = -1
    for stretch in stretches(paragraph):
        if said_here is not None and stretch.span[0] in read.going_on:
            said: Said | None = replace(said_here, rule="goes on")
        else:
            said = reader.attributed(paragraph, stretch)
        if said is None and stretch.begins:
            before = said_here if stretch.follows == sentence_of_last else None
            said = _going_on(paragraph, stretch.number, before, reader)
        if said is None:
            continue
        yield _quote(paragraph, stretch.span, said)
        reader.memory.heard(said)
        said_here = said
        sentence_of_last = stretch.sentence[0]


def _going_on(
    paragraph: Paragraph, number: int, before: Said | None, reader: Reader
) -> Said | None:
    """Return who goes on speaking: in this paragraph, or for one that is nothing but a quote."""
    if reader.speaks(paragraph, paragraph.stop_in[number]):
        return None  # somebody whom no rule made out
    start, end = paragraph.marked[number]
    if before is not None and not paragraph.line.text[start:end].isupper():  # a crosshead
        return replace(before, rule="goes on")
    whole = paragraph.stop_in[number] - paragraph.first_in[number] == len(paragraph.line.words)
    if whole and reader.memory.heading is not None:
        return reader.memory.heading
    last = reader.memory.last
    if not whole or last is None:
        return None
    return Said(0, 0, last.tag, last.name, sure=False, rule="last speaker")


def _quote(paragraph: Paragraph, span: tuple[int, int], said: Said) -> Quote:
    named, place = said.stop > said.first, said.heading or paragraph
    return Quote(
        start=paragraph.line.offset + span[0],
        end=paragraph.line.offset + span[1],
        kind=QuoteKind.DIRECT,
        zone=paragraph.line.zone,
        speaker=said.tag,
        speaker_name=said.name,
        speaker_start=place.start(said.first) if named else 0,
        speaker_end=place.end(said.stop - 1) if named else 0,
        certain=said.sure,
        why=said.rule,
    )
