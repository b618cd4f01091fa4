"""Attention over time with what "More" asks for: adjusted share, index, the period before.

The plain frame is that of `attention.py`; here its last columns are filled, each only where the
query asks for it, because it costs further questions to the store.
"""

import numpy as np
import pandas as pd

from pipelines.analysis import adjusted, indexed, previous
from pipelines.analysis.attention import attention_over_time
from pipelines.analysis.period import useful_period
from pipelines.query import Measure, Query
from pipelines.store import Store

MORE = [*adjusted.COLUMNS, *indexed.COLUMNS, *previous.COLUMNS]


def trend(store: Store, query: Query) -> pd.DataFrame:
    """Return the attention frame of `query` and the columns MORE, empty where not asked for."""
    query = useful_period(store, query)
    frame = attention_over_time(store, query)
    frame = frame.assign(**dict.fromkeys(MORE, np.nan))
    if query.measure is Measure.ADJUSTED:
        frame = adjusted.add_adjusted(store, query, frame)
    elif query.measure is Measure.INDEX:
        frame = indexed.add_index(frame)
    if query.previous and query.start is not None:
        before = trend(store, previous.span_before(query))
        frame = previous.add_previous(frame, before, query.measure.of(query.unit))
    return frame
