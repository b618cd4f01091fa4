"""The names that the models find in a text in, the same names cut and grown to their edges out.

The rules, which an analyst can review; a "head" is a word such as Committee, Party, University:

- A name ends before a dash between spaces: "Scottish National Party - 48 seats".
- A list is as many organisations as it has parts if each has a head: "Prohibition Party, Reform
  Party", and not "Ministry of Trade, Industry and Energy".
- A role is no part of a body ("Chair of the Governing Board", "Department Spokesperson"), nor is
  whom it is of: "Under Secretary for Political Affairs Victoria Nuland".
- "Senate Democrats" are two.
- A campus belongs to its university ("University of Colorado at Boulder"), and what a committee or
  society is for to its name: "Committee on Foreign Relations", "Society for Biochemistry and
  Molecular Biology".
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from pipelines.tagging.spans.lexicon import Lexicon
from pipelines.tagging.spans.span import Span, SpanKind

_CAPITAL = r"[A-Z][\w'\u2019-]*"
_DASH = re.compile(r" [-\u2013\u2014] ")
_ROLE_OF = re.compile(rf"((?:[\w.'\u2019-]+ )+?)(?:of|for) (?:the )?(?={_CAPITAL})")
_ROLE_BEHIND = re.compile(r" (?:Spokes(?:person|man|woman)|Statement|Counsel)$")
_OF = (" of", " for", " the")
_ROLES = frozenset(
    ("member", "nominee", "chair", "trustee", "adviser", "advisor", "counsel", "counselor")
)
_NEXT = frozenset(("acting", "senior"))  # begin a role
_BEFORE_PEOPLE = _ROLES | {"affairs", "department"}
_TWO = re.compile(r"(Senate|House|Congressional) (Democrats|Republicans)")
_UNIVERSITY = re.compile(rf"University of (?:the )?{_CAPITAL}")
_CAMPUS = re.compile(
    rf" at {_CAPITAL}(?: {_CAPITAL})?|(?<=California), (?:Berkeley|Los Angeles|San Diego|Davis"
    r"|Irvine|Santa Cruz|Santa Barbara|Riverside|San Francisco|Merced)\b"
)
_COMMITTEE = re.compile(
    r"(?:^|(?:House|Senate|Select|Joint|Special|Standing|Advisory) )(?:Committee|Subcommittee)$"
    r"|(?:^|(?:National|American) )Council$"
)
_MATTER = re.compile(
    rf" on (?:the )?(?!Capitol)({_CAPITAL}(?:(?:,| and|, and|) {_CAPITAL}){{0,4}})"
)
_SOCIETY = re.compile(r"^((?:(?! and )[^,])+?) (?:of|for) (?!State$)((?:(?! and ).)+)$")
_AND = re.compile(rf" and ({_CAPITAL}(?: {_CAPITAL}){{0,2}})")
_HEADS = re.compile(
    r"academy|agency|assembly|association|authority|bank|board|bureau|center|centre|"
    r"chamber|church|club|college|commission|committee|company|congress|corporation|"
    r"council|court|department|embassy|federation|foundation|fund|group|hospital|"
    r"institute|institution|league|ministry|office|organisation|organization|parliament|"
    r"party|school|senate|society|subcommittee|trust|union|university",
    re.IGNORECASE,
)
_GOES_ON = (" at ", " on ", " and ", ", ")  # what `_end` reads on from
_PERSON_WORDS = 3
_PLACES = frozenset("CAP")  # marks: a country, its adjective, a city


class Edges:
    """Finds where names end."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Take the tables of words."""
        self._lexicon = lexicon

    def mended(self, text: str, spans: Iterable[Span]) -> list[Span]:
        """Return the names with their edges where they belong, in order; none over another."""
        parts = [part for span in spans for part in self._parted(text, span)]
        grown: list[Span] = []
        for number, span in enumerate(parts):
            if grown and span.start < grown[-1].end:
                continue  # a place within the name before it
            end = span.end
            if span.kind is SpanKind.ORGANISATION:
                end = self._end(text, span, parts[number + 1 : number + 2])
            grown.append(span if end == span.end else Span(span.start, end, span.kind))
        return grown

    def _parted(self, text: str, span: Span) -> Iterator[Span]:
        """Yield the names that one span holds."""
        if span.kind is SpanKind.PERSON or text.find(" ", span.start, span.end) < 0:
            yield span
            return
        dash = _DASH.search(text, span.start, span.end)
        span = Span(span.start, dash.start() if dash else span.end, span.kind)
        if span.kind is SpanKind.PLACE:
            yield span
            return
        for start, end in self._listed(text, span):
            start, end = self._without_roles(text, start, end)
            two = _TWO.fullmatch(text, start, end)
            if two:
                yield Span(two.start(1), two.end(1), span.kind)
                yield Span(two.start(2), two.end(2), span.kind)
            else:
                yield from self._without_person(text, start, end)

    def _listed(self, text: str, span: Span) -> list[tuple[int, int]]:
        """Return the places of the parts of a list; the whole where it is none."""
        words = text[span.start : span.end].split(", ")
        if len(words) == 1 or not all(map(self._is_body, words)):
            return [(span.start, span.end)]
        places, start = [], span.start
        for part in words:
            places.append((start, start + len(part)))
            start += len(part) + 2
        return places

    def _is_body(self, part: str) -> bool:
        """Return whether a part of a list is a body by itself: "Reform Party", not "Inc."."""
        words = part.split()
        return len(words) > 1 and _has_head(words if "and" not in words else words[:1])

    def _without_roles(self, text: str, start: int, end: int) -> tuple[int, int]:
        while role := _ROLE_OF.match(text, start, end):
            before, behind = role.group(1).split(), text[role.end() : end].split()
            is_role = not self._tells_of_body(before) and any(map(self._is_role, before))
            if not is_role or len(behind) < 2 or not _has_head(behind):
                break
            start = role.end()
        role_behind = _ROLE_BEHIND.search(text[start:end])
        if role_behind:
            body = text[start : start + role_behind.start()]
            if not body.endswith(_OF) and self._tells_of_body(body.split()):
                end = start + len(body)
        return start, end

    def _without_person(self, text: str, start: int, end: int) -> Iterator[Span]:
        """Yield the body and the person of "Department Derek Chollet", or the whole."""
        words = list(re.finditer(r"\S+", text[start:end]))
        for number in range(max(1, len(words) - _PERSON_WORDS), len(words) - 1):
            before = words[number - 1].group().lower()
            if before in _BEFORE_PEOPLE and self._is_person(
                [one.group() for one in words[number:]]
            ):
                body = words[: number - (before in _ROLES)]
                if body and self._tells_of_body([one.group() for one in body]):
                    yield Span(start, start + body[-1].end(), SpanKind.ORGANISATION)
                yield Span(start + words[number].start(), end, SpanKind.PERSON)
                return
        yield Span(start, end, SpanKind.ORGANISATION)

    def _end(self, text: str, span: Span, following: Sequence[Span]) -> int:
        """Return where an organisation ends with what belongs to it behind it."""
        if not text.startswith(_GOES_ON, span.end):
            return span.end
        name = text[span.start : span.end]
        if _UNIVERSITY.match(name) and (campus := _CAMPUS.match(text, span.end)):
            return campus.end()
        if _COMMITTEE.search(name) and (matter := _MATTER.match(text, span.end)):
            return self._end_of_matter(text, matter) or span.end
        return self._end_of_field(text, span, following)

    def _end_of_field(self, text: str, span: Span, following: Sequence[Span]) -> int:
        """Return where a society ends whose field "and" joins with another, that is no name."""
        society = _SOCIETY.match(text[span.start : span.end])
        more = _AND.match(text, span.end)
        if society is None or more is None or not _has_head(society.group(1).split()[-1:]):
            return span.end
        end = self._end_of_matter(text, more)
        is_field = not any(self._marks(word) & _PLACES for word in society.group(2).split())
        is_free = not any(one.start < end for one in following)
        return end if end and is_field and is_free else span.end

    def _end_of_matter(self, text: str, matter: re.Match[str]) -> int:
        """Return where what a body is for ends, before a title or body; 0 where it is a day."""
        end = 0
        for word in re.finditer(r"\S+", matter.group(1)):
            cues = self._cues(word.group())
            if set(cues) & set("dot") or word.group().lower() in _NEXT:
                break
            end = word.end() if word.group() != "and" else end
        whole = matter.group(1)[:end].rstrip(",")
        return matter.start(1) + len(whole) if whole else 0

    def _tells_of_body(self, words: Iterable[str]) -> bool:
        return any("o" in self._cues(word) for word in words)

    def _is_role(self, word: str) -> bool:
        return "t" in self._cues(word) or word.lower() in _ROLES

    def _is_person(self, words: Sequence[str]) -> bool:
        """Return whether these words are a known given name and what may follow it."""
        capitals = all(word[0].isupper() for word in words)
        plain = not any(set(self._cues(word)) & set("opet") for word in words)
        plain = plain and not any(self._marks(word) & _PLACES for word in words[1:])
        return capitals and plain and "g" in self._marks(words[0])

    def _cues(self, word: str) -> str:
        return self._lexicon.entry(word.lower().strip(".,'\u2019")).cues

    def _marks(self, word: str) -> set[str]:
        return set(self._lexicon.entry(word.lower().strip(".,'\u2019")).marks)


def _has_head(words: Iterable[str]) -> bool:
    return any(_HEADS.fullmatch(word) for word in words)
