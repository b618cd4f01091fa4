"""How much the tests that draw at random try: little in each run, more where somebody has time.

`WIREWATCH_EFFORT=10 python -m pytest tests/store` makes ten times as many kills, random stores and
queries as `make test` does.
"""

import os

EFFORT = int(os.environ.get("WIREWATCH_EFFORT", "1"))
