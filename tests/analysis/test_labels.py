"""What countries are called: English names, or those of the user's settings."""

import pytest

from pipelines.analysis.labels import country_label, country_labels, show_countries_as
from pipelines.cli import main
from pipelines.tagging import country_names


@pytest.fixture
def renamed():
    show_countries_as({"XK": "Kosovo*"})
    yield
    show_countries_as({})


def test_a_country_has_its_english_name():
    assert country_label("XK") == "Kosovo"
    assert country_label("") == country_label("unknown") == "unknown"
    assert country_label("ZZ") == "ZZ"


@pytest.mark.usefixtures("renamed")
def test_a_country_is_called_as_the_user_says():
    assert country_label("XK") == "Kosovo*"
    assert country_label("RS") == "Serbia"
    assert country_labels() == {**country_names(), "XK": "Kosovo*"}


@pytest.mark.usefixtures("renamed")
def test_the_names_of_the_next_settings_replace_those_before():
    show_countries_as({"TW": "Formosa"})
    assert [country_label(code) for code in ("XK", "TW")] == ["Kosovo", "Formosa"]


@pytest.mark.usefixtures("renamed")
def test_the_command_line_reads_them_from_the_settings(tmp_path, monkeypatch, capsys):
    (tmp_path / "wirewatch.toml").write_text('[country_names]\nPS = "State of Palestine"\n')
    monkeypatch.chdir(tmp_path)
    main(["sources"])
    capsys.readouterr()
    assert country_label("PS") == "State of Palestine"
