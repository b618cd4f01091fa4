"""What is looked for in, the key of its list of positions out; keys are sorted as bytes.

    form                       every place of a word's form
    01 form 01 cased form      places where its case is kept and differs from the form
    02 name                    marks of brackets, see `documents.py`
    03 ...                     the same keys for the tags zone, which only `tags:` searches

A form is made of letters, digits and marks, so no key of one kind can be taken for another.
"""

OPENED = b"\x02("  # words with nothing but an opening bracket before them, in their paragraph
OPENED_ACROSS = b"\x02["  # the same across the border of a paragraph
CLOSED = b"\x02)"  # words that a closing bracket follows
CAPITALS = b"\x02A"  # words in capitals beside an opening bracket
INITIALS = b"\x02a"  # words beside an opening bracket that are the initials of the words there
REOPENED = b"\x02c"  # words that a closing and an opening bracket stand before


def form_key(form: str, *, tags: bool = False) -> bytes:
    """Return the key of a form, or of all that begins so."""
    return (b"\x03" if tags else b"") + form.encode()


def cased_key(form: str, cased: str = "", *, tags: bool = False) -> bytes:
    """Return the key of a form as written; without `cased`, what all such keys begin with."""
    return (b"\x03\x01" if tags else b"\x01") + form.encode() + b"\x01" + cased.encode()


def after(prefix: bytes) -> bytes:
    """Return the first key that is behind all that begin with `prefix`, which is not empty."""
    return prefix[:-1] + bytes([prefix[-1] + 1])  # no byte of UTF-8 text is 255
