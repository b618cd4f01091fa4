"""Draw queries and articles of many scripts, and compare our matcher with the slow reference.

Usage: python -m tests.querylang.agreement [PAIRS] [SEED]

Prints how many pairs agreed on match and on merged spans, how many matched, and how many queries
had each construct; or the first pair that does not agree, and exits with 1.
"""

import random
import sys
import unicodedata
from collections import Counter
from dataclasses import replace
from datetime import date

from pipelines.article import Quote, QuoteKind, Zone, ZoneSpan
from pipelines.querylang import Candidates, make_searchable, match, parse
from tests.querylang import reference
from tests.querylang.golden_forms import GOLDEN
from tests.querylang.reference import Known, Said, Word

DIRECT = QuoteKind.DIRECT

FACTS = {
    "lang": ["en", "ru", "ar", "unknown"],
    "outlet_country": ["RU", "FR", "unknown"],
    "mentioned": ["SY", "IQ"],
    "entity": ["sergei-lavrov", "john-kerry"],
    "topic": ["syria", "unsc"],
    "speaker": ["lavrov", "sergei-lavrov", '"person:Jane Doe"', "kerry", "doe", "лавров", "серге*"],
    "domain": ["example.com", "news.example.com", "example.org"],
    "outlet": ["sputnik", "herald"],
    "published": ["2015-06-01", "2015-06-01/2015-06-30", "2015-05-30/2015-06-02"],
    "seen": ["2015-06-02", "2015-06-02/2015-07-30"],
}
DAYS = ["", "2015-05-31", "2015-06-01", "2015-06-02", "2015-06-30", "2015-07-01"]
# What has no cases in any language, or is one character a word; drawn beside each language's own.
OTHERS = {
    "叙利亚": "叙 利 亚",
    "安理会": "安 理 会",
    "ซีเรีย": "ซ ี เ ร ี ย",
    "Συρία": "",
    "پیمان": "",
}
SAID = [  # speakers of an article: tag, name, whether that is certain
    (("sergei-lavrov", "Сергей Лавров", True),),
    (("sergei-lavrov", "Lavrov", False), ("person:Jane Doe", "Jane Doe", True)),
    (("john-kerry", "Kerry", True), ("", "the minister", True)),
    (),
]
ODD_SPACES = ["\xa0", "  ", "\u2009", " \u200b", " - ", ", ", ". ", " (", ") ", "/", " “", "” "]
SPACES = [" "] * 12 + ODD_SPACES
INVISIBLE = ["\u00ad", "\u2060", "\u200b", "\u200d"]
ZONES = ["headline", "subhead", "lede", *["body"] * 3, "caption", "related", "tags", "byline"]
KINDS = [
    "and",
    "or",
    "or",
    "not",
    "zone",
    "repeat",
    "near",
    "near",
    "fact",
    "text",
    "tags",
    "quote",
]
LITERALS = ["term", "term", "term", "word", "phrase", "phrase", "loose", "name"]
NAME = ("united", "nations", "security", "council")
ABBREVIATED = [  # how texts join a name and its abbreviation, and how they do not
    ["Security", " ", "Council", " (", "UNSC", ") "],
    ["Security", " ", "Council", " (“", "UNSC", "”) "],
    ["Security", " ", "Council", " (", "UNSC", ", "],
    ["United", " ", "Nations", " (", "un", ") "],
    ["UNSC", " [", "security", " ", "council", "] "],
]


class Drawn:
    """One query with an article made of its words and words like them."""

    def __init__(self, seed):
        self.draw = random.Random(seed)
        self.language = self.draw.choice([*GOLDEN, "en", "ru", "uk", "ar"])
        self.golden = dict(GOLDEN[self.language])
        self.forms = {word: forms for word, (forms, _) in self.golden.items()}
        few = self.draw.sample(sorted(self.golden), min(4, len(self.golden)))
        self.vocabulary = [*few, *self.draw.sample([w for w in OTHERS if w not in few], 1)]
        self.named = self.language in ("en", "") and self.draw.random() < 0.6
        if self.named:
            self.vocabulary += self.draw.sample([*NAME, "UNSC", "US"], 3)
        self.query = self.node(self.draw.choice([0, 1, 1, 2, 3]))
        self.article = self.made()

    # The query

    def node(self, depth):
        if depth == 0:
            return self.text(0) if self.draw.random() < 0.9 else self.fact()
        kind = self.draw.choice(KINDS)
        if kind in ("and", "or"):
            return kind, [self.node(depth - 1) for _ in range(self.draw.randint(2, 3))]
        if kind == "not":
            node = ("not", self.node(depth - 1))
            return ("not", node) if self.draw.random() < 0.3 else node
        if kind == "zone":
            return self.draw.choice(["title", "lede", "body"]), self.narrow(depth - 1)
        if kind == "tags":
            return "tags", self.text(1)
        if kind == "quote":
            return "quote", self.said(depth)
        if kind == "repeat":
            return "repeat", self.text(depth), self.draw.randint(1, 4)
        if kind == "near":
            return self.near(depth)
        return self.fact() if kind == "fact" else self.text(1)

    def narrow(self, depth):
        """Return a node without fields."""
        if depth < 1 or self.draw.random() < 0.4:
            return self.text(depth)
        kind = self.draw.choice(["and", "or", "not"])
        if kind == "not":
            return "not", self.narrow(depth - 1)
        return kind, [self.narrow(depth - 1) for _ in range(2)]

    def said(self, depth):
        """Return what is asked of one quote."""
        if depth < 1 or self.draw.random() < 0.3:
            if self.draw.random() < 0.2:
                return "fact", "speaker", self.draw.choice(FACTS["speaker"])
            return self.text(depth)
        kind = self.draw.choice(["and", "or", "not", "repeat"])
        if kind == "repeat":
            return "repeat", self.text(depth), self.draw.randint(1, 2)
        if kind == "not":
            return "not", self.said(depth - 1)
        return kind, [self.said(depth - 1) for _ in range(2)]

    def near(self, depth):
        return "near", self.text(depth), self.text(depth - 1), self.draw.choice([0, 1, 2, 3, 6])

    def text(self, depth):
        """Return a node that has places in a text."""
        if depth > 0 and self.draw.random() < 0.6:
            if self.draw.random() < 0.5:
                return self.near(depth - 1)
            return "or", [self.text(depth - 1) for _ in range(self.draw.randint(2, 4))]
        kind = self.draw.choice(LITERALS)
        if kind == "name" and self.named:
            words = NAME[self.draw.choice([0, 2]) : self.draw.choice([2, 4])]
            name = ("phrase", [("term", word) for word in words or NAME])
            return ("or", [name, ("term", self.draw.choice(["UNSC", "un"]))])
        if kind == "phrase":
            return kind, [one for _ in range(self.draw.randint(2, 3)) for one in self.row()]
        if kind == "loose":  # few words, so that some fit several places and some places several
            few = [one for _ in range(2) for one in self.row()]
            return kind, self.draw.choices(few, k=self.draw.randint(2, 4)), self.draw.randint(0, 4)
        word = self.draw.choice(self.vocabulary)
        if len(parts := OTHERS.get(word, "").split()) > 1:
            return "phrase", [("term", part) for part in parts if not is_mark(part)]
        if kind == "word":
            kind = self.draw.choice(["exact", "cased", "prefix"])
            stem = word[: self.draw.randint(2, len(word))]
            return (kind, stem) if kind == "prefix" else (kind, self.cased(word))
        return "term", word

    def row(self):
        """Return one word of a phrase, or the characters of one without spaces."""
        word = self.draw.choice(self.vocabulary)
        if parts := OTHERS.get(word, "").split():
            return [("term", part) for part in parts if not is_mark(part)]
        if self.draw.random() < 0.25:
            return [("prefix", word[: self.draw.randint(2, len(word))])]
        return [("term", word)]

    def cased(self, word):
        return self.draw.choice([word, word, word.upper(), word.lower()])

    def fact(self):
        name = self.draw.choice(sorted(FACTS))
        return "fact", name, self.draw.choice(FACTS[name])

    # The article

    def made(self):
        self.parts, self.words, self.length = [], [], 0
        self.zones = []
        paragraphs = self.draw.randint(1, 5)
        for paragraph in range(paragraphs):
            zone, begin = self.draw.choice(ZONES), self.length
            for _ in range(self.draw.randint(0, 9)):
                self.word(paragraph, zone)
            if paragraph < paragraphs - 1:
                self.add("\n")
            self.zones.append((begin, self.length, zone))
        text = "".join(self.parts)
        counted = [w for w in self.words if w.zone in reference.COUNTED]
        quotes = tuple(self.quote(text, one) for one in self.draw.choice(SAID) * 2)
        return Known(text, self.numbered(counted), self.tagged(), self.facts(), quotes)

    def quote(self, text, speaker):
        """Return a quote from one word to another, or from anywhere to anywhere."""
        ends = sorted(self.draw.randint(0, len(text)) for _ in range(2))
        if self.words and self.draw.random() < 0.8:
            some = sorted(self.draw.choices(self.words, k=2), key=lambda word: word.start)
            ends = [some[0].start, some[1].end]
        return Said(*ends, *speaker)

    def numbered(self, words):
        return tuple(replace(word, number=number) for number, word in enumerate(words))

    def tagged(self):
        return self.numbered([w for w in self.words if w.zone == "tags"])

    def facts(self):
        draw = self.draw.choice
        return {
            "lang": self.language,
            "outlet_country": draw(["RU", "FR", ""]),
            "mentioned": draw([("SY",), ("SY", "IQ"), ()]),
            "entity": draw([("sergei-lavrov",), ()]),
            "topic": draw([("syria", "unsc"), ()]),
            "domain": draw(["example.com", "news.example.com", "notexample.com"]),
            "outlet": draw(["sputnik", "herald"]),
            "published": draw(DAYS),
            "seen": draw(DAYS),
        }

    def add(self, piece):
        self.parts.append(piece)
        self.length += len(piece)

    def word(self, paragraph, zone):
        """Add one word of the vocabulary in one of its forms, or a name with its abbreviation."""
        if self.named and self.draw.random() < 0.15:
            for piece in self.draw.choice(ABBREVIATED):
                if piece.isalpha():
                    self.token(piece, paragraph, zone)
                else:
                    self.add(piece)
            return
        word = self.draw.choice(self.vocabulary)
        forms, others = self.golden.get(word, ((), ()))
        choices = [word, word, *forms, *others]
        written = self.draw.choice(choices)
        characters = OTHERS.get(word, "").split()
        if characters:
            self.characters(word, paragraph, zone)
        else:
            self.token(self.dressed(written), paragraph, zone)
            if self.draw.random() < 0.05 and written.isascii():
                self.add(self.draw.choice(["'s", "’s"]))
        self.add(self.draw.choice(SPACES))

    def characters(self, word, paragraph, zone):
        """Add a word of a script without spaces: one token for each character with its marks."""
        piece = ""
        for char in word:
            if piece and not is_mark(char):
                self.token(piece, paragraph, zone)
                piece = ""
            piece += char
        self.token(piece, paragraph, zone)

    def token(self, written, paragraph, zone):
        start = self.length
        self.add(written)
        form, seen = reference.folded(written), reference.visible(written)
        self.words.append(Word(0, form, seen, start, self.length, paragraph, zone))

    def dressed(self, word):
        """Return the word as texts have it: other letters' case, decomposed, things not seen."""
        way = self.draw.random()
        if way < 0.1:
            return word.upper()
        if way < 0.2:
            return word.capitalize()
        if way < 0.25 and len(word) > 2:
            place = self.draw.randint(1, len(word) - 1)
            return word[:place] + self.draw.choice(INVISIBLE) + word[place:]
        if way < 0.3:
            return word if self.language == "ko" else unicodedata.normalize("NFD", word)
        if way < 0.33 and word == "US":
            return "U.S."
        return word


def is_mark(char):
    return unicodedata.category(char)[0] == "M"


def searchable(drawn):
    facts = drawn.article.facts
    published, seen = (
        date.fromisoformat(day) if day else None for day in (facts["published"], facts["seen"])
    )
    return make_searchable(
        drawn.article.text,
        [ZoneSpan(begin, end, Zone(zone)) for begin, end, zone in drawn.zones],
        outlet=facts["outlet"],
        domain=facts["domain"],
        outlet_country=facts["outlet_country"],
        language=facts["lang"],
        published_day=published,
        seen_day=seen,
        topics=facts["topic"],
        entities=facts["entity"],
        mentioned=facts["mentioned"],
        quotes=[
            Quote(one.start, one.end, DIRECT, Zone.BODY, one.tag, one.name, certain=one.certain)
            for one in drawn.article.quotes
        ],
    )


def disagreement(seed):
    """Return what is wrong with the pair of this seed, "" where both agree; and the pair."""
    drawn = Drawn(seed)
    parsed = parse(reference.written(drawn.query))
    article = searchable(drawn)
    ours = match(parsed, article)
    theirs = reference.matches(drawn.query, drawn.article, drawn.forms)
    many = dict(Candidates([parse("xyzzy"), parsed]).matches(article))
    if parse(parsed.reading).tree != parsed.tree:
        return f"the reading {parsed.reading} is another query", drawn
    if many.get(1) != ours or 0 in many:
        return f"among many: {many}, alone: {ours}", drawn
    if theirs != (None if ours is None else [tuple(span) for span in ours]):
        return f"ours: {ours}\nreference: {theirs}", drawn
    return "", drawn


def kinds(node):
    """Yield the kinds of the node and all below."""
    yield node[0]
    for part in node[1:]:
        for child in part if isinstance(part, list) else [part]:
            if isinstance(child, tuple):
                yield from kinds(child)


def main(pairs, first):
    matched, constructs = 0, Counter()
    for seed in range(first, first + pairs):
        wrong, drawn = disagreement(seed)
        if wrong:
            print(f"seed {seed}, language {drawn.language!r}: {reference.written(drawn.query)}")
            print(repr(drawn.article.text), drawn.zones, drawn.article.facts)
            sys.exit(wrong)
        matched += reference.matches(drawn.query, drawn.article, drawn.forms) is not None
        constructs.update(set(kinds(drawn.query)))
    print(f"{pairs} pairs agree; {matched} match")
    print(", ".join(f"{kind} {count}" for kind, count in constructs.most_common()))


if __name__ == "__main__":
    main(*[*map(int, sys.argv[1:]), *[20_000, 0][len(sys.argv) - 1 :]])
