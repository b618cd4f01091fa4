"""The sample data, shown while the reader's own store has no article.

It goes into a store of its own beside the reader's: what is invented is never mixed with what is
not, and the first article of the reader's own takes its place.
"""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import streamlit as st

from dashboard.escape import escape_markdown
from pipelines.config import Config, load_config
from pipelines.errors import WirewatchError
from pipelines.store import last_version

SETTINGS = Path(__file__).resolve().parents[2] / "sample_data" / "wirewatch.toml"


def store_beside(store: Path) -> Path:
    """Return where the sample data of a store that has no article goes."""
    return store.with_name(f"{store.name}-sample")


def in_place_of(own: Config) -> Config:
    """Return the settings of the sample data where it is loaded and the own store has no article.

    Any other time `own`. What the reader has set of names of entities and countries stays.
    """
    beside = store_beside(own.store)
    # Pages ask for the settings some twenty times a run: mostly one look at the disk answers.
    if not beside.is_dir() or last_version(own.store) is not None or last_version(beside) is None:
        return own
    sample = _settings(SETTINGS)
    return replace(
        own,
        store=beside,
        topics=sample.topics,
        outlets=sample.outlets,
        events=sample.events,
        notice=f"{sample.notice} Shown until your own store has an article.",
    )


@cache
def _settings(path: Path) -> Config:
    return load_config(path)


def offer(store: Path) -> None:
    """Offer to load the sample data beside a store without articles; nothing without its files."""
    if not SETTINGS.is_file():
        return
    if st.button("Load sample data", key="load_sample", icon=":material/science:"):
        _load(store_beside(store))
    st.caption(
        "Invented outlets on real events, to look around with; reading takes some ten seconds. "
        f"They go into {escape_markdown(store_beside(store).name)}, never into your own store."
    )


def _load(store: Path) -> None:
    """Read the sample data into `store`, then show it."""
    from pipelines.gather import gather  # what reads pages is not needed by who only looks

    sample = _settings(SETTINGS)
    with st.spinner("Reading the sample data"):
        try:
            gather(sample, store, sample.sources, now=datetime.now(UTC))
        except WirewatchError as error:
            st.error(escape_markdown(str(error)))
            return
    st.rerun()
