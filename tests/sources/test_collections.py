"""The shipped lists of real feeds."""

import tomllib
from importlib import resources
from urllib.parse import urlsplit

import pytest

from pipelines.article import SourceKind
from pipelines.errors import ConfigError
from pipelines.outlets import read_outlets
from pipelines.sources import read_collection
from pipelines.sources._addresses import check_url
from pipelines.sources.collection import collection_names


@pytest.mark.parametrize("name", collection_names())
def test_a_collection_holds_feeds_that_may_be_asked(name: str) -> None:
    sources = read_collection(name)
    assert 20 <= len(sources) <= 40
    for source in sources:
        assert check_url(source.location).hostname
        assert source.kind is SourceKind.FEED
        assert source.outlet
        assert len(source.language) == 2
    assert len({source.location for source in sources}) == len(sources)
    assert len({source.id for source in sources}) == len(sources)


@pytest.mark.parametrize("name", collection_names())
def test_a_collection_says_that_it_was_not_tried_and_where_outlets_live(name: str) -> None:
    path = resources.files("pipelines.sources") / "collections" / f"{name}.toml"
    text = path.read_text(encoding="utf-8")
    assert "COULD NOT BE TRIED" in text.partition("title =")[0]
    for feed in tomllib.loads(text)["feed"]:
        assert set(feed) == {"id", "outlet", "country", "language", "feed"}
        assert feed["country"] == "" or (len(feed["country"]) == 2 and feed["country"].isupper())
        assert urlsplit(feed["feed"]).scheme == "https"


def test_an_unknown_collection_is_answered_with_those_there_are() -> None:
    with pytest.raises(ConfigError, match="un-syria-ukraine"):
        read_collection("un-syria")


@pytest.mark.parametrize("name", collection_names())
def test_every_outlet_of_a_collection_has_the_home_country_its_file_names(name: str) -> None:
    content = (resources.files("pipelines.sources.collections") / f"{name}.toml").read_text("utf-8")
    outlets = read_outlets(("default",))
    for feed in tomllib.loads(content)["feed"]:
        found = outlets.find(name=feed["outlet"])
        assert (found.name, found.country) == (feed["outlet"], feed["country"])
