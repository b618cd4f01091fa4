"""A headline in, what it says somebody said out: `Lavrov: no talks before ceasefire`.

A known person or body begins the line, then a colon, then at least four words that make a clause
(Russian headlines leave the verb out, so any words do). `X says Y` and `Y, says X` are found as in
any other line.
"""

from collections.abc import Iterator

from pipelines.tagging.quotes.clauses import has_clause
from pipelines.tagging.quotes.direct import Attribution
from pipelines.tagging.quotes.paragraphs import Paragraph
from pipelines.tagging.quotes.phrases import Form, Subject, is_person

_FEWEST_WORDS = 4


def find_in_headline(
    paragraph: Paragraph,
) -> Iterator[tuple[tuple[int, int], Attribution]]:
    """Yield the span in the line and who said it, if the headline is of that kind."""
    name = paragraph.mention(0)
    words = paragraph.line.words
    if name is None or name[0] != 0 or len(words) - name[1] < _FEWEST_WORDS:
        return
    if not paragraph.gap(name[1]).startswith(": ") or name[1] in paragraph.inside:
        return
    if not is_person(name[2]) or paragraph.line.text.rstrip().endswith("?"):
        return
    cyrillic = "\u0400" <= words[name[1]].form[:1] <= "\u04ff"
    if cyrillic or has_clause(paragraph, name[1], len(words), loose=True):
        subject = Subject(paragraph, name[0], name[1], Form.NAME, name[2])
        yield (words[name[1]].start, words[-1].end), Attribution(subject, "headline, colon")
