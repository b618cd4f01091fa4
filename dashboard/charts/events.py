"""Events of the user's own go in, thin numbered lines over a chart come out.

The numbers are those of the list below the chart, which has the words: a chart with sentences in it
cannot be read. Events outside the buckets shown have no line.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd

from dashboard.charts.theme import LIGHT, Palette
from pipelines.events import Event

MOST = 12  # lines; more would hide the chart
_NEAR = 0.03  # of the time shown; on a phone a number is as wide
Part = dict[str, Any]


def shown_events(buckets: pd.DataFrame, events: Sequence[Event]) -> list[Event]:
    """Return the events within the buckets shown, by day; of more than twelve the latest."""
    if buckets.empty or not events:
        return []
    first, last = str(buckets["date"].min()), str(buckets["bucket_end"].max())
    return [event for event in events if first <= event.day.isoformat() <= last][-MOST:]


def event_lines(
    buckets: pd.DataFrame, events: Sequence[Event], palette: Palette = LIGHT
) -> list[Part]:
    """Return one upright line for each event shown."""
    look = {"color": palette.muted, "width": 1, "dash": "1px,3px"}
    place = {"type": "line", "yref": "paper", "y0": 0, "y1": 1, "layer": "below", "name": "event"}
    days = [event.day.isoformat() for event in shown_events(buckets, events)]
    return [place | {"x0": day, "x1": day, "line": look} for day in days]


def event_numbers(
    buckets: pd.DataFrame, events: Sequence[Event], palette: Palette = LIGHT
) -> list[Part]:
    """Return the numbers above the lines; those too near to be told apart stand together."""
    shown = shown_events(buckets, events)
    if not shown:
        return []
    first, last = str(buckets["date"].min()), str(buckets["bucket_end"].max())
    near = _NEAR * (date.fromisoformat(last) - date.fromisoformat(first))
    before, numbers = date.min, dict[str, list[str]]()
    for number, event in enumerate(shown, 1):
        if not numbers or event.day - before > near:
            numbers[event.day.isoformat()] = []
        numbers[next(reversed(numbers))].append(str(number))
        before = event.day
    place = {"yref": "paper", "y": 1, "yanchor": "bottom", "showarrow": False}
    font = {"color": palette.muted, "size": 11}
    return [place | {"x": day, "text": ",".join(own), "font": font} for day, own in numbers.items()]
