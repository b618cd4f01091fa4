"""What was planted: the counted names in a text, by the list of forms in `terms.toml`.

Nothing here asks the pipeline. A stem in a form that is not on the list is an error of the sample.
"""

import re
from collections.abc import Sequence
from functools import cache

from tests.sample.material import read_toml

TOPICS = ("syria", "ukraine", "unsc")


@cache
def _patterns(topic: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = read_toml("terms.toml")[topic]
    forms = sorted(table["forms"], key=len, reverse=True)
    listed = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, forms))})(?!\w)", re.IGNORECASE)
    return listed, re.compile("|".join(table["stems"]), re.IGNORECASE)


def count(topic: str, texts: Sequence[str]) -> int:
    """Return how often a topic's names stand in the texts; raise where one is not on the list."""
    listed, stem = _patterns(topic)
    number = 0
    for text in texts:
        number += len(listed.findall(text))
        if loose := stem.search(listed.sub(" ", text)):
            start = max(loose.start() - 30, 0)
            raise ValueError(
                f"{topic}: a form that is not listed: {text[start : loose.end() + 20]}"
            )
    return number


def countries(texts: Sequence[str]) -> list[str]:
    """Return the codes of countries whose plain name stands in the texts (there may be more)."""
    found = []
    for code, names in read_toml("terms.toml")["countries"].items():
        pattern = rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)"
        if any(re.search(pattern, text) for text in texts):
            found.append(code)
    return found
