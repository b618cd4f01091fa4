"""What the page of reports asks: a report made now, and the views kept beside the store."""

from datetime import UTC, datetime

import pandas as pd

from dashboard import data
from pipelines.query import Query
from pipelines.reports import views
from pipelines.reports.bundle import make_report


def report(query: Query, files: tuple[str, ...], name: str) -> bytes:
    """Return the report of a query as a zip, made now."""
    made = make_report(data.store(query.snap), query, now=datetime.now(UTC), files=files, name=name)
    return made.content


def saved_views() -> pd.DataFrame:
    """Return Name, Saved (UTC), link of the views kept beside the store."""
    kept = views.saved_views(data.config().store)
    return pd.DataFrame(
        {
            "Name": [view.name for view in kept],
            "Saved": [view.saved_at[:16].replace("T", " ") for view in kept],
            "link": [view.link for view in kept],
        },
        dtype="string",
    )


def save_view(name: str, link: str) -> str:
    """Keep a view under a name; return what hinders it."""
    try:
        views.save_view(data.config().store, name, link, now=datetime.now(UTC))
    except ValueError as error:
        return f"{error}."
    return ""


def drop_view(name: str) -> None:
    """Forget a view."""
    views.drop_view(data.config().store, name)
