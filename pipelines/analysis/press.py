"""How a topic fares in the press of each country: its share there, and its course over time.

The press of two countries differs in size a hundredfold, so counts say who has more outlets here;
only the share of all that each press published compares them.
"""

from dataclasses import replace
from typing import Literal

import numpy as np
import pandas as pd

from pipelines.analysis.attention import attention_over_time
from pipelines.analysis.countries import countries
from pipelines.analysis.labels import country_label, filters_in_words, series_names
from pipelines.analysis.period import MEDIAN_DENOMINATOR
from pipelines.query import Interval, Placement, Query
from pipelines.store import Store

CountryField = Literal["outlet_countries", "about", "mentioned", "dateline"]


def asks_of_content(query: Query) -> bool:
    """Return whether the query narrows by content, so that a share of all means anything."""
    fields = ("topics", "entities", "text", "within", "mentioned", "about", "dateline")
    return any(getattr(query, field) for field in fields)


def of_all(query: Query) -> Query:
    """Return the query of the denominator: the same corpus without any condition on content."""
    empty = Query()
    return replace(
        query,
        topics=empty.topics,
        entities=empty.entities,
        text="",
        within="",
        mentioned=empty.mentioned,
        about=empty.about,
        dateline=empty.dateline,
    )


def press(store: Store, query: Query) -> pd.DataFrame:
    """Return country, label, sense, count, ratio, total_count, press_ratio; most articles first.

    `total_count` is all that the country's outlets published under the corpus filters, and
    `press_ratio` the part of it that the query counts, empty below a total of 20.
    """
    found = countries(store, query, "outlet")
    totals = countries(store, of_all(query), "outlet").set_index("country")["count"]
    total = totals.reindex(found["country"]).to_numpy()
    usable = np.where(total >= MEDIAN_DENOMINATOR, total, np.nan).astype("float64")
    counts = found["count"].to_numpy(dtype="float64")
    return found.assign(total_count=total, press_ratio=counts / usable)


def common_interval(store: Store, query: Query) -> Interval:
    """Return the finest interval at which each of the query's outlet countries has shares.

    A day that has twenty articles of all outlets has two of one country, and no share; so the
    median bucket that holds anything must hold twenty of each. A press that is too small even for
    months is not waited for. At least the query's own interval.
    """
    own = query.interval or Interval.DAY
    found = [
        _finest(store, replace(query, outlet_countries=(code,))) for code in query.outlet_countries
    ]
    return max([own, *filter(None, found)], key=list(Interval).index)


def _finest(store: Store, query: Query) -> Interval | None:
    for interval in (Interval.DAY, Interval.WEEK, Interval.MONTH):
        totals = store.totals(replace(query, interval=interval))
        placed = totals.loc[totals["placement"] == Placement.PLACED, "articles"]
        if len(placed) and placed.median() >= MEDIAN_DENOMINATOR:
            return interval
    return None


def compared(store: Store, query: Query, field: CountryField) -> pd.DataFrame:
    """Return the attention of the query's one series, one line for each country of `field`.

    The columns are those of `attention_over_time`: `series` is "land:code", `query` the country's
    name, `filters` says the series and the country. Where `field` is the outlet's country each line
    has its own denominator. Without a country the frame is empty. Raises ValueError for a query of
    several series, whose sum would count articles twice.
    """
    names = series_names(store, query)
    if len(names) > 1:
        raise ValueError(f"one series can be compared by country, not {len(names)}")
    (series,) = names.values()
    parts = []
    for code in getattr(query, field):
        one = replace(query, **{field: (code,)})  # type: ignore[arg-type]  # a tuple of codes
        words = "; ".join(filter(None, [series, filters_in_words(store, one)]))
        rows = attention_over_time(store, one)
        # "land" and no other word: Russia, the US, the UK and Ukraine get colours far apart.
        parts.append(rows.assign(series=f"land:{code}", query=country_label(code), filters=words))
    if not parts:
        return attention_over_time(store, query).head(0)
    return pd.concat(parts, ignore_index=True)
