"""An axis' range goes in, its ticks and the room that their words need beside the plot come out.

Plotly would find that room by itself ("automargin"): it draws the whole chart, looks how wide the
words came out, and draws it all again. From a choice to the redrawn chart the browser's main thread
was busy for 379 ms with that and for 242 ms with the room known (two servers asked in turn, 13
choices each, three lines of 365 days). The numbers are what plotly leaves with Streamlit's look,
the same in wide windows and on phones.
"""

from math import floor, log10
from typing import Any

Part = dict[str, Any]  # a part of a figure, as plotly spells it

TITLE_LEFT = 31  # pixels that the title of the upright axis takes
TITLE_BELOW = 34  # and that of the time axis
_TICKS = 6  # at most, on the upright axis
_BESIDE = 16  # between the edge, the words of the ticks and the plot
_ONE_LINE, _TWO_LINES = 25, 40  # below the plot
_WIDE = {"%": 10, ",": 3, ".": 3}  # pixels of a character at 12 pixels; digits 6


def upright_ticks(top: float, *, share: bool) -> tuple[Part, int]:
    """Return the ticks of an axis from 0 to `top`, and the room left of the plot with its title.

    They stand at 1, 2 or 5 times a power of ten; counts have no part of one between two ticks.
    """
    step = _step(top / _TICKS)
    if not share:
        step = max(step, 1.0)
    digits = max(-floor(log10(step * 100 * 1.001)), 0)
    highest = floor(top / step * 1.001) * step
    longest = f"{highest:.{digits}%}" if share else f"{highest:,.0f}"
    form = f".{digits}%" if share else ",~r"
    wide = sum(_WIDE.get(one, 6) for one in longest)
    return {"dtick": step, "tickformat": form}, TITLE_LEFT + _BESIDE + wide


def below(*, two_lines: bool) -> int:
    """Return the room below the plot for the time axis' ticks and its title."""
    return TITLE_BELOW + (_TWO_LINES if two_lines else _ONE_LINE)


def _step(least: float) -> float:
    """Return the smallest 1, 2 or 5 times a power of ten that is at least so much."""
    power = 10.0 ** floor(log10(least))
    return next(one * power for one in (1, 2, 5, 10) if one * power >= least * 0.999)
