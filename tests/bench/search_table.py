"""The section of docs/quality.md on the speed of search: kept runs in, Markdown out."""

import json
from pathlib import Path

from tests.bench.store_table import Line, to_row

SEARCH_SPEEDS = Path(__file__).with_name("search_speeds.json")

_HEAD = """
## Speed of search

`python -m tests.bench.search_speed ARTICLES FOLDER` draws articles of some 370 words from a seed,
builds our store and its text index, SQLite's FTS5 and tantivy over them, and prints this table; the
machine has two cores that others share and 23 GB of memory. Times are milliseconds: the least on
the wall, and the median CPU time of all threads over some warm rounds. The ratio is ours through
the other's in CPU time, the median of the rounds, in which all are asked in turn: below 1 ours is
faster. No answer is kept from the question before; what was read of files is, by everyone: SQLite
keeps 200 MB of pages, ours keeps the lists of words and the texts asked for last. "Words new" is
where neither words nor articles were asked before. The table of 100,000 articles was made before
anything of lists was kept.

Asked are seven kinds of question, some under a filter (`ASKED` in `tests/bench/search_rivals.py`):
their counts by day, and their 20 newest articles with the sentences that are counted. Ours are the
store's whole reads for the chart and the list: counts of articles, mentions and distinct texts in
every placement, exact as the matcher would count them, with the plurals of a word; the others count
articles, of the very word. "Index alone" is ours without the facts of articles. FTS5 is given days
and countries in a narrow table, and for the newest is asked in two ways: by number first, then
snippets of 20, which is its best; and "one statement", as its manual shows, which makes a snippet
of each article before it sorts them. tantivy counts by its own histogram. pandas is asked once,
with `str.contains` in memory, over the first 100,000. A changed topic is all counts of a new
query; "by reading" is the same by the matcher, and both must agree.

Of the aims, at a million articles: the index takes less than 1.2 times the packed texts; all counts
of a changed topic take less than 5 s and are exact; counts and the 20 newest together take 12 to 41
ms of CPU time, where 50 were the aim; counts by day are at the median found 2.3 times as fast as by
FTS5, where twice was the aim (2.1 to 5.8 times for a word, a prefix, a phrase and words joined by
AND, OR and NOT); and the 20 newest 42 times as fast as by one statement of FTS5, where 20 were (2.9
times as fast as by number first). FTS5 is ahead where few articles hold a rare pair of frequent
words. Where words are new, counts are 1.7 times as fast at the median, and the newest 19 times as
fast as by one statement. Among 100,000 articles, where what each question costs by itself weighs
more, FTS5 by number first was ahead.
"""


def to_section(path: Path = SEARCH_SPEEDS) -> str:
    """Return the section of docs/quality.md; nothing where nothing was kept."""
    if not path.exists():
        return ""
    parts = [_HEAD]
    for articles, run in json.loads(path.read_text(encoding="utf-8")).items():
        parts.append(f"\n### Search among {int(articles):,} articles, {run['on']}\n\n")
        parts.append(
            "| what | ours, wall / CPU ms | others: wall / CPU ms, ratio |\n|---|---|---|\n"
        )
        parts += [to_row(Line(**line)) for line in run["lines"]]
    return "".join(parts)
