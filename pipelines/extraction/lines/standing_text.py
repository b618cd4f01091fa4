"""Find what a sender says of itself under its news: lines in, the lines of that text out.

A press release ends with "About Acme" and a paragraph on Acme, which stands under each of its
releases: names in it are no mentions. The heading alone does not tell, since an explainer may be
called "About Hezbollah"; the paragraph has to speak as companies do, or of the site itself. Of 730
pages in many languages those two lines stand one after the other on 16, each time over a text on
the site or the author and never over one that explains the story.
"""

import re
from collections.abc import Sequence

from pipelines.extraction.lines.roles import ends_sentence, n_words

_HEADING = re.compile(
    r"(?:(?:about|über|à propos d(?:e|u|es)|acerca del?|sobre(?: [ao]s?)?|informazioni su|chi è"
    r"|over|om|o firmie|о компании|про компанію)\s+|à propos d['’])(?P<name>\S.{0,60}?)\s*:?"
    r"|(?P<named>\S.{0,40}?)\s?(?:hakkında|について|에 대하여|소개)\s*:?",
    re.IGNORECASE,
)
_HEADING_WORDS = 9
_PARAGRAPH_WORDS = 12
_NAMED_WITHIN = 120  # letters of the paragraph
_NAME_LETTERS = 4  # of a word that is no article
# When it was founded and where it sits is told of parties and of armed groups as well.
_OF_A_COMPANY = re.compile(
    r"https?://|\bwww\.|\b(?:NASDAQ|NYSE|Euronext|LSE|TSX|ISIN)\b|\bfor more information\b"
    r"|\b(?:leading|global|largest|trusted|award-winning) (?:\w+[ -]){0,4}"
    r"(?:provider|supplier|company|manufacturer|firm|brand)\b"
    r"|\b(?:führende[rs]?|weltweit) (?:\w+[ -]){0,4}(?:Anbieter|Hersteller|Unternehmen|Konzern)\b"
    r"|\bweitere Informationen\b|\bleader (?:mondial|européen|mundial|europeo|mondiale)\b"
    r"|\bpour plus d['’]informations?\b|\b(?:empresa|compañía) líder\b|\bpara más información\b"
    r"|\b(?:azienda|società) leader\b|\bper maggiori informazioni\b",
    re.IGNORECASE,
)


def presents_sender(heading: str, below: str, site: str) -> bool:
    """Say whether a heading and the paragraph below it are what a site or company says of itself.

    `site` is the domain the text came from, "" where it is not known.
    """
    name = _named_in(heading)
    if not name or n_words(below) < _PARAGRAPH_WORDS or not _is_told_of(name, below):
        return False
    return _is_of_site(name, site) or _OF_A_COMPANY.search(below) is not None


def _named_in(heading: str) -> str:
    """Return whom "About ..." names; "" for any other line."""
    if n_words(heading) > _HEADING_WORDS or ends_sentence(heading):
        return ""
    match = _HEADING.fullmatch(heading)
    return (match["name"] or match["named"]) if match else ""


def _is_told_of(name: str, below: str) -> bool:
    """Say whether a paragraph soon has a word of a name."""
    told = below[:_NAMED_WITHIN].casefold()
    words = [word for word in name.casefold().split() if len(word) >= _NAME_LETTERS]
    return any(word in told for word in words or [name.casefold()])


def standing_text(texts: Sequence[str], at: int, site: str) -> range:
    """Return the heading at a place and the paragraphs below it that are a sender's own words.

    Those are the first below it and each next one that is a paragraph as well; an empty range
    where the heading is none of that kind.
    """
    if at + 1 >= len(texts) or not presents_sender(texts[at], texts[at + 1], site):
        return range(0)
    end = at + 2
    while end < len(texts) and n_words(texts[end]) >= _PARAGRAPH_WORDS:
        end += 1
    return range(at, end)


def _is_of_site(name: str, site: str) -> bool:
    """Say whether a name is that of the site: "my6sense" of my6sense.com."""
    own, label = _letters(name), _letters(site.rsplit(".", 1)[0])
    if min(len(own), len(label)) < _NAME_LETTERS:
        return False
    return own in _letters(site) or label in own


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
