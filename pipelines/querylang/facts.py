"""A condition on a fact (`lang:ru`) and an article in, whether it holds out."""

from collections.abc import Iterable
from datetime import date

from pipelines.querylang.fields import UNKNOWN
from pipelines.querylang.searchable import Searchable
from pipelines.querylang.tree import Meta
from pipelines.querylang.words import tokens


def holds(condition: Meta, article: Searchable) -> bool:
    """Return whether the article fulfils the condition; a missing date fulfils none."""
    value, prefix = condition.value.casefold(), condition.prefix
    match condition.name:
        case "published":
            return _in_period(article.published_day, condition)
        case "seen":
            return _in_period(article.seen_day, condition)
        case "domain":
            return _is_domain(article.domain, value, prefix=prefix)
        case "outlet":
            return _is_outlet(article, value, prefix=prefix)
        case name:
            return _is_among(_values(article, name), value, prefix=prefix)


def _values(article: Searchable, name: str) -> Iterable[str]:
    """Return the article's codes or ids of one field."""
    values: dict[str, Iterable[str]] = {
        "lang": [article.language or UNKNOWN],
        "outlet_country": [article.outlet_country or UNKNOWN],
        "mentioned": article.mentioned,
        "about": article.about,
        "topic": article.topics,
        "entity": article.entities,
    }
    return values[name]


def _in_period(day: date | None, period: Meta) -> bool:
    if day is None:
        return False
    return (period.first or date.min) <= day <= (period.last or date.max)


def _is_among(ids: Iterable[str], value: str, *, prefix: bool) -> bool:
    folded = (one.casefold() for one in ids)
    return any(one == value or (prefix and one.startswith(value)) for one in folded)


def _is_domain(domain: str, value: str, *, prefix: bool) -> bool:
    value = value.removeprefix("www.")
    if prefix:
        return domain.startswith(value)
    return domain == value or domain.endswith(f".{value}")


def _is_outlet(article: Searchable, value: str, *, prefix: bool) -> bool:
    """Return whether `value` is the outlet's id, words of its name in a row, or its domain."""
    if _is_among([article.outlet], value, prefix=prefix):
        return True
    if "." in value and _is_domain(article.domain, value, prefix=prefix):
        return True
    name = [token.form for token in tokens(article.outlet_name)]
    asked = [token.form for token in tokens(value)]
    rows = (name[start : start + len(asked)] for start in range(len(name) - len(asked) + 1))
    return any(_is_row(row, asked, prefix=prefix) for row in rows)


def _is_row(row: list[str], asked: list[str], *, prefix: bool) -> bool:
    return row == asked or (prefix and row[:-1] == asked[:-1] and row[-1].startswith(asked[-1]))
