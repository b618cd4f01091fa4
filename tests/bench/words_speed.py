"""Time the words of a question's articles over drawn articles, or over a store that is there.

Usage: python -m tests.bench.words_speed [ARTICLES | STORE] [QUERY]   (default 100,000 and "syria")

Printed are the milliseconds of processor time of the first call and the median of four more: ranked
by a sample of 1,000, and the articles of the first 20 words by the text index; then ranked by all
articles, once. Of the drawn articles one in eight is about the query's subject.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from statistics import median

from pipelines.analysis.words import articles_with, words
from pipelines.query import Query
from pipelines.store import Store, open_store
from pipelines.store.fulltext import update_index
from tests.bench.search_corpus import drawn, write_store

_ROUNDS = 4


def timed(ask: Callable[[], object], rounds: int) -> str:
    """Return the first time and the median of the others, in words."""
    times = []
    for _ in range(1 + rounds):
        start = time.process_time()
        ask()
        times.append(1000 * (time.process_time() - start))
    later = f", then {median(times[1:]):,.0f}" if rounds else ""
    return f"{times[0]:,.0f} ms{later}"


def report(store: Store, query: Query) -> None:
    """Print how long each part takes."""
    print(f"{store.article_count(Query()):,} articles, {store.article_count(query):,} of the query")
    print("ranked by a sample of 1,000:", timed(lambda: words(store, query, limit=20), _ROUNDS))
    first = words(store, query, limit=20)
    print("articles of 20 words:", timed(partial(articles_with, store, query, first), _ROUNDS))
    print("ranked by all articles:", timed(lambda: words(store, query, sample=None), 0))


def main(where: str = "100000", query: str = "syria") -> None:
    """Build the store where a number is given, and report."""
    if not where.isdecimal():
        with closing(open_store(where)) as store:
            report(store, Query(text=query))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store"
        update_index(path, write_store(path, drawn(int(where))), anew=True)
        with closing(open_store(path)) as store:
            report(store, Query(text=query))


if __name__ == "__main__":
    main(*sys.argv[1:3])
