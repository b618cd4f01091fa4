"""Lay what a person knows over the facts: undoable, signed, and never in place of the evidence.

A correction is a row of `overlays`: of what, which value, who, when, why. To take it back is a
further row without a value; nothing is deleted, and a store of an earlier version is read with the
corrections that it had. How they are laid over the facts: `counted/overlaid.py`.
"""

import json
import re
from collections.abc import Iterable
from contextlib import closing
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from pipelines.article import Outlet
from pipelines.errors import StoreError
from pipelines.hashing import hash63, id_text
from pipelines.store.counted.overlaid import IN_FORCE
from pipelines.store.reader import Store
from pipelines.store.writer import open_writer
from pipelines.store.writing.rows import Row

_COUNTRY = re.compile("[A-Z]{2}")


class Corrected(StrEnum):
    """What of an article a person can correct."""

    DATE = "date"
    OUTLET = "outlet"  # and its home country
    HIDE = "hide"


_FIELDS = {Corrected.DATE: "published_day", Corrected.OUTLET: "outlet", Corrected.HIDE: "hidden"}


def set_date(
    store: Path, article_id: int, day: date | None, *, who: str, now: datetime, why: str = ""
) -> None:
    """Make `day` the publication day of an article, "set by user"; None takes a set date back.

    Raises KeyError where the store has no such article, StoreBusy where another run is writing.
    """
    with closing(Store(store)) as reader:
        _refuse_unknown(reader, article_id)
    value = day.isoformat() if day else None
    _write(store, article_id, "published_day", value, who=who, now=now, why=why)


def hide(store: Path, article_id: int, *, who: str, now: datetime, why: str) -> None:
    """Count an article nowhere from now on; it is listed as hidden, with who and why.

    Raises KeyError where the store has no such article, StoreBusy where another run is writing.
    """
    with closing(Store(store)) as reader:
        _refuse_unknown(reader, article_id)
    _write(store, article_id, "hidden", "hidden", who=who, now=now, why=why)


def set_outlet(
    store: Path,
    of: int | str,
    *,
    outlet: Outlet | None = None,
    country: str | None = None,
    who: str,
    now: datetime,
    why: str,
) -> int:
    """Say who published an article, or all articles of a domain; return how many articles.

    `of` is the id of an article or the domain that articles were stored with; those of the domain
    that come later are meant as well. `country` is the home country, as two capital letters or ""
    for unknown; without it that of `outlet`. What is not said stays as it was set or found.

    Raises KeyError where the store has no such article or domain, ValueError where nothing is said
    or the country is none, StoreBusy where another run is writing.
    """
    said = _said(outlet, country)
    field = "domain" if isinstance(of, str) else "outlet"
    key = domain_key(of) if isinstance(of, str) else of
    with closing(Store(store)) as reader:
        number = _articles_of(reader, of)
        before = _in_force(reader, key, field)
    value = {**before, **({"at": of} if isinstance(of, str) else {}), **said}
    _write(store, key, field, json.dumps(value, ensure_ascii=False), who=who, now=now, why=why)
    return number


def find_outlet(reader: Store, name: str) -> Outlet | None:
    """Return the outlet of the store that has this id or name, as most of its articles have it."""
    sql = """
        SELECT outlet, outlet_name, outlet_domain, outlet_country FROM article
        WHERE outlet = lower(?) OR lower(outlet_name) = lower(?)
        GROUP BY ALL ORDER BY count(*) DESC, 1, 2, 3, 4 LIMIT 1"""
    found = reader.look_up(sql, name, name)
    return Outlet(*found.iloc[0]) if len(found) else None


def take_back(
    store: Path, of: int | str, what: Corrected, *, who: str, now: datetime, why: str = ""
) -> int:
    """Take a correction back, so that what was found counts again; return how many articles.

    Raises KeyError where there is no such article or domain, StoreError where there is nothing to
    take back, StoreBusy where another run is writing.
    """
    field = "domain" if isinstance(of, str) else _FIELDS[what]
    key = domain_key(of) if isinstance(of, str) else of
    with closing(Store(store)) as reader:
        number = _articles_of(reader, of)
        can_be = what is Corrected.OUTLET or not isinstance(of, str)
        if not can_be or not _is_set(reader, key, field):
            name = of if isinstance(of, str) else f"article {id_text(of)}"
            raise StoreError(f"nobody corrected the {what} of {name}: there is nothing to undo")
    _write(store, key, field, None, who=who, now=now, why=why)
    return number


def domain_key(domain: str) -> int:
    """Return what stands in the place of an article's id in a correction of a whole domain."""
    return hash63("domain", domain)


def has_other_outlets(reader: Store) -> bool:
    """Return whether any article has an outlet or home country that a person set."""
    return not reader.look_up(
        f"SELECT field FROM ({IN_FORCE}) WHERE field IN ('outlet', 'domain') LIMIT 1"
    ).empty


def _said(outlet: Outlet | None, country: str | None) -> dict[str, str]:
    """Return the parts of an outlet that a correction sets."""
    if outlet is None and country is None:
        raise ValueError("say which outlet it is, or its home country")
    code = country if country is not None else outlet.country if outlet else ""
    if code and not _COUNTRY.fullmatch(code):
        raise ValueError(f"{code!r} is no country; say two capital letters such as GB")
    said = {"country": code}
    if outlet is not None:
        said |= {"id": outlet.id, "name": outlet.name}
        said |= {"domain": outlet.domain} if outlet.domain else {}
    return said


def _articles_of(reader: Store, of: int | str) -> int:
    """Return how many articles of the store are meant; KeyError where none is."""
    if not isinstance(of, str):
        _refuse_unknown(reader, of)
        return 1
    sql = "SELECT count(DISTINCT article_id) AS n FROM articles WHERE outlet_domain = ?"
    number = int(reader.look_up(sql, of)["n"].iloc[0])
    if not number:
        raise KeyError(f"the store has no article of the domain {of}")
    return number


def _refuse_unknown(reader: Store, article_id: int) -> None:
    if reader.look_up("SELECT version FROM articles WHERE article_id = ?", article_id).empty:
        raise KeyError(f"the store has no article {id_text(article_id)}")


def _is_set(reader: Store, key: int, field: str) -> bool:
    sql = f"SELECT value FROM ({IN_FORCE}) WHERE article_id = ? AND field = ?"
    return not reader.look_up(sql, key, field).empty


def _in_force(reader: Store, key: int, field: str) -> dict[str, str]:
    sql = f"SELECT value FROM ({IN_FORCE}) WHERE article_id = ? AND field = ?"
    values = reader.look_up(sql, key, field)["value"]
    return dict(json.loads(values.iloc[0])) if len(values) else {}


def _write(
    store: Path, key: int, field: str, value: str | None, *, who: str, now: datetime, why: str
) -> None:
    with open_writer(store, now=now) as writer:
        row = {"article_id": key, "field": field, "value": value, "who": who, "why": why}
        writer.overlay(row)


def keep_labels(
    store: Path, topic: str, definition: int, labels: Iterable[Row], *, who: str, now: datetime
) -> int:
    """Keep what a person says of sentences of a topic; return how many labels that were.

    A label has article_id, sentence_key, sense, seed and right. Raises StoreError where the topic
    has another definition by now, StoreBusy where another run is writing.
    """
    rows = [{**row, "topic": topic, "definition": definition, "who": who} for row in labels]
    with open_writer(store, now=now) as writer:
        if writer.definitions().get(topic) != definition:
            raise StoreError("another run changed the topic meanwhile; run again")
        writer.label(rows)
    return len(rows)
