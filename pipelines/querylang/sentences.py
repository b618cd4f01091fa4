"""A text and a span in, the sentence around the span out.

A sentence ends at `.`, `!`, `?` or `…` (closing quotes and brackets included) before a space and a
capital, a digit, an opening quote or a letter of a script without capitals; at `。！？` anywhere;
and at a newline always. No sentence ends after an initial, a title or another abbreviation of the
list below (`Mr.`, `No.`, `г.`), nor after letters with dots (`U.S.`) unless a word follows that
hardly stands inside a sentence with a capital (`The`, `He`).
"""

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache

_END = re.compile(
    r"""(?P<mark>[.!?…؟।]+)[\"'”’»)\]]*[ ]+(?=[\"'“„‘«(\[¿¡]*(?P<next>\w+))|[。！？][」』”]*""",
    re.VERBOSE,
)
_ABBREVIATION_LIST = """
    mr mrs ms dr prof gen col lt sgt maj capt cmdr adm sen rep gov pres hon rev fr st ste jr sr
    vs inc ltd co corp dept est art para approx fig al cf ca ed vol jan feb mar apr jun jul aug sep
    sept oct nov dec mme mlle mgr bzw usw str nr hr fr abs sra srta ud uds pág núm av г гг в вв тыс
    млн     млрд трлн руб коп им ул пр стр рис см др т д п тов гос о р ім вул грн с
"""
_ABBREVIATIONS = frozenset(_ABBREVIATION_LIST.split())
_BEFORE_NUMBER = frozenset(["no", "nos", "p", "pp", "ch", "sec", "№", "ст"])
_STARTER_LIST = """
    The A An He She It They We I You But And In On At However This That These Those There As When
    While After Before If His Her Their Its Our Meanwhile
"""
_STARTERS = frozenset(_STARTER_LIST.split())
_LAST_WORD = re.compile(r"[\w.№-]*$")


def sentence_at(text: str, start: int, end: int) -> str:
    """Return the sentence, or the sentences of one paragraph, that hold `text[start:end]`.

    Of a span that crosses a newline only the paragraph of its beginning is returned.
    """
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", start)
    last = len(text) if last < 0 else last
    ends = _ends_within(text, first, last)
    before, after = bisect_right(ends, start), bisect_left(ends, end)
    after = max(before, after)
    begin = ends[before - 1] if before else first
    finish = ends[after] if after < len(ends) else last
    return text[begin:finish].strip()


@lru_cache(maxsize=8)
def _ends_within(text: str, first: int, last: int) -> list[int]:
    """Return where sentences of a paragraph end; most of its spans ask one after the other."""
    found = _END.finditer(text, first, last)
    return [match.end() for match in found if _ends(text, match, first)]


def _ends(text: str, match: re.Match[str], first: int) -> bool:
    """Return whether the punctuation found really closes a sentence."""
    mark, after = match["mark"], match["next"]
    if mark is None:
        return True
    if after[0].islower():
        return False
    if mark != ".":
        return True
    found = _LAST_WORD.search(text, max(first, match.start() - 40), match.start())
    before = found.group() if found else ""
    if "." in before:  # U.S., p.m.
        return after in _STARTERS
    if len(before) == 1 and before.isupper():  # J. Kerry
        return before == "I"
    word = before.casefold()
    if word in _BEFORE_NUMBER and after[0].isdigit():
        return False
    return word not in _ABBREVIATIONS
