"""Make the taggers once for all commands of these tests; a run makes its own, in 1.3 s."""

from functools import cache

import pytest

from pipelines.tagging import make_taggers


@pytest.fixture(scope="session", autouse=True)
def taggers_made_once():
    """Keep what the real function returns for the topics it was given."""
    with pytest.MonkeyPatch.context() as patch:
        made = cache(make_taggers)
        for module in ("gather", "topic_changes.opening", "topic_changes.change"):
            patch.setattr(f"pipelines.{module}.make_taggers", made)
        yield
