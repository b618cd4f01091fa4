"""An article and the names found in it in, what somebody said in it out: `QuoteTagger`.

Only lines of zones that count are read, so nothing comes from related headlines or furniture. A
line is looked at where it has quotation marks, a verb of saying or "according to":

- `direct.py`: words between marks, and who said them; `stretches.py`: which are words of somebody
- `reported.py`: clauses that say what somebody said, `according.py`: those according to somebody
- `headlines.py`: `Lavrov: no talks before ceasefire`
- `subjects.py`: which words beside a verb name the speaker, `endings.py`: those that end before it
- `cast.py`: who that is

A speaker is certain where the rule that found the words and the one that says who they are both
leave no other reading; all others are to be shown as uncertain. These rules are for English and
Russian; other languages have direct quotes alone, see `marked/`.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipelines.article import Article, Mention, Quote, QuoteKind, TagKind, Tags, Zone
from pipelines.tagging.entity_table import Entity
from pipelines.tagging.gazetteer import lines_of
from pipelines.tagging.quotation import quoted_spans
from pipelines.tagging.quotes.cast import Cast
from pipelines.tagging.quotes.direct import Attribution, Speech, find_direct
from pipelines.tagging.quotes.headlines import find_in_headline
from pipelines.tagging.quotes.marked import find_marked, say_words
from pipelines.tagging.quotes.paragraphs import Paragraph
from pipelines.tagging.quotes.reported import find_reported

__all__ = ["QuoteTagger"]

_NAMING = frozenset({TagKind.ENTITY, TagKind.NAME})
_TAKEN_APART = frozenset({"en", "ru", ""})  # languages whose sentences the rules take apart


class QuoteTagger:
    """Finds who said what in an article."""

    def __init__(self, own: Iterable[Entity] = ()) -> None:
        """`own` are the entities of the user's own files.

        While speakers are looked for they stand under kind and name, as names of no table do; so
        whoever judges a name needs its tag only.
        """
        self._spoken_of = {one.id: f"{one.type}:{one.name}" for one in own}
        self._ids = {tag: id_ for id_, tag in self._spoken_of.items()}

    def find(self, article: Article, found: Tags) -> Tags:
        """Return the quotes in order of their place; `found` has the names of the article."""
        paragraphs = _paragraphs(article, _outermost(self._spoken(found.mentions)))
        made = (_trimmed(one, article.text) for one in _in_language(article, paragraphs))
        quotes = [replace(one, speaker=self._ids.get(one.speaker, one.speaker)) for one in made]
        return Tags(quotes=tuple(sorted(quotes, key=lambda one: (one.start, one.end, one.kind))))

    def _spoken(self, mentions: Iterable[Mention]) -> Iterator[Mention]:
        for one in mentions:
            tag = self._spoken_of.get(one.tag)
            yield one if tag is None else replace(one, tag=tag)


def _trimmed(quote: Quote, text: str) -> Quote:
    """Return a quote without the spaces at its ends: French sets them inside its marks."""
    words = text[quote.start : quote.end]
    start = quote.start + len(words) - len(words.lstrip())
    return replace(quote, start=start, end=start + len(words.strip()))


def _in_language(article: Article, paragraphs: Sequence[Paragraph]) -> Iterator[Quote]:
    """Yield the quotes as far as the article's language is read; one that is not known is tried."""
    if article.language in _TAKEN_APART:
        cast = Cast(article.text, paragraphs)
        yield from (_made(one, cast) for one in _quotes(paragraphs))
    elif article.language in say_words():
        yield from find_marked(paragraphs, say_words()[article.language])


_Found = tuple[Paragraph, tuple[int, int], QuoteKind, Attribution]


def _quotes(paragraphs: Sequence[Paragraph]) -> Iterator[_Found]:
    speech = Speech()
    for paragraph in paragraphs:
        speech.of_verb.clear()
        speech.spent.clear()
        if paragraph.line.zone is Zone.HEADLINE:
            for span, attribution in find_in_headline(paragraph):
                yield paragraph, span, QuoteKind.REPORTED, attribution
        for span, attribution in find_direct(paragraph, speech):
            yield paragraph, span, QuoteKind.DIRECT, attribution
        for span, attribution in find_reported(paragraph, speech):
            yield paragraph, span, QuoteKind.REPORTED, attribution


def _made(found: _Found, cast: Cast) -> Quote:
    paragraph, (start, end), kind, attribution = found
    speaker = cast.resolve(attribution.subject)
    return Quote(
        start=paragraph.line.offset + start,
        end=paragraph.line.offset + end,
        kind=kind,
        zone=paragraph.line.zone,
        speaker=speaker.tag,
        speaker_name=speaker.name,
        speaker_start=attribution.subject.start,
        speaker_end=attribution.subject.end,
        certain=attribution.safe and speaker.sure,
        why=f"{attribution.rule}; {speaker.rule}",
    )


def _paragraphs(article: Article, names: Sequence[Mention]) -> list[Paragraph]:
    made = []
    marked = quoted_spans(article.text)
    starts = [start for start, _ in marked]
    places = [mention.start for mention in names]
    for number, line in enumerate(lines_of(article)):
        end = line.offset + len(line.text)
        own = names[bisect_left(places, line.offset) : bisect_left(places, end)]
        spans = marked[bisect_left(starts, line.offset) : bisect_left(starts, end)]
        within = [(first - line.offset, min(last, end) - line.offset) for first, last in spans]
        made.append(Paragraph(number, line, within, own))
    return made


def _outermost(mentions: Iterable[Mention]) -> list[Mention]:
    """Return the names in order, of names within one another the longest."""
    kept: list[Mention] = []
    naming = (mention for mention in mentions if mention.kind in _NAMING)
    for mention in sorted(naming, key=lambda one: (one.start, -one.end, one.kind)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept
