"""A line in, the runs of capitalised words that no tagger named out: names that are not known.

They keep "the director of Amnesty, Mariela Belski, said" from being read as words of the director
or of Amnesty where nobody told that Mariela Belski is a name. They carry no tag, so a quote shows
the words as they stand. A single capital at the beginning of a sentence is no name, nor is any in a
line that writes most words with capitals.
"""

from collections.abc import Collection, Iterator, Sequence

from pipelines.tagging.gazetteer import Line, read_names
from pipelines.tagging.quotes import words as w
from pipelines.tagging.quotes.words import word_set

_SMALL = w.ARTICLES | w.PREPOSITIONS | w.ADVERBS | w.DAYS | w.PRONOUNS | w.JOINING | w.SUBORDINATE
_TITLES = word_set(
    """majority minority leader speaker judge justice professor dr doctor lord sir dame pope
    cardinal archbishop bishop father rabbi imam sheikh commissioner superintendent detective
    captain coach mayor governor senator congressman congresswoman representative lawmaker mp mep
    ceo author co interim acting deputy former ex lead senior"""
) | word_set(read_names("titles.txt").casefold())
_NO_NAME = _SMALL | w.AUXILIARIES | _TITLES
_WITHIN = word_set("of for de la van von der bin ibn al el da di")
_BODIES = word_set(
    """university center centre department house council ministry news times national international
    committee commission court party association agency service institute office bureau company
    group union church state united republic city county street magazine post daily journal bank
    board federation organisation organization foundation school college hospital army navy police
    twitter facebook youtube photo images university's oblast area рф сша мид мвд фсб оон ес нато
    тасс риа новости россии украины министерство комитет университет служба агентство центр банк
    партия дума госдума совет суд верховный"""
)
_MOST_CAPITALS = 0.6
_FEW_WORDS = 8
_LONGEST = 4  # words of a person's name


def runs(line: Line, named: Collection[int], starts: Collection[int]) -> Iterator[tuple[int, int]]:
    """Yield first word and stop of each run without a word of `named`; `starts` begin sentences."""
    text = line.text
    capitals = [text[word.start].isupper() and word.form not in _NO_NAME for word in line.words]
    if line.no_capitals or _mostly(capitals, named):
        return
    word = 0
    while word < len(capitals):
        if not capitals[word] or word in named:
            word += 1
            continue
        stop = _run_end(line, word, capitals, named)
        if stop - word > 1 or word not in starts:
            yield word, stop
        word = stop


def _mostly(capitals: Sequence[bool], named: Collection[int]) -> bool:
    """Return whether most words outside of names have a capital, and at least five do."""
    unnamed = [capital for word, capital in enumerate(capitals) if word not in named]
    return sum(unnamed) > _MOST_CAPITALS * max(len(unnamed), _FEW_WORDS)


def _run_end(line: Line, first: int, capitals: list[bool], named: Collection[int]) -> int:
    stop = first + 1
    while stop < len(capitals) and stop not in named and line.gap(stop) in (" ", "-", ". ", "."):
        if line.gap(stop) == ". " and len(line.words[stop - 1].form) > 2:
            break
        if capitals[stop] or line.gap(stop) == ".":  # "NEWSru.com"
            stop += 1
        elif (
            line.words[stop].form in _WITHIN
            and stop + 1 < len(capitals)
            and capitals[stop + 1]
            and stop + 1 not in named
            and line.gap(stop + 1) == " "
        ):
            stop += 2
        else:
            break
    return stop


def may_be_person(name: str) -> bool:
    """Return whether an unknown name could be a person's: two to four words, none of a body's."""
    words = name.replace("-", " ").casefold().split()
    return (
        not name.isupper()
        and 2 <= len(words) <= _LONGEST
        and not any(word in _BODIES or word in ("of", "for") for word in words)
    )
