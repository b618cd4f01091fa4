"""Text of several articles in one file, as press archives export it, in; one text each out.

Archives mark where an article ends or begins: LexisNexis writes `2 of 30 DOCUMENTS` above each,
Nexis Uni `End of Document` below, Factiva `Document NYTF000020150604eb640000a` below. Where no mark
stands, or one with text on both its sides, the file is one text.
"""

import re

_ABOVE = re.compile(rb"^[ \t]*\d{1,5} of \d{1,5} DOCUMENTS?[ \t]*\r?$", re.MULTILINE)
_BELOW = (
    re.compile(rb"^[ \t]*End of Document[ \t]*\r?$", re.MULTILINE),
    re.compile(
        rb"^[ \t]*(?:AN[ \t]+)?Document [A-Z][A-Z0-9]{3,11}(?:19|20)\d{6}[a-z0-9]{6,}[ \t]*\r?$",
        re.MULTILINE,
    ),
)


def texts_in(content: bytes) -> list[bytes]:
    """Return the texts in a file, the marks left out; empty ones are dropped."""
    for mark in (_ABOVE, *_BELOW):
        parts = mark.split(content)
        texts = [part for part in parts if part.strip()]
        if texts and (len(parts) > 2 or len(texts) < len(parts)):
            return texts
    return [content]
