"""An attention frame with the period before goes in, what changed comes out in words."""

import numpy as np
import pandas as pd

from dashboard.charts.attention import PLURAL, values
from pipelines.analysis.previous import span_before
from pipelines.query import Interval, Measure, Query


def changes(buckets: pd.DataFrame, query: Query) -> list[str]:
    """Return one sentence per line: how it stands against the same span before.

    Only buckets that are complete, and of which something is known in both spans, are compared.
    """
    return [_change(rows, query) for _, rows in buckets.groupby("series", sort=False)]


def _change(rows: pd.DataFrame, query: Query) -> str:
    name = str(rows["query"].iloc[0])
    fit = rows["complete"].astype(bool) & rows["count"].notna() & rows["previous_count"].notna()
    both = rows[fit]
    kind = PLURAL[str(query.interval or Interval.DAY)].lower()
    earlier = span_before(query)
    span = f"{earlier.start} to {earlier.end}"
    if both.empty:
        return f"{name}: nothing is known of the span before ({span})."
    said = _shares(both, query) if query.measure.is_share else _counts(both, query)
    part = "" if len(both) == len(rows) else f" Compared: {len(both)} of {len(rows)} {kind}."
    coverage = both[["coverage", "previous_coverage"]].apply(pd.to_numeric, errors="coerce")
    care = " Collected in part: compare with care." if (coverage < 1).any(axis=None) else ""
    return f"{name}: {said} the span before ({span}).{part}{care}"


def _counts(both: pd.DataFrame, query: Query) -> str:
    now, then = int(both["count"].sum()), int(both["previous_count"].sum())
    unit = {"texts": "distinct texts, summed over buckets"}.get(str(query.unit), str(query.unit))
    if then == 0:
        return f"{now:,} {unit}, {'as in' if now == 0 else 'after none in'}"
    part = now / then - 1
    if abs(part) < 0.005:
        return f"{now:,} {unit}, about as many as the {then:,} of"
    how = (
        f"{abs(part):.0%} {'more' if part > 0 else 'fewer'}"
        if part < 2
        else f"{part + 1:.1f} times"
    )
    return f"{now:,} {unit}, {how} {'than' if part < 2 else ''} the {then:,} of".replace("  ", " ")


def _shares(both: pd.DataFrame, query: Query) -> str:
    """Return the change of a share in points; the adjusted one as the mean of its buckets."""
    if query.measure is Measure.ADJUSTED:
        pairs = np.column_stack([values(both, query.measure), both["previous"].to_numpy(float)])
        known = pairs[np.isfinite(pairs).all(axis=1)]
        if not len(known):
            return "no adjusted share is known in both this span and"
        now, then = known.mean(axis=0)
    else:
        now = both["count"].sum() / max(both["total_count"].sum(), 1)
        then = both["previous_count"].sum() / max(both["previous_total_count"].sum(), 1)
    points = 100 * (now - then)
    if abs(points) < 0.05:
        return f"{now:.1%} of all, as in"
    return (
        f"{now:.1%} of all, {abs(points):.1f} points {'more' if points > 0 else 'less'} than the "
        f"{then:.1%} of"
    )
