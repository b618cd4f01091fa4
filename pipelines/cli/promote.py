"""The command `promote`: a name that articles have often becomes an entity of a file of yours."""

import argparse
from pathlib import Path

from pipelines.cli.run import Run, add_places
from pipelines.tagging.entity_table import TYPES, read_entities
from pipelines.tagging.promotion import Promoted, promote
from pipelines.tagging.transliteration import same_name


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add promote."""
    about = "add a person, organisation or place to a file of names"
    parser = commands.add_parser("promote", help=about, description=about)
    add_places(parser)
    parser.add_argument("name", metavar="NAME", help="as it is to be shown")
    parser.add_argument("--type", choices=TYPES, required=True)
    parser.add_argument("--alias", action="append", default=[], metavar="NAME", help="another name")
    parser.add_argument("--file", default="my_names.csv", metavar="FILE", help="(my_names.csv)")
    parser.set_defaults(run=_promote)


def _promote(run: Run) -> int:
    options = run.options
    file, known = Path(options.file), read_entities(run.config.entities)
    added = promote(file, Promoted(options.name, options.type, tuple(options.alias)), known)
    print(f"{added} added to {file}")
    of_type = [one for one in known if one.type == options.type]
    alike = [one.id for one in of_type if same_name(options.name, one.name)]
    if alike:
        print(f"look whether it is {' or '.join(alike)} by another spelling; take it back if so")
    used = {Path(name).resolve() for name in run.config.entities}
    if file.resolve() not in used:
        print(f'name the file in wirewatch.toml: entities = ["default", "{file.as_posix()}"]')
    print("the next `ingest` tags every stored article again")
    return 0
