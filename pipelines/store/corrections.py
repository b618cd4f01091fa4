"""Lay what a person knows over the facts: undoable, signed, and never in place of the evidence."""

from datetime import date, datetime
from pathlib import Path

from pipelines.store.reader import Store
from pipelines.store.writer import open_writer


def set_date(
    store: Path, article_id: int, day: date | None, *, who: str, now: datetime, why: str = ""
) -> None:
    """Make `day` the publication day of an article, "set by user"; None takes a set date back.

    Raises KeyError where the store has no such article, StoreBusy where another run is writing.
    """
    reader = Store(store)
    try:
        reader.article(article_id)
    finally:
        reader.close()
    with open_writer(store, now=now) as writer:
        writer.overlay(
            {
                "article_id": article_id,
                "field": "published_day",
                "value": day.isoformat() if day else None,
                "who": who,
                "why": why,
            }
        )
