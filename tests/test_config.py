"""Settings: what a file may say, what wins, and how a mistake is told."""

from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from pipelines.article import Extraction, SourceKind
from pipelines.config import Config, HttpConfig, ReadingConfig, SourceConfig, load_config
from pipelines.errors import ConfigError


@pytest.fixture
def load(tmp_path):
    """Return a function that loads settings from a text."""

    def load(text, environ=None):
        path = tmp_path / "wirewatch.toml"
        path.write_text(text, encoding="utf-8")
        return load_config(path, environ)

    return load


def test_an_empty_store_in_the_environment_is_not_the_working_folder():
    with pytest.raises(ConfigError, match="WIREWATCH_STORE is empty"):
        load_config(None, {"WIREWATCH_STORE": ""})


def test_without_a_file_there_are_defaults():
    assert load_config() == Config()


def test_every_setting_of_a_file_arrives(load, tmp_path):
    config = load("""
        store = "news"
        topics = ["default", "mine.toml"]
        outlets = "mine.csv"
        tz = "Europe/Berlin"
        notice = "invented"
        extraction = "fast"
        collections = ["un-syria-ukraine"]
        [http]
        contact = "me@example.org"
        timeout_seconds = 5
        [reading]
        processes = 3
        seconds = 10
        [[source]]
        location = "feeds"
        name = "Feeds"
        kind = "feed"
        fetched_at = 2015-06-02T10:00:00Z
        complete_from = 2015-06-01
        complete_to = 2015-06-30
        columns = { title = "Headline" }
        """)
    assert config.store == tmp_path / "news"
    assert config.topics == ("default", str(tmp_path / "mine.toml"))
    assert config.outlets == (str(tmp_path / "mine.csv"),)
    assert (config.tz, config.notice) == ("Europe/Berlin", "invented")
    assert config.collections == ("un-syria-ukraine",)
    assert config.extraction is Extraction.FAST
    assert config.http == HttpConfig(contact="me@example.org", timeout_seconds=5.0)
    assert config.reading == ReadingConfig(processes=3, seconds=10.0)
    (source,) = config.sources
    assert source.location == str(tmp_path / "feeds")
    assert (source.id, source.kind) == ("Feeds", SourceKind.FEED)
    assert source.fetched_at == "2015-06-02T10:00:00+00:00"
    assert (source.complete_from, source.complete_to) == (date(2015, 6, 1), date(2015, 6, 30))
    assert dict(source.columns) == {"title": "Headline"}


def test_an_address_is_no_path(load):
    (source,) = load('[[source]]\nlocation = "https://a.example/rss"').sources
    assert source.location == source.id == "https://a.example/rss"


def test_environment_wins_over_the_file(load):
    config = load(
        'store = "file"\ntz = "UTC"', {"WIREWATCH_STORE": "env", "WIREWATCH_TZ": "Asia/Tokyo"}
    )
    assert (config.store, config.tz) == (Path("env"), "Asia/Tokyo")


def test_the_number_of_processes_comes_from_the_environment_too(load):
    config = load("[reading]\nprocesses = 3\nseconds = 5", {"WIREWATCH_PROCESSES": "0"})
    assert config.reading == ReadingConfig(processes=0, seconds=5.0)
    with pytest.raises(ConfigError, match="WIREWATCH_PROCESSES must be a number such as 2"):
        load_config(None, {"WIREWATCH_PROCESSES": "all"})


def test_environment_of_others_is_left_alone(load):
    assert load("", {"PATH": "/bin", "WIREWATCH_CONFIG": "x"}).tz == "UTC"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('topcs = ["x"]', "unknown setting `topcs`; the nearest known is `topics`"),
        ('[[sources]]\nlocation = "x"', "the nearest known is `source`"),
        ('[htp]\ncontact = "x"', "the nearest known is `http`"),
        ("[http]\ntimeout_second = 3", "the nearest known is `timeout_seconds`"),
        ('[[source]]\nlocation = "x"\noutlt = "y"', "source 1: unknown setting `outlt`"),
        ('[[source]]\nname = "x"', "`location` is missing"),
        ('[[source]]\nlocation = ""', "`location` is missing"),
        ('[source]\nlocation = "x"', "under [[source]]"),
        ('source = "x"', "under [[source]]"),
        ('http = "x"', "must be a table"),
        ("store = 3", "`store` has a value of the wrong kind: 3"),
        ("topics = [1]", "`topics` has a value of the wrong kind"),
        ('[http]\nmax_bytes = "10"', "`max_bytes` has a value of the wrong kind"),
        ("[reading]\nprocesses = true", "`processes` has a value of the wrong kind"),
        ("[reading]\nprocesses = -1", "must not be negative"),
        ("[reading]\nprocess = 1", "the nearest known is `processes`"),
        ("[http]\nmax_redirects = true", "`max_redirects` has a value of the wrong kind"),
        ("[http]\ntimeout_seconds = -3", "must not be negative"),
        ('[[source]]\nlocation = "x"\nkind = "fed"', "must be one of clipping, page"),
        ('[[source]]\nlocation = "x"\nkind = ["page"]', "must be one of clipping, page"),
        ('extraction = "quick"', "must be one of cascade, fast, not 'quick'"),
        ('[[source]]\nlocation = "x"\ncolumns = "y"', "`columns` must be a table"),
        ('tz = "Europe/Kiyv"', "such as Europe/Kyiv"),
        ('tz = "Europe"', "must be a time zone"),
        ("tz = ", "cannot read the settings"),
    ],
    ids=lambda text: text[:24].replace("\n", " "),
)
def test_a_mistake_is_told(load, text, words):
    with pytest.raises(ConfigError) as error:
        load(text)
    assert words in str(error.value)
    assert "wirewatch.toml" in str(error.value) or "tz" in text


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(ConfigError, match="cannot read the settings in"):
        load_config(tmp_path / "none.toml")


def test_an_unknown_variable_of_the_environment_is_told():
    with pytest.raises(ConfigError, match="known are WIREWATCH_CONFIG"):
        load_config(None, {"WIREWATCH_STOER": "x"})


def test_a_byte_order_mark_is_no_setting(load):
    assert load('\ufefftz = "Asia/Tokyo"').tz == "Asia/Tokyo"


def test_what_the_store_fills_in_is_no_setting(load):
    for name in ("etag", "last_modified"):
        assert name in {field.name for field in fields(SourceConfig)}
        with pytest.raises(ConfigError, match="unknown setting"):
            load(f'[[source]]\nlocation = "x"\n{name} = "y"')


def test_countries_are_called_as_the_file_says(load):
    config = load("""
        [country_names]
        TW = "Taiwan, Province of China"
        XK = "Kosovo*"
    """)
    assert dict(config.country_names) == {"TW": "Taiwan, Province of China", "XK": "Kosovo*"}
    assert dict(load("").country_names) == {}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('UK = "United Kingdom"', "unknown code `UK`; the nearest known is `GB` (United Kingdom)"),
        ('xk = "Kosovo*"', "unknown code `xk`; the nearest known is `XK` (Kosovo)"),
        ('TWN = "Formosa"', "unknown code `TWN`; the nearest known is `TW` (Taiwan)"),
        ("XK = 1", "`XK` must be a name"),
        ('XK = " "', "`XK` must be a name"),
    ],
)
def test_a_wrong_country_name_is_told(load, line, told):
    with pytest.raises(ConfigError) as refused:
        load(f"[country_names]\n{line}")
    assert told in str(refused.value)


def test_country_names_are_a_table(load):
    with pytest.raises(ConfigError, match="must be a table"):
        load('country_names = "Kosovo*"')


def test_the_finder_of_names_is_a_setting(tmp_path):
    path = tmp_path / "wirewatch.toml"
    path.write_text('names = "none"\n')
    assert load_config(path).names == "none"
    assert load_config().names == "crf"


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ('published = "yesterday"', "`published` must be a day or time"),
        ('encoding = "klingon"', "`encoding` must be one such as windows-1251"),
        ("complete_from = 2015-06-01", "need each other"),
        ("complete_from = 2015-06-05\ncomplete_to = 2015-06-01", "is after `complete_to`"),
    ],
)
def test_a_word_on_a_source_that_cannot_be_used_is_an_error(load, setting, said):
    with pytest.raises(ConfigError, match=said):
        load(f'[[source]]\nlocation = "a"\n{setting}')


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_settings_in_another_encoding_say_what_to_do(tmp_path, encoding):
    (tmp_path / "wirewatch.toml").write_text('notice = "ä"', encoding=encoding)
    with pytest.raises(ConfigError, match="it is not UTF-8; save it again as UTF-8"):
        load_config(tmp_path / "wirewatch.toml")
