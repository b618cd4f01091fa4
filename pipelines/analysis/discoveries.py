"""Which of many deviations to believe at once: chances in, false-discovery rates out.

A chart has one rule for each series, so with more series there are more marks by chance: fifty
series of days have 25 a year. Whoever looks at all of them at once (alerts, the table of all
topics) needs a rule on the whole instead. Benjamini and Hochberg (Journal of the Royal Statistical
Society B 57, 1995, p. 289-300) keep the expected part of false ones among those believed at a
level. Their method holds for independent tests and for those that rise together (Benjamini and
Yekutieli, Annals of Statistics 29, 2001, p. 1165-1188): series share articles, so theirs do. The
stricter method of 2001, for any dependence, would ask for chances nine times as small over fifty
series of 90 days, and find fewer real peaks for no need that we measured (docs/design-notes.md).
"""

import numpy as np
import pandas as pd


def false_discovery_rates(chances: "pd.Series[float]") -> "pd.Series[float]":
    """Return the smallest rate of false discoveries at which each chance is believed, 0 to 1.

    All chances of one question belong together: those of all series and buckets. Missing ones stay
    missing and do not count.
    """
    known = chances.dropna().sort_values(kind="stable")
    ranks = np.arange(1, len(known) + 1)
    rates = np.minimum.accumulate((known.to_numpy() * len(known) / ranks)[::-1])[::-1]
    return pd.Series(np.minimum(rates, 1.0), index=known.index).reindex(chances.index)
