"""On every 4th real page bodies, zones, dates and languages are found as well as pinned."""

from pathlib import Path

import pytest

from tests.quality import gate
from tests.quality.sets import OF_PAGES


@pytest.mark.slow
def test_every_fourth_real_page_keeps_its_floor(
    shared_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = gate.main(["--data", str(shared_data), "--sample", "--sets", *OF_PAGES])
    assert code == 0, capsys.readouterr().out
