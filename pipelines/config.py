"""Read `wirewatch.toml` into frozen dataclasses; one setting is one field is one documented key.

Precedence: command line, `WIREWATCH_*` in the environment (given to `load_config` as a mapping),
the file, the defaults below. An unknown key is an error that names the nearest known one. Relative
paths in the file are relative to the file.
"""

import difflib
import tomllib
import zoneinfo
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar, get_type_hints

from pipelines.article import Extraction, SourceKind
from pipelines.date_formats import parse_date
from pipelines.errors import ConfigError, why

_Record = TypeVar("_Record")

DEFAULT = "default"  # in `topics`, `outlets` and `entities`: the list shipped with Wirewatch


@dataclass(frozen=True, slots=True)
class HttpConfig:
    """How we ask other machines: politeness and limits."""

    user_agent: str = "Wirewatch/0.1 (media monitoring; set http.contact in wirewatch.toml)"
    contact: str = ""  # an address or page put into the user agent
    timeout_seconds: float = 20.0  # whole request, redirects and slow drips included
    max_bytes: int = 10_000_000  # after decompression
    per_host_delay_seconds: float = 1.0
    max_redirects: int = 5
    allow_private: bool = False  # ask loopback and private addresses too
    respect_robots: bool = True


@dataclass(frozen=True, slots=True)
class ReadingConfig:
    """The processes that read captures, and what one capture may take."""

    processes: int | None = None  # None: the cores there are, at most six; 0: this process itself
    # In all of these 0 is no limit.
    seconds: float = 60.0  # of processor time for one capture
    megabytes: int = 2000  # that reading may take, beyond what a process starts with
    renew_after: int = 1000  # captures


@dataclass(frozen=True, slots=True)
class SourceConfig:
    """One source to read: a `[[source]]` table of the file, or a word of the command line.

    The words of the user (`outlet`, `url`, `published`, `fetched_at`) win over what the text says.
    """

    location: str  # file, folder or address
    name: str = ""  # id of the source; empty: the location
    kind: SourceKind | None = None  # None: recognised by content
    outlet: str = ""
    language: str = ""
    url: str = ""
    published: str = ""  # ISO date or instant of publication (`--date`)
    fetched_at: str = ""  # ISO instant
    fetched_at_pattern: str = ""  # regular expression over the file name, group 1 is the time
    sidecar: str = ""  # CSV beside a folder: file,url,outlet,date,fetched_at,title
    encoding: str = ""
    complete_from: date | None = None
    complete_to: date | None = None
    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    etag: str = ""  # of the last good answer; filled from the store, not from the file
    last_modified: str = ""

    @property
    def id(self) -> str:
        """Return the name the source is logged under."""
        return self.name or self.location


@dataclass(frozen=True, slots=True)
class Config:
    """All settings of one run."""

    store: Path = Path("wirewatch-store")
    topics: tuple[str, ...] = (DEFAULT,)  # files; "default" is the shipped one
    outlets: tuple[str, ...] = (DEFAULT,)
    entities: tuple[str, ...] = (DEFAULT,)  # files of people, organisations and places
    events: tuple[str, ...] = ()  # files of what happened when, drawn into charts
    tz: str = "UTC"  # days of the charts
    notice: str = ""  # shown on every page and in file names' manifest: "outlets are invented"
    extraction: Extraction = Extraction.CASCADE  # of the bodies of pages
    names: str = "crf"  # what finds names that no table has: "crf", "spacy:<package>", "none"
    collections: tuple[str, ...] = ()  # shipped lists of real feeds to read, opt-in
    # What to call countries, by ISO 3166-1 code, where the English name will not do.
    country_names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    sources: tuple[SourceConfig, ...] = ()
    http: HttpConfig = HttpConfig()
    reading: ReadingConfig = ReadingConfig()


def _with_processes(config: Config, value: str) -> Config:
    if not value.isdecimal():
        raise ConfigError(f"WIREWATCH_PROCESSES must be a number such as 2, not {value!r}")
    return replace(config, reading=replace(config.reading, processes=int(value)))


_OVERRIDES: Mapping[str, Callable[[Config, str], Config]] = {
    "store": lambda config, value: replace(config, store=Path(value)),
    "tz": lambda config, value: replace(config, tz=value),
    "notice": lambda config, value: replace(config, notice=value),
    "processes": _with_processes,
}


def load_config(path: Path | None = None, environ: Mapping[str, str] | None = None) -> Config:
    """Return the settings of `path` (None: defaults), overridden by `environ`'s `WIREWATCH_*`.

    Raises ConfigError for a file that cannot be read, an unknown key or a value of the wrong kind.
    """
    config = Config() if path is None else _from_file(path)
    overrides = {
        key.removeprefix("WIREWATCH_").lower(): value
        for key, value in (environ or {}).items()
        if key.startswith("WIREWATCH_")
    }
    for name, value in overrides.items():
        if name == "store" and not value:  # Path("") is the working folder
            raise ConfigError("WIREWATCH_STORE is empty; name the folder of a store, or unset it")
        if name in _OVERRIDES:
            config = _OVERRIDES[name](config, value)
        elif name != "config":
            raise ConfigError(
                f"cannot use WIREWATCH_{name.upper()} of the environment: known are "
                "WIREWATCH_CONFIG, WIREWATCH_STORE, WIREWATCH_TZ, WIREWATCH_NOTICE, "
                "WIREWATCH_PROCESSES; unset it"
            )
    check_zone(config.tz, "`tz`")
    return config


def check_zone(name: str, where: str) -> None:
    """Raise ConfigError, naming the nearest, where `name` is not a time zone such as "UTC"."""
    if name == "UTC":  # listing the zones reads a thousand files
        return
    known = zoneinfo.available_timezones()
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1) or ["Europe/Berlin"]
        raise ConfigError(f"{where} must be a time zone such as {near[0]}, not {name!r}")


def _from_file(path: Path) -> Config:
    try:
        # -sig: Windows' Notepad begins a file with a byte order mark.
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"cannot read the settings in {path}: {why(error)}") from error
    http = _build(HttpConfig, table.pop("http", {}), f"{path}: [http]")
    reading = _build(ReadingConfig, table.pop("reading", {}), f"{path}: [reading]")
    shown = _country_names(table.pop("country_names", {}), f"{path}: [country_names]")
    entries = table.pop("source", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ConfigError(f"{path}: write each source as a table of its own, under [[source]]")
    sources = tuple(_source(entry, path, number) for number, entry in enumerate(entries, 1))
    config = _build(Config, table, str(path))
    return replace(
        config,
        http=http,
        reading=reading,
        country_names=shown,
        sources=sources,
        store=path.parent / config.store,
        topics=tuple(_beside(path, name) for name in config.topics),
        outlets=tuple(_beside(path, name) for name in config.outlets),
        entities=tuple(_beside(path, name) for name in config.entities),
        events=tuple(_beside(path, name) for name in config.events),
    )


_NOT_IN_FILE = frozenset({"etag", "last_modified"})
_IN_FILE_AS = {"sources": "source"}


def _source(entry: dict[str, object], path: Path, number: int) -> SourceConfig:
    where = f"{path}: source {number}"
    columns = entry.pop("columns", {})
    if not isinstance(columns, dict):
        raise ConfigError(f"{where}: `columns` must be a table such as {{ title = 'Headline' }}")
    source = _build(SourceConfig, {"location": "", **entry}, where, leave_out=_NOT_IN_FILE)
    _check_source(source, where)
    return replace(
        source,
        location=_beside(path, source.location),
        sidecar=_beside(path, source.sidecar) if source.sidecar else "",
        columns=MappingProxyType({str(key): str(value) for key, value in columns.items()}),
    )


def _check_source(source: SourceConfig, where: str) -> None:
    """Raise ConfigError for words of the user that would be passed over in silence."""
    if not source.location:
        raise ConfigError(f"{where}: `location` is missing; name a file, a folder or an address")
    if source.published and parse_date(source.published) is None:
        given = f"not {source.published!r}"
        raise ConfigError(f"{where}: `published` must be a day or time such as 2015-06-02, {given}")
    if source.encoding and not _is_encoding(source.encoding):
        given = f"not {source.encoding!r}"
        raise ConfigError(f"{where}: `encoding` must be one such as windows-1251, {given}")
    start, end = source.complete_from, source.complete_to
    if (start is None) != (end is None):
        raise ConfigError(f"{where}: `complete_from` and `complete_to` need each other")
    if start and end and start > end:
        raise ConfigError(f"{where}: `complete_from` {start} is after `complete_to` {end}")


def _is_encoding(name: str) -> bool:
    try:
        "".encode(name)
    except (LookupError, ValueError):  # LookupError also for a codec that is no text encoding
        return False
    return True


def _country_names(table: object, where: str) -> Mapping[str, str]:
    if not isinstance(table, dict):
        raise ConfigError(f"{where} must be a table such as XK = 'Kosovo', not {table!r}")
    if not table:  # nothing to look up
        return MappingProxyType({})
    rows = (files("pipelines") / "tagging" / "names" / "countries.csv").read_text(encoding="utf-8")
    known = dict(line.split(",")[:2] for line in rows.splitlines()[1:])
    for code, name in table.items():
        if not isinstance(name, str) or not name.strip():
            raise ConfigError(f"{where}: `{code}` must be a name such as 'Kosovo', not {name!r}")
        if code not in known:
            near = _nearest_country(code, name, known)
            raise ConfigError(
                f"{where}: unknown code `{code}`; the nearest known is `{near}` ({known[near]})"
            )
    return MappingProxyType(dict(table))


def _nearest_country(code: str, name: str, known: Mapping[str, str]) -> str:
    """Return the code whose country is called most like `name`, else the one most like `code`."""
    if code.upper() in known:
        return code.upper()
    named = difflib.get_close_matches(name, known.values(), n=1, cutoff=0.6)
    if named:
        return next(key for key, called in known.items() if called == named[0])
    return difflib.get_close_matches(code.upper(), known, n=1, cutoff=0.0)[0]


def _beside(path: Path, name: str) -> str:
    if name == DEFAULT or "://" in name or Path(name).is_absolute():
        return name
    return str(path.parent / name)


def _build(
    kind: type[_Record], table: object, where: str, *, leave_out: frozenset[str] = frozenset()
) -> _Record:
    """Make a `kind` of a TOML table; name the nearest known key for an unknown one."""
    if not isinstance(table, dict):
        raise ConfigError(f"{where} must be a table of settings, not {table!r}")
    hints = get_type_hints(kind)  # the fields of the dataclass and their types
    known = {_IN_FILE_AS.get(name, name) for name in set(hints) - leave_out}
    values = {}
    for key, value in table.items():
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1, cutoff=0.0)
            raise ConfigError(f"{where}: unknown setting `{key}`; the nearest known is `{near[0]}`")
        values[key] = _convert(value, hints[key], f"{where}: `{key}`")
    return kind(**values)


def _convert(value: object, hint: object, where: str) -> object:
    """Return a TOML value as the field's type; raise ConfigError where it is of another kind."""
    for kind, words in _WORDS.items():
        if hint == kind and value not in list(words):
            raise ConfigError(f"{where} must be one of {', '.join(words)}, not {value!r}")
    if isinstance(value, int | float) and value < 0:
        raise ConfigError(f"{where} must not be negative, as {value!r} is")
    for fits, make in _CONVERSIONS.get(hint, ()):
        if fits(value):
            return make(value)
    if isinstance(hint, type) and type(value) is hint:
        return value
    raise ConfigError(f"{where} has a value of the wrong kind: {value!r}; see docs/config.md")


def _is_day(value: object) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _is_names(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(name, str) for name in value)


_WORDS: dict[object, type[StrEnum]] = {SourceKind | None: SourceKind, Extraction: Extraction}
_CONVERSIONS: dict[object, tuple[tuple[Callable[[object], bool], Callable[..., object]], ...]] = {
    Path: ((lambda value: isinstance(value, str), Path),),
    float: ((lambda value: type(value) is int, float),),
    tuple[str, ...]: (
        (lambda value: isinstance(value, str), lambda value: (value,)),
        (_is_names, tuple),
    ),
    SourceKind | None: ((lambda value: isinstance(value, str), SourceKind),),
    int | None: ((lambda value: type(value) is int, int),),
    Extraction: ((lambda value: isinstance(value, str), Extraction),),
    date | None: ((_is_day, lambda value: value),),
    str: ((lambda value: isinstance(value, date), lambda value: value.isoformat()),),
}
