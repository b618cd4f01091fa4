"""Ids of series go in, colours and dash patterns come out: a tag looks the same on every page.

A topic takes the place it has in the topics file; any other series takes a place computed from its
id. There are ten colours: only where two series of one chart would share one does the later of
them move on to the next free place, so the first ten topics never move. Dash patterns follow the
place, so that colour is never the only difference: a series that is no topic moves on past a
pattern that is taken, too, as long as one is free.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

# Lowest contrast 3.2 (light) and 4.6 (dark); colour-blind distance at least .085. The same ten
# stand in `dashboard/.streamlit/config.toml`, where a test compares them.
_LIGHT = "#0072B2 #D55E00 #00875E #424242 #588CFF #0B39BD #791582 #5E5B00 #BF789D #8C457D"
_DARK = "#56B4E9 #F0A040 #35C79A #C3FDC1 #907BF8 #F7511F #7EE2FB #EAE637 #AF66B5 #3D9B67"
_DASHES = ("solid", "7px,3px", "12px,4px", "9px,3px,2px,3px")


@dataclass(frozen=True, slots=True)
class Palette:
    """Ten colours for series, and the greys of what is not data."""

    series: tuple[str, ...]
    gap: str = "rgba(128,128,128,0.18)"
    muted: str = "rgba(128,128,128,0.95)"


LIGHT = Palette(tuple(_LIGHT.split()))
DARK = Palette(tuple(_DARK.split()))
# Streamlit swaps these ten in the browser for `theme.chartCategoricalColors` of the theme shown, so
# a figure needs no second run when the reader changes the theme (the server learns it too late).
BROWSER = Palette(tuple(f"#{number:06d}" for number in range(1, 11)))


# The same for a scale from little to much: `theme.chartSequentialColors`, dark on a light page and
# light on a dark one, so that much always stands out.
BROWSER_SCALE = [[step / 9, f"#{11 + step:06d}"] for step in range(10)]

# Of an axis whose labels speak for themselves. Streamlit keeps 24 pixels for the title of each
# axis, also where there is none; on a phone these are a sixth of the cells of a matrix.
NO_TITLE = {"title": {"text": "", "standoff": 0}}


@dataclass(frozen=True, slots=True)
class Look:
    """How one series is drawn."""

    colour: str
    dash: str


def looks(
    series: Sequence[str], *, topics: Sequence[str] = (), palette: Palette = LIGHT
) -> dict[str, Look]:
    """Return the look of each series of one chart; `topics` are all topics, in file order."""
    places = {"all": 0} | {f"topic:{topic}": place for place, topic in enumerate(topics)}
    taken: list[Look] = []
    result = {}
    for name in sorted(series, key=lambda one: (places.get(one, len(places)), one)):
        place = places.get(name, crc32(name.encode()) % len(palette.series))
        result[name] = _free(place, taken, palette, moves=name not in places)
        taken.append(result[name])
    return {name: result[name] for name in series}


def _free(place: int, taken: Sequence[Look], palette: Palette, *, moves: bool) -> Look:
    """Return the look of the first place from `place` on whose colour, and pattern, is free."""
    colours = {look.colour for look in taken}
    dashes = {look.dash for look in taken}
    each = [_at(place + step, palette) for step in range(len(palette.series) * len(_DASHES))]
    by_colour = [look for look in each if look.colour not in colours]
    by_both = [look for look in by_colour if moves and look.dash not in dashes]
    return (by_both or by_colour or each)[0]


def _at(place: int, palette: Palette) -> Look:
    return Look(palette.series[place % len(palette.series)], _DASHES[place % len(_DASHES)])
