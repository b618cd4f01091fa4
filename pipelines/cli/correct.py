"""Commands for what a person knows better: date, outlet, hiding, undoing, the list of all."""

import argparse
import re
import sys
from collections.abc import Callable
from contextlib import closing
from functools import partial

import pandas as pd

from pipelines.analysis.corrections import corrections
from pipelines.article import Outlet
from pipelines.cli.filters import day
from pipelines.cli.output import FORMATS, print_frame, print_table
from pipelines.cli.run import Run, add_below, add_places, reason, user_name
from pipelines.cli.write import article_id
from pipelines.errors import ConfigError, StoreError
from pipelines.hashing import id_number, id_text
from pipelines.outlets import UNKNOWN, read_outlets
from pipelines.store import (
    Corrected,
    find_outlet,
    hide,
    open_store,
    set_date,
    set_outlet,
    take_back,
)
from pipelines.tagging import country_names

_DOMAIN = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}")
_ABOUT = "correct what was found: date, outlet, home country; hide an article; list and undo"


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add correct with the commands below it."""
    parser = commands.add_parser("correct", help=_ABOUT, description=_ABOUT)
    add_places(parser)
    parser.set_defaults(run=lambda run: _usage(parser))
    below = parser.add_subparsers(title="commands", metavar="COMMAND")
    one = add_below(below, "date", "say when an article was published", _set_date)
    one.add_argument("article", type=article_id, help="its id, as `articles` prints it")
    one.add_argument("day", type=day, help="2015-06-02")
    _add_signature(one)
    outlet = add_below(below, "outlet", "say who published, and where they are based", _set_outlet)
    outlet.add_argument("target", type=_target, help="an article's id, or a domain: all of it")
    outlet.add_argument("--name", default="", help="the outlet: one of the store, a list, or new")
    outlet.add_argument("--country", type=_country, help="its home country: GB, or unknown")
    _add_signature(outlet)
    hiding = add_below(below, "hide", "count an article nowhere", _hide)
    hiding.add_argument("article", type=article_id, help="its id, as `articles` prints it")
    _add_signature(hiding)
    undo = add_below(below, "undo", "let count again what was found", _undo)
    undo.add_argument("target", type=_target, help="what was corrected: an article or a domain")
    undo.add_argument("what", choices=list(map(str, Corrected)), help="which of its corrections")
    _add_signature(undo, required=False)
    _add_list(below)


def _add_list(below: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    listed = add_below(below, "list", "list who corrected what, when and why", _list)
    listed.add_argument("--of", type=_target, help="only of this article or domain")
    listed.add_argument("--in-force", action="store_true", help="without those that were undone")
    listed.add_argument("--snap", type=int, metavar="N", help="as of version N of the store")
    listed.add_argument("--format", choices=FORMATS, default="table")
    listed.add_argument("--raw", action="store_true", help="CSV cells as they are, unguarded")


def _add_signature(parser: argparse.ArgumentParser, *, required: bool = True) -> None:
    said = reason if required else str
    parser.add_argument("--why", type=said, required=required, default="", help="how you know")
    parser.add_argument("--who", default="", help="who says so (default: your user name); kept")


def _usage(parser: argparse.ArgumentParser) -> int:
    parser.print_help()
    return 0


def _target(text: str) -> int | str:
    if _DOMAIN.fullmatch(text.casefold()):
        return text.casefold().removeprefix("www.")
    try:
        return id_number(text)
    except ValueError as error:
        wanted = "an id as `articles` prints it nor a domain such as example.org"
        raise argparse.ArgumentTypeError(f"{text!r} is neither {wanted}") from error


def _country(text: str) -> str:
    code = "" if text.casefold() == "unknown" else text.upper()
    if code and code not in country_names():
        raise argparse.ArgumentTypeError(f"{text!r} is no country: two letters such as GB")
    return code


Correct = Callable[..., object]


def _signed(run: Run, correct: Correct) -> object:
    """Make a correction with who, when and why; what is not there is an error of the store."""
    who = run.options.who or user_name()
    try:
        return correct(who=who, now=run.now, why=run.options.why)
    except KeyError as error:
        raise StoreError(f"{error.args[0]}; `articles` prints ids and domains") from error


def _set_date(run: Run) -> int:
    key, published = run.options.article, run.options.day
    _signed(run, partial(set_date, run.store, key, published))
    print(f"article {id_text(key)} is published on {published}, set by user")
    return 0


def _set_outlet(run: Run) -> int:
    options = run.options
    if not options.name and options.country is None:
        raise ConfigError("say which outlet it is with --name, or its home country with --country")
    outlet = _outlet(run, options.name) if options.name else None
    number = _signed(
        run, partial(set_outlet, run.store, options.target, outlet=outlet, country=options.country)
    )
    country = options.country if options.country is not None else outlet.country if outlet else ""
    said = ", ".join(filter(None, [outlet.name if outlet else "", country or "country unknown"]))
    print(f"{_named(options.target, number)}: {said}, set by user")
    return 0


def _outlet(run: Run, name: str) -> Outlet:
    """Return the outlet of a name: one of the store, of the settings' lists, or a new one."""
    with closing(open_store(run.store)) as store:
        known = find_outlet(store, name)
    found = known or read_outlets(run.config.outlets).find(name=name)
    if found == UNKNOWN:
        raise ConfigError(f"{name!r} is no name of an outlet")
    return found


def _hide(run: Run) -> int:
    _signed(run, partial(hide, run.store, run.options.article))
    print(f"article {id_text(run.options.article)} is hidden: no number counts it")
    return 0


def _undo(run: Run) -> int:
    target, what = run.options.target, Corrected(run.options.what)
    number = _signed(run, partial(take_back, run.store, target, what))
    again = "counts again" if what is Corrected.HIDE else f"has the {what} found again"
    print(f"{_named(target, number)}: {again}")
    return 0


def _named(target: int | str, articles: object) -> str:
    if isinstance(target, int):
        return f"article {id_text(target)}"
    return f"{target} ({articles} article{'' if articles == 1 else 's'}, and those to come)"


def _list(run: Run) -> int:
    options = run.options
    with closing(open_store(run.store, snap=options.snap)) as store:
        rows = corrections(store)
    if options.of is not None:
        target = options.of if isinstance(options.of, str) else id_text(options.of)
        rows = rows[rows["target"] == target]
    if options.in_force:
        rows = rows[rows["in_force"]]
    if options.format != "table":
        print_frame(rows, "corrections", options.format, raw=options.raw)
        return 0
    shown = rows.assign(on=pd.to_datetime(rows["made_at"]).dt.strftime("%Y-%m-%d"))
    print_table(shown[["on", "what", "target", "was", "set_to", "in_force", "who", "why"]])
    return 0


def tell_hidden(number: int) -> None:
    """Say on standard error how many articles a question leaves out because people hid them."""
    if number:
        said = "1 article is" if number == 1 else f"{number:,} articles are"
        print(f"{said} hidden by hand and not counted: `correct list`", file=sys.stderr)
