"""Tables of names: the user's own files beside the shipped one, and what is wrong with a file."""

import pytest
from written import article

from pipelines.article import Tags
from pipelines.errors import ConfigError
from pipelines.tagging import entity_names, make_taggers
from pipelines.tagging.entities import EntityTagger
from pipelines.tagging.entity_table import read_entities

OWN = "entity_id,name,type,aliases\n"


def written(tmp_path, text):
    path = tmp_path / "my_names.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


def found(paths, text):
    mentions = EntityTagger(read_entities(paths)).find(article(text), Tags()).mentions
    return [(one.surface, one.tag) for one in mentions]


def test_a_name_of_ones_own_is_found_with_its_surname(tmp_path):
    path = written(tmp_path, OWN + "jane-doe,Jane Doe,person,J. A. Doe\n")
    assert found(["default", path], "Jane Doe met Putin. Doe left.") == [
        ("Jane Doe", "jane-doe"),
        ("Putin", "vladimir-putin"),
        ("Doe", "jane-doe"),
    ]


def test_a_row_of_a_known_id_takes_its_place_and_keeps_its_roles(tmp_path):
    path = written(tmp_path, OWN + "vladimir-putin,Vladimir V. Putin,person,\n")
    paths = ["default", path]
    assert found(paths, "Vladimir Putin left.") == []
    assert found(paths, "President Putin left.") == [("President Putin", "vladimir-putin")]
    assert len(read_entities(paths)) == len(read_entities())


def test_a_file_may_stand_without_the_shipped_table(tmp_path):
    path = written(tmp_path, OWN + "acme,Acme,organisation,\n")
    assert found([path], "Acme met Putin.") == [("Acme", "acme")]
    assert entity_names((path,))["acme"].type == "organisation"


def test_taggers_know_the_files_they_were_made_of(tmp_path):
    path = written(tmp_path, OWN + "acme,Acme,organisation,\n")
    assert make_taggers((), ("default", path)).files == (path,)
    assert make_taggers(()).files == ()


WRONG = [
    ("id,name,type\n", "unknown column `id`; the nearest known is `entity_id`"),
    ("entity_id,name\n", "the column `type` is missing"),
    ("entity_id,name,type\njane-doe,,person\n", "line 2: `name` is empty"),
    ("entity_id,name,type\nJane Doe,Jane Doe,person\n", "line 2: the id `Jane Doe` must be"),
    ("entity_id,name,type\nacme,Acme,org\n", "the nearest is organisation"),
    ("entity_id,name,type\nacme,Acme,place\nacme,Ac,place\n", "line 3: the id `acme` is given"),
    ("entity_id,name,type\nacme,Acme,place,more\n", "line 2 has more cells"),
    ("entity_id,name,type,alone\nacme,Acme,place,no\n", "`alone` must be yes, linked or empty"),
    ("entity_id,name,type,hides_country\nacme,Acme,place,no\n", "`hides_country` must be"),
]


@pytest.mark.parametrize(("text", "said"), WRONG, ids=[said for _, said in WRONG])
def test_a_wrong_file_says_where_and_what_is_near(tmp_path, text, said):
    with pytest.raises(ConfigError, match="my_names") as refused:
        read_entities([written(tmp_path, text)])
    assert said in str(refused.value)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ConfigError, match="cannot read the names in"):
        read_entities([str(tmp_path / "none.csv")])
