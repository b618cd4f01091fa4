"""Lists of real feeds shipped with Wirewatch: a name in, the sources of that list out."""

import tomllib
from importlib import resources

from pipelines.article import SourceKind
from pipelines.config import SourceConfig
from pipelines.errors import ConfigError


def collection_names() -> tuple[str, ...]:
    """Return the names of the shipped collections."""
    files = (resources.files("pipelines.sources") / "collections").iterdir()
    return tuple(sorted(f.name.removesuffix(".toml") for f in files if f.name.endswith(".toml")))


def read_collection(name: str) -> tuple[SourceConfig, ...]:
    """Return the feeds of a shipped collection; ConfigError where there is none of that name."""
    if name not in collection_names():
        known = ", ".join(collection_names())
        raise ConfigError(f"no collection is called {name!r}; there are: {known}")
    path = resources.files("pipelines.sources") / "collections" / f"{name}.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(
        SourceConfig(
            location=feed["feed"],
            name=feed["id"],
            kind=SourceKind.FEED,
            outlet=feed["outlet"],
            language=feed["language"],
        )
        for feed in table["feed"]
    )
