"""Saved views: questions that somebody gave a name, as links beside the store.

They lie in `views.json` in the store's folder, written whole and in one step; they are no numbers,
so no version of the store depends on them.
"""

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from pipelines.errors import StoreDamaged

_FILE = "views.json"
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class SavedView:
    """A named question; `link` is the end of a dashboard address."""

    name: str
    link: str
    saved_at: str  # ISO instant, UTC


def saved_views(store: Path) -> list[SavedView]:
    """Return the views saved beside a store, in the order of their names.

    Raises StoreDamaged where the file is not what `save_view` wrote.
    """
    path = store / _FILE
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        views = [SavedView(**{name: str(row[name]) for name in _FIELDS}) for row in rows]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreDamaged(
            f"cannot read the saved views in {path}: {error}; mend or remove the file"
        ) from error
    return sorted(views, key=lambda view: view.name.casefold())


_FIELDS = ("name", "link", "saved_at")


def save_view(store: Path, name: str, link: str, *, now: datetime) -> None:
    """Save a question under a name; one of the same name is replaced.

    Raises ValueError for a name that is empty or longer than 80 characters.
    """
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise ValueError(f"a view's name has 1 to {LONGEST_NAME} characters")
    others = [view for view in saved_views(store) if view.name != name]
    saved_at = now.strftime("%Y-%m-%dT%H:%M:%SZ")
    _write(store, [*others, SavedView(name, link, saved_at)])


def drop_view(store: Path, name: str) -> None:
    """Forget a view; nothing happens where there is none of that name."""
    _write(store, [view for view in saved_views(store) if view.name != name])


def _write(store: Path, views: Sequence[SavedView]) -> None:
    draft = store / f"{_FILE}.draft"
    rows = [asdict(view) for view in views]
    draft.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
    os.replace(draft, store / _FILE)
