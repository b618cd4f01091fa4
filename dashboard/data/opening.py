"""Which settings are in force, which commit is open, and what was made of it: all sessions' alike.

The store object is one immutable commit, shared by all sessions and replaced when a newer commit
lies on disk. What was made is cached by (store, version, Query), never by a frame, and the caches
are bounded. Days such as "last 90 days" are counted from today here and nowhere else.
"""

import os
from collections.abc import Callable, Hashable
from contextlib import nullcontext
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from threading import local
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import streamlit as st

from dashboard.answering.apart import Apart, NotAnswered
from dashboard.answering.process import Labels, Question, open_for_long
from dashboard.data import newest, sampling
from dashboard.data.kept import Kept
from dashboard.data.turns import Turns
from pipelines.analysis.labels import show_countries_as, show_entities_of
from pipelines.config import Config, load_config
from pipelines.errors import StoreMissing
from pipelines.query import Query
from pipelines.reading.workers import wanted_processes
from pipelines.store import Store

_SETTINGS = "wirewatch.toml"
_FRAMES = 128  # results kept of each question, about
_MOST_APART = 3  # beyond it they wait for this process, which draws 45 ms of what takes them 85


def _processes_apart() -> int:
    return min(wanted_processes(own_config().reading), _MOST_APART)


_APART = Apart(_processes_apart, patience=5)
_TURNS = Turns(2, patience=5, crowded=_APART.begin)
_ANSWERS = Kept(16 * _FRAMES, turns=_TURNS)  # small: numbers, queries
_TABLES = Kept(12 * _FRAMES, turns=_TURNS)
_DRAWN = Kept(5 * _FRAMES, turns=_TURNS)  # charts with their words, and the four tables below them

T = TypeVar("T")
Key = newest.Key


@lru_cache(maxsize=4)
def _config(path: str, overrides: tuple[tuple[str, str], ...]) -> Config:
    loaded = load_config(Path(path) if path else None, dict(overrides))
    show_countries_as(loaded.country_names)
    show_entities_of(loaded.entities)
    return loaded


class _Run(local):
    """What a thread keeps for the run of a page it is in; nothing outside of runs."""

    kept: dict[object, Any] | None = None


_RUN = _Run()


def begin_run() -> None:
    """Look for settings and the newest commit once from now on: a run is of one commit throughout.

    A commit that comes while a page is drawn would show its numbers beside those of before.
    """
    _RUN.kept = {}


def as_in_this_run(make: Callable[[], T]) -> Callable[[], T]:
    """Return what calls `make` later, perhaps in another thread, with the commit of this run."""
    kept = None if _RUN.kept is None else dict(_RUN.kept)

    def made() -> T:
        before, _RUN.kept = _RUN.kept, kept
        try:
            return make()
        finally:
            _RUN.kept = before

    return made


def _once_a_run(what: object, find: Callable[[], T]) -> T:
    if _RUN.kept is None:
        return find()
    if what not in _RUN.kept:
        _RUN.kept[what] = find()
    found: T = _RUN.kept[what]
    return found


def config() -> Config:
    """Return the settings in force: the reader's own, or the sample data's in place of them."""
    return _once_a_run("settings", lambda: sampling.in_place_of(own_config()))


def own_config() -> Config:
    """Return the settings of WIREWATCH_CONFIG or of this folder, under those of the environment."""
    ours = {name: os.environ[name] for name in os.environ if name.startswith("WIREWATCH_")}
    here = _SETTINGS if Path(_SETTINGS).is_file() else ""  # as the command line does
    return _config(ours.get("WIREWATCH_CONFIG", here), tuple(sorted(ours.items())))


@st.cache_resource(show_spinner="Opening the store", max_entries=4)
def _store(path: str, version: int, stamp: str) -> Store:
    # An old commit may still be read by another session, so it is not closed but forgotten.
    return open_for_long(path, version)


def key_of(snap: int | None) -> Key:
    """Return what results are cached under: path and version of the newest commit, or of `snap`.

    A store that was deleted and filled again counts its versions from 1 anew, hence the stamp.
    """
    return _once_a_run(("key", snap), lambda: newest.newest_key(config().store, snap))


def opened(key: Key) -> Store:
    """Return the store of a key; only the first call opens it."""
    return _store(*key)


def store(snap: int | None = None) -> Store:
    """Return the newest commit, or `snap`. Raises StoreMissing, StoreDamaged."""
    return opened(key_of(snap))


def pinned(query: Query) -> tuple[Query, list[str]]:
    """Return `query` without a pin that cannot be opened, and the note that says so."""
    try:
        store(query.snap)
    except StoreMissing:
        if query.snap is None:
            raise
        note = f"Store version {query.snap} of the link is gone; these are the newest numbers."
        return replace(query, snap=None), [note]
    return query, []


def known(make: Callable[..., T], snap: int | None, *asked: Hashable, words: str = "") -> T:
    """Return `make(key, *asked)` for the commit `snap`, or what it was when first asked for.

    `words` say what is done for a reader who has to wait.
    """
    key = key_of(snap)
    kept = _TABLES if words else _ANSWERS
    place = (make.__name__, key, *asked)
    with st.spinner(words) if words and place not in kept else nullcontext():
        return kept.take(place, lambda: make(key, *asked))


def counted(make: Callable[..., T], key: Key, *asked: Hashable) -> T:
    """Return `make(store of the key, *asked)`: of a process apart where there are any, else here.

    `make` is a function of a module of `dashboard.answering`.
    """
    path, version, stamp = key
    settings = config()
    labels = Labels(dict(settings.country_names), settings.entities)
    try:
        with _TURNS.lent():
            found = _APART.ask(Question(make, path, version, stamp, labels, asked))
            return found  # type: ignore[return-value]  # what `make` returns
    except NotAnswered:
        return make(opened(key), *asked)


def drawn(make: Callable[..., T], query: Query, *asked: Hashable) -> T:
    """Return `make(query, *asked)` for the query's commit, or what it was when first asked for."""
    place = (make.__name__, key_of(query.snap), query, *asked)
    return _DRAWN.take(place, lambda: make(query, *asked))


def today(tz: str = "UTC") -> date:
    """Return the current day in a time zone."""
    return datetime.now(ZoneInfo(tz)).date()
