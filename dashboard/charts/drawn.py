"""Figures as they are sent: parts of a chart go in, a figure that plotly does not check comes out.

Plotly looks at each property when a figure is made, copies it twice and once more when it is sent.
For a chart of two years that took longer than all else of the page. So a page draws the parts as
they are; tests make a checked figure of the same parts. Numbers travel as the bytes of a typed
array, those that are whole in as few as hold them, others with seven digits, which is a thousandth
of what a screen shows.
"""

from base64 import b64encode
from collections.abc import Mapping
from typing import Any

import numpy as np
import plotly.graph_objects as go

Part = dict[str, Any]
_WHOLE = (np.uint8, np.uint16, np.int32)


class Drawn(go.Figure):  # type: ignore[misc]  # plotly is not typed
    """A figure of parts ("data" and "layout") that are known to be right."""

    def __init__(self, parts: Mapping[str, Any]) -> None:
        """Keep `parts`; unlike its parent this makes no objects of them."""
        self._parts = {
            "data": [_sent(trace) for trace in parts["data"]],
            "layout": dict(parts["layout"]),
        }

    def to_dict(self) -> Part:
        """Return the parts as plotly's JSON has them."""
        return self._parts


def _sent(part: Mapping[str, Any]) -> Part:
    """Return a part with its arrays, at any depth, as they travel."""
    return {
        name: _sent(one)
        if isinstance(one, dict)
        else _array(one)
        if isinstance(one, np.ndarray)
        else one
        for name, one in part.items()
    }


def _array(numbers: np.ndarray) -> object:
    if numbers.dtype.kind not in "fiu" or numbers.ndim != 1:
        return numbers.tolist()
    kind: type = np.float32
    if len(numbers) and np.isfinite(numbers).all() and (numbers == np.trunc(numbers)).all():
        low, high = numbers.min(), numbers.max()
        holds = (one for one in _WHOLE if np.iinfo(one).min <= low and high <= np.iinfo(one).max)
        kind = next(holds, np.float64)
    typed = numbers.astype(np.dtype(kind).newbyteorder("<"))
    return {"dtype": typed.dtype.str[1:], "bdata": b64encode(typed.tobytes()).decode("ascii")}
