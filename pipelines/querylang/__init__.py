"""What a query means: text is cleaned and split into words, queries are parsed and matched.

Used by topics, by search and by the store: `parse` once, `make_searchable` once for each article,
`match` for each pair, or for the `Candidates` where the queries are many. Where an article is asked
few queries, `SoughtByLanguage` says which parts of it need splitting.
"""

from pipelines.querylang.candidates import Candidates
from pipelines.querylang.fields import ASK_FOR_QUOTES
from pipelines.querylang.match import match
from pipelines.querylang.parse import ParsedQuery, QueryWarning, parse
from pipelines.querylang.regions import SoughtByLanguage
from pipelines.querylang.searchable import Searchable, make_searchable
from pipelines.querylang.sentences import sentence_at
from pipelines.querylang.spans import Span
from pipelines.querylang.words import Token, clean, tokens

__all__ = [
    "ASK_FOR_QUOTES",
    "Candidates",
    "ParsedQuery",
    "QueryWarning",
    "Searchable",
    "SoughtByLanguage",
    "Span",
    "Token",
    "clean",
    "make_searchable",
    "match",
    "parse",
    "sentence_at",
    "tokens",
]
