"""Say who published: names, addresses and site names in, one `Outlet` with its home country out.

An outlets file is CSV with the columns name,domain,country,language,basis. A name may stand in
several rows, one for each domain; the first of them answers to the name. `basis` says what the
country rests on: the seat of the newsroom or publisher.

Where neither list nor source says it, the ending of the domain does (`country_endings.csv`), if it
is sold for one country: `.de`, not `.io` or `.tv`. Of 208 outlets in two lists whose country is
known otherwise, 206 are at home there; the two others write about it from elsewhere.
"""

import csv
import difflib
import io
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from pipelines.article import UNKNOWN_OUTLET, Outlet
from pipelines.config import DEFAULT
from pipelines.errors import ConfigError, why
from pipelines.urls import domain_of

COLUMNS = ("name", "domain", "country", "language", "basis")
UNKNOWN = Outlet(UNKNOWN_OUTLET, "(unknown outlet)")
_SHIPPED = Path(__file__).with_name("outlets_default.csv")
_ENDINGS = Path(__file__).with_name("country_endings.csv")
_DOMAIN = re.compile(r"^(?:[a-z0-9-]+\.)+[a-z]{2,}$")


class Outlets:
    """The outlets of one or more files, found by name or domain."""

    def __init__(self, rows: Sequence[Outlet]) -> None:
        """Index `rows` by name and domain; of rows with one name, the first answers to it."""
        self._by_name: dict[str, Outlet] = {}
        self._by_domain: dict[str, Outlet] = {}
        for outlet in rows:
            self._by_name.setdefault(_key(outlet.name), outlet)
            if outlet.domain:
                self._by_domain[outlet.domain] = outlet

    def __len__(self) -> int:
        """Return the number of outlets, one for each name."""
        return len(self._by_name)

    def find(self, name: str = "", url: str = "", site_name: str = "", country: str = "") -> Outlet:
        """Return the outlet of an item, the better word first.

        A name given by user or source wins; then the domain (and its parents); then the page's own
        site name. An unlisted outlet is made from the same words in the same order, with `country`
        as the row said, else as its domain ends. The list's country wins over the row's.
        """
        domain = domain_of(url)
        at_domain = self._at(domain)
        if named := self._named(name):
            return named
        if name.strip() and not _DOMAIN.match(_key(name)):
            return self._unlisted(" ".join(name.split()), at_domain, domain, country)
        if at_domain or (listed := self._named(site_name)) is None:
            made_of = domain or _key(name).removeprefix("www.") or " ".join(site_name.split())
            return at_domain or self._unlisted(made_of, None, domain, country)
        return replace(listed, domain=listed.domain or domain)

    def _named(self, name: str) -> Outlet | None:
        key = _key(name)
        return self._by_name.get(key) or self._at(key.removeprefix("www."))

    def _at(self, domain: str) -> Outlet | None:
        """Return the outlet of a host: its own entry, or that of the nearest listed parent."""
        labels = domain.split(".")
        for start in range(len(labels) - 1):
            if outlet := self._by_domain.get(".".join(labels[start:])):
                return outlet
        return None

    @staticmethod
    def _unlisted(name: str, at_domain: Outlet | None, domain: str, country: str) -> Outlet:
        if not name:
            return UNKNOWN
        if at_domain is not None:
            return replace(at_domain, id=slug(name), name=name, basis=f"as {at_domain.name}")
        code = country.strip().upper()
        domain = domain or _domain_in(name)
        if re.fullmatch(r"[A-Z]{2}", code):
            return Outlet(slug(name), name, domain, code, basis="as the source says")
        ending = domain.rpartition(".")[2]
        presumed = _countries_of_endings().get(ending, "")
        basis = f"its address ends in .{ending}" if presumed else ""
        return Outlet(slug(name), name, domain, presumed, basis=basis)


def read_outlets(paths: Sequence[str | Path]) -> Outlets:
    """Return the outlets of the files, "default" being the shipped list; later files win.

    Raises ConfigError for a file that cannot be read, an unknown column or a bad value.
    """
    rows: list[Outlet] = []
    for path in reversed(paths):
        rows += _read_file(_SHIPPED if str(path) == DEFAULT else Path(path))
    return Outlets(_first_per_domain(rows))


@cache
def _countries_of_endings() -> dict[str, str]:
    with _ENDINGS.open(encoding="utf-8", newline="") as file:
        return {row["ending"]: row["country"] for row in csv.DictReader(file)}


def slug(name: str) -> str:
    """Return the stable id of an outlet's name: letters and digits of any script, hyphens."""
    return re.sub(r"[\W_]+", "-", name.casefold()).strip("-") or UNKNOWN.id


def _first_per_domain(rows: Sequence[Outlet]) -> list[Outlet]:
    taken: set[str] = set()
    kept = []
    for outlet in rows:
        if not outlet.domain or outlet.domain not in taken:
            kept.append(outlet)
        taken.add(outlet.domain)
    return kept


def _read_file(path: Path) -> list[Outlet]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot read the outlets in {path}: {why(error)}") from error
    reader = csv.DictReader(io.StringIO(text))
    columns = reader.fieldnames or []
    for column in columns:
        if column not in COLUMNS:
            near = difflib.get_close_matches(column, COLUMNS, n=1, cutoff=0.0)[0]
            raise ConfigError(
                f"{path}: unknown column `{column}`; the nearest known is `{near}`; "
                f"known are {', '.join(COLUMNS)}"
            )
    if "name" not in columns:
        raise ConfigError(f"{path}: the column `name` is missing; add it to the first line")
    return [_outlet(row, f"{path}:{reader.line_num}") for row in reader]


def _outlet(row: dict[str, str | None], where: str) -> Outlet:
    if None in row:
        raise ConfigError(f"{where}: more cells than columns; quote a cell that holds a comma")
    name, domain, country, language, basis = (
        " ".join((row.get(column) or "").split()) for column in COLUMNS
    )
    host = domain.casefold().removeprefix("www.")
    faults = {
        "`name` is empty; name the outlet or delete the line": not name,
        f"`country` must be two capital letters (ISO 3166-1), not {country!r}": (
            country and not re.fullmatch(r"[A-Z]{2}", country)
        ),
        f"`language` must be two small letters (ISO 639-1), not {language!r}": (
            language and not re.fullmatch(r"[a-z]{2}", language)
        ),
        f"`domain` must be a host such as example.org, not {domain!r}": (
            host and not _DOMAIN.match(host)
        ),
    }
    for fault, present in faults.items():
        if present:
            raise ConfigError(f"{where}: {fault}")
    return Outlet(slug(name), name, host, country, language, basis)


def _key(name: str) -> str:
    return " ".join(name.casefold().split())


def _domain_in(name: str) -> str:
    key = _key(name)
    return key if _DOMAIN.match(key) else ""
