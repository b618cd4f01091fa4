"""Fixtures shared by all tests: where the real data lies, and when it is not there."""

from pathlib import Path

import pytest
from hypothesis import settings

# A busy or suspended machine is no fault of the code; what has to be quick is measured in bench/.
settings.register_profile("wirewatch", deadline=None)
settings.load_profile("wirewatch")

_SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of real test data; skip where this checkout stands alone."""
    if not _SHARED.is_dir():
        pytest.skip("the real test data is not beside this checkout (../shared/data)")
    return _SHARED


pytest_plugins = ["tests.commands", "tests.longest_first", "tests.steps_table"]
