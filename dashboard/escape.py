"""Text from outside goes in, text that an interface shows as it stands comes out.

A headline is not markup: `![](http://tracker/x.png)` in it would make the reader's browser ask that
host, and `[click](...)` would be a link of somebody else's making.
"""

import html
import re

# Everything Streamlit's Markdown gives a meaning: CommonMark, GFM, `:red[...]`, `:material/x:`,
# emoji shortcodes, `$math$`, the arrows `<-` and `->`, and bare addresses.
_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&^=@/])")
_BREAKS = re.compile(r"\s+")


def escape_markdown(text: str) -> str:
    """Return `text` on one line so that Markdown shows every character as itself.

    Each character with a meaning becomes an HTML entity, which neither Markdown nor its extensions
    read as markup (a backslash would not stop `www.` from becoming a link).
    """
    return _MARKUP.sub(lambda hit: f"&#{ord(hit.group())};", _BREAKS.sub(" ", text).strip())


def escape_html(text: str) -> str:
    """Return `text` for HTML and for the labels of a plotly figure, which read some tags."""
    return html.escape(text, quote=True)


def web_link(url: str) -> str:
    """Return `url` where it is http or https, else an empty string."""
    return url if re.match(r"https?://[^\s\"'<>]+$", url, re.IGNORECASE) else ""
