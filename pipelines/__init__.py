"""Wirewatch's pipeline: news in, articles with dates and mentions in a pandas store, frames out.

    from pipelines import Query, open_store

    store = open_store("wirewatch-store")
    store.articles(Query(topics=("syria",)))

`python -m pipelines` is the same for the command line.
"""

from pipelines.config import Config, load_config
from pipelines.query import Query
from pipelines.store import Store, open_store

__all__ = ["Config", "Query", "Store", "load_config", "open_store"]
