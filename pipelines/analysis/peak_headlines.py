"""Three headlines that stand for a peak: its articles in, headlines out.

First those of the texts that most articles copy, for that is what most papers ran. Where fewer than
three texts have copies, those whose words stand most often in the other headlines of the peak, no
two of which share half of their words. Ties go to the earlier article, so the choice is always the
same. Words are of four letters or more, so that most of those without meaning are left out; in
writing without spaces the earliest are taken.
"""

import re
from collections import Counter
from collections.abc import Sequence

from pipelines.analysis.peak_anatomy import Article
from pipelines.hashing import id_text

MOST = 3
_WORD = re.compile(r"\w{4,}")
_ALIKE = 0.5  # of the words of the shorter of two headlines


def headlines(articles: Sequence[Article]) -> list[tuple[str, str]]:
    """Return (headline, article id) of at most three articles of a peak.

    `articles` are those of the peak, in order of their publication.
    """
    texts: dict[int, list[tuple[str, int]]] = {}
    for one in articles:
        if isinstance(one.title, str) and one.title:
            texts.setdefault(one.text, []).append((one.title, one.article_id))
    firsts, sizes = [copies[0] for copies in texts.values()], [len(one) for one in texts.values()]
    words = [frozenset(_WORD.findall(title.casefold())) for title, _ in firsts]
    chosen = [firsts[n] for n in _unlike(words, _in_order(words, sizes))]
    return [(title, id_text(int(article_id))) for title, article_id in chosen]


def _unlike(words: Sequence[frozenset[str]], order: Sequence[int]) -> list[int]:
    """Return the first places in `order` of which no two are alike, three at most."""
    taken: list[int] = []
    for n in order:
        if len(taken) < MOST and not any(_alike(words[n], words[other]) for other in taken):
            taken.append(n)
    return taken


def _in_order(words: Sequence[frozenset[str]], sizes: Sequence[int]) -> list[int]:
    """Return the places of texts, most copied first, then those of most typical words."""
    common = Counter(word for one in words for word in one)
    typical = [sum(common[word] - 1 for word in one) / max(len(one), 1) ** 0.5 for one in words]
    return sorted(range(len(words)), key=lambda n: (-sizes[n], -typical[n], n))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    fewer = min(len(one), len(other))
    return bool(fewer) and len(one & other) >= _ALIKE * fewer
