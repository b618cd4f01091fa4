"""Text from outside goes in, text that an interface shows as it stands comes out.

A headline is not markup: `![](http://tracker/x.png)` in it would make the reader's browser ask that
host, and `[click](...)` would be a link of somebody else's making.
"""

import html
import re

# What CommonMark, GFM and Streamlit's own additions (`:red[...]`, `:material/x:`, `$math$`) read as
# markup anywhere in a line, and what they read so at its start.
_MARKUP = re.compile(r"[\\`*_{}\[\]()<>#|~$:&^=@/]|^[-+]|(?<=^\d)[.)]|(?<=^\d\d)[.)]")
# Bare addresses become links after entities are decoded, so these need a word joiner, which is
# not seen: after `www`, after the `:` of a scheme, an emoji or an icon, and after `@`.
_ADDRESS = re.compile(r"(?<=www)(?=\.)|(?<=[:@])(?=\S)", re.IGNORECASE)
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_BREAKS = re.compile(r"\s+")


def escape_markdown(text: str) -> str:
    """Return `text` on one line so that Markdown shows every character as itself."""
    line = _ADDRESS.sub("\u2060", _BREAKS.sub(" ", text).strip())
    return _MARKUP.sub(lambda hit: f"&#{ord(hit.group())};", line)


def escape_html(text: str) -> str:
    """Return `text` for HTML and for the labels of a plotly figure, which read some tags."""
    return html.escape(text, quote=True)


def isolate(text: str) -> str:
    """Return `text` so that a script from right to left turns no date or word beside it.

    Only text that has such letters is changed: it stands between the isolates of Unicode.
    """
    return f"\u2068{text}\u2069" if _RIGHT_TO_LEFT.search(text) else text


def without_isolates(text: str) -> str:
    """Return `text` without the marks of `isolate`, for what draws each character."""
    return text.translate({0x2068: None, 0x2069: None})


def web_link(url: str) -> str:
    """Return `url` where it is http or https, else an empty string."""
    return url if re.match(r"https?://[^\s\"'<>]+$", url, re.IGNORECASE) else ""
