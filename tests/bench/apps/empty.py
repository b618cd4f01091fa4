"""An empty page with as many widgets as the Overview has: what Streamlit itself costs.

Reads the options from the JSON file that EMPTY_OPTIONS names: label -> options. A yardstick of
`dashboard_speed`.
"""

import json
import os
from pathlib import Path

import streamlit as st


@st.cache_resource
def options(path: str) -> dict[str, list[str]]:
    """Return label -> options of the widgets."""
    return json.loads(Path(path).read_text(encoding="utf-8"))


st.set_page_config(page_title="Empty", layout="wide")
with st.sidebar:
    st.selectbox("Period", ["Latest useful period", "Last 24 hours", "Last 7 days", "All"])
    for label, values in options(os.environ["EMPTY_OPTIONS"]).items():
        st.multiselect(label, values, placeholder="All")
    st.text_input("Only articles matching")
    st.toggle("Place guessed dates too")
    st.button("Clear all filters")
st.title("Empty")
for label in ("Unit", "Measure", "Interval"):
    st.selectbox(label, ["Articles", "Mentions"], label_visibility="collapsed")
