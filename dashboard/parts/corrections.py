"""The part of an article's page where a reader puts right what was found, and sees who did so.

Who corrects is asked once in a session. A correction is laid over the article and can be undone;
the history says all that was ever set, of the article and of its outlet's domain.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial

import pandas as pd
import streamlit as st

from dashboard import data, filters, tables
from dashboard.controls import leaving
from dashboard.controls.signing import known_name, signature
from dashboard.controls.ticking import ticked_row
from dashboard.escape import escape_markdown
from pipelines import store as stores
from pipelines.article import Outlet
from pipelines.errors import StoreError
from pipelines.hashing import id_text
from pipelines.outlets import UNKNOWN, read_outlets
from pipelines.query import Query
from pipelines.store import Corrected, StoredArticle

_LABELS = {Corrected.DATE: "Date", Corrected.OUTLET: "Outlet and home country"}
_LABELS |= {Corrected.HIDE: "Hide it"}
_AS_FOUND = "as found, or as the outlet's"
Correct = Callable[..., object]


def history(article: StoredArticle, snap: int | None) -> pd.DataFrame:
    """Return the rows of `corrections` that concern the article or its domain, newest first."""
    rows = data.frame("corrections", Query(snap=snap))
    # No two corrections of a store have the same time.
    return rows[rows["made_at"].isin(article.corrections["made_at"])]


def show_hidden(article: StoredArticle, snap: int | None) -> None:
    """Say that the article counts nowhere, who hid it and why."""
    rows = history(article, snap)
    for row in rows[rows["in_force"] & (rows["what"] == "hide")].to_dict("records"):
        said = f"Hidden by {row['who']} on {row['made_at']:%Y-%m-%d}, so no number counts it"
        why = f": {row['why']}" if row["why"] else ""
        st.warning(escape_markdown(f"{said}{why}"), icon=":material/visibility_off:")


def show_corrections(article: StoredArticle, snap: int | None) -> None:
    """Offer to correct the article, and show what people corrected, with a way back."""
    rows = history(article, snap)
    with st.expander("Correct this article"):
        if snap is not None:
            st.caption("The link shows an old version of the store; open the newest to correct.")
        else:
            _ask(article)
        if len(rows):
            st.header("Corrections by hand")
            st.dataframe(corrections_table(rows), hide_index=True)
        if snap is None:
            _offer_undo(article, rows[rows["in_force"]])


def corrections_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Return what people set by hand, newest first: what, what was found, does it hold, who."""
    return pd.DataFrame(
        {
            "What": rows["what"],
            "Of": rows["title"].where(rows["title"] != "", rows["target"]),
            "Found": rows["was"],
            "Set to": rows["set_to"],
            "Holds": rows["in_force"],
            "By": rows["who"],
            "On": pd.to_datetime(rows["made_at"]).dt.strftime("%Y-%m-%d %H:%M"),
            "Why": rows["why"],
        }
    )


def _ask(article: StoredArticle) -> None:
    name, reason = signature("set", "How you know")
    what = st.segmented_control(
        "What is wrong",
        list(_LABELS),
        default=Corrected.DATE,
        format_func=_LABELS.__getitem__,
        key="set_what",
        required=True,
    )
    asked = {Corrected.DATE: _ask_date, Corrected.OUTLET: _ask_outlet, Corrected.HIDE: _ask_hide}
    if what is not None:
        asked[what](article, name, reason)


def _ask_date(article: StoredArticle, who: str, why: str) -> None:
    ends = (filters.FIRST_DAY, data.today())
    day = st.date_input("Published on", None, *ends, key="set_day", format="YYYY-MM-DD", width=220)
    if st.button("Set date", type="primary", key="set_date"):
        problem = "" if isinstance(day, date) else "Pick a day."
        _save(partial(stores.set_date, data.config().store, _id(article), day), who, why, problem)


def _ask_outlet(article: StoredArticle, who: str, why: str) -> None:
    domain = stored_domain(article)
    known = data.choices()["outlets"]
    labels = dict.fromkeys(known.values())
    name = st.selectbox(
        "Outlet",
        list(labels),
        None,
        key="set_outlet",
        accept_new_options=True,
        placeholder="as found; choose or write another",
    )
    lands = {"": "unknown", **{code: one for code, one in countries().items() if code}}
    country = st.selectbox(
        "Home country of the outlet",
        list(lands),
        None,
        key="set_country",
        format_func=lands.__getitem__,
        placeholder=_AS_FOUND,
    )
    whole = domain and st.checkbox(
        escape_markdown(f"For all articles of {domain}, those that come later too"), key="set_whole"
    )
    if st.button("Set outlet", type="primary", key="set_outlet_button"):
        problem = "" if name or country is not None else "Choose an outlet or a home country."
        of = domain if whole else _id(article)
        outlet = _outlet(name) if name else None
        if outlet == UNKNOWN:
            problem = "Write the outlet's name."
        correct = partial(stores.set_outlet, outlet=outlet, country=country)
        _save(partial(correct, data.config().store, of), who, why, problem)


def _ask_hide(article: StoredArticle, who: str, why: str) -> None:
    st.caption(
        "A hidden article is in no number, list or file but the list of corrections. It stays in "
        "the store, and can be shown again."
    )
    if st.button("Hide this article", type="primary", key="set_hidden"):
        _save(partial(stores.hide, data.config().store, _id(article)), who, why, "")


def _offer_undo(article: StoredArticle, rows: pd.DataFrame) -> None:
    who = known_name()
    for row in rows.to_dict("records"):
        whole = row["target"] != id_text(_id(article))
        of_what = f"{row['what']} of {row['target']}" if whole else row["what"]
        label = f"Undo: {of_what}, {row['set_to']}"
        if st.button(escape_markdown(label), key=f"undo_{row['what']}_{row['target']}"):
            of = str(row["target"]) if whole else _id(article)
            undo = partial(stores.take_back, data.config().store, of, Corrected(row["what"]))
            _save(undo, who, str(st.session_state.get("set_why") or "undone"), "")


def _save(correct: Correct, who: str, why: str, problem: str) -> None:
    """Make the correction and show the article anew, or say what hinders it."""
    if not who:
        problem = "Say who corrects it: the name is kept with it."
    elif not problem and not why:
        problem = "Say how you know: the reason is kept with it."
    if not problem:
        try:
            correct(who=who, now=datetime.now(UTC), why=why)
        except StoreError as error:
            problem = str(error)
    if problem:
        st.error(escape_markdown(problem))
    else:
        st.rerun()


def _outlet(name: str) -> Outlet:
    return stores.find_outlet(data.store(), name) or read_outlets(data.config().outlets).find(name)


def stored_domain(article: StoredArticle) -> str:
    """Return the domain that the article was stored with, whatever people set."""
    return str(article.versions["outlet_domain"].iloc[0] or "")


def countries() -> dict[str, str]:
    """Return code -> name of every home country there can be."""
    return dict(data.names()["outlet_countries"])


def _id(article: StoredArticle) -> int:
    return int(str(article.row["article_id"]))


def list_hidden(query: Query) -> None:
    """List the articles that the query would count had nobody hidden them, with who and why."""
    rows = data.frame("hidden articles", query)
    said = data.frame("corrections", Query(snap=query.snap))
    said = said[said["in_force"] & (said["what"] == "hide")].set_index("target")
    ids = [id_text(int(one)) for one in rows["article_id"]]
    table = tables.articles_table(rows, data.names(query.snap), tz=query.tz)
    table = table[["Published", "Headline", "Outlet"]]
    who, why = (said[name].reindex(ids).to_numpy() for name in ("who", "why"))
    row = ticked_row(table.assign(**{"Hidden by": who, "Why": why}), "hidden")
    if row is not None:
        link = filters.link_to(filters.current(), {"article": ids[row]})
        leaving.go_to("app_pages/article.py", link)
