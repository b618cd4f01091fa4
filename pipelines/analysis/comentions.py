"""What is named together: companions of an entity, topic or country, and how strong the bond is.

Two tags that are both in the news share articles by chance alone. `expected` is how many distinct
texts would have both if they were independent, `lift` how many times that there are, and `strength`
the signed root of the log-likelihood ratio of Dunning (1993, Computational Linguistics 19:61-74),
which in contrast to lift does not reward pairs seen once. From 3 on a bond is unlikely to be chance
(the root is about a standard normal deviate). Copies are no further evidence of a bond, so these
three count distinct texts.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.analysis.labels import country_label, known_entities
from pipelines.query import Query
from pipelines.store import Store, read_companions
from pipelines.tagging import EntityName

Floats = npt.NDArray[np.float64]

KINDS = ("entity", "country", "topic")


def comentions(
    store: Store,
    query: Query,
    kind: str,
    tag: str,
    *,
    of_kind: str = "entity",
    limit: int | None = None,
) -> pd.DataFrame:
    """Return tag, name, type, together, share, texts, expected, lift, strength.

    One row for each `of_kind` named in the query's articles that name `tag`, the strongest bond
    first; the tag itself is left out. `together` counts articles with both and `share` is their
    part of those with `tag`; `texts` counts distinct texts with both. Raises ValueError for a kind
    that is not known.
    """
    for given in (kind, of_kind):
        if given not in KINDS:
            raise ValueError(f"unknown kind of tag {given!r}: known are {', '.join(KINDS)}")
    rows = read_companions(store, query, kind, tag, of_kind=of_kind)
    if kind == of_kind:
        rows = rows[rows["tag"] != tag]
    both, others = rows["texts_together"].to_numpy(float), rows["texts"].to_numpy(float)
    own, total = rows["own_texts"].to_numpy(float), rows["all_texts"].to_numpy(float)
    expected = own * others / np.maximum(total, 1)
    names = [_name(of_kind, one) for one in rows["tag"]]
    found = pd.DataFrame(
        {
            "tag": rows["tag"],
            "name": [name.name for name in names],
            "type": [name.type for name in names],
            "together": rows["together"],
            "share": rows["together"] / rows["own_articles"],
            "texts": rows["texts_together"],
            "expected": expected,
            "lift": both / np.maximum(expected, np.finfo(float).tiny),
            "strength": association(both, own, others, total),
        }
    )
    order = ["strength", "together", "tag"]
    return (
        found.sort_values(order, ascending=[False, False, True]).head(limit).reset_index(drop=True)
    )


def association(
    both: Floats,
    one: Floats,
    other: Floats,
    total: Floats,
) -> Floats:
    """Return the signed root of the log-likelihood ratio of counts; below 0: seldom together."""
    ratio = np.zeros_like(both)
    for observed, row, column in (
        (both, one, other),
        (one - both, one, total - other),
        (other - both, total - one, other),
        (total - one - other + both, total - one, total - other),
    ):
        expected = row * column / np.maximum(total, 1)
        has = (observed > 0) & (expected > 0)  # copies of one text may name one of the two each
        ratio[has] += observed[has] * np.log(observed[has] / expected[has])
    root = np.sqrt(np.maximum(2 * ratio, 0))
    return np.where(both * total >= one * other, root, -root)


def _name(kind: str, tag: str) -> EntityName:
    if kind == "entity":
        return known_entities().get(tag, EntityName(tag, tag, ""))
    if kind == "country":
        return EntityName(tag, country_label(tag), "country")
    return EntityName(tag, tag, "topic")
