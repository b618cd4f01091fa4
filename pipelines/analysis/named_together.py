"""Which of some entities the same articles name: every pair, and how strong the bond is.

The measures of a bond are those of `comentions`.
"""

from collections.abc import Sequence
from itertools import product

import numpy as np
import pandas as pd

from pipelines.analysis.comentions import association
from pipelines.analysis.labels import known_entities
from pipelines.query import Query
from pipelines.store import Store, read_matrix

COLUMNS = (
    "tag",
    "name",
    "other",
    "other_name",
    "articles",
    "texts",
    "expected",
    "lift",
    "strength",
)


def named_together(store: Store, query: Query, ids: Sequence[str]) -> pd.DataFrame:
    """Return tag, name, other, other_name, articles, texts, expected, lift, strength.

    One row for each ordered pair of `ids`, in their order, pairs that share no article too; a name
    with itself has the articles that name it, and no bond.
    """
    found = read_matrix(store, query, "entity", ids).set_index(["tag", "other"])
    pairs = pd.MultiIndex.from_tuples(list(product(ids, ids)), names=["tag", "other"])
    counts = found[["articles", "texts"]].reindex(pairs).fillna(0).astype("int64").reset_index()
    own = counts.loc[counts["tag"] == counts["other"]].set_index("tag")["texts"].astype("float64")
    total = float(found["all_texts"].max()) if len(found) else 0.0
    texts = counts["texts"].to_numpy(np.float64)
    one, other = (own.reindex(counts[name]).to_numpy(np.float64) for name in ("tag", "other"))
    expected = one * other / max(total, 1.0)
    itself = (counts["tag"] == counts["other"]).to_numpy()
    strength = association(texts, one, other, np.full_like(texts, total))
    lift = texts / np.maximum(expected, np.finfo(float).tiny)
    known = known_entities()
    names = {tag: known[tag].name if tag in known else tag for tag in ids}
    bonds = {"expected": expected, "lift": lift, "strength": strength}
    frame = counts.assign(
        name=counts["tag"].map(names),
        other_name=counts["other"].map(names),
        **{key: np.where(itself, np.nan, numbers) for key, numbers in bonds.items()},
    )
    return frame[list(COLUMNS)]
