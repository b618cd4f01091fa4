"""Frames of the store and of the analysis go in, the tables that people read come out.

Same rows, fewer columns, words for codes. The CSV is made of the frame itself, not of these.
"""

from dashboard.tables.articles import (
    NO_HEADLINE,
    Names,
    Row,
    articles_table,
    byline,
    certainties,
    date_in_words,
    places_in_words,
    published,
    why_about,
    with_article,
)
from dashboard.tables.attention import (
    attention_table,
)
from dashboard.tables.collection import (
    SHARES,
    gaps_table,
    shortfalls_table,
    sources_table,
    trouble_table,
)
from dashboard.tables.evidence import (
    marks,
    marks_of,
    of_tag,
    sentences,
    tag_counts,
)
from dashboard.tables.names import (
    BONDS,
    CHANGE_COLUMNS,
    TYPES,
    bond,
    bonds,
    candidates_table,
    change_table,
    companions_table,
    comparison_in_words,
    matrix_in_words,
    names_table,
    of_type,
    span_in_words,
    together_table,
)
from dashboard.tables.past import (
    copies_table,
    dates_table,
    versions_table,
)
from dashboard.tables.rankings import (
    RANKING_COLUMNS,
    RANKINGS,
    countries_table,
    pairs_table,
    ranking,
)
from dashboard.tables.topics import (
    examples_table,
    topic_versions_table,
    topics_table,
    words_table,
)

__all__ = [
    "BONDS",
    "CHANGE_COLUMNS",
    "NO_HEADLINE",
    "RANKINGS",
    "RANKING_COLUMNS",
    "SHARES",
    "TYPES",
    "Names",
    "Row",
    "articles_table",
    "attention_table",
    "bond",
    "bonds",
    "byline",
    "candidates_table",
    "certainties",
    "change_table",
    "companions_table",
    "comparison_in_words",
    "copies_table",
    "countries_table",
    "date_in_words",
    "dates_table",
    "examples_table",
    "gaps_table",
    "marks",
    "marks_of",
    "matrix_in_words",
    "names_table",
    "of_tag",
    "of_type",
    "pairs_table",
    "places_in_words",
    "published",
    "ranking",
    "sentences",
    "shortfalls_table",
    "sources_table",
    "span_in_words",
    "tag_counts",
    "together_table",
    "topic_versions_table",
    "topics_table",
    "trouble_table",
    "versions_table",
    "why_about",
    "with_article",
    "words_table",
]
