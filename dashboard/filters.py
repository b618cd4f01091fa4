"""Widgets, the `Query` and the link: one state, three faces.

The Query in the session is the truth. A link that was not written by us replaces it; each widget
shows its part of it and changes that part; what it then is goes back into the address bar. Values
are stable ids, labels are only shown. Values that nobody knows are left out, with a note.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from pipelines.query import Placement, Query, Unit, query_from_params

Choices = Mapping[str, Mapping[str, str]]  # field of the Query -> id -> label
Pairs = list[tuple[str, str]]

# Of one page, not of the Query: the article and the place in it; the topic of the page of topics;
# the name; the type of names; whose quotes, only those that name the topic, only those whose
# speaker is certain; the sense of countries, and which are compared; what is laid behind the lines;
# searches that are lines too, each line by itself, and the view that stands beside; the page of a
# list.
PAGE = "list"
PAGE_KEYS = frozenset(
    {
        PAGE,
        "article",
        "hidden",
        "words",
        "at",
        "subject",
        "name",
        "type",
        "speaker",
        "in_quote",
        "certain",
        "sense",
        "compare",
        "more",
        "search",
        "each",
        "beside",
    }
)
LABELS = {
    "topics": "Topics",
    "entities": "People, organisations, places",
    "outlet_countries": "Published in",
    "about": "About",
    "mentioned": "Mentions",
    "dateline": "Filed from",
    "languages": "Language",
    "outlets": "Outlet",
}
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)  # a picker offers ten years otherwise

_QUERY, _LINK, _NOTES, OWN = "ww_query", "ww_link", "ww_notes", "ww_own_dates"


def read_link(params: Sequence[tuple[str, str]], choices: Choices) -> tuple[Query, list[str]]:
    """Return the Query of a link, and a plain sentence for each value that had to be left out."""
    query, notes = query_from_params([pair for pair in params if pair[0] not in PAGE_KEYS])
    for field in LABELS:
        known = choices.get(field, {})
        wanted: tuple[str, ...] = getattr(query, field)
        kept = tuple(value for value in wanted if value in known)
        notes += [not_among(value, field) for value in wanted if value not in known]
        query = replace(query, **{field: kept})  # type: ignore[arg-type]  # a tuple of ids each
    if refused := measure_note(query):
        notes.append(refused)
    return with_fitting_measure(query), notes


def with_fitting_measure(query: Query) -> Query:
    """Return the query with a measure that its unit has."""
    return replace(query, measure=query.measure.of(query.unit))


def measure_note(query: Query) -> str:
    """Return why the measure of a query means nothing for its unit; empty where it does."""
    if query.measure.of(query.unit) is query.measure:
        return ""
    if query.unit is Unit.MENTIONS:
        return "Mentions have no share: one article can have many. They are counted."
    return (
        "The adjusted share adds up sources, and distinct texts of several sources do not add up. "
        "The share is shown."
    )


def not_among(value: str, field: str) -> str:
    """Return the note on a value that a filter does not have."""
    return f"“{value}” is not among the values of “{LABELS[field]}” here and was left out."


def named(typed: str, known: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Return the ids that a typed list of names means, and the names that mean none or several.

    A name is an id, a label, or the beginning of one label only; between names stand commas.
    """
    ids = {one.casefold(): one for one in known}
    ids |= {label.casefold(): one for one, label in known.items()}
    found, unknown = [], []
    for name in filter(None, (part.strip() for part in typed.split(","))):
        wanted = name.casefold()
        begun = {one for label, one in ids.items() if label.startswith(wanted)}
        if wanted in ids or len(begun) == 1:
            found.append(ids.get(wanted) or begun.pop())
        else:
            unknown.append(name)
    return list(dict.fromkeys(found)), unknown


def at_row(query: Query, series: str, first: str, last: str) -> Query:
    """Return the query of what one row of the attention frame counts: one series, one bucket.

    `first` and `last` are the bucket's days, or `first` says why its articles have no place on the
    line ("undated", "too coarse", "guess").
    """
    kind, _, tag = series.partition(":")
    fields = {"topic": "topics", "entity": "entities"}
    one = replace(query, topics=(), entities=(), text=query.text if kind == "query" else "")
    if kind in fields:
        one = replace(one, **{fields[kind]: (tag,)})  # type: ignore[arg-type]  # a tuple of ids
    if first in set(Placement):
        return replace(one, placement=Placement(first))
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    start, end = max(start, query.start or start), min(end, query.end or end)
    return replace(one, start=start, end=end, last="", placement=None)  # of a period: placed ones


def narrowed(query: Query, field: str, value: str) -> Query:
    """Return the query of one row of a ranking: what `query` counts and that names `value`.

    An entity becomes the one series, and what was a series before narrows it as words in `within`;
    the empty value is the unknown country.
    """
    before = _as_words(query, field)
    if field == "entities":
        query = replace(query, topics=(), text="")
    if before:
        words = f"({' OR '.join(before)})"
        query = replace(query, within=f"({query.within}) AND {words}" if query.within else words)
    return replace(query, **{field: (value or "unknown",)})  # type: ignore[arg-type]  # ids


def _as_words(query: Query, field: str) -> list[str]:
    """Return the conditions that a new value of `field` would replace, in the query language."""
    if field in ("mentioned", "about"):
        return [f"{field}:{one}" for one in getattr(query, field)]
    if field != "entities":
        return []
    words = [f'topic:"{one}"' for one in query.topics]
    words += [f'entity:"{one}"' for one in query.entities]
    return words + ([f"({query.text})"] if query.text else [])


def with_both(query: Query, entity: str, other: str) -> Query:
    """Return the query of the articles of `query` that name both entities; one may be the other."""
    both = narrowed(query, "entities", entity)
    if other == entity:
        return both
    words = f'entity:"{other}"'
    return replace(both, within=f"({both.within}) AND {words}" if both.within else words)


def compared(query: Query, entities: Sequence[str]) -> Query:
    """Return the query with `entities` as its series; what it counted before narrows them."""
    return replace(narrowed(query, "entities", ""), entities=tuple(entities))


def searched(query: Query, name: str) -> Query:
    """Return the query of the articles that have the words of a name no table knows."""
    words = '"' + " ".join(name.replace('"', " ").replace("\\", " ").split()) + '"'
    return replace(query, topics=(), entities=(), text=words)


def placed_as(query: Query, placement: Placement | None) -> Query:
    """Return `query` for the articles that stand on the time axis as `placement` says."""
    return replace(query, placement=placement)


def active(query: Query) -> list[str]:
    """Return the fields of `query` that narrow what is found, the period as one field `period`."""
    fields = [*LABELS, "text", "within", "placement"]
    found = [field for field in fields if getattr(query, field)]
    return found + (["period"] if query.start or query.end or query.last else [])


def without(query: Query, field: str) -> Query:
    """Return `query` without the condition `field` (a name of `active`)."""
    if field == "period":
        return replace(query, start=None, end=None, last="all")
    return replace(query, **{field: getattr(Query(), field)})


def each_without(query: Query) -> dict[str, Query]:
    """Return, for each active filter, the query without it."""
    return {field: without(query, field) for field in active(query)}


def current() -> Query:
    """Return the session's Query, as asked (periods like "90d" unresolved)."""
    query = st.session_state.get(_QUERY)
    return query if isinstance(query, Query) else Query()


def change(query: Query, *, keep_notes: bool = False, notes: Sequence[str] = ()) -> None:
    """Make `query` the session's; what was noted before is done with, `notes` are to be shown."""
    st.session_state[_QUERY] = with_fitting_measure(query)
    if not keep_notes:
        st.session_state[_NOTES] = list(notes)


def clear() -> None:
    """Remove every filter; how it is counted stays."""
    kept, empty = current(), Query()
    st.session_state[OWN] = False
    change(replace(empty, unit=kept.unit, measure=kept.measure, tz=kept.tz))


def take_link(choices: Choices, opening: Query) -> list[str]:
    """Read the address bar where it was not written by us; return the notes to show.

    An empty one means that the page was switched, and the filters stay; a session that begins with
    one gets `opening`, whose time zone also holds for links that name none.
    """
    pairs = link_pairs()
    asked = [pair for pair in pairs if pair[0] not in PAGE_KEYS]
    is_new = grouped(asked) != st.session_state.get(_LINK)  # whatever the order of its parts
    if _QUERY not in st.session_state or (asked and is_new):
        query, notes = read_link(asked, choices) if asked else (opening, [])
        if not any(key == "tz" for key, _ in asked):
            query = replace(query, tz=opening.tz)
        st.session_state[OWN] = False
        change(query)
        st.session_state[_NOTES] = notes
    return list(st.session_state.get(_NOTES, []))


def link_pairs() -> Pairs:
    """Return the parameters in the address bar."""
    return [(key, value) for key in st.query_params for value in st.query_params.get_all(key)]


def page_values(key: str) -> list[str]:
    """Return the values of a page's own parameter that may occur several times."""
    return list(st.query_params.get_all(key))


def page_value(key: str) -> str:
    """Return a page's own parameter, empty where it is not in the link."""
    return str(st.query_params.get(key, ""))


def write_link() -> None:
    """Write the session's Query into the address bar; the page's own parameters stay.

    The page of a list stays only where the link asked the same: another list begins with its first.
    """
    pairs, there = current().to_params(), link_pairs()
    st.session_state[_LINK] = grouped(pairs)
    own = [pair for pair in there if pair[0] in PAGE_KEYS]
    if any(key == PAGE for key, _ in own) and not _asks_the_same(there):
        own = [pair for pair in own if pair[0] != PAGE]
    if (wanted := grouped(pairs + own)) != grouped(there):
        st.query_params.from_dict(wanted)


def _asks_the_same(link: Pairs) -> bool:
    query, _ = query_from_params([pair for pair in link if pair[0] not in PAGE_KEYS])
    tz = query.tz if any(key == "tz" for key, _ in link) else current().tz
    return replace(query, tz=tz) == current()


def grouped(pairs: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    """Return parameters by name, as Streamlit takes them."""
    result: dict[str, list[str]] = {}
    for key, value in pairs:
        result.setdefault(key, []).append(value)
    return result


def link_to(query: Query, own: Mapping[str, str] | None = None) -> dict[str, list[str]]:
    """Return the parameters of a link within the dashboard: the Query, and a page's own.

    Without any, the filters of the session would stay (see `take_link`); so a query of nothing but
    defaults is written out.
    """
    pairs = query.to_params() or query.to_params(everything=True)
    return grouped(pairs + list((own or {}).items()))


def share_links(resolved: Query, version: int) -> dict[str, str]:
    """Return what to hand to a colleague: the same numbers, and the same question asked later."""
    pinned = replace(resolved, snap=version).to_params(everything=True) + _own_pairs()
    return {
        "The same numbers, pinned to this store version": f"?{urlencode(pinned)}",
        "The same question, with the numbers of the day": live_link(),
    }


def live_link() -> str:
    """Return the end of an address that asks the session's question anew each day."""
    pairs = replace(current(), snap=None).to_params(everything=True) + _own_pairs()
    return f"?{urlencode(pairs)}"


def _own_pairs() -> Pairs:
    """Return the page's own parameters in the address bar."""
    return [pair for pair in link_pairs() if pair[0] in PAGE_KEYS]


def params_of(link: str) -> dict[str, list[str]]:
    """Return the parameters of such an end of an address."""
    return grouped(parse_qsl(link.removeprefix("?"), keep_blank_values=True))
