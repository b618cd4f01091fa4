"""A headline in, the last part of an address out: small Latin letters, digits and hyphens."""

import re
import unicodedata

_CYRILLIC = {
    **dict(zip("абвгдеёзийклмнопрстуфыэ", "abvgdeeziyklmnoprstufye", strict=True)),
    **{"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sch", "ю": "yu", "я": "ya"},
    **dict.fromkeys("ьъ", ""),
}
_TABLE = str.maketrans(_CYRILLIC)
_MOST_WORDS = 8


def slug_of(title: str) -> str:
    """Return at most eight words of the headline as an address spells them."""
    latin = title.lower().translate(_TABLE).replace("'", "").replace("œ", "oe")
    plain = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain)[:_MOST_WORDS])
