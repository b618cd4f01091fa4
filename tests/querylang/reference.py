"""A slow and obvious matcher, written from docs/query-language.md and sharing no code with ours.

It is given an article as a list of words that whoever made it knows (`Word`), so it has no
tokeniser; the forms of words come from the golden tables; it looks at every pair and every stretch.
A node of a query is a tuple: its kind and its operands. What is found are runs: (first word, last
word, term).
"""

import itertools
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

COUNTED = ("headline", "subhead", "lede", "body", "caption")
ZONES = {"title": "headline", "lede": "lede", "body": "body"}
NAMED_THE_SAME = "ёأإآٱىیک", "еااااييك"


@dataclass(frozen=True)
class Word:
    number: int
    form: str
    written: str  # as in the text, without what is invisible
    start: int
    end: int
    paragraph: int
    zone: str


@dataclass(frozen=True)
class Said:
    """A quote: where it is, and who speaks."""

    start: int
    end: int
    tag: str
    name: str
    certain: bool


@dataclass(frozen=True)
class Known:
    """An article as a reader knows it: its words, its text, and facts by the names of fields."""

    text: str
    words: tuple
    tags: tuple
    facts: dict
    quotes: tuple = ()


@lru_cache(maxsize=4096)
def folded(word):
    """Return the form by which words are compared."""
    kept = visible(unicodedata.normalize("NFKC", word))
    kept = "".join(c for c in kept if c not in ".'’ʼـ" and not "\u064b" <= c <= "\u065f")
    return unicodedata.normalize("NFKC", kept.casefold()).translate(str.maketrans(*NAMED_THE_SAME))


def visible(word):
    word = "".join(c for c in word if unicodedata.category(c) != "Cf" and c != "\ufffc")
    return unicodedata.normalize("NFC", word)


def fits(asked, word, forms):
    kind, text = asked[:2]
    if kind == "prefix":
        return word.form.startswith(folded(text))
    if kind == "cased":
        return word.written == text
    if word.form == folded(text):
        return True
    return kind == "term" and word.form in forms.get(text, ())


def find(node, words, article, forms):
    """Return the set of runs, None where the node does not hold."""
    kind, *rest = node
    if kind in ("term", "exact", "cased", "prefix"):
        return {(w, w, named(node)) for w in words if fits(node, w, forms)} or None
    if kind == "phrase":
        return phrase(node, words, forms) or None
    if kind == "loose":
        return loose(node, words, forms) or None
    if kind == "near":
        hits = near(node, words, article, forms)
        return set().union(*hits.values()) if hits else None
    if kind not in ("and", "or"):
        return find_one(node, words, article, forms)
    results = [find(child, words, article, forms) for child in rest[0]]
    good = [runs for runs in results if runs is not None]
    if not good or (kind == "and" and len(good) < len(results)):
        return None
    return set().union(*good)


def find_one(node, words, article, forms):
    """Return the same for a node with one operand."""
    kind, *rest = node
    if kind == "not":
        return set() if find(rest[0], words, article, forms) is None else None
    if kind in ZONES:
        return find(rest[0], [w for w in words if w.zone == ZONES[kind]], article, forms)
    if kind == "tags":
        return None if find(rest[0], article.tags, article, forms) is None else set()
    if kind == "repeat":
        runs = find(rest[0], words, article, forms)
        return runs if runs and len(spans(runs, article.text)) >= rest[1] else None
    if kind == "quote":
        return in_quotes(rest[0], words, article, forms)
    if rest[0] == "speaker":
        return spoken(node, words, article) or None
    return set() if fact(*rest, article.facts) else None


def in_quotes(node, words, article, forms):
    """Return the runs in the quotes for which the node holds, None where it does for none."""
    each = ((quote, inside(quote, words)) for quote in article.quotes)
    results = [
        find(node, own, replace(article, quotes=(quote,)), forms) for quote, own in each if own
    ]
    held = [runs for runs in results if runs is not None]
    return set().union(*held) if held else None


def spoken(node, words, article):
    """Return the quotes of a speaker as runs, from the first word to the last."""
    value = node[2].strip('"')
    said = [q for q in article.quotes if q.certain and is_named(value, q.tag, q.name)]
    owned = [own for own in (inside(quote, words) for quote in said) if own]
    return {(own[0], own[-1], written(node)) for own in owned}


def inside(quote, words):
    return [word for word in words if quote.start <= word.start and word.end <= quote.end]


def phrase(node, words, forms):
    asked, found = node[1], set()
    for begin in range(len(words) - len(asked) + 1):
        run = words[begin : begin + len(asked)]
        in_a_row = run[-1].number - run[0].number == len(asked) - 1
        if (
            in_a_row
            and together(run)
            and all(fits(a, w, forms) for a, w in zip(asked, run, strict=True))
        ):
            found.add((run[0], run[-1], named(node)))
    return found


def together(run):
    return len({w.paragraph for w in run}) == 1


def loose(node, words, forms):
    asked, slop = node[1:]
    wanted = {word for word in words if any(fits(a, word, forms) for a in asked)}

    def holds(run):
        # Words that fit nothing can be in no order that does: 100 times faster than to try them.
        orders = itertools.permutations([w for w in run if w in wanted], len(asked))
        return any(
            all(fits(a, w, forms) for a, w in zip(asked, chosen, strict=True)) for chosen in orders
        )

    found = set()
    for begin in range(len(words)):
        for end in range(begin + len(asked), len(words) + 1):
            run = words[begin:end]
            if run[-1].number - run[0].number >= len(asked) + slop or not together(run):
                break
            if holds(run):
                if not holds(run[1:]):
                    found.add((run[0], run[-1], named(node)))
                break
    return found


def near(node, words, article, forms):
    """Return {(first, last): runs marked}, for every place that has one of the other in reach."""
    _, left, right, distance = node
    sides = [places(side, words, article, forms) for side in (left, right)]
    found = {}
    for these, those in (sides, sides[::-1]):
        for first, last in these:
            before = [o for o in those if o[1].number < first.number]
            after = [o for o in those if o[0].number > last.number]
            companions = set()
            if before:
                nearest = max(o[1].number for o in before)
                companions |= {o for o in before if o[1].number == nearest}
            if after:
                nearest = min(o[0].number for o in after)
                companions |= {o for o in after if o[0].number == nearest}
            for other in companions:
                ends = sorted([(first, last), other], key=lambda run: run[0].number)
                between = ends[1][0].number - ends[0][1].number - 1
                if between <= distance and together([first, other[0]]):
                    found.setdefault((first, last), set()).update(these[first, last], those[other])
    return found


def places(node, words, article, forms):
    if node[0] == "near":
        return near(node, words, article, forms)
    found = {}
    for child in node[1] if node[0] == "or" else [node]:
        if child[0] in ("near", "or"):
            for place, runs in places(child, words, article, forms).items():
                found.setdefault(place, set()).update(runs)
        else:
            for run in find(child, words, article, forms) or ():
                found.setdefault(run[:2], set()).add(run)
    return found


def fact(name, value, facts):
    if name in ("published", "seen"):
        first, last = (value.split("/") * 2)[:2]
        return bool(facts[name]) and first <= facts[name] <= last
    if name == "outlet":
        return value == facts["outlet"]
    if name == "domain":
        return f".{facts[name]}".endswith(f".{value}")
    if name in ("topic", "entity", "mentioned"):
        return value in facts[name]
    return value == (facts[name] or "unknown")


def is_named(value, tag, name):
    """Return whether a speaker's tag, or words in a row of the tag or the name, are the value."""
    if not tag:
        return False
    wanted, begun = value.removesuffix("*").lower(), value.endswith("*")
    if wanted == tag.lower() or (begun and tag.lower().startswith(wanted)):
        return True
    asked = wanted.replace("-", " ").split()
    for words in (tag.split(":")[-1].replace("-", " ").lower().split(), name.lower().split()):
        for at in range(len(words) - len(asked) + 1):
            row = words[at : at + len(asked)]
            if row == asked or (begun and " ".join(row).startswith(" ".join(asked))):
                return True
    return False


def spans(runs, text):
    """Return the merged spans of runs, as (start, end, term)."""
    merged = []
    for start, end, term in sorted(
        {(first.start, last.end, term) for first, last, term in runs},
        key=lambda span: (span[0], -span[1], -len(span[2]), span[2]),
    ):
        if merged and start < merged[-1][1]:
            longest = max(merged[-1][2], end - start)
            name = term if end - start > merged[-1][2] else merged[-1][3]
            merged[-1] = [merged[-1][0], max(end, merged[-1][1]), longest, name]
        else:
            merged.append([start, end, end - start, term])
    return with_abbreviations([(start, end, term) for start, end, _, term in merged], text)


def with_abbreviations(found, text):
    joined = []
    for start, end, term in found:
        if joined:
            begin, stop, name = joined[-1]
            between, after = text[stop:start].split(), text[end : end + 3].strip()
            opened = "".join(between) in ("(", "(“", "(«", "[", '("')
            closed = after.lstrip("”»\"'’").strip()[:1] in (")", "]") and after[:1] != ""
            if (
                opened
                and closed
                and (
                    abbreviates(text[start:end], text[begin:stop])
                    or abbreviates(text[begin:stop], text[start:end])
                )
            ):
                close = min(n for n in range(end, len(text)) if text[n] in ")]") + 1
                joined[-1] = (begin, close, name)
                continue
        joined.append((start, end, term))
    return joined


def abbreviates(short, name):
    words = [folded(word) for word in apart(name).replace("(", " ").replace(")", " ").split()]
    one = visible(short)
    if len(apart(short).split()) != 1 or len(words) < 2 or "(" in one:
        return False
    return (short.isupper() and len(short) > 1) or folded(one) == "".join(w[0] for w in words)


def apart(name):
    """Return a name with spaces between its words, of Han and Thai between the characters."""
    marked = unicodedata.normalize("NFC", visible(name))
    return "".join(f" {char} " if is_unspaced(char) else char for char in marked)


def matches(node, article, forms):
    """Return the merged spans as (start, end, term), None for no match."""
    runs = find(node, list(article.words), article, forms)
    return None if runs is None else spans(runs, article.text)


def named(node):
    """Return the canonical text of a word or phrase, by which its spans are named."""
    return written(node)


def written(node):
    """Return the node as a query, with brackets around everything that joins."""
    kind, first, *rest = node
    if kind in ("and", "or"):
        return "(" + f" {kind.upper()} ".join(map(written, first)) + ")"
    if kind == "near":
        return f"({written(first)} NEAR/{rest[1]} {written(rest[0])})"
    if kind in ("phrase", "loose"):
        return f'"{in_row(first)}"' + (f"~{rest[0]}" if rest else "")
    simple = {"term": "{}", "exact": '="{}"', "cased": 'cs:"{}"', "prefix": "{}*"}
    if kind in simple:
        return simple[kind].format(first)
    if kind == "fact":
        return f"{first}:{rest[0]}"
    operator = {"not": "NOT {}", "repeat": f"repeat{rest and rest[0]}:({{}})"}
    return operator.get(kind, f"{kind}:({{}})").format(written(first))


def in_row(asked):
    """Return the words with spaces between; Han and Thai have none."""
    row = written(asked[0])
    for word in map(written, asked[1:]):
        row += word if is_unspaced(row[-1]) and is_unspaced(word[0]) else f" {word}"
    return row


def is_unspaced(char):
    return unicodedata.name(char, "").startswith(("CJK", "THAI", "HIRAGANA", "KATAKANA"))
