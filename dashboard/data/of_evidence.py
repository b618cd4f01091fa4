"""What a list of articles shows of their texts: the sentence that each is counted for, cached."""

import streamlit as st

from dashboard import data
from pipelines.query import Query


def sentences(query: Query, page: int) -> dict[int, str]:
    """Return the first counted sentence below the headline of each article up to a page's end.

    An article counted for its headline alone has that; one counted for no word is not in it.
    """
    return _sentences(data.key_of(query.snap), query, page)


@st.cache_data(show_spinner=False, max_entries=64)
def _sentences(key: data.Key, query: Query, page: int) -> dict[int, str]:
    rows = data.opened(key).mentions(query, newest=data.PAGE * page)
    rows = rows.assign(headline=rows["zone"] == "headline").sort_values("headline", kind="stable")
    first = rows.drop_duplicates("article_id")
    return dict(zip(first["article_id"].astype(int), first["sentence"].astype(str), strict=True))
