"""Commands that change the store: ingest and set-date."""

import argparse
from datetime import date, datetime

from pipelines.cli.filters import day, language
from pipelines.cli.run import Run, add_places, user_name
from pipelines.errors import SourceError, StoreError
from pipelines.hashing import id_number, id_text
from pipelines.store import set_date


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ingest and set-date."""
    parser = commands.add_parser("ingest", help="read sources into the store")
    parser.add_argument(
        "locations",
        nargs="*",
        metavar="FILE|FOLDER|ADDRESS",
        help="what to read; kinds are recognised by content (default: the settings' sources)",
    )
    add_places(parser)
    group = parser.add_argument_group("what the text does not say")
    group.add_argument("--outlet", default="", help="who published it")
    group.add_argument("--url", default="", help="where it was published")
    group.add_argument("--date", type=_when, help="when: 2015-06-02 or 2015-06-02T22:23Z")
    group.add_argument("--fetched-at", type=_instant, help="when it was collected, as an instant")
    group.add_argument("--lang", type=language, help="its language, as two letters")
    group.add_argument("--sidecar", default="", metavar="CSV", help="the same for each file")
    parser.add_argument(
        "--collection", action="append", default=[], help="a shipped list of real feeds"
    )
    parser.add_argument("--fast", action="store_true", help="find the bodies of pages faster")
    parser.add_argument(
        "--processes", type=_number, metavar="N", help="read by N processes; 0: by this one"
    )
    parser.set_defaults(run=_ingest)

    parser = commands.add_parser("set-date", help="say when an article was published")
    parser.add_argument("article", type=article_id, help="its id, as `articles` prints it")
    parser.add_argument("day", nargs="?", type=day, help="2015-06-02; without it, take back")
    parser.add_argument("--why", default="", help="how you know; kept with the date")
    add_places(parser)
    parser.set_defaults(run=_set_date)


def _number(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not a number such as 2")
    return int(text)


def _when(text: str) -> str:
    try:
        datetime.fromisoformat(text)
    except ValueError as error:
        wanted = "a day such as 2015-06-02 nor an instant such as 2015-06-02T22:23Z"
        raise argparse.ArgumentTypeError(f"{text!r} is neither {wanted}") from error
    return text


def _instant(text: str) -> str:
    from pipelines.sources.fetch_time import user_instant  # see `ingesting.py`

    try:
        user_instant(text)
    except SourceError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    return text


def article_id(text: str) -> int:
    """Return the number behind an id given on the command line."""
    try:
        return id_number(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not an id as `articles` prints it"
        ) from error


def _ingest(run: Run) -> int:
    from pipelines.cli.ingesting import run_ingest  # loads all that reading the web takes

    return run_ingest(run)


def _set_date(run: Run) -> int:
    day: date | None = run.options.day
    try:
        set_date(
            run.store,
            run.options.article,
            day,
            who=user_name(),
            now=run.now,
            why=run.options.why,
        )
    except KeyError as error:
        raise StoreError(f"{error.args[0]}; `articles` prints the ids") from error
    said = f"is published on {day}, set by user" if day else "has its own date again"
    print(f"article {id_text(run.options.article)} {said}")
    return 0
