"""On every 4th real text names, countries, topics and quotes are found as well as pinned."""

from pathlib import Path

import pytest

from tests.quality import gate
from tests.quality.sets import OF_PAGES, SETS


@pytest.mark.slow
def test_every_fourth_real_text_keeps_its_floor(
    shared_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    of_texts = [name for name in SETS if name not in OF_PAGES]
    code = gate.main(["--data", str(shared_data), "--sample", "--sets", *of_texts])
    assert code == 0, capsys.readouterr().out
