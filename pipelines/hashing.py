"""One hash for ids and contents: 63 bits, the same on every machine and in every run."""

from xxhash import xxh3_64_intdigest


def hash63(*parts: object) -> int:
    """Return the hash of `parts`, each as text; a signed 64-bit column holds it."""
    joined = "\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")
    return int(xxh3_64_intdigest(joined) >> 1)


def id_text(number: int) -> str:
    """Return an article's id as people and files see it: "a" and 16 hexadecimal digits.

    A plain number of 19 digits would be rounded to 15 by every spreadsheet.
    """
    return f"a{number:016x}"


def id_number(text: str) -> int:
    """Return the number behind an id as shown, or a plain number; ValueError for anything else."""
    return int(text[1:], 16) if text[:1] == "a" else int(text)


def line_text(key: int) -> str:
    """Return the key of a line as people see it: "l" and 16 hexadecimal digits."""
    return f"l{key:016x}"


def line_number(text: str) -> int:
    """Return the number behind a line's key as shown; ValueError for anything else."""
    if text[:1] != "l":
        raise ValueError(f"{text!r} is no key of a line")
    return int(text[1:], 16)
