"""Compare the speed of telling a title's language with lingua's.

Usage: .venv-peers/bin/python -m tests.bench.language_speed [../shared/data] [--keep DATE]
"""

import argparse
from datetime import date
from pathlib import Path

from pipelines.language import detect
from tests.bench.interleaved import compare, keep, to_line
from tests.quality.languages import titles
from tests.quality.peer_extractors import LANGUAGES


def main() -> None:
    """Print the comparison, and keep it where a day is given."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.language_speed")
    parser.add_argument("data", nargs="?", type=Path, default=Path("../shared/data"))
    parser.add_argument("--keep", type=date.fromisoformat, metavar="DATE")
    asked = parser.parse_args()
    read = [title.title for title in titles(asked.data / "pages")]
    speed = compare(
        "language of titles",
        lambda: list(map(detect, read)),
        ("lingua", lambda: list(map(LANGUAGES["lingua"], read))),
        unit="titles",
        units=len(read),
        aim=20,
        rounds=3,
    )
    print(to_line(speed))
    if asked.keep:
        keep({"language": speed}, asked.keep)


if __name__ == "__main__":
    main()
