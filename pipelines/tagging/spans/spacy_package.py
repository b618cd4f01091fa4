"""Names by a spaCy package that the user has installed: labels of the usual schemes as our kinds.

A package answers for texts of its own language, and for all if it is made for many ("xx"). Which
labels count: PER and PERSON; ORG; GPE, LOC and FAC. Others (NORP, EVENT, MISC, dates) are no names
of ours. spaCy is not a part of Wirewatch's lock; docs/config.md says how to install it.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pipelines.errors import ConfigError
from pipelines.tagging.spans.span import Span, SpanKind

if TYPE_CHECKING:
    from spacy.language import Language

_KINDS: Mapping[str, SpanKind] = {
    "PER": SpanKind.PERSON,
    "PERSON": SpanKind.PERSON,
    "ORG": SpanKind.ORGANISATION,
    "GPE": SpanKind.PLACE,
    "LOC": SpanKind.PLACE,
    "FAC": SpanKind.PLACE,
}
_FINDERS = ("ner", "entity_ruler")  # the parts of a pipeline that set `ents`
_MANY = "xx"


class SpacySpans:
    """Finds the names that a spaCy package finds."""

    def __init__(self, package: str) -> None:
        """Load the package, or the folder of a model; ConfigError where that cannot be done."""
        self._model = _load(package)
        if not any(part in self._model.pipe_names for part in _FINDERS):
            raise ConfigError(
                f"cannot find names with 'spacy:{package}': it has none of {', '.join(_FINDERS)}, "
                f"only {', '.join(self._model.pipe_names) or 'a tokeniser'}; choose another package"
            )

    def spans(self, text: str, lang: str) -> list[Span]:
        """Return the package's people, organisations and places; none in another language."""
        if self._model.lang not in (lang, _MANY):
            return []
        return [
            Span(found.start_char, found.end_char, _KINDS[found.label_])
            for found in self._model(text).ents
            if found.label_ in _KINDS
        ]


def _load(package: str) -> "Language":
    try:
        import spacy
    except ImportError as error:
        raise ConfigError(
            f"cannot find names with 'spacy:{package}': spaCy is not installed; run "
            f"`pip install spacy` and `python -m spacy download {package}`, or set `names` to 'crf'"
        ) from error
    try:
        return spacy.load(package)
    except OSError as error:
        raise ConfigError(
            f"cannot find names with 'spacy:{package}': there is no such package; run "
            f"`python -m spacy download {package}`, or set `names` to 'crf'"
        ) from error
