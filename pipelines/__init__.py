"""Wirewatch's pipeline: news in, articles with dates and mentions in a pandas store, frames out.

    from pipelines import Query, open_store

    store = open_store("wirewatch-store")
    store.articles(Query(topics=("syria",)))

`python -m pipelines` is the same for the command line.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.config import Config, load_config
from pipelines.query import Query

if TYPE_CHECKING:
    from pipelines.store import Store

__all__ = ["Config", "Query", "load_config", "open_store"]


def open_store(path: Path | str, *, snap: int | None = None) -> "Store":
    """Open the newest commit of the store at `path`, or commit `snap`, for reading.

    Raises StoreMissing where there is none, StoreDamaged where its files cannot be read.
    """
    # Imported here, not above: the stages of the line are used without a store (and its engines).
    from pipelines import store

    return store.open_store(path, snap=snap)
