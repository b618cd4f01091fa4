"""A report: everything a question shows as CSV files in one zip, with a manifest that defends it.

`manifest.json` says what was asked and how every word of it was read, of which version of the store
and by which code, and names each file with its rows and SHA-256. The same question asked of the
same version by the same code gives the same bytes, so a report can be verified a year later (see
`verify.py`), as long as the version is kept.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

import pandas as pd

from pipelines.analysis.corrections import corrections
from pipelines.analysis.countries import SENSES, countries
from pipelines.analysis.entities import top_entities
from pipelines.analysis.labels import countries_shown_as, filters_in_words, series_names
from pipelines.analysis.outlets import languages, outlets
from pipelines.analysis.peaks import peaks
from pipelines.analysis.period import useful_period
from pipelines.analysis.quotes import quotes, speakers
from pipelines.analysis.trend import trend
from pipelines.analysis.words import words
from pipelines.hashing import hash63
from pipelines.query import Query
from pipelines.querylang import parse
from pipelines.reports.csv_report import guarded_cells, to_csv, with_evidence
from pipelines.store import Store

FORMAT = 1  # of the manifest
MANIFEST, README = "manifest.json", "README.txt"


def _countries(store: Store, query: Query) -> pd.DataFrame:
    return pd.concat([countries(store, query, sense) for sense in SENSES], ignore_index=True)


def _articles(store: Store, query: Query) -> pd.DataFrame:
    return with_evidence(store.articles(query), store.mentions(query))


FILES: Mapping[str, Callable[[Store, Query], pd.DataFrame]] = {
    "attention": trend,
    "peaks": peaks,
    "articles": _articles,
    "mentions": lambda store, query: store.mentions(query),
    "entities": top_entities,
    "countries": _countries,
    "outlets": outlets,
    "languages": languages,
    "words": words,
    "quotes": quotes,
    "speakers": speakers,
    "corrections": lambda store, query: corrections(store),
}
"""Kind of file (docs/reports.md) -> what makes its frame."""

_DEFINITIONS = {
    "article": "one published item at one outlet; of several versions the richest, newest counts",
    "mention": "one marked span of a headline, subhead, lede, body or caption",
    "text": "a distinct text: copies of one text count once",
    "ratio": "count / total_count under the same corpus filters; empty below a total of 20",
    "peak": "a bucket so far above the series' own past as comes by chance once in two years",
    "gap": "a bucket without known collection has empty numbers, not zeros",
    "hidden": "articles that a person hid; no number has them, corrections.csv says why",
    "placement": "undated, guess and too coarse articles stand in rows of their own",
}
_README = """This is a Wirewatch report.

{heading}

Every CSV file is UTF-8 and opens in a spreadsheet. What its columns mean is said in docs/reports.md
of Wirewatch; manifest.json says what was asked, of which version of the store, and the SHA-256 of
each file. To check that nothing was changed, and that the store still gives these numbers:

    python -m pipelines report verify {name}

To ask the same question of today's store:

    python -m pipelines report redo {name} NEW.zip
"""


@dataclass(frozen=True, slots=True)
class Report:
    """A report as bytes of a zip, and what its manifest says."""

    content: bytes
    manifest: Mapping[str, object]


def make_report(
    store: Store,
    query: Query,
    *,
    now: datetime,
    files: Sequence[str] = tuple(FILES),
    name: str = "REPORT.zip",
) -> Report:
    """Return the report of a query; `now` (UTC) is when it is made, `name` what it will be called.

    A period that the query leaves open is filled in, so that the report says which days it counts.
    Raises ValueError for a kind of file that is not in FILES.
    """
    if unknown := [kind for kind in files if kind not in FILES]:
        raise ValueError(f"no file of a report is called {unknown[0]!r}; known: {', '.join(FILES)}")
    asked = useful_period(store, query)
    contents, entries = {}, []
    for kind in files:
        frame = FILES[kind](store, asked)
        contents[f"{kind}.csv"] = to_csv(frame, kind, bom=True)
        entries.append(_entry(kind, frame, contents[f"{kind}.csv"]))
    manifest = make_manifest(store, asked, now, entries)
    contents[README] = make_readme(str(manifest["heading"]), name)
    contents[MANIFEST] = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
    return Report(_zipped(contents, now), manifest)


def _entry(kind: str, frame: pd.DataFrame, content: bytes) -> dict[str, object]:
    return {
        "name": f"{kind}.csv",
        "kind": kind,
        "rows": len(frame),
        "guarded_cells": guarded_cells(frame, kind),
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def make_readme(heading: str, name: str) -> bytes:
    """Return the README of a report that is called `name`."""
    return _README.format(heading=heading, name=name).encode()


def make_manifest(
    store: Store, query: Query, now: datetime, files: list[dict[str, object]]
) -> dict[str, object]:
    """Return the manifest of a report: what was asked, of which store, by which code, when."""
    series, words = series_names(store, query), filters_in_words(store, query)
    period = f"{query.start} to {query.end}" if query.start or query.end else "all dates"
    heading = ", ".join(filter(None, [" and ".join(series.values()), period, words]))
    return {
        "format": FORMAT,
        "made_at": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "heading": heading,
        "link": f"?{urlencode(query.to_params(everything=True))}",
        "store_version": store.version,
        "as_of": store.as_of.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "code": code_hash(),
        "names": store.tags_hash,
        "series": [_series(store, one, name) for one, name in series.items()],
        "within": _read(query.within),
        "filters": words,
        "hidden": store.hidden_count(query),
        "country_names": countries_shown_as(),
        "definitions": _DEFINITIONS,
        "files": files,
    }


def _series(store: Store, series: str, name: str) -> dict[str, object]:
    """Return what a series is: of a topic its definition and version, of a query its reading."""
    kind, _, tag = series.partition(":")
    found: dict[str, object] = {"series": series, "name": name}
    if kind == "topic":
        topics = store.topics()
        for row in topics[topics["id"] == tag].to_dict("records"):
            definition = f"{int(row['definition']):016x}"
            found |= {"query": row["query"], "version": int(row["version"])}
            found |= {"definition": definition, "reading": _read(str(row["query"]))}
    elif kind == "query":
        found["reading"] = _read(tag)
    return found


def _read(text: str) -> str:
    return parse(text).reading if text else ""


@cache
def code_hash() -> str:
    """Return the hash of the code and tables that decide on numbers: all of `pipelines`."""
    here = Path(__file__).resolve().parents[1]
    kinds = (".py", ".csv", ".toml", ".txt")
    files = sorted(path for path in here.rglob("*") if path.suffix in kinds)
    return f"{hash63(*(path.read_bytes() for path in files)):016x}"


def _zipped(contents: Mapping[str, bytes], now: datetime) -> bytes:
    """Return a zip whose bytes depend on its contents and the time it was made only."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            info = zipfile.ZipInfo(name, now.timetuple()[:6])
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(info, content)
    return packed.getvalue()
