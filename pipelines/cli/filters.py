"""The dashboard's filters as options of the command line."""

import argparse
import difflib
import re
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from pipelines.analysis.labels import entity_labels
from pipelines.analysis.unmet import unmet
from pipelines.cli.run import Run
from pipelines.config import check_zone
from pipelines.errors import ConfigError, QueryError
from pipelines.query import Interval, Measure, Placement, Query, Unit
from pipelines.querylang import parse
from pipelines.store import Store
from pipelines.tagging import country_names


def add_filters(parser: argparse.ArgumentParser) -> None:
    """Add every filter, series and way to count."""
    add_series(parser)
    add_narrowing(parser)
    add_time(parser)


def add_series(parser: argparse.ArgumentParser) -> None:
    """Add what is counted, and how."""
    group = parser.add_argument_group("what to count")
    group.add_argument(
        "--topic", action="append", default=[], help="a topic's id or name; several are series"
    )
    group.add_argument(
        "--entity", action="append", default=[], help="an entity's id or name; several are series"
    )
    group.add_argument("--query", default="", help="an ad-hoc query, as one more series")
    group.add_argument("--unit", choices=list(map(str, Unit)), default=Unit.ARTICLES.value)
    group.add_argument("--measure", choices=list(map(str, Measure)), default=Measure.COUNT.value)


def add_narrowing(parser: argparse.ArgumentParser) -> None:
    """Add the filters on articles and outlets."""
    group = parser.add_argument_group("filters")
    group.add_argument("--within", default="", help="a query that narrows every series")
    group.add_argument(
        "--mentioned", action="append", default=[], help="a country named, as two letters: SY"
    )
    group.add_argument(
        "--about", action="append", default=[], help="a country it is about, as two letters: SY"
    )
    group.add_argument(
        "--dateline", action="append", default=[], help="a country it was filed from: SY"
    )
    group.add_argument(
        "--outlet-country",
        action="append",
        default=[],
        help="where the outlet is based, or 'unknown'",
    )
    group.add_argument(
        "--lang", action="append", type=language, default=[], help="language, as two letters: ru"
    )
    group.add_argument("--outlet", action="append", default=[], help="an outlet's id or name")


def add_time(parser: argparse.ArgumentParser) -> None:
    """Add the period, the days and the version of the store."""
    group = parser.add_argument_group("time")
    group.add_argument("--from", dest="start", type=day, metavar="DAY", help="first day")
    group.add_argument("--to", dest="end", type=day, metavar="DAY", help="last day, included")
    group.add_argument("--last", default="", help="24h, 7d, 30d, 90d, ytd, 1y or all")
    group.add_argument(
        "--interval", choices=list(map(str, Interval)), help="default: the finest useful"
    )
    group.add_argument("--tz", default="", help="time zone of the days (default UTC)")
    group.add_argument("--guesses", action="store_true", help="place guessed dates too")
    group.add_argument(
        "--placement",
        choices=list(map(str, Placement)),
        help="only articles that stand so on the time axis",
    )
    add_version(group)


def add_version(group: "argparse._ActionsContainer") -> None:
    """Add the version of the store to read, by its number or by a time.

    Whoever starts the command turns the time into `snap`.
    """
    either = group.add_mutually_exclusive_group()
    either.add_argument("--snap", type=int, metavar="N", help="store version to read")
    either.add_argument(
        "--as-of",
        type=instant,
        metavar="TIME",
        help="read the store as it was then: 2026-11-01T12:00Z",
    )


def instant(text: str) -> datetime:
    """Return a time of the command line; without a zone it is UTC."""
    try:
        if "T" not in text:  # a day has many versions
            raise ValueError
        found = datetime.fromisoformat(text)
    except ValueError as error:
        wanted = "2026-11-01T12:00Z"
        raise argparse.ArgumentTypeError(f"{text!r} is not a time such as {wanted}") from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def day(text: str) -> date:
    """Return a day of the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2015-06-02") from error


def make_query(run: Run, store: Store) -> Query:
    """Return the query of the options; ConfigError names the nearest known value of a wrong one."""
    options = run.options
    if options.query:
        check_query(options.query)
        note_unmet(store, options.query)
    return replace(
        make_filters(run, store),
        topics=topic_ids(store, options.topic),
        entities=known_ids("entity", options.entity, entity_labels(*options.entity)),
        text=options.query,
        unit=Unit(options.unit),
        measure=Measure(options.measure),
    )


def topic_ids(store: Store, given: list[str]) -> tuple[str, ...]:
    """Return the ids of topics given by id or name; ConfigError where the store has none such."""
    topics = store.topics()
    return known_ids("topic", given, dict(zip(topics["id"], topics["name"], strict=True)))


def make_filters(run: Run, store: Store) -> Query:
    """Return a query without series: what `add_narrowing` and `add_time` were given."""
    options = run.options
    query = Query(
        within=options.within,
        outlet_countries=_countries("--outlet-country", options.outlet_country, "unknown"),
        mentioned=_countries("--mentioned", options.mentioned),
        about=_countries("--about", options.about),
        dateline=_countries("--dateline", options.dateline),
        languages=tuple(dict.fromkeys(options.lang)),
        outlets=outlet_ids(store, options.outlet),
        start=options.start,
        end=options.end,
        last=options.last,
        interval=Interval(options.interval) if options.interval else None,
        tz=options.tz or run.config.tz,
        guesses=options.guesses,
        placement=Placement(options.placement) if options.placement else None,
        snap=options.snap,
    )
    if query.within:
        check_query(query.within)
        note_unmet(store, query.within)
    return _with_period(query, run)


def with_time(run: Run, query: Query) -> Query:
    """Return `query` with the period, days and interval of the options where these say any.

    An end that is not given stays, unless --last sets both; a new period opens the interval anew.
    """
    options = run.options
    if options.last:
        query = replace(query, start=options.start, end=options.end)
    if options.start or options.end or options.last:
        start, end = options.start or query.start, options.end or query.end
        query = replace(query, start=start, end=end, last=options.last, interval=None)
    query = replace(
        query,
        interval=Interval(options.interval) if options.interval else query.interval,
        tz=options.tz or query.tz,
        guesses=options.guesses or query.guesses,
        placement=Placement(options.placement) if options.placement else query.placement,
    )
    return _with_period(query, run)


def outlet_ids(store: Store, given: list[str]) -> tuple[str, ...]:
    """Return the ids of outlets given by id or name; ConfigError where the store has none such."""
    outlets = store.group_counts(Query(), "outlet")
    return known_ids("outlet", given, dict(zip(outlets["value"], outlets["label"], strict=True)))


def _with_period(query: Query, run: Run) -> Query:
    """Return the query with its preset turned into days, as they are in its time zone."""
    check_zone(query.tz, "--tz")
    if query.last and (query.start or query.end):
        raise ConfigError("give --last, or --from and --to, not both")
    if query.start and query.end and query.start > query.end:
        raise ConfigError(f"--from {query.start} is after --to {query.end}; turn them round")
    try:
        return query.resolve_last(run.now.astimezone(ZoneInfo(query.tz)).date())
    except ValueError as error:
        raise ConfigError(f"cannot use --last: {error}") from error


def check_query(text: str, *, notes: bool = True) -> None:
    """Raise QueryError, with a mark under the place where reading stopped, for a wrong query.

    Warnings are printed as notes, unless the caller does so.
    """
    try:
        warnings = parse(text).warnings
    except QueryError as error:
        if len(text) > _SHOWN_QUERY:
            raise
        shown = f"{error}\n  {text}\n  {' ' * error.position}^"
        raise QueryError(shown, position=error.position, expected=error.expected) from error
    for warning in warnings if notes else ():
        print(f"note: {warning.message}", file=sys.stderr)


def note_unmet(store: Store, text: str) -> None:
    """Print a note on each condition of a query that no article meets."""
    for condition in unmet(store, text):
        print(f"note: no article has {condition}; is it spelled so?", file=sys.stderr)


_SHOWN_QUERY = 200  # characters; a mark under a longer line would not be seen


def known_ids(what: str, given: list[str], known: Mapping[str, str]) -> tuple[str, ...]:
    """Return the ids of names or ids, in any case; an id goes before a name.

    ConfigError names the nearest for one that is not there, and the ids where a name is of several.
    """
    by_name: dict[str, list[str]] = {}
    for tag, name in known.items():
        by_name.setdefault(name.casefold(), []).append(tag)
    by_name |= {tag.casefold(): [tag] for tag in known}
    ids = []
    for name in given:
        if name.casefold() not in by_name:
            near = difflib.get_close_matches(name.casefold(), by_name, n=3, cutoff=0.5)
            hint = f"; did you mean {', '.join(near)}?" if near else ""
            raise ConfigError(f"there is no {what} {name!r} in this store{hint}")
        found = by_name[name.casefold()]
        if len(found) > 1:
            several = f"there are {len(found)} called {name!r}; give an id"
            raise ConfigError(f"cannot tell which {what} is meant: {several}: {', '.join(found)}")
        ids += found
    return tuple(dict.fromkeys(ids))


def language(text: str) -> str:
    """Return a language code of the command line, in lower case."""
    if not re.fullmatch("[A-Za-z]{2}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a two-letter code such as en or ru")
    return text.lower()


def _countries(option: str, given: list[str], *also: str) -> tuple[str, ...]:
    names = country_names()
    codes = {code.lower() if code.lower() in also else code.upper() for code in given}
    for code in sorted(codes):
        if code not in names and code not in also:
            near = difflib.get_close_matches(code.title(), names.values(), n=1, cutoff=0.6)
            hint = next((key for key, name in names.items() if [name] == near), "SY")
            raise ConfigError(f"{option} takes two-letter codes such as {hint}, not {code!r}")
    return tuple(sorted(codes))
