"""Read the bytes of a capture into a `Document` with zones; one extractor for each form."""

from collections.abc import Callable, Mapping
from functools import partial

from pipelines.article import Capture, Document, Extraction, Form
from pipelines.errors import Quarantined
from pipelines.extraction.clipping import extract_clipping
from pipelines.extraction.fragment import extract_fragment
from pipelines.extraction.html import extract_page
from pipelines.extraction.text import extract_text

__all__ = ["EXTRACTORS", "FAST_EXTRACTORS", "extract"]

EXTRACTORS: Mapping[Form, Callable[[Capture], Document]] = {
    Form.PAGE: extract_page,
    Form.FRAGMENT: extract_fragment,
    Form.TEXT: extract_text,
    Form.CLIPPING: extract_clipping,
}
FAST_EXTRACTORS: Mapping[Form, Callable[[Capture], Document]] = {
    **EXTRACTORS,
    Form.PAGE: partial(extract_page, fast=True),
}


def extract(capture: Capture, extraction: Extraction = Extraction.CASCADE) -> Document:
    """Return the document of a capture; `extraction` says how the bodies of pages are found.

    Raises NoArticle where it has neither text nor title, Unsupported for a kind we do not read,
    Quarantined for damaged bytes and for captures whose reader reported a problem.
    """
    if capture.problem:
        raise Quarantined(f"reading {capture.locator}: {capture.problem}")
    extractors = FAST_EXTRACTORS if extraction is Extraction.FAST else EXTRACTORS
    return extractors[capture.form](capture)
