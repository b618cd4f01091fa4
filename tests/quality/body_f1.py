"""Print how well article bodies are found on scrapinghub's pages, and how fast.

Usage: python -m tests.quality.body_f1 [../shared/data]

The measure is the benchmark's own: multisets of 4-token shingles of the body, precision and recall
averaged over pages, F1 of these averages.
"""

import gzip
import json
import re
import sys
import time
from collections import Counter
from pathlib import Path

from pipelines.article import Capture, Document, Form, Zone
from pipelines.errors import CaptureError
from pipelines.extraction import extract

_SHINGLE = 4
_BODY = (Zone.LEDE, Zone.BODY, Zone.SUBHEAD)


def body_f1(pages: Path) -> tuple[float, float, float, float]:
    """Return macro precision and recall, their F1, and pages read in a second of CPU time."""
    truth = json.loads((pages / "ground-truth.json").read_text(encoding="utf-8"))
    scores, spent = [], 0.0
    for name, gold in sorted(truth.items()):
        content = gzip.decompress((pages / "html" / f"{name}.html.gz").read_bytes())
        began = time.process_time()
        try:
            body = _body(extract(Capture("f1", name, Form.PAGE, content, url=gold["url"])))
        except CaptureError:
            body = ""
        spent += time.process_time() - began
        scores.append(_precision_recall(gold["articleBody"], body))
    precision = sum(p for p, _ in scores if p is not None) / sum(p is not None for p, _ in scores)
    recall = sum(r for _, r in scores if r is not None) / sum(r is not None for _, r in scores)
    return precision, recall, 2 * precision * recall / (precision + recall), len(scores) / spent


def _body(document: Document) -> str:
    return "\n".join(document.text[z.start : z.end] for z in document.zones if z.zone in _BODY)


def _precision_recall(gold: str, found: str) -> tuple[float | None, float | None]:
    true, ours = _shingles(gold), _shingles(found)
    both = sum((true & ours).values())
    precision = both / sum(ours.values()) if ours else None
    recall = both / sum(true.values()) if true else None
    return precision, recall


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    tokens = re.findall(r"\w+", text)
    size = min(_SHINGLE, len(tokens))
    return Counter(tuple(tokens[i : i + size]) for i in range(len(tokens) - size + 1) if size)


if __name__ == "__main__":
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data") / "pages/scrapinghub-aeb"
    figures = body_f1(folder)
    print("precision {:.4f}  recall {:.4f}  F1 {:.4f}  {:.1f} pages/s".format(*figures))
