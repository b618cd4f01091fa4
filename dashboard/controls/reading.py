"""How a typed query was understood: its reading, and a button for what may not be meant."""

from collections.abc import Callable

import streamlit as st

from dashboard import data
from dashboard.escape import escape_markdown
from dashboard.words.wording import unquoted
from pipelines.errors import QueryError
from pipelines.querylang import parse

_SHOWN = 60  # characters of a fix on its button; the whole stands in the hint


def show_reading(text: str, use: Callable[[str], None], *, snap: int | None) -> None:
    """Show how `text` is read and what it may not mean; a button hands `use` the query put right.

    One fix at a time, the first: the others are of the query as it stands and may go with it.
    Nothing is shown for an empty text, nor for one that cannot be read: the page says where. What
    no article meets is told of the store's version `snap`, of the newest if None.
    """
    if not text:
        return
    try:
        understood = parse(text)
    except QueryError:
        return
    with st.container(gap="xxsmall"):
        st.caption(escape_markdown(f"Read as: {understood.reading}"))
        for warning in understood.warnings:
            st.caption(escape_markdown(_sentence(warning.message)))
        for condition in data.unmet(text, snap):
            st.caption(escape_markdown(f"No article has “{condition}”: is it spelled so?"))
        fix = next((one.fix for one in understood.warnings if one.fix != text), "")
        if fix:
            st.button(
                escape_markdown(f"Use: {fix if len(fix) <= _SHOWN else fix[:_SHOWN] + '…'}"),
                key="use_fix",
                help=escape_markdown(fix) if len(fix) > _SHOWN else None,
                on_click=use,
                args=(fix,),
                type="tertiary",
                icon=":material/edit:",
            )


def problem_of(text: str) -> QueryError | None:
    """Return why a query cannot be read, None where it can."""
    try:
        parse(text)
    except QueryError as error:
        return error
    return None


def reading_of(text: str) -> str:
    """Return how a query that can be read is read."""
    return parse(text).reading


def _sentence(message: str) -> str:
    """Return a message as a sentence, what it quotes in quotation marks and not as code."""
    quoted = unquoted(message)
    return f"{quoted[:1].upper()}{quoted[1:]}."
