"""The pandas store: articles, mentions and their log as Delta files, read as frames.

`open_store` reads one commit, `open_writer` adds the next. Delta tables are the truth, and a commit
names their versions (`files/`); what a writer must know of both is in `writing/`. `reader.py`
answers: what is counted is laid out in `counted/`, queries become SQL and counts in `asking/`, free
text is found with an index that can always be made again (`fulltext/`). What people correct
(`corrections.py`) is laid over the facts; `upkeep/` keeps a store small and sound.
"""

from contextlib import closing
from pathlib import Path

from pipelines.query import Query
from pipelines.store.asking.detail import StoredArticle
from pipelines.store.corrections import (
    Corrected,
    find_outlet,
    hide,
    keep_labels,
    set_date,
    set_outlet,
    take_back,
)
from pipelines.store.files.commits import last_version, last_version_at, stamp
from pipelines.store.fulltext.update import rebuild_index
from pipelines.store.named import (
    read_companions,
    read_matrix,
    read_names,
    read_quote_count,
    read_quotes,
    read_seen,
    read_speakers,
    read_speakers_on_topics,
    read_tag_buckets,
)
from pipelines.store.pairs import read_country_pairs
from pipelines.store.reader import RESIDENT, Store
from pipelines.store.standing import read_standing
from pipelines.store.volumes import read_held_articles, read_text_volumes
from pipelines.store.writer import Writer, open_writer

__all__ = [
    "Corrected",
    "Store",
    "StoredArticle",
    "Writer",
    "find_outlet",
    "hide",
    "keep_labels",
    "last_version",
    "last_version_at",
    "lay_out",
    "open_store",
    "open_writer",
    "read_companions",
    "read_country_pairs",
    "read_held_articles",
    "read_matrix",
    "read_names",
    "read_quote_count",
    "read_quotes",
    "read_seen",
    "read_speakers",
    "read_speakers_on_topics",
    "read_standing",
    "read_tag_buckets",
    "read_text_volumes",
    "rebuild_index",
    "set_date",
    "set_outlet",
    "stamp",
    "take_back",
]


def open_store(path: Path | str, *, snap: int | None = None) -> Store:
    """Open the newest commit of the store at `path`, or commit `snap`.

    Raises StoreMissing where there is none, StoreDamaged where its files cannot be read.
    """
    return Store(Path(path), snap)


def lay_out(path: Path) -> None:
    """Make what questions are counted in of the newest commit, if readers of this store keep that.

    Else the first reader of each commit makes it and waits, of a drawn million 11 s.
    """
    if (path / RESIDENT).is_dir():
        with closing(open_store(path)) as store:
            store.placements(Query())  # a question that is counted
