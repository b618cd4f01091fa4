"""Commands for learned furniture: list it, and say of a line that it counts all the same."""

import argparse
from contextlib import closing

from pipelines.cli.filters import outlet_ids
from pipelines.cli.output import print_table
from pipelines.cli.run import Run, add_places, user_name
from pipelines.errors import StoreError
from pipelines.hashing import line_number, line_text
from pipelines.learning import count_line
from pipelines.reading.workers import wanted_processes
from pipelines.retag import refresh_tags
from pipelines.store import last_version, open_store
from pipelines.topic_changes.opening import open_tagging


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add furniture and count-line."""
    parser = commands.add_parser("furniture", help="list the lines that outlets repeat")
    add_places(parser)
    parser.add_argument("--outlet", action="append", default=[], help="an outlet's id or name")
    parser.set_defaults(run=_furniture)
    parser = commands.add_parser("count-line", help="let a line count that was taken for furniture")
    parser.add_argument("line", type=_line_key, help="its key, as `furniture` prints it")
    parser.add_argument("--take-back", action="store_true", help="let it be furniture again")
    parser.add_argument("--why", default="", help="why it counts; kept with your name")
    add_places(parser)
    parser.set_defaults(run=_count_line)


def _line_key(text: str) -> int:
    try:
        return line_number(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a key as `furniture` prints it"
        ) from error


def _furniture(run: Run) -> int:
    with closing(open_store(run.store)) as store:
        lines = store.furniture(outlet_ids(store, run.options.outlet))
    lines["key"] = [line_text(int(key)) for key in lines["line_key"]]
    lines["since"] = lines["since"].dt.date
    print_table(lines[["key", "outlet_name", "articles", "since", "counts_by", "line"]])
    return 0


def _count_line(run: Run) -> int:
    options = run.options
    if last_version(run.store) is None:
        open_store(run.store)  # says that there is none, and how to make one
    with open_tagging(run.config, run.store, now=run.now) as (writer, topics, taggers):
        # No number may mix two definitions.
        refresh_tags(writer, taggers, topics, processes=wanted_processes(run.config.reading))
        try:
            tagged = count_line(
                writer,
                taggers,
                options.line,
                who=user_name(),
                why=options.why,
                counts=not options.take_back,
            )
        except KeyError as error:
            raise StoreError(f"{error.args[0]}; `furniture` prints the keys") from error
    said = "is furniture again" if options.take_back else "counts"
    print(f"line {line_text(options.line)} {said}: {tagged} stored versions tagged again")
    return 0
