"""Random queries over the words, tags and days that the drawn stores have."""

from datetime import timedelta

from hypothesis import strategies as st

from pipelines.query import Interval, Query, Unit
from tests.store.drawn_store import DAYS, FIRST
from tests.store.plain_counts import TEXTS

STORES = 4  # drawn once for all queries; the seeds are fixed, the queries are not

numbers = st.integers(0, STORES - 1)
_days = st.integers(0, DAYS).map(lambda n: FIRST + timedelta(days=n))
_countries = st.sampled_from([(), (), (), (), ("SY",), ("SY", "UA")])

_series = {
    "topics": st.lists(st.sampled_from(["syria", "ukraine"]), unique=True).map(tuple),
    "entities": st.sampled_from([(), ("sergei-lavrov",)]),
    "text": st.sampled_from(["", *TEXTS]),
}
_how = {
    "start": st.one_of(st.none(), _days),
    "end": st.one_of(st.none(), _days),
    "interval": st.sampled_from(list(Interval)),
    "unit": st.sampled_from(list(Unit)),
    "tz": st.sampled_from(["UTC", "America/New_York", "Asia/Tokyo"]),
    "guesses": st.booleans(),
}
_filters = {
    "within": st.sampled_from(["", "", "", *TEXTS]),
    "outlet_countries": st.sampled_from([(), ("RU",), ("GB", "unknown")]),
    "mentioned": _countries,
    "about": _countries,
    "dateline": _countries,
    "languages": st.sampled_from([(), ("en",)]),
    "outlets": st.sampled_from([(), ("herald",)]),
}
# Every second one has no filter but the period: all seven at once leave few articles, or none.
queries = st.one_of(
    st.builds(Query, **_how), st.builds(Query, **_series, **_how, **_filters)
).filter(lambda query: not (query.start and query.end) or query.start <= query.end)
