"""Commands that read the store: one for each question, all with the same filters and formats."""

import argparse
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace

import pandas as pd

from pipelines.analysis.countries import SENSES, countries
from pipelines.analysis.date_quality import date_quality
from pipelines.analysis.entities import top_entities
from pipelines.analysis.expected import expected_by_day
from pipelines.analysis.outlets import languages, outlets
from pipelines.analysis.peaks import peaks
from pipelines.analysis.period import useful_period
from pipelines.analysis.trend import trend
from pipelines.cli import naming
from pipelines.cli.correct import tell_hidden
from pipelines.cli.filters import add_filters, make_query
from pipelines.cli.output import FORMATS, print_bytes, print_frame, print_table
from pipelines.cli.run import Run, add_places
from pipelines.query import Measure, Query
from pipelines.reports.csv_report import wide_csv, with_evidence
from pipelines.store import Store, open_store

Ask = Callable[[Run, Store, Query], pd.DataFrame]


def _articles(run: Run, store: Store, query: Query) -> pd.DataFrame:
    articles = store.articles(query, limit=run.options.limit)
    if run.options.format == "table":
        return articles
    return with_evidence(articles, store.mentions(query))


def _mentions(run: Run, store: Store, query: Query) -> pd.DataFrame:
    return store.mentions(query).head(run.options.limit)


def _attention(run: Run, store: Store, query: Query) -> pd.DataFrame:
    return trend(store, replace(query, previous=run.options.previous))


def _peaks(run: Run, store: Store, query: Query) -> pd.DataFrame:
    found = peaks(store, query, limit=run.options.limit)
    if found.empty:
        print(_NO_PEAK, file=sys.stderr)
    return found


def _entities(run: Run, store: Store, query: Query) -> pd.DataFrame:
    return top_entities(store, query, limit=run.options.limit)


def _countries(run: Run, store: Store, query: Query) -> pd.DataFrame:
    return countries(store, query, run.options.sense).head(run.options.limit)


def _outlets(run: Run, store: Store, query: Query) -> pd.DataFrame:
    return outlets(store, query, limit=run.options.limit)


def _languages(run: Run, store: Store, query: Query) -> pd.DataFrame:
    return languages(store, query, limit=run.options.limit)


def _expected(run: Run, store: Store, query: Query) -> pd.DataFrame:
    days = expected_by_day(store, useful_period(store, query))
    if run.options.unusual:
        days = days[~days["state"].isin(["usual", "unknown"])]
    return days.sort_values(["date", "source"], ascending=[False, True]).head(run.options.limit)


def _add_expected_options(group: "argparse._ArgumentGroup") -> None:
    group.add_argument(
        "--unusual", action="store_true", help="only days that were low, empty or not collected"
    )


_NO_PEAK = (
    "note: nothing stands out; a bucket is measured by its past, which takes articles of 28 days, "
    "16 weeks or 12 months before it"
)
_QUESTIONS: dict[str, tuple[Ask, str]] = {
    "articles": (_articles, "list articles, newest first"),
    "mentions": (_mentions, "list the sentences behind a count"),
    "attention": (_attention, "count articles over time"),
    "peaks": (_peaks, "list what stands out of its own past, and whether it is real"),
    "entities": (_entities, "rank people, organisations and places"),
    "countries": (_countries, "rank countries"),
    "outlets": (_outlets, "rank outlets"),
    "languages": (_languages, "rank languages"),
    "quotes": (naming.ask_quotes, "list who said what, newest first"),
    "speakers": (naming.ask_speakers, "rank who is quoted"),
    "comentions": (naming.ask_comentions, "rank what is named together with a tag"),
    "names": (naming.ask_names, "rank names that no table knows"),
    "words": (naming.ask_words, "rank the words that mark the articles"),
    "expected": (_expected, "compare what came from each source with what usually comes"),
}
_OPTIONS = {
    "quotes": naming.add_quote_options,
    "comentions": naming.add_comention_options,
    "words": naming.add_word_options,
    "expected": _add_expected_options,
}


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add one command a question, all with the same filters and formats."""
    for name, (ask, about) in _QUESTIONS.items():
        parser = commands.add_parser(name, help=about, description=about)
        add_places(parser)
        add_filters(parser)
        group = parser.add_argument_group("output")
        group.add_argument("--format", choices=FORMATS, default="table")
        group.add_argument("--raw", action="store_true", help="CSV cells as they are, unguarded")
        if name == "countries":
            group.add_argument("--sense", choices=SENSES, default="mentioned")
        if name in _OPTIONS:
            _OPTIONS[name](group)
        if name == "attention":
            group.add_argument(
                "--previous", action="store_true", help="lay the same span before beside it"
            )
            group.add_argument("--wide", action="store_true", help="one column a series, as CSV")
        else:
            group.add_argument("--limit", type=row_count, metavar="N", help="at most N rows")
        parser.set_defaults(run=_command(name, ask))
    fetches = commands.add_parser("sources", help="list the collection log: what was read, when")
    add_places(fetches)
    fetches.add_argument(
        "--dates", action="store_true", help="judge each source's dates instead of its log"
    )
    fetches.set_defaults(run=_sources)


def row_count(text: str) -> int:
    """Return a number of rows of the command line."""
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of rows such as 20")
    return int(text)


def _command(name: str, ask: Ask) -> Callable[[Run], int]:
    def run_question(run: Run) -> int:
        with closing(open_store(run.store, snap=run.options.snap)) as store:
            query = make_query(run, store)
            frame = ask(run, store, query)
            tell_hidden(store.hidden_count(query))
        if name == "attention" and run.options.wide:
            print_bytes(wide_csv(frame, raw=run.options.raw))
        elif name == "attention" and run.options.format == "table":
            print_table(shown_attention(frame, query))
        else:
            print_frame(frame, name, run.options.format, raw=run.options.raw)
        return 0

    return run_question


def shown_attention(frame: pd.DataFrame, query: Query) -> pd.DataFrame:
    """Return the columns of an attention frame that answer the question asked, for reading."""
    columns = ["query", "date", "count", "total_count"]
    measure = query.measure.of(query.unit)
    if measure.is_share:
        columns += ["ratio", "ratio_low", "ratio_high"]
    if measure is Measure.ADJUSTED:
        columns += ["adjusted_ratio", "missing_ratio"]
    if measure is Measure.INDEX:
        columns += ["index", "index_base"]
    if frame["previous_date"].notna().any():
        columns += ["previous_date", "previous_count"]
    return frame[[*columns, "copies", "coverage"]]


def shown_dates(judged: pd.DataFrame) -> pd.DataFrame:
    """Return the columns of judged dates that fit a terminal, shares as percentages."""
    shares = {"sure": "sure_share", "undated": "undated_share", "on fetch day": "fetch_day_share"}
    shown = judged[["source", "outlet_name", "articles"]].rename(columns={"outlet_name": "outlet"})
    for title, column in shares.items():
        shown[title] = (judged[column] * 100).round().astype("Int64")
    shown["age (h)"] = judged["median_age_hours"].round(1)
    return shown.assign(verdict=judged["verdict"])


def _sources(run: Run) -> int:
    with closing(open_store(run.store)) as store:
        if run.options.dates:
            print_table(shown_dates(date_quality(store.source_dates(Query()))))
            return 0
        log = store.fetches(Query())
    log["failures"] = log["failed"] + log["unsupported"] + log["quarantined"]
    kinds = log.groupby(["source", "kind"], as_index=False)
    print_table(
        kinds.agg(
            fetches=("fetch_id", "size"),
            entries=("entries", "sum"),
            stored=("stored", "sum"),
            failures=("failures", "sum"),
            first=("fetched_at", "min"),
            last=("fetched_at", "max"),
        )
    )
    return 0
