"""The section of docs/quality.md on the speed of search: kept runs in, Markdown out."""

import json
from pathlib import Path

from tests.bench.store_table import Line, to_row

SEARCH_SPEEDS = Path(__file__).with_name("search_speeds.json")

_HEAD = """
## Speed of search

TODO
"""


def to_section(path: Path = SEARCH_SPEEDS) -> str:
    """Return the section of docs/quality.md; nothing where nothing was kept."""
    if not path.exists():
        return ""
    parts = [_HEAD]
    for articles, run in json.loads(path.read_text(encoding="utf-8")).items():
        parts.append(f"\n### Search among {int(articles):,} articles, {run['on']}\n\n")
        parts.append(
            "| what | ours, wall / CPU ms | others: wall / CPU ms, ratio |\n|---|---|---|\n"
        )
        parts += [to_row(Line(**line)) for line in run["lines"]]
    return "".join(parts)
