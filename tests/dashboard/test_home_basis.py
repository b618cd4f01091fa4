"""What the page of an article says of where its outlet is at home."""

from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.data.of_outlets import home_basis
from dashboard.tables import byline
from pipelines.store import StoredArticle, open_store


@pytest.fixture(scope="module")
def article(full_store: Path) -> StoredArticle:
    return open_store(full_store).article(1000)


def _of(article: StoredArticle, name: str, url: str, country: str) -> StoredArticle:
    row = {**article.row, "outlet_name": name, "url": url, "outlet_country": country}
    return replace(article, row=row)


def test_an_address_that_tells_the_country_is_said(article: StoredArticle) -> None:
    found = home_basis(_of(article, "quay.de", "https://quay.de/1", "DE"))
    assert found == "its address ends in .de"


def test_a_listed_outlet_says_what_its_row_rests_on(article: StoredArticle) -> None:
    found = home_basis(_of(article, "Reuters", "https://www.reuters.com/1", "GB"))
    assert found == "head office in London"


def test_a_country_that_came_otherwise_has_no_basis(article: StoredArticle) -> None:
    assert home_basis(_of(article, "quay.de", "https://quay.de/1", "AT")) == ""
    assert home_basis(article) == ""


def test_the_line_of_an_article_has_the_basis_beside_the_country(article: StoredArticle) -> None:
    names = {"outlet_countries": {"GB": "United Kingdom"}}
    line = byline(article.row, names, "newsroom in London", tz="UTC")
    assert "published in United Kingdom (newsroom in London)" in line
