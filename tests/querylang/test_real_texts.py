"""On real articles the shipped topics match as the slow reference says, span for span."""

import re

import pytest

from pipelines.article import Zone, ZoneSpan
from pipelines.querylang import Candidates, clean, make_searchable, parse
from pipelines.querylang.inflection import inflect
from pipelines.querylang.tree import And, Field, Form, Near, Not, Or, Phrase, Prefix, Repeat, Term
from pipelines.tagging.topics import read_topics
from tests.bench.matching_speed import texts
from tests.effort import EFFORT
from tests.querylang import reference
from tests.querylang.reference import Known, Word

TOPICS = read_topics(["default"])
PARSED = [parse(topic.query) for topic in TOPICS]
ARTICLES = 2 * EFFORT  # a second or two each: the reference tries every stretch
KINDS = {Form.INFLECTED: "term", Form.EXACT: "exact", Form.CASED: "cased"}
# English text only, so that this knows its words: letters, digits, initials.
WORD = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W_]+")


def told(node):
    """Return our tree as the reference's."""
    match node:
        case Term(word, form):
            return KINDS[form], word
        case Prefix(stem):
            return "prefix", stem
        case Phrase(words, slop):
            row = [told(word) for word in words]
            return ("phrase", row) if slop is None else ("loose", row, slop)
        case And(nodes) | Or(nodes):
            return type(node).__name__.lower(), [told(child) for child in nodes]
        case Not(child):
            return "not", told(child)
        case Near(left, right, distance):
            return "near", told(left), told(right), distance
        case Repeat(child, times):
            return "repeat", told(child), times
        case Field(name, child):
            return name, told(child)
        case _:
            return "fact", node.name, node.value


def terms(node):
    """Yield the words of a node that take endings."""
    if node[0] == "term":
        yield node[1]
    for part in node[1:]:
        for child in part if isinstance(part, list) else [part]:
            if isinstance(child, tuple):
                yield from terms(child)


def known(text, headline):
    """Return an English article as the reference wants it."""
    found = []
    for paragraph, line in enumerate(re.finditer("[^\n]+", text)):
        for word in WORD.finditer(line.group()):
            start, end = line.start() + word.start(), line.start() + word.end()
            if re.fullmatch("[sS]", word.group()) and text[start - 1 : start] in ("'", "’"):
                continue
            zone = "headline" if end <= headline else "body"
            form, number = reference.folded(word.group()), len(found)
            found.append(Word(number, form, word.group(), start, end, paragraph, zone))
    return Known(text, tuple(found), (), {"lang": "en"})


@pytest.mark.parametrize("number", range(ARTICLES))
def test_shipped_topics_match_real_articles_as_the_reference_does(shared_data, number):
    text = clean(texts(shared_data)[number * 60])
    headline = text.index("\n") if "\n" in text else 0
    zones = [ZoneSpan(0, headline, Zone.HEADLINE), ZoneSpan(headline, len(text), Zone.BODY)]
    article, searchable = known(text, headline), make_searchable(text, zones, language="en")
    ours = dict(Candidates(PARSED).matches(searchable))
    for place, parsed in enumerate(PARSED):
        node = told(parsed.tree)
        forms = {
            word: inflect(reference.folded(word), "en", abbreviation=word.isupper())
            for word in terms(node)
        }
        theirs = reference.matches(node, article, forms)
        spans = None if place not in ours else [tuple(span) for span in ours[place]]
        assert spans == theirs, TOPICS[place].id
