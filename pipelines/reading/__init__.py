"""Captures in, the same captures in the same order out, each with its article or why there is none.

`reader.py` reads one capture, here and now. `workers.py` has captures read ahead by processes of
their own, which `nursery.py` makes: they are renewed, and killed where a capture takes too much.
"""
