"""A table whose rows can be ticked; the ticked row opens what it counts.

Streamlit's table takes ticks from the mouse and from touch only (1.67: keys move nothing unless the
pointer rests on it). So a switch in the sidebar lists the rows of every table once more, in a box
that keys and screen readers know.
"""

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

_LISTED = "rows_listed"  # whether rows stand in boxes too
_CELLS_IN_A_LINE, _LONGEST_LINE = 4, 100


def offer_lists() -> None:
    """Draw the switch for reading without a mouse; it holds on all pages."""
    st.session_state[_LISTED] = st.session_state.get(_LISTED, False)  # else lost on the next page
    st.toggle(
        "Open rows by keyboard",
        key=_LISTED,
        help="Lists the rows of each table in a box below it, to open one without a mouse.",
    )


def ticked_row(
    table: pd.DataFrame,
    key: str,
    *,
    height: int | None = None,
    columns: Mapping[str, ColumnConfig] = MappingProxyType({}),
) -> int | None:
    """Show `table` and return the place of the row that was just ticked, None where none was.

    A column "Share", in per cent, is drawn as a bar, others as `columns` says.
    """
    bar = st.column_config.ProgressColumn(format="%.0f%%", max_value=100, width="small")
    chosen = st.dataframe(
        table,
        key=key,
        on_select="rerun",
        selection_mode="single-row",
        hide_index=True,
        column_config={"Share": bar, **columns},
        height=height or "auto",
        placeholder="",
    )
    rows: list[int] = chosen["selection"]["rows"]
    if not rows and st.session_state.get(_LISTED):
        return _listed_row(table, key)
    return rows[0] if rows else None


def _listed_row(table: pd.DataFrame, key: str) -> int | None:
    """Return the row that is chosen in a box of all rows."""
    first = table.iloc[:, :_CELLS_IN_A_LINE]
    rows = first.astype("object").where(first.notna(), "").to_numpy().tolist()
    lines = [", ".join(filter(None, map(str, row)))[:_LONGEST_LINE] for row in rows]
    return st.selectbox(
        "Open a row",
        range(len(lines)),
        index=None,
        format_func=lambda row: f"{row + 1}: {lines[row]}",
        key=f"{key}_listed",
        placeholder=f"Choose of {len(lines)}",
    )


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
