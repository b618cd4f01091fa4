"""Inputs in tests/golden/extraction against the zones and dates beside them.

Each `<name>.json` holds what the source said of the capture and what must come out. To see what a
changed reader makes of them: `python -m tests.extraction.test_golden <name>`.
"""

import json
import sys
from pathlib import Path

import pytest

from pipelines.article import Capture, Form
from pipelines.extraction import extract

_GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "extraction"
_FORMS = {"clipping": Form.CLIPPING, "page": Form.PAGE, "fragment": Form.FRAGMENT}
_INPUTS = sorted(
    path
    for name in _FORMS
    for path in (_GOLDEN / name).iterdir()
    if path.suffix in {".txt", ".html"}
)


def _read(path: Path) -> dict[str, object]:
    expected = path.with_suffix(".json")
    said = json.loads(expected.read_text("utf-8"))["capture"] if expected.exists() else {}
    form = _FORMS[path.parent.name]
    document = extract(Capture("golden", path.name, form, path.read_bytes(), **said))
    return {
        "capture": said,
        "title": document.title,
        "author": document.author,
        "url": document.url,
        "site_name": document.site_name,
        "language": document.language,
        "zones": [[z.zone.value, document.text[z.start : z.end]] for z in document.zones],
        "dates": [[e.source.value, e.role.value, e.raw, e.where] for e in document.dates],
    }


@pytest.mark.parametrize("path", _INPUTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_document_is_the_golden_one(path: Path):
    assert _read(path) == json.loads(path.with_suffix(".json").read_text("utf-8"))


def test_every_form_with_markup_of_its_own_has_golden_pairs():
    assert {path.parent.name for path in _INPUTS} == set(_FORMS)


if __name__ == "__main__":
    for golden in _INPUTS:
        if golden.stem in sys.argv[1:]:
            print(json.dumps(_read(golden), ensure_ascii=False, indent=1))
