"""What is on screen goes in, buttons that hand it out as CSV or as a picture come out.

Files are made when they are asked for, of the commit that was on screen.
"""

from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st

from dashboard.charts.picture import Form
from dashboard.data import as_in_this_run
from pipelines.query import Query
from pipelines.reports.csv_report import csv_name, to_csv


def picture_buttons(
    picture: Callable[[Form], bytes], what: str, query: Query, version: int
) -> None:
    """Draw the downloads of a chart as PNG and SVG; drawn when asked for."""
    name = csv_name(what, query, version).removesuffix(".csv")
    for form, mime in ((Form.PNG, "image/png"), (Form.SVG, "image/svg+xml")):
        st.download_button(
            f"Picture: {form.name}",
            data=as_in_this_run(partial(picture, form)),
            file_name=f"{name}.{form.value}",
            mime=mime,
            on_click="ignore",
            key=f"picture_{form.value}",
            icon=":material/image:",
        )


def csv_button(
    frame: Callable[[], pd.DataFrame],
    what: str,
    query: Query,
    version: int,
    *,
    label: str = "",
    name: str = "",
) -> None:
    """Draw the download of a frame as the CSV file `what`; made when asked for, with a BOM.

    `name` stands in the file's name where one question has several files of this kind.
    """
    st.download_button(
        f"CSV: {label or what.replace('_', ' ')}",
        data=as_in_this_run(lambda: to_csv(frame(), what, bom=True)),
        file_name=csv_name(name or what, query, version),
        mime="text/csv",
        on_click="ignore",
        key=f"csv_{label or what}",
        icon=":material/download:",
    )
