"""Who published, and where they are based."""

import csv
from pathlib import Path

import pytest

from pipelines.errors import ConfigError
from pipelines.outlets import UNKNOWN, Outlets, read_outlets, slug


@pytest.fixture(scope="module")
def shipped() -> Outlets:
    return read_outlets(["default"])


def written(folder: Path, text: str) -> Path:
    path = folder / "outlets.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("url", "name", "country"),
    [
        ("https://sputniknews.com/politics/1.html", "Sputnik", "RU"),
        ("https://edition.cnn.com/a", "CNN", "US"),
        ("https://www.bbc.co.uk/news/1", "BBC", "GB"),
        ("https://news.un.org/en/story", "United Nations", ""),
        ("https://2009-2017.state.gov/r/", "U.S. Department of State", "US"),
        ("https://www.aljazeera.com/a", "Al Jazeera", "QA"),
    ],
)
def test_outlet_is_found_by_its_domain_or_a_parent(
    shipped: Outlets, url: str, name: str, country: str
):
    outlet = shipped.find(url=url)
    assert (outlet.name, outlet.country) == (name, country)


def test_shipped_list_names_at_least_120_outlets_each_with_a_basis(shipped: Outlets):
    assert len(shipped) >= 120
    text = (Path(__file__).parents[1] / "pipelines" / "outlets_default.csv").read_text("utf-8")
    assert all(line.rsplit(",", 1)[1] for line in text.splitlines()[1:])


def test_two_domains_of_one_name_are_one_outlet(shipped: Outlets):
    ids = {shipped.find(url=f"https://{host}/").id for host in ("bbc.com", "bbc.co.uk")}
    assert ids == {"bbc"}


def test_name_of_the_user_wins_over_the_address(shipped: Outlets):
    assert shipped.find(name="reuters", url="https://apnews.com/a").id == "reuters"


def test_domain_given_as_a_name_is_the_outlet_there(shipped: Outlets):
    assert shipped.find(name="www.tass.com").id == "tass"


def test_unlisted_name_at_a_listed_domain_keeps_the_name_and_takes_the_country(shipped: Outlets):
    outlet = shipped.find(name="Sputnik International", url="https://sputniknews.com/a")
    assert (outlet.name, outlet.country, outlet.basis) == (
        "Sputnik International",
        "RU",
        "as Sputnik",
    )


def test_list_wins_over_the_country_of_a_row(shipped: Outlets):
    assert shipped.find(name="TASS", country="US").country == "RU"


def test_unlisted_outlet_has_the_rows_country_or_none(shipped: Outlets):
    assert shipped.find(url="https://quay.example/a", country="no").country == "NO"
    assert shipped.find(url="https://quay.example/a", country="Norway").country == ""
    assert shipped.find(url="https://quay.example/a").name == "quay.example"


@pytest.mark.parametrize(
    ("domain", "country"),
    [("quay.de", "DE"), ("quay.co.uk", "GB"), ("mfa.quay.gov", "US"), ("quay.com.au", "AU")],
)
def test_an_unlisted_outlet_is_at_home_where_its_address_ends(
    shipped: Outlets, domain: str, country: str
):
    outlet = shipped.find(url=f"https://{domain}/a")
    ending = domain.rpartition(".")[2]
    assert (outlet.country, outlet.basis) == (country, f"its address ends in .{ending}")


@pytest.mark.parametrize("domain", ["quay.io", "quay.tv", "quay.com", "quay.eu", "quay.example"])
def test_an_ending_that_is_bought_for_its_letters_tells_no_country(shipped: Outlets, domain: str):
    assert shipped.find(url=f"https://{domain}/a").country == ""


def test_list_and_source_win_over_the_ending_of_the_address(shipped: Outlets):
    assert shipped.find(url="https://www.dvb.no/a").basis == "seat in Oslo"
    assert shipped.find(url="https://quay.de/a", country="AT").country == "AT"
    assert shipped.find(url="https://www.un.org/a").country == ""


def test_no_domain_is_listed_twice():
    with Path("pipelines/outlets_default.csv").open(encoding="utf-8", newline="") as file:
        domains = [row["domain"] for row in csv.DictReader(file)]
    assert len(domains) == len(set(domains))


def test_site_name_speaks_where_there_is_no_address(shipped: Outlets):
    assert shipped.find(site_name="Reuters").id == "reuters"
    assert shipped.find(site_name="The Quay Gazette").id == "the-quay-gazette"


def test_nothing_known_is_the_unknown_outlet(shipped: Outlets):
    assert shipped.find() == UNKNOWN


def test_later_file_wins(tmp_path: Path):
    path = written(tmp_path, "name,domain,country\nOurs,tass.com,NO\nTASS,tass.example,SE\n")
    outlets = read_outlets(["default", path])
    assert outlets.find(url="https://tass.com/1").name == "Ours"
    assert outlets.find(name="TASS").country == "SE"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name,contry\nA,RU\n", "unknown column `contry`; the nearest known is `country`"),
        ("domain\na.org\n", "the column `name` is missing"),
        ("name,country\nA,Russia\n", "two capital letters"),
        ("name,language\nA,rus\n", "two small letters"),
        ("name,domain\nA,https://a.org/\n", "must be a host"),
        ("name,domain\n,a.org\n", "`name` is empty"),
        ("name\nA,B\n", "more cells than columns"),
    ],
)
def test_list_that_cannot_be_used_says_why(tmp_path: Path, text: str, message: str):
    with pytest.raises(ConfigError, match=message):
        read_outlets([written(tmp_path, text)])


def test_missing_list_is_named():
    with pytest.raises(ConfigError, match=r"cannot read the outlets in no-such\.csv"):
        read_outlets(["no-such.csv"])


def test_slug_keeps_the_letters_of_every_script():
    assert slug("РИА Новости — лента") == "риа-новости-лента"
    assert slug("—") == "unknown"
