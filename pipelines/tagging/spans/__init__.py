"""Statistical names behind one protocol: a text and its language in, spans with kinds out.

`make_spans` knows the choices of the setting `names`. The default is a model of our own, so that
nothing has to be downloaded; docs/names-model.md says what it was made of and how good it is.
"""

from pipelines.errors import ConfigError
from pipelines.tagging.spans.span import Span, SpanKind, Spans

__all__ = ["CRF", "Span", "SpanKind", "Spans", "make_spans"]

CRF, NONE, SPACY = "crf", "none", "spacy:"


class NoSpans:
    """Finds nothing: the table of entities alone decides."""

    def spans(self, text: str, lang: str) -> list[Span]:
        """Return no names."""
        return []


def make_spans(choice: str) -> Spans:
    """Return the finder of names that `choice` asks for.

    Raises ConfigError for an unknown choice, and where a package is missing or has no names.
    """
    if choice == CRF:
        from pipelines.tagging.spans.crf import CrfSpans

        return CrfSpans()
    if choice == NONE:
        return NoSpans()
    if choice.startswith(SPACY) and choice != SPACY:
        from pipelines.tagging.spans.spacy_package import SpacySpans

        return SpacySpans(choice.removeprefix(SPACY))
    raise ConfigError(
        f"cannot find names with {choice!r}: `names` is {CRF!r}, {NONE!r} or {SPACY!r} and the "
        "name of an installed package, such as 'spacy:en_core_web_sm'"
    )
