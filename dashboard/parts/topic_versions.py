"""Every definition a topic ever had; a ticked one is looked at again, to be put back."""

import streamlit as st

from dashboard import tables
from dashboard.controls.ticking import ticked_row
from dashboard.data import of_topics
from dashboard.parts import topic_change

_SAID = "A report names the version it was counted with. The newest is on top."


def show(topic: str, snap: int | None) -> bool:
    """Show the definitions, newest first; return whether one was just made the draft."""
    rows = of_topics.versions(topic, snap)
    table = tables.topic_versions_table(rows)
    if snap is not None or len(rows) == 1:
        st.caption(_SAID)
        st.dataframe(table, hide_index=True)
        return False
    st.caption(f"{_SAID} Tick one to see what it would change today, and to put it back.")
    row = ticked_row(table, "versions")
    if row is None:
        return False
    topic_change.begin_with(rows.iloc[-1 - row])
    return True
