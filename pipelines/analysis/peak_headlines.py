"""Three headlines that stand for a peak: its articles in, headlines with their reason out.

First those of the texts that most articles copy, for that is what most papers ran. Where fewer than
three texts have copies, those whose words stand most often in the other headlines of the peak, no
two of which share half of their words. Ties go to the earlier article, so the choice is always the
same. Words are of four letters or more, so that most of those without meaning are left out; in
writing without spaces the earliest are taken.
"""

import re
from collections import Counter
from collections.abc import Iterator

import pandas as pd

from pipelines.hashing import id_text

MOST = 3
_WORD = re.compile(r"\w{4,}")
_ALIKE = 0.5  # of the words of the shorter of two headlines


def headlines(held: pd.DataFrame, peaks: pd.DataFrame) -> pd.DataFrame:
    """Return series, date, headlines, headline_ids (lists of at most three), one row a peak.

    `held` are the articles of the peaks by `series` and `date`, in order of their publication.
    """
    by_peak = dict(list(held[held["title"].fillna("") != ""].groupby(["series", "date"])))
    rows = []
    for series, date in peaks.itertuples(index=False):
        chosen = list(_chosen(by_peak[series, date])) if (series, date) in by_peak else []
        rows.append((series, date, [title for title, _ in chosen], [one for _, one in chosen]))
    return pd.DataFrame(rows, columns=["series", "date", "headlines", "headline_ids"])


def _chosen(articles: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """Yield (headline, article id) of at most three articles of one peak."""
    sizes = articles.groupby("syndication_id")["article_id"].transform("nunique")
    firsts = articles.assign(size=sizes).drop_duplicates("syndication_id")
    words = [frozenset(_WORD.findall(title.casefold())) for title in firsts["title"]]
    common = Counter(word for one in words for word in one)
    typical = [sum(common[word] - 1 for word in one) / max(len(one), 1) ** 0.5 for one in words]
    order = sorted(range(len(firsts)), key=lambda n: (-int(firsts["size"].iloc[n]), -typical[n], n))
    taken: list[frozenset[str]] = []
    for n in order:
        if len(taken) == MOST:
            return
        if any(_alike(words[n], other) for other in taken):
            continue
        taken.append(words[n])
        yield str(firsts["title"].iloc[n]), id_text(int(firsts["article_id"].iloc[n]))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    fewer = min(len(one), len(other))
    return bool(fewer) and len(one & other) >= _ALIKE * fewer
