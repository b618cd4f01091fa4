"""A table whose rows can be ticked; the ticked row opens what it counts."""

import pandas as pd
import streamlit as st


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
