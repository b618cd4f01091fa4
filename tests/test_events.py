"""Events of the user's own: read with the line of what is wrong, marked within the chart."""

from datetime import date

import pytest

from pipelines.config import load_config
from pipelines.errors import ConfigError
from pipelines.events import Event, read_events


def write(tmp_path, text, name="events.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_events_of_all_files_come_in_the_order_of_their_days(tmp_path):
    one = write(tmp_path, "date,text,source\n2024-12-08,Damascus,UN News\n2022-02-24,Invasion,\n")
    two = write(tmp_path, "text,date\n Veto \u00a0 again,2023-10-18\n", "more.csv")
    events = read_events([one, two])
    assert [event.day.year for event in events] == [2022, 2023, 2024]
    assert events[1] == Event(date(2023, 10, 18), "Veto again")
    assert events[2].source == "UN News"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "the columns must be"),
        ("date,what\n2024-12-08,x\n", "the columns must be"),
        ("date,text,colour\n2024-12-08,x,red\n", "the columns must be"),
        ("date,text\n2024-12-08,x\n8 December,y\n", "line 3: `date` must be a day"),
        ("date,text\n2024-12-08,\n", "line 2: `text` must have"),
        ("date,text\n2024-12-08," + "x" * 201 + "\n", "line 2: `text` must have"),
        ("date,text\n2024-12-08\n", "line 2: `text` must have"),
    ],
)
def test_a_wrong_file_is_told_with_its_line(tmp_path, text, told):
    with pytest.raises(ConfigError, match=told):
        read_events([write(tmp_path, text)])


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ConfigError, match="cannot read the events"):
        read_events([str(tmp_path / "none.csv")])


def test_the_setting_names_files_beside_the_settings(tmp_path):
    path = tmp_path / "wirewatch.toml"
    path.write_text('events = "events.csv"\n')
    assert load_config(path).events == (str(tmp_path / "events.csv"),)
