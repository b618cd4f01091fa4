"""A full-text index over the texts of a store: the same answers as the matcher, without reading.

    rows.py        the stored versions, each with a key that says exactly what is searched in it
    documents.py   texts, split by the matcher's tokeniser, as lists of positions
    codec.py       lists of positions as bytes
    dictionary.py, segment.py, keys.py   immutable files
    manifest.py    which of them count
    merge.py, update.py   bring the index to a commit
    space.py, corpus.py   the segments opened, and which document is which current article
    holders.py, lists.py  which document holds a place, and the lists of places asked for last
    hits.py, places.py, evaluate.py   a query's tree, answered for all documents at once

The index is derived and never needed: what it does not cover, or cannot tell, the matcher reads.
"""

from pipelines.store.fulltext.corpus import Corpus
from pipelines.store.fulltext.evaluate import Counted, Evaluation
from pipelines.store.fulltext.manifest import damage, folder_of, open_all
from pipelines.store.fulltext.space import Space
from pipelines.store.fulltext.update import update_index

__all__ = [
    "Corpus",
    "Counted",
    "Evaluation",
    "Space",
    "damage",
    "folder_of",
    "open_all",
    "update_index",
]
