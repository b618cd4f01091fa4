"""An article in, what the home country of its outlet rests on out."""

import json

from dashboard import data
from pipelines.outlets import read_outlets
from pipelines.store import StoredArticle


def home_basis(article: StoredArticle) -> str:
    """Return why the outlet is at home where it is: "newsroom in New York", "set by hand".

    Empty where neither the lists nor the address say so now, as for a country that a source gave.
    """
    if _set_by_hand(article):
        return "set by hand"
    row = article.row
    outlets = read_outlets(data.config().outlets)
    found = outlets.find(str(row["outlet_name"]), str(row["url"] or ""))
    return found.basis if found.country == str(row["outlet_country"] or "") else ""


def _set_by_hand(article: StoredArticle) -> bool:
    rows = article.corrections
    newest = rows[rows["field"].isin(["outlet", "domain"])].drop_duplicates("field")
    return any("country" in json.loads(value) for value in newest["value"].dropna())
