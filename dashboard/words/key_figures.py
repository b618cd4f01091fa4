"""The buckets of a chart go in, the small line of its key figures comes out."""

import numpy as np
import pandas as pd

from dashboard.charts.attention import values
from dashboard.escape import isolate
from dashboard.words.wording import counted
from pipelines.analysis.buckets import bucket_label
from pipelines.query import Interval, Measure, Query, Unit


def key_figures(buckets: pd.DataFrame, matched: int, query: Query) -> str:
    """Return how much the chart counts, and its highest point by what is drawn.

    `matched` is the number of distinct articles.
    """
    return " · ".join(filter(None, [_counted(buckets, matched, query), _highest(buckets, query)]))


def bucket_name(first: str, interval: Interval | None) -> str:
    """Return how a bucket is called within a sentence."""
    label = bucket_label(first, interval)
    return f"week from {label}" if interval is Interval.WEEK else label


def _counted(buckets: pd.DataFrame, matched: int, query: Query) -> str:
    said = f"{counted(matched)} on the chart"
    if query.unit is Unit.MENTIONS:
        mentions = int(pd.to_numeric(buckets["count"], errors="coerce").sum())
        return f"{counted(mentions, 'mention')} in {said}"
    if query.unit is Unit.TEXTS:
        return f"{said}, copies of one text counted once"
    once = buckets["total_count"][~buckets["date"].duplicated()]
    total = pd.to_numeric(once, errors="coerce").sum()
    if not total:
        return said
    if matched == total:
        return f"{said}, all that were collected in the period"
    return f"{said} of {total:,.0f} collected in the period ({matched / total:.1%})"


def _highest(buckets: pd.DataFrame, query: Query) -> str:
    drawn = np.nan_to_num(values(buckets, query.measure), nan=-1)
    peak = buckets.iloc[int(drawn.argmax())]
    if drawn.max() <= 0:
        return ""
    name = "" if peak["series"] == "all" else f"{isolate(str(peak['query']))}, "
    return f"highest: {name}{bucket_name(str(peak['date']), query.interval)} with " + _height(
        peak, drawn.max(), query
    )


def _height(peak: pd.Series, drawn: float, query: Query) -> str:
    unit = {Unit.ARTICLES: "", Unit.MENTIONS: " mentions", Unit.TEXTS: " distinct texts"}
    number = f"{int(peak['count']):,}"
    if query.measure is Measure.COUNT:
        return number + unit[query.unit]
    if query.measure is Measure.INDEX:
        return f"index {drawn:.0f} ({number}{unit[query.unit]})"
    if query.measure is Measure.ADJUSTED:
        return f"{drawn:.1%} adjusted share"
    return f"{drawn:.1%} ({number} of {int(peak['total_count']):,})"
