"""Queries and counts go in, plain sentences come out: titles, periods, certainty, states."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from unicodedata import category

import pandas as pd

from dashboard.charts.extras import BAND, COPIES, DATES, PREVIOUS, shown_extras
from dashboard.escape import isolate
from pipelines.analysis.topic_precision import Precision
from pipelines.article import CopyLevel, DateSource
from pipelines.events import Event
from pipelines.query import Interval, Measure, Placement, Query, Unit

Choices = Mapping[str, Mapping[str, str]]
_CODE = re.compile("`([^`]*)`")
_MOST_TYPED = 80  # characters of a query in a sentence

_PLACEMENTS = {
    Placement.PLACED: "dated",
    Placement.GUESS: "date only guessed",
    Placement.TOO_COARSE: "date too coarse for the chart",
    Placement.UNDATED: "undated",
}
FOUND = {  # where a date was found, for readers; the article's page has the exact rung
    DateSource.SET_BY_USER: "set by user",
    DateSource.JSON_LD: "from the page's data",
    DateSource.META: "from the page's data",
    DateSource.MICRODATA: "from the page's data",
    DateSource.FEED: "from the feed",
    DateSource.SITEMAP: "from the sitemap",
    DateSource.ROW: "from the file",
    DateSource.URL: "from the address",
    DateSource.TIME_TAG: "from the page",
    DateSource.BYLINE: "from the byline",
    DateSource.DATELINE: "from the dateline",
    DateSource.RELATIVE: "from a weekday",
    DateSource.FREE_TEXT: "from the text",
}
COPY_LEVELS = {
    CopyLevel.EXACT: "copy, word for word",
    CopyLevel.NEAR: "copy, edited or cut",
    CopyLevel.UPDATE: "update of the text",
}


def title(query: Query, choices: Choices, searches: Sequence[str] = (), *, when: str = "") -> str:
    """Return the sentence that states the filters, with absolute dates; `searches` are lines.

    `when` stands in place of the dates.
    """
    lines = [*series_names(query, choices), *(typed(one) for one in searches)]
    return f"{_joined(lines) or 'All coverage'}, {narrowing(query, choices, when=when)}"


def narrowing(query: Query, choices: Choices, *, when: str = "") -> str:
    """Return what narrows the lines of a query, whatever they are: the period and the filters."""
    parts = [when or period(query)]
    for field, lead in (
        ("outlet_countries", "published in"),
        ("about", "about"),
        ("dateline", "filed from"),
        ("mentioned", "mentioning"),
        ("languages", "in"),
        ("outlets", "at"),
    ):
        if names := [_named(field, one, choices) for one in getattr(query, field)]:
            parts.append(f"{lead} {_joined(names, last='or')}")
    if query.within:
        parts.append(f"matching {typed(query.within)}")
    if query.placement:
        parts.append(_PLACEMENTS[query.placement])
    return ", ".join(parts)


def _named(field: str, value: str, choices: Choices) -> str:
    """Return what a value of a filter is called in a sentence."""
    if (field, value) == ("outlet_countries", "unknown"):
        return "an unknown country"
    return isolate(choices.get(field, {}).get(value, value))


def collected(query: Query, choices: Choices) -> str:
    """Return the title of a page on the collection: its filters without topics and words."""
    return f"What was collected, {narrowing(query, choices)}"


def series_names(query: Query, choices: Choices) -> list[str]:
    """Return the names of the series a query asks for; none means everything."""
    names = [isolate(choices.get("topics", {}).get(one, one)) for one in query.topics]
    names += [isolate(choices.get("entities", {}).get(one, one)) for one in query.entities]
    return names + ([typed(query.text)] if query.text else [])


def typed(words: str) -> str:
    """Return typed words in quotation marks, cut, without what would turn or hide the rest."""
    seen = "".join(one for one in words if one.isspace() or category(one)[0] != "C")
    cut = seen if len(seen) <= _MOST_TYPED else seen[:_MOST_TYPED].rstrip() + "…"
    return f"“{isolate(cut)}”"


def period(query: Query) -> str:
    """Return the period in absolute days, both ends inclusive."""
    if query.start and query.end:
        return str(query.start) if query.start == query.end else f"{query.start} to {query.end}"
    if query.start or query.end:
        return f"from {query.start}" if query.start else f"until {query.end}"
    return "all dates"


_OPEN_PERIODS = {  # of a question that is asked anew each day
    "": "the latest useful period",
    "24h": "the last 24 hours",
    "7d": "the last 7 days",
    "30d": "the last 30 days",
    "90d": "the last 90 days",
    "ytd": "this year",
    "1y": "the last 365 days",
}


def question(asked: Query, choices: Choices) -> str:
    """Return what `title` says of a question whose period is found anew each time."""
    is_open = not (asked.start or asked.end)
    return title(asked, choices, when=_OPEN_PERIODS.get(asked.last, "") if is_open else "")


def _joined(names: Sequence[str], *, last: str = "and") -> str:
    if len(names) > 4:
        return f"{', '.join(names[:3])} {last} {len(names) - 3} more"
    return f" {last} ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def counted(number: int, what: str = "article", many: str = "") -> str:
    """Return a count with its noun, of which there are `many`: "1 article", "1,204 articles"."""
    return f"{number:,} {what if number == 1 else many or f'{what}s'}"


def off_the_line(placement: Placement, number: int, *, listed: bool = False) -> str:
    """Return the note on articles that match but have no place on the line.

    Where no period was asked for they are `listed` with the others, and not left out.
    """
    why = {
        Placement.UNDATED: "undated",
        Placement.TOO_COARSE: "only month or year",
        Placement.GUESS: "date a guess",
        Placement.PLACED: "dated",
    }[placement]
    return f"{number:,} of them {why}" if listed else f"{counted(number)} left out, {why}"


def unquoted(message: str) -> str:
    """Return a message with what it quotes as code in quotation marks."""
    return _CODE.sub(r"“\1”", message)


def hidden(number: int) -> str:
    """Return the note on articles that match and that people hid."""
    return f"{counted(number)}, hidden by hand, not counted"


def as_of(moment: datetime, version: int) -> str:
    """Return the line that says how old the numbers are."""
    return f"As of {moment:%Y-%m-%d %H:%M} UTC, store version {version}"


def chart_notes(
    buckets: pd.DataFrame, query: Query, extras: Sequence[str] = (), *, opens: bool = True
) -> str:
    """Return how the chart is to be read: only what occurs in it, and that points open."""
    notes = []
    notes += [note for note in [of_measure(buckets, query.measure)] if note]
    notes += [_EXTRA_NOTES[name] for name in shown_extras(query, extras)]
    if DATES in extras:
        notes.append(
            "Strip: of the articles of each bucket, blue has a sure date, yellow a likely one, "
            "orange a guess (on the line only where guessed dates are placed too)."
        )
    if query.unit is Unit.TEXTS:
        notes.append("Copies of one text count once in each bucket, so buckets add up to more.")
    if buckets["count"].isna().any():
        notes.append("Grey: nothing collected, which is not zero.")
    notes += [note for note in [_of_dotted(buckets, query.interval or Interval.DAY)] if note]
    coverage = pd.to_numeric(buckets["coverage"], errors="coerce")
    if (buckets["count"].notna() & (coverage < 1)).any():
        notes.append("Pale hollow mark: collected in part.")
    return " ".join([*notes, "Select a point to read its articles."] if opens else notes)


def _of_dotted(buckets: pd.DataFrame, interval: Interval) -> str:
    whole = buckets.drop_duplicates("date")["complete"].astype(bool)
    if whole.all():
        return ""
    after = "" if whole.iloc[1:-1].all() else ", or after the last day that was collected"
    return f"Dotted, hollow mark: a {interval} not finished or cut by the period{after}."


_EXTRA_NOTES = {
    BAND: "Band: 95 % of the usual variation from bucket to bucket; all articles are counted, none "
    "sampled.",
    PREVIOUS: "Pale dashed line: the same span before, bucket beside bucket.",
    COPIES: "Dotted line below each: articles among them that are copies of another text.",
}


def of_measure(buckets: pd.DataFrame, measure: Measure) -> str:
    """Return what the numbers of a chart are, with what they assume; empty for a count."""
    share = "Share of all articles under the same period, outlet, country and language filters"
    if measure is Measure.SHARE:
        return f"{share}; hidden where there are fewer than 20."
    if measure is Measure.ADJUSTED:
        if buckets["adjusted_ratio"].isna().all():
            return (
                "No adjusted share: nothing here has a log of collection, so nobody knows what is "
                "missing, or too little was collected."
            )
        return (
            f"{share}, had every source been collected. It assumes that what is missing took up "
            "the subject as much more, or less, than usual as what was collected; empty where more "
            "than half is missing, or fewer than 20 articles are there."
        )
    if measure is Measure.INDEX:
        bases = buckets["index_base"].dropna()
        if bases.empty:
            return "No index: no complete bucket has an article in every line."
        return f"Index: {bases.iloc[0]} = 100, the first complete bucket with every line in it."
    return ""


def event(number: int, one: Event) -> str:
    """Return what the number of an event in a chart stands for."""
    source = f" ({one.source})" if one.source else ""
    return f"{number}: {one.day}, {one.text}{source}"


def change(counts: pd.DataFrame) -> str:
    """Return what another query would change, as sums that add up (rows of a `Diff`)."""
    whole = counts[(counts["unit"] == "articles") & (counts["month"] == "all")]
    if whole.empty:
        return "Neither query finds an article under these filters."
    row = whole.iloc[0]
    return (
        f"{counted(int(row['old']))} now, {row['lost']:,} lost, {row['gained']:,} gained: "
        f"{row['new']:,} with the query tried"
    )


def precision(found: Precision) -> str:
    """Return in words how precise a topic is."""
    if found.share is None or found.low is None or found.high is None:
        return "Not measured yet: judge some sentences below."
    line = (
        f"{found.share:.0%} of the hits are right (between {found.low:.0%} and {found.high:.0%} "
        f"with 95 % confidence): {found.right} of {found.labelled} judged."
    )
    if found.unlabelled:
        line += f" {found.unlabelled} hits of the sample are not judged yet."
    return line


def alternative(buckets: pd.DataFrame, query: Query, heading: str) -> str:
    """Return the chart as a sentence for those who cannot see it."""
    n = buckets["series"].nunique()
    kind = query.interval.value if query.interval else "bucket"
    return (
        f"Line chart, {counted(n, 'line')}, per {kind}: {heading}. The table below has the numbers."
    )


def of_countries(frame: pd.DataFrame, label: str) -> str:
    """Return the largest countries of a frame in words, for those who cannot see the map."""
    top = frame.head(3)
    named = [f"{name} {number:,}" for name, number in zip(top["label"], top["count"], strict=True)]
    return (
        f"{label}: {counted(len(frame), 'row')}, most articles: {', '.join(named)}. "
        "The table below has the numbers."
    )


def map_notes(frame: pd.DataFrame, query: Query) -> str:
    """Return how the map is to be read: only what occurs in it, and whose borders they are."""
    share = query.measure is Measure.SHARE
    if share and "press_ratio" in frame:
        notes = ["Share of all that the press of the country published in the period."]
    elif share:
        notes = ["Share of the articles found."]
    else:
        notes = ["Each mark of the scale is ten times the one before."]
    notes.append("Grey: no article. Dots: countries too small to draw.")
    if share and frame["ratio"].isna().any():
        notes.append("Brown: fewer than 20 articles in all, so no share.")
    unknown = int(frame.loc[frame["country"] == "", "count"].sum())
    if unknown:
        notes.append(f"Not on the map: {counted(unknown)} of unknown country.")
    notes.append("Borders as Natural Earth draws them (who holds a place, not whose it is).")
    return " ".join([*notes, "Select a country to read its articles."])


NO_LOG = (
    "Of no source is it known that something was due on these days: its log begins later or ends "
    "before, or it has none (a folder or a table does not say which days it speaks for). So nobody "
    "can say whether a day without an article is a quiet day or a gap."
)
COVERAGE_NOTES = (
    "Blue: collected. Yellow (/): in part. Orange (×): nothing, which is not zero. Grey: unknown, "
    "because the source had not begun, the log ends, or it does not say which days it speaks "
    "for. ↓: collected, but unusually little came. The sources with most missing stand on top. "
    "Select a cell to read its articles."
)
SOURCES_NOTE = (
    "Sources with odd dates or failures first. A fetch asks a source for what is new; an entry is "
    "one item it offered; stored are the new articles among them. Nearly all dates on the day of "
    "collection can mean that the time of collection was taken for the date."
)


def standing(rows: pd.DataFrame) -> str:
    """Return in one line how many articles there are, how they are dated, how many are copies."""
    numbers = dict(zip(rows["placement"], rows["articles"], strict=True))
    total, copies = int(rows["articles"].sum()), int(rows["copies"].sum())
    parts = [
        f"{counted(int(numbers.get(Placement.PLACED, 0)))} dated within the period",
        f"{int(rows['sure'].sum()):,} of {total:,} with a date that is sure",
    ]
    parts += [
        f"{int(numbers[kind]):,} {_PLACEMENTS[kind]}"
        for kind in (Placement.GUESS, Placement.TOO_COARSE, Placement.UNDATED)
        if numbers.get(kind)
    ]
    return " · ".join([*parts, f"{copies:,} {'copy' if copies == 1 else 'copies'} of another"])


def of_coverage(frame: pd.DataFrame) -> str:
    """Return the picture of the collection in words, for those who cannot see it."""
    missing = int((frame["expected"] - frame["collected"]).sum())
    return (
        f"Picture of {counted(frame['source'].nunique(), 'source')} over time: of "
        f"{counted(int(frame['expected'].sum()), 'day')} due, {missing:,} were not collected. The "
        "tables below have the numbers."
    )


def gaps_note(gaps: pd.DataFrame) -> str:
    """Return how many days are missing, or that none is."""
    if gaps.empty:
        return "No day that was due is missing, as far as the log knows."
    days = counted(int(gaps["days"].sum()), "day")
    return f"{days} due and not collected, of each source by itself and over all dates."


def shortfalls_note(runs: pd.DataFrame, expected: pd.DataFrame) -> str:
    """Return what it means that a source brought little, that none did, or that nobody knows."""
    judged = "Sources of fewer than seven articles a week are not judged."
    if expected.empty:
        return "Of no source is it known what was due on these days, so none can be judged."
    if runs.empty:
        return (
            "On every day that was collected, each source brought about as much as usual, as far "
            f"as some weeks of its past can tell. {judged}"
        )
    return (
        "These days were collected, so they are no gap, but less than half came of what usually "
        "does on these days of the week: a quiet spell, or a feed that no longer shows its "
        f"articles. {judged}"
    )


def kept_aside(shown: int, most: int, failures: int) -> str:
    """Return what the list of captures without an article is, and whether it is all."""
    if not shown and failures:
        return (
            f"Nothing. {counted(failures, 'fetch or file', 'fetches or files')} failed: see above."
        )
    if not shown:
        return "All that was handed in could be read."
    rest = f" The newest {most:,} are shown." if shown == most else ""
    return (
        f"Handed in, but no article could be made of it; the bytes are kept, with the reason.{rest}"
    )
