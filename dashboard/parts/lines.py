"""What is compared goes in, one frame of all its lines comes out.

Topics and names are lines of one Query. A Query has one free text, so each search is a Query of its
own, under the same filters; their frames are put together here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

import numpy as np
import pandas as pd

from dashboard import data, filters
from dashboard.charts.attention import MOST_SERIES, values
from dashboard.controls.reading import problem_of, reading_of
from dashboard.words import wording
from pipelines.analysis.buckets import bucket_label
from pipelines.analysis.indexed import add_index
from pipelines.query import Interval, Measure, Query, Unit

SEARCH = "search"  # in the link, once for each
_FEWEST = 20  # of a denominator, as for every share
_HEIGHTS = {
    Measure.COUNT: "Highest",
    Measure.SHARE: "Highest, %",
    Measure.ADJUSTED: "Highest, %",
    Measure.INDEX: "Highest index",
}


@dataclass(frozen=True, slots=True)
class View:
    """What is compared: filters with topics and names, dates resolved, and searches beside them."""

    query: Query
    searches: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Return the sentence that states it."""
        return wording.title(self.query, data.names(self.query.snap), self.searches)

    def lines(self) -> dict[str, Query]:
        """Return series -> the query of that line alone; all articles where nothing was chosen."""
        query = self.query
        bare = replace(query, topics=(), entities=(), text="")
        topics = {f"topic:{one}": replace(bare, topics=(one,)) for one in query.topics}
        names = {f"entity:{one}": replace(bare, entities=(one,)) for one in query.entities}
        texts = [*([query.text] if query.text else []), *self.searches]
        found = {f"query:{one}": replace(bare, text=one) for one in texts}
        return topics | names | found or {"all": bare}

    def frame(self) -> pd.DataFrame:
        """Return the attention frame of all lines; an index has one base for all of them."""
        query = self.query
        bare = replace(query, topics=(), entities=(), text="")
        asked = [replace(bare, text=one) for one in self.searches if one != query.text]
        if query != bare or not asked:
            asked = [query, *asked]
        frames = [data.frame("attention", one) for one in asked]
        if len(frames) == 1:
            return frames[0]
        whole = pd.concat(frames, ignore_index=True)
        if query.measure is Measure.INDEX:
            whole = add_index(whole.assign(index=float("nan"), index_base=float("nan")))
        return whole

    def link(self) -> str:
        """Return it as one value of a link; what `view_of` reads."""
        searches = [(SEARCH, one) for one in self.searches]
        return urlencode(self.query.to_params(everything=True) + searches)


def view_of(link: str) -> tuple[View, list[str]]:
    """Return the view that `View.link` wrote, and a note on each part that had to be left out."""
    pairs = parse_qsl(link)
    asked, notes = filters.read_link(pairs, data.choices())
    asked, gone = data.pinned(asked)
    typed = [value for key, value in pairs if key == SEARCH]
    searches, more = usable(typed)
    broken = [
        f"The search {wording.typed(one)} cannot be read." for one in typed if problem_of(one)
    ]
    return View(data.resolved(asked), tuple(searches)), [*notes, *gone, *broken, *more]


def with_fixed_days(asked: Query, resolved: Query) -> Query:
    """Return `asked` with the days and the interval that it leaves to be found from its filters.

    Two views whose filters differ would be shown for other days otherwise, and not be comparable.
    "Last 30 days" stays as it is: it is the same for both.
    """
    fixed = replace(asked, interval=asked.interval or resolved.interval)
    if (asked.start and asked.end) or asked.last not in ("", "all"):
        return fixed
    return replace(fixed, start=resolved.start, end=resolved.end, last="")


def usable(searches: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the searches that can be compared, each once, and a note on those that are too many.

    What cannot be read is left out, see `problem_of`.
    """
    found = [one for one in dict.fromkeys(searches) if one and problem_of(one) is None]
    more = len(found) - MOST_SERIES
    note = f"At most {MOST_SERIES} searches are compared; {more} more were left out."
    return found[:MOST_SERIES], [note] if more > 0 else []


def table(view: View, frame: pd.DataFrame) -> pd.DataFrame:
    """Return one row a line: name, how a search is read if otherwise than typed, articles, highest.

    "Of all" is in per cent of what was collected under the same filters, over the whole period; the
    highest is that of what is drawn.
    """
    interval = view.query.interval or Interval.DAY
    when = "Week from" if interval is Interval.WEEK else interval.capitalize()
    return pd.DataFrame(
        [_row(series, query, frame) for series, query in view.lines().items()],
        columns=["Line", "Read as", "Articles", "Of all, %", "Highest", "When"],
    ).rename(columns={"Highest": _HEIGHTS[view.query.measure], "When": when})


def _row(series: str, query: Query, frame: pd.DataFrame) -> Mapping[str, object]:
    own = frame[frame["series"] == series]
    rows = own[own["bucket_end"].notna()]
    drawn = np.nan_to_num(values(rows, query.measure), nan=-1.0)
    total = pd.to_numeric(rows["total_count"], errors="coerce").sum()
    articles = data.count(query)
    reading = reading_of(query.text) if query.text else ""
    has_share = query.unit is Unit.ARTICLES and total >= _FEWEST
    highest = float(drawn.max(initial=-1.0))
    when = str(rows["date"].iloc[drawn.argmax()]) if highest > 0 else ""
    return {
        "Line": own["query"].iloc[0] if len(own) else series.partition(":")[2],
        "Read as": "" if reading == query.text else reading,
        "Articles": articles,
        "Of all, %": round(100 * articles / total, 1) if has_share else None,
        "Highest": _rounded(highest, query.measure),
        "When": bucket_label(when, query.interval),
    }


def _rounded(highest: float, measure: Measure) -> float | None:
    if highest < 0:
        return None
    return round(100 * highest, 1) if measure.is_share else round(highest)
