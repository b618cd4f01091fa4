"""A query finds in the regions of a text what it finds in all of it; most of it is in none."""

import random
from datetime import date

import pytest

from pipelines.article import Zone, ZoneSpan
from pipelines.querylang import Candidates, SoughtByLanguage, make_searchable, match, parse
from pipelines.querylang.regions import Sought
from tests.querylang import reference
from tests.querylang.agreement import Drawn

PAIRS = 800
BATCH = 100
# What stands between the words of a query, so that they are far from each other or just in reach.
FILLING = [
    *["the", "of", "said", "on", "Monday", "was", "held", "in", "a", "12", "—", "…", "–"],
    *[
        "по",
        "словам",
        "не",
        "прем'єр",
        "ёлка",
        "don't",
        "l'homme",
        "U.S.",
        "中文字",
        "straße",
        "“x”",
    ],
]
USUAL = 13


def stretched(drawn):
    """Return the text of a drawn article with words put in between, and its zones, some cut."""
    draw, pieces, zones, length = random.Random(repr(drawn.query)), [], [], 0
    for begin, end, zone in drawn.zones:
        start = length
        for char in drawn.article.text[begin:end]:
            piece = char
            if char == " " and draw.random() < 0.5:
                among = FILLING if draw.random() < 0.3 else FILLING[:USUAL]
                piece += " ".join(draw.choices(among, k=draw.choice([1, 2, 3, 8, 30]))) + " "
            pieces.append(piece)
            length += len(piece)
        cut = draw.randint(start, length) if draw.random() < 0.2 else length
        zones += [ZoneSpan(start, cut, Zone(zone)), ZoneSpan(cut, length, Zone(zone))]
    return "".join(pieces), [zone for zone in zones if zone.start < zone.end]


def facts_of(drawn):
    known = drawn.article.facts
    days = {
        f"{name}_day": date.fromisoformat(known[name]) if known[name] else None
        for name in ("published", "seen")
    }
    same = {name: known[name] for name in ("outlet", "domain", "outlet_country", "mentioned")}
    named = {"language": "lang", "topics": "topic", "entities": "entity"}
    return days | same | {name: known[key] for name, key in named.items()}


@pytest.mark.parametrize("first", range(0, PAIRS, BATCH))
def test_a_query_finds_in_the_regions_what_it_finds_in_the_text(first, monkeypatch):
    monkeypatch.setattr("pipelines.querylang.regions._DENSE", 0.001)  # regions everywhere
    split = left = 0
    for seed in range(first, first + BATCH):
        drawn = Drawn(seed)
        text, zones = stretched(drawn)
        queries = [parse("xyzzy"), parse(reference.written(drawn.query))]
        narrowed = SoughtByLanguage(queries).narrowed(text, zones, drawn.language)
        whole = make_searchable(text, zones, **facts_of(drawn))
        parts = make_searchable(text, narrowed, **facts_of(drawn))
        assert match(queries[1], parts) == match(queries[1], whole), f"seed {seed}"
        assert [*Candidates(queries).matches(parts)] == [*Candidates(queries).matches(whole)]
        split, left = split + len(parts.words.starts), left + len(whole.words.starts)
    assert split < 0.7 * left


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("Сирия", "О Сирии"),
        ("елка", "Стоит Ёлка"),
        ("strasse", "Die Straße"),
        ("unsc", "The U.N.S.C. met"),
        ('"пʼять"', "Було п’ять"),
        ("سوريا", "في وسوريا"),
        ("λόγος", "ΛΌΓΟΣ"),
        ("fi*", "a ﬁne day"),
        ("istanbul", "İstanbul ve Istanbul"),
    ],
)
def test_a_word_is_found_however_it_is_written(query, text):
    text = f"{'x y z ' * 60}\n{text}{' x y z' * 60}"
    zones = [ZoneSpan(0, len(text), Zone.BODY)]
    narrowed = SoughtByLanguage([parse(query)]).narrowed(text, zones, "")
    found = match(parse(query), make_searchable(text, narrowed))
    assert found
    assert found == match(parse(query), make_searchable(text, zones))


def test_most_of_a_long_text_is_not_split():
    text = "\n".join(["word " * 60, "talks on Syria went on " + "word " * 60, "word " * 60])
    assert Sought([parse("Syria")], "").regions(text) == [(310, 315)]
    assert Sought([parse('"Syria went"')], "").regions(text) == [(301, 323)]
    assert Sought([parse("Syria NEAR/30 talks")], "").regions(text) == [(301, 624)]


def test_a_text_in_which_the_word_stands_everywhere_is_split_as_a_whole():
    assert Sought([parse("word*")], "").regions("word " * 60) is None


def test_a_text_without_the_words_has_no_region():
    assert Sought([parse("syria OR lang:ru")], "").regions("word " * 60) == []
