"""The words of a topics file: one topic changed, and nothing else."""

import tomllib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.errors import ConfigError
from pipelines.tagging.topics import Topic
from pipelines.topic_changes.text import with_changed_topic, with_new_topic, without_topic

FILE = """\
# Kept by the press desk. \u2028 Ask before you change it.

[[topic]]  # the first
id = "syria"
name = "Syria"   # as the desk calls it
query = '''
Syria OR
"Damascus # 1" '''  # narrow
examples = [
    "Talks on Syria.",  # one
    'a ] in it',
]

# What follows was asked for by Ann.
[[topic]]
id = 'yemen'
query = "Yemen"
"""
SYRIA = Topic(
    "syria", "Syria", 'Syria OR "Damascus # 1"', examples=("Talks on Syria.", "a ] in it")
)
YEMEN = Topic("yemen", "yemen", "Yemen")


def entries(text: str) -> dict[str, dict[str, object]]:
    return {entry["id"]: entry for entry in tomllib.loads(text)["topic"]}


def test_a_changed_query_leaves_every_other_line_as_it_was():
    text = with_changed_topic(FILE, SYRIA, replace(SYRIA, query="Syria"))
    assert text == FILE.replace("'''\nSyria OR\n\"Damascus # 1\" '''", "'''\nSyria\n'''")


def test_a_comment_behind_a_changed_value_stays():
    text = with_changed_topic(FILE, SYRIA, replace(SYRIA, name='Syria # "new"'))
    assert 'name = "Syria # \\"new\\""   # as the desk calls it\n' in text
    assert entries(text)["syria"]["name"] == 'Syria # "new"'


def test_what_a_topic_did_not_have_comes_behind_what_it_has_in_order():
    new = replace(YEMEN, name="Yemen", description="The country.", counted=False)
    text = with_changed_topic(FILE, YEMEN, new)
    wanted = """\
id = 'yemen'
name = "Yemen"
description = "The country."
query = "Yemen"
counted = false
"""
    assert text.endswith(wanted)
    assert with_changed_topic(text, new, replace(new, counted=True)) == text.replace(
        "counted = false\n", ""
    )


def test_a_topic_is_added_at_the_end_and_removed_again():
    text = with_new_topic(FILE, Topic("mali", "Mali", "Mali OR Malian*"))
    assert text.startswith(FILE)
    assert without_topic(text, "mali").rstrip() == FILE.rstrip()
    assert list(entries(without_topic(text, "syria"))) == ["yemen", "mali"]
    assert "# What follows was asked for by Ann." in without_topic(text, "syria")


def test_windows_line_ends_stay_and_new_lines_have_them():
    crlf = FILE.replace("\n", "\r\n")
    text = with_changed_topic(crlf, SYRIA, replace(SYRIA, query="a OR b"))
    text = with_new_topic(text, Topic("mali", "Mali", "Mali"))
    assert text.count("\n") == text.count("\r\n")
    assert entries(text)["syria"]["query"].split() == ["a", "OR", "b"]


def test_a_last_line_without_an_end_gets_one():
    text = '[[topic]]\nquery = "a"\nid = "x"'
    changed = with_changed_topic(text, Topic("x", "x", "a"), Topic("x", "X", "a"))
    assert changed == '[[topic]]\nquery = "a"\nid = "x"\nname = "X"\n'
    assert with_new_topic(text, Topic("y", "y", "b")).startswith(f"{text}\n\n[[topic]]\n")


@pytest.mark.parametrize(
    "text", ['topic = [{id = "syria", query = "a"}]', "", "[[topic]]\nid = 'a'"]
)
def test_a_topic_without_a_table_of_its_own_is_left_to_people(text: str):
    with pytest.raises(ConfigError, match="table of its own"):
        with_changed_topic(text, SYRIA, replace(SYRIA, query="b"))


WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300)
TRICKY = st.sampled_from(["'''", '"""', "\\", "\\n", "it's ''", "\"a\" '''b'''", "# no", "x " * 99])


@given(st.lists(TRICKY | WORDS, min_size=1, max_size=5), WORDS)
def test_any_text_comes_back_as_it_was_given(words: list[str], name: str):
    query = " ".join(["peace", *" ".join(words).split()])
    new = {key: Topic(key, name, query, description=name) for key in ("mali", "syria", "yemen")}
    texts = {
        "mali": with_new_topic(FILE, new["mali"]),
        "syria": with_changed_topic(FILE, SYRIA, new["syria"]),
        "yemen": with_changed_topic(FILE, YEMEN, new["yemen"]),
    }
    for key, text in texts.items():
        was, now = entries(FILE), entries(text)
        entry = now.pop(key)
        assert " ".join(str(entry["query"]).split()) == query
        assert (entry["name"], entry["description"]) == (name, name)
        was.pop(key, None)
        assert now == was
