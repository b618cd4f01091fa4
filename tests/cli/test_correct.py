"""The command `correct`: said once, kept with who and why, told where it changes a count."""

import json

import pytest

_ROWS = [
    {"url": f"https://ledger.example/{n}", "outlet": "Ledger", "outlet_country": "US"}
    | {"publish_date": f"2015-06-0{n}", "title": f"Talks {n}", "text": f"Envoys met, round {n}."}
    for n in (1, 2)
]


@pytest.fixture
def filled(commands, tmp_path):
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, _ROWS)))
    assert commands.run("ingest", "rows.jsonl") == 0
    return commands


def test_an_outlet_is_one_of_the_store_or_a_new_one_of_unknown_country(filled):
    new, old = (row["id"] for row in filled.rows("articles"))
    assert filled.run("correct", "outlet", new, "--name", "The Page", "--why", "x") == 0
    assert "The Page, country unknown, set by user" in filled.out
    assert filled.run("correct", "outlet", new, "--name", "ledger", "--why", "x") == 0
    countries = {row["id"]: row["media_pub_country"] for row in filled.rows("articles")}
    assert countries == {new: "US", old: "US"}


def test_a_hidden_article_is_told_with_every_count(filled):
    hidden = filled.rows("articles")[0]["id"]
    assert filled.run("correct", "hide", hidden, "--why", "a test", "--who", "Ann") == 0
    assert len(filled.rows("articles")) == 1
    assert filled.err == "1 article is hidden by hand and not counted: `correct list`\n"
    filled.run("attention", "--from", "2015-06-01", "--to", "2015-06-01")
    assert filled.err == ""
    (row,) = filled.rows("correct", "list", "--in-force")
    assert (row["target"], row["who"], row["why"]) == (hidden, "Ann", "a test")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["outlet", "ledger.example", "--why", "x"], 2, "--name"),
        (["outlet", "nobody.example", "--country", "GB", "--why", "x"], 1, "no article of the"),
        (["hide", "12345", "--why", "x"], 1, "no article a"),
        (["undo", "ledger.example", "outlet"], 1, "nothing to undo"),
    ],
    ids=["nothing said", "no such domain", "no such article", "nothing to undo"],
)
def test_what_cannot_be_corrected_is_told(filled, words, code, said):
    assert filled.run("correct", *words) == code
    assert said in filled.err


@pytest.mark.parametrize("why", [[], ["--why", ""], ["--why", " "]])
def test_a_reason_must_be_given(commands, why):
    with pytest.raises(SystemExit):
        commands.run("correct", "hide", "a33744e1f2cf4816e", *why)


def test_a_home_country_is_one_that_there_is(commands, capsys):
    with pytest.raises(SystemExit):
        commands.run("correct", "outlet", "ledger.example", "--country", "UK", "--why", "x")
    assert "'UK' is no country: two letters such as GB" in capsys.readouterr().err
