"""The frame on screen goes in, a button that hands it out as CSV comes out."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from pipelines.query import Query
from pipelines.reports.csv_report import csv_name, to_csv


def csv_button(
    frame: Callable[[], pd.DataFrame], what: str, query: Query, version: int, *, label: str = ""
) -> None:
    """Draw the download of a frame as the CSV file `what`; made when asked for, with a BOM."""
    st.download_button(
        f"CSV: {label or what}",
        data=lambda: to_csv(frame(), what, bom=True),
        file_name=csv_name(what, query, version),
        mime="text/csv",
        on_click="ignore",
        key=f"csv_{label or what}",
        icon=":material/download:",
    )
