"""Say which language a text is in: title and first 500 characters in, ISO 639-1 code out.

The rules:

1. The model (py3langid) gives every language a probability. Kindred labels are one language:
   Bokmål and Nynorsk are Norwegian, Wu and Cantonese are Chinese.
2. Languages in which hardly any news is written count a tenth. A title is too short for the model
   to tell English from Nigerian Pidgin or Filipino; a whole text in such a language is still found,
   because its probability is near 1.
3. The declared language counts five times, and fifty times under twenty letters. That decides
   titles of names and numbers and those of two words, and no more, because whole sites declare one
   language for pages in several.
4. Under ten letters there is nothing to tell by, and below a probability of .05 nothing was told:
   the language is the declared one, or unknown.

The figures are in `python -m tests.quality.languages`, and how they were fitted in
docs/design-notes.md.
"""

import re
from collections.abc import Mapping
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

_ENOUGH_LETTERS = 10
_ENOUGH_IDEOGRAPHS = 6
_TOLD = 0.05
_RARE = 0.1  # .02 to .2 give the same figures
_DECLARED = 5.0  # 3 to 12 differ by three titles
_FEW_LETTERS, _DECLARED_OF_FEW = 20, 50.0
_LOOKED_AT = 600  # title and 500 characters
_CODE = re.compile(r"^([a-z]{2})(?:[-_].*)?$", re.IGNORECASE)
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")

# Languages of the world services of BBC, Deutsche Welle, Voice of America, RFI and Radio Free
# Europe, and those that are official in a country or region and have daily papers of their own.
_NEWS_LIST = """
    af am ar az be bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl gu ha he hi hr hu hy id ig
    is it ja ka kk km kn ko ku ky lo lt lv mk ml mn mr ms my ne nl no pa pl ps pt ro ru rw si sk sl
    so sq sr st sv sw ta te tg th tk tr uk ur uz vi xh yo zh zu
"""
_NEWS = frozenset(_NEWS_LIST.split())
# Members of an ISO 639 macrolanguage under the code of the whole, and codes withdrawn in 1989.
_SAME = {
    **{"nb": "no", "nn": "no", "wuu": "zh", "yue": "zh"},
    **{"iw": "he", "in": "id", "ji": "yi"},
}


def detect(text: str, declared: str = "") -> str:
    """Return the language of `text` as ISO 639-1; "" where it is too short or unsure to tell."""
    claimed = code_of(declared)
    sample = text[:_LOOKED_AT]
    letters = sum(map(str.isalpha, sample))
    if letters < _ENOUGH_LETTERS and len(_IDEOGRAPH.findall(sample)) < _ENOUGH_IDEOGRAPHS:
        return claimed
    weight = _DECLARED if letters >= _FEW_LETTERS else _DECLARED_OF_FEW
    weights = {claimed: weight} if claimed else {}
    label, probability = _identifier().classify(sample)
    first = _SAME.get(label, label)
    rivals = weight if claimed and claimed != first else 1.0
    # Nothing can win where all others together are less; a full ranking takes twice the time.
    if _weight(first, weights) * probability >= rivals * (1.0 - probability):
        return code_of(first)
    weighed: dict[str, float] = {}
    for label, probability in _identifier().rank(sample):
        language = _SAME.get(label, label)
        share = _weight(language, weights) * probability
        weighed[language] = weighed.get(language, 0.0) + share
    found = max(weighed, key=weighed.__getitem__)
    return code_of(found) if weighed[found] >= _TOLD else claimed


def _weight(language: str, weights: Mapping[str, float]) -> float:
    return weights.get(language, 1.0 if language in _NEWS else _RARE)


def code_of(declared: str) -> str:
    """Return the two-letter code of a declaration such as `en-US` or `pt_BR`; "" for others."""
    match = _CODE.match(declared.strip())
    code = match[1].lower() if match else ""
    return _SAME.get(code, code)


def prepare() -> None:
    """Load the model now rather than with the first text."""
    _identifier()


@cache
def _identifier() -> LanguageIdentifier:
    """Load the model once per process; loading takes longer than a thousand titles."""
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
