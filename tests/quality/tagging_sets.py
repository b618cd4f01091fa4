"""Read what the measures of tagging run over: the test split of our gold, and public sets.

All are texts on which nothing was fitted and no rule was made, but for what docs/quality.md says.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

from pipelines.article import QuoteKind
from pipelines.tagging import Taggers, make_taggers
from tests.quality import (
    countries,
    entity_ids,
    linking,
    main_country,
    names,
    quotes,
    quotes_marked,
    quotes_tongues,
    state_body_ids,
)
from tests.quality.bootstrap import HasPublisher
from tests.quality.names_corpora import gold_texts
from tests.quality.quotes import QuoteScore

NEWS = ("articles", "us_gov_rss", "news labels")
PAGES = ("scrapinghub-aeb", "htmldate-eval", "fundus-parsers")
BODIES = (
    "articles", "us_gov_rss", "entities", "scrapinghub-aeb", "fundus-parsers", "body labels"
)  # fmt: skip
_TEST = ("test",)
Read = Callable[[Path, int], list[HasPublisher]]


@cache
def _taggers() -> Taggers:
    return make_taggers(())


def _names(data: Path, every: int) -> list[HasPublisher]:
    texts = list(gold_texts(data, "test"))[::every]
    return list(names.scores_of(texts, names.union(_taggers())))


def _by_model(data: Path, every: int) -> list[HasPublisher]:
    texts = list(gold_texts(data, "test"))[::every]
    return list(names.scores_of(texts, names.spans_alone()))


def _links(data: Path, every: int) -> list[HasPublisher]:
    documents = [*linking.news_documents(data, _TEST), *linking.gum_documents(data)]
    return list(linking.link_scores(documents))[::every]


def _ids(data: Path, every: int) -> list[HasPublisher]:
    return list(entity_ids.id_scores(data, _TEST))[::every]


def _state_bodies(data: Path, every: int) -> list[HasPublisher]:
    return list(state_body_ids.body_id_scores(data, _TEST, _taggers(), every=every))


def _countries(name: str) -> Read:
    def read(data: Path, every: int) -> list[HasPublisher]:
        return [one for one in countries.READERS[name](data) if one.half == "test"][::every]

    return read


def _main_countries(corpora: Sequence[str]) -> Read:
    def read(data: Path, every: int) -> list[HasPublisher]:
        return list(main_country.main_scores(data, "kept", corpora, every))

    return read


@cache
def _all_quotes(data: Path) -> Sequence[QuoteScore]:
    return quotes.scores_of(quotes.read_gold(data, "news", _TEST), quotes.found_names)


def _quotes(kind: QuoteKind) -> Read:
    def read(data: Path, every: int) -> list[HasPublisher]:
        return [score for score in _all_quotes(data) if score.kind is kind][::every]

    return read


def _marked(data: Path, every: int) -> list[HasPublisher]:
    return list(quotes_marked.marked_scores(data, every))


def _tongues(half: str) -> Read:
    def read(data: Path, every: int) -> list[HasPublisher]:
        return list(quotes_tongues.page_scores(data, half, every))

    return read


_TONGUES = (*PAGES, "near_copies", "tongue quote labels")
SETS: Mapping[str, tuple[tuple[str, ...], Read]] = {
    "names of news": (NEWS, _names),
    "names by the model": (NEWS, _by_model),
    "links": ((*NEWS, "entities"), _links),
    "ids of news": (NEWS, _ids),
    "state bodies": (BODIES, _state_bodies),
    "countries of news": (NEWS, _countries("news mentioned")),
    "countries of geovirus": (("entities", "country labels"), _countries("geovirus")),
    "countries of newswire": (("entities", "country labels"), _countries("gmb")),
    "focus of news": (NEWS, _countries("news about")),
    "main countries of texts": (
        ("articles", "us_gov_rss", "entities", "main country labels"),
        _main_countries(main_country.TEXTS),
    ),
    "main countries of pages": (
        (*PAGES, "main country labels"),
        _main_countries(main_country.PAGES),
    ),
    "datelines of news": (NEWS, _countries("news dateline")),
    "direct quotes of news": (NEWS, _quotes(QuoteKind.DIRECT)),
    "reported quotes of news": (NEWS, _quotes(QuoteKind.REPORTED)),
    "quotes of other languages": ((*PAGES, "marked quote labels"), _marked),
    "quotes of open pages": (_TONGUES, _tongues("open")),
    "quotes of kept pages": (_TONGUES, _tongues("kept")),
}
"""Name of a set -> the corpora it is read from, and its reader."""
