"""A condition on a fact (`lang:ru`) and an article in, whether it holds out."""

from collections.abc import Iterable
from datetime import date

from pipelines.querylang.fields import UNKNOWN
from pipelines.querylang.searchable import Searchable
from pipelines.querylang.tree import Meta
from pipelines.querylang.words import tokens


def holds(condition: Meta, article: Searchable) -> bool:
    """Return whether the article fulfils the condition; a missing date fulfils none."""
    value = condition.value.casefold()
    match condition.name:
        case "lang":
            return (article.language or UNKNOWN) == condition.value
        case "outlet_country":
            return (article.outlet_country or UNKNOWN) == condition.value
        case "mentioned":
            return condition.value in article.mentioned
        case "published":
            return _in_period(article.published_day, condition)
        case "seen":
            return _in_period(article.seen_day, condition)
        case "domain":
            return _is_domain(article.domain, value, prefix=condition.prefix)
        case "outlet":
            return _is_outlet(article, value, prefix=condition.prefix)
        case "topic":
            return _is_among(article.topics, value, prefix=condition.prefix)
        case _:
            return _is_among(article.entities, value, prefix=condition.prefix)


def _in_period(day: date | None, period: Meta) -> bool:
    if day is None:
        return False
    return (period.first or date.min) <= day <= (period.last or date.max)


def _is_among(ids: Iterable[str], value: str, *, prefix: bool) -> bool:
    return any(one == value or (prefix and one.startswith(value)) for one in ids)


def _is_domain(domain: str, value: str, *, prefix: bool) -> bool:
    value = value.removeprefix("www.")
    if prefix:
        return domain.startswith(value)
    return domain == value or domain.endswith(f".{value}")


def _is_outlet(article: Searchable, value: str, *, prefix: bool) -> bool:
    """Return whether `value` is the outlet's id, words of its name in a row, or its domain."""
    if value == article.outlet or (prefix and article.outlet.startswith(value)):
        return True
    if "." in value and _is_domain(article.domain, value, prefix=prefix):
        return True
    name = [token.form for token in tokens(article.outlet_name)]
    asked = [token.form for token in tokens(value)]
    for start in range(len(name) - len(asked) + 1):
        part = name[start : start + len(asked)]
        if part == asked:
            return True
        if prefix and part[:-1] == asked[:-1] and part[-1].startswith(asked[-1]):
            return True
    return False
