"""Two writers and three readers at one store: each batch once, no reader fails or sees a part."""

from contextlib import closing

import pytest

from pipelines.store import open_store
from tests.effort import EFFORT
from tests.store.race import check_whole, race

pytestmark = pytest.mark.slow


def test_two_writers_bring_each_batch_once_while_three_readers_look(tmp_path):
    told = race(tmp_path, seconds=3 * EFFORT)
    assert told["reader"].done
    with closing(open_store(tmp_path / "store")) as store:
        batches = check_whole(store)
    assert 0 < batches <= told["writer"].done <= 2 * batches
