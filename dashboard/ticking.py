"""A table whose rows can be ticked; the ticked row opens what it counts."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig


def ticked_row(table: pd.DataFrame, key: str, *, height: int | None = None) -> int | None:
    """Show `table` and return the place of the row that was just ticked, None where none was.

    A column "Share", in per cent, is drawn as a bar.
    """
    bar = st.column_config.ProgressColumn(format="%.0f%%", max_value=100, width="small")
    chosen = st.dataframe(
        table,
        key=key,
        on_select="rerun",
        selection_mode="single-row",
        hide_index=True,
        column_config={"Share": bar},
        height=height or "auto",
    )
    rows: list[int] = chosen["selection"]["rows"]
    return rows[0] if rows else None


def ticked_rows(table: pd.DataFrame, key: str, columns: Mapping[str, ColumnConfig]) -> list[int]:
    """Show `table`, its columns drawn as `columns` says, and return the places of ticked rows."""
    chosen = st.dataframe(
        table,
        key=key,
        on_select="rerun",
        selection_mode="multi-row",
        hide_index=True,
        column_config=dict(columns),
        placeholder="",
    )
    rows: list[int] = chosen["selection"]["rows"]
    return [row for row in rows if row < len(table)]
