"""Draw how the cost of each question grows with the store: kept lines in, a picture out.

Usage: python -m tests.bench.store_growth   (store_speed --keep does it, too)
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure

from tests.bench.store_table import Line, read_kept

PICTURE = Path(__file__).parents[2] / "docs" / "store-growth.svg"
_COLORS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"]
_RIVAL = "pandas, in memory"  # who is asked these questions is asked the growing ones


def draw_growth(path: Path = PICTURE) -> None:
    """Write the picture of all runs that were kept."""
    runs = read_kept()
    questions = [
        line.title for line in next(iter(runs.values()))[1] if "limit: memory" in line.ratios
    ]
    figure = Figure(figsize=(7.2, 4.2), layout="constrained")
    axes = figure.subplots()
    for title, color in zip(questions, _COLORS, strict=True):
        for name, style in (("ours", "-"), (_RIVAL, ":")):
            counts, times = _curve(runs, title, name)
            label = title if name == "ours" else None
            axes.plot(counts, times, style, color=color, marker="o", markersize=4, label=label)
    axes.set(xscale="log", yscale="log", xlabel="articles", ylabel="CPU time, ms")
    axes.set_title(f"Ours (lines) and {_RIVAL} (dots)", loc="left", fontsize=10)
    axes.set_xticks(list(runs), [f"{count:,}" for count in runs])
    ticks = [1, 2, 5, 10, 20, 50, 100, 200]
    axes.set_yticks(ticks, list(map(str, ticks)))
    axes.minorticks_off()
    axes.grid(color="#dddddd", linewidth=0.5)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, fontsize=8)
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "wirewatch"}):
        figure.savefig(path, format="svg", metadata={"Date": None})


def _curve(
    runs: Mapping[int, tuple[str, Sequence[Line]]], title: str, name: str
) -> tuple[list[int], list[float]]:
    """Return the numbers of articles at which a question was asked, and its CPU times."""
    found = [
        (count, line.cpu[name])
        for count, (_, lines) in runs.items()
        for line in lines
        if line.title == title and name in line.cpu
    ]
    counts, times = zip(*found, strict=True)
    return list(counts), list(times)


if __name__ == "__main__":
    draw_growth()
