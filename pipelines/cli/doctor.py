"""`doctor`: say whether this installation and this store are whole, and what to do if not."""

import argparse
import importlib.metadata
import sys
from contextlib import closing

from pipelines.analysis.date_quality import date_quality
from pipelines.cli.run import Run, add_places
from pipelines.errors import StoreError, StoreMissing, WirewatchError
from pipelines.outlets import read_outlets
from pipelines.query import Query
from pipelines.store import Store, last_version, open_store
from pipelines.store.fulltext import damage, folder_of
from pipelines.topic_changes.files import topics_in_force

_PACKAGES = ("streamlit", "pandas", "plotly", "pyarrow", "deltalake", "duckdb", "trafilatura")


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add doctor."""
    parser = commands.add_parser("doctor", help="check the installation, settings and store")
    add_places(parser)
    parser.set_defaults(run=_doctor)


def _doctor(run: Run) -> int:
    checks = [_python(), *map(_package, _PACKAGES), _settings(run), *_store(run)]
    for good, text in checks:
        print(f"{'ok' if good else 'PROBLEM':<8}{text}")
    return 0 if all(good for good, _ in checks) else 1


def _python() -> tuple[bool, str]:
    version = ".".join(map(str, sys.version_info[:3]))
    return sys.version_info >= (3, 11), f"Python {version} (3.11 or newer is needed)"


def _package(name: str) -> tuple[bool, str]:
    try:
        return True, f"{name} {importlib.metadata.version(name)}"
    except importlib.metadata.PackageNotFoundError:
        return False, f"{name} is missing: pip install -r requirements.txt"


def _settings(run: Run) -> tuple[bool, str]:
    try:
        topics = topics_in_force(run.config.topics, run.store)
        read_outlets(run.config.outlets)
    except WirewatchError as error:
        return False, str(error)
    return True, f"{len(topics)} topics, {len(run.config.sources)} sources in the settings"


def _store(run: Run) -> list[tuple[bool, str]]:
    """Open the commits from the newest back until one is whole; name each that is not."""
    version = last_version(run.store)
    if version is None:
        return [(True, f"no store in {run.store} yet: python -m pipelines ingest FOLDER")]
    checks = []
    for number in range(version, 0, -1):
        try:
            with closing(open_store(run.store, snap=number)) as store:
                articles, broken = store.article_count(Query()), store.damage()
                more = [] if broken else [*_index(run, store, articles), *_odd_dates(store)]
        except StoreMissing:
            continue
        except StoreError as error:
            checks.append((False, str(error)))
            continue
        if broken:
            checks += [(False, f"version {number}: {file}") for file in broken]
            continue
        whole = (True, f"{run.store}: version {number} is whole, {articles} articles")
        return [*checks, whole, *more]
    return checks


def _index(run: Run, store: Store, articles: int) -> list[tuple[bool, str]]:
    """Return how much the text index covers, and a line for each part of it that is damaged."""
    damaged = [
        (False, f"{part} is damaged: python -m pipelines index --anew")
        for part in damage(folder_of(run.store))
    ]
    return [(True, f"text index: {store.indexed()} of {articles} articles"), *damaged]


def _odd_dates(store: Store) -> list[tuple[bool, str]]:
    """Return a line for each source whose dates are not to be trusted."""
    judged = date_quality(store.source_dates(Query()))
    odd = judged[judged["flagged"]]
    lines = zip(odd["source"], odd["outlet_name"], odd["verdict"], strict=True)
    return [(False, f"dates of {source}, {outlet}: {words}") for source, outlet, words in lines]
