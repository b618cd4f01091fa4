"""Random stores with all that is known of them, drawn and written once for all tests."""

from contextlib import ExitStack, closing
from random import Random
from typing import NamedTuple

import pytest

from pipelines.store import Store, open_store
from tests.store.build import Written
from tests.store.drawn_queries import STORES
from tests.store.drawn_store import drawn_store


class Known(NamedTuple):
    """A store, and the articles that count in it as they were drawn."""

    drawn: list[Written]
    store: Store

    def __repr__(self) -> str:
        return f"{len(self.drawn)} articles"  # else a failure is told in 264 kB, or not at all


@pytest.fixture(scope="session")
def stores(tmp_path_factory):
    """Yield the stores, opened."""
    with ExitStack() as stack:
        opened = []
        for seed in range(STORES):
            drawn = drawn_store(Random(seed))
            path = drawn.write(tmp_path_factory.mktemp("drawn") / str(seed))
            store = stack.enter_context(closing(open_store(path)))
            opened.append(Known(drawn.current, store))
        yield opened
