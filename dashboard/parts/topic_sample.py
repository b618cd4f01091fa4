"""A topic's precision: a random sample of its sentences, judged one by one."""

import pandas as pd
import streamlit as st

from dashboard.controls.signing import signed_name
from dashboard.data import of_topics
from dashboard.escape import escape_markdown
from dashboard.words import wording


def show(topic: str, snap: int | None) -> None:
    """Show how precise the topic is by what was judged, and the next sentence to judge."""
    found = of_topics.measured(topic, snap)
    st.text(wording.precision(found))
    if snap is not None:
        st.caption("The link shows an old version of the store; open the newest to judge.")
        return
    sheet = of_topics.to_judge(topic, snap)
    open_rows = sheet[sheet["right"] == ""]
    st.caption(
        f"A random sample of {len(sheet)} articles; one sentence of each. "
        f"{len(sheet) - len(open_rows)} judged, {len(open_rows)} to go."
    )
    who = signed_name("judge")
    if len(open_rows):
        _ask(topic, open_rows.head(1), who)


def _ask(topic: str, row: pd.DataFrame, who: str) -> None:
    one = row.iloc[0].fillna("")
    with st.container(border=True):
        st.text(" · ".join(str(one[name]) for name in ("date", "outlet", "language") if one[name]))
        remark = f"by “{one['alias']}”" if one["alias"] else "no marked words"
        if one["before"]:
            st.text(f"… {one['before']}")
        st.markdown(f"**{escape_markdown(str(one['sentence']))}**")
        st.caption(escape_markdown(remark))
        if one["after"]:
            st.text(f"{one['after']} …")
        with st.container(horizontal=True):
            right = st.button("About the topic", key="judge_right", type="primary")
            wrong = st.button("Not about it", key="judge_wrong")
    if right or wrong:
        if problem := of_topics.label(topic, row, right, who):
            st.error(escape_markdown(problem))
        else:
            st.rerun()
