"""Where: countries that articles were published in, name, are about or were filed from."""

import pandas as pd

from pipelines.analysis.labels import country_label
from pipelines.query import Query
from pipelines.store import Store

SENSES = ("outlet", "about", "mentioned", "dateline")
_KINDS = {"mentioned": "country", "about": "about", "dateline": "dateline"}  # of tags


def countries(store: Store, query: Query, sense: str) -> pd.DataFrame:
    """Return country, label, sense, count, ratio; most articles first.

    `sense` is "outlet" (where the outlet is based; rows add up to the articles, an unknown country
    is a row), "about" (what the article is about, up to three), "mentioned" (an article may name
    several, so rows may add up to more) or "dateline" (where it says it was filed; most say
    nothing). `ratio` is the share of the query's articles. Raises ValueError for another sense.
    """
    if sense not in SENSES:
        raise ValueError(f"unknown sense of country {sense!r}: known are {', '.join(SENSES)}")
    if sense == "outlet":
        rows = store.group_counts(query, "outlet_country").rename(columns={"value": "country"})
    else:
        rows = store.tag_counts(query, _KINDS[sense]).rename(columns={"tag": "country"})
    total = store.article_count(query)
    return pd.DataFrame(
        {
            "country": rows["country"],
            "label": [country_label(code) for code in rows["country"]],
            "sense": sense,
            "count": rows["articles"],
            "ratio": rows["articles"] / total if total else rows["articles"].astype("float64"),
        }
    )
