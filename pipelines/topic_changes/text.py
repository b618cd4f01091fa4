"""The text of a topics file and a topic in, the same text with the topic as it is to be out.

Comments, order, spelling and line ends of all else stay. What is changed is whole statements
(`query = ...`) of the topic's own `[[topic]]` table. Where a statement ends is asked of the parser:
it has the fewest lines that are TOML by themselves, because a string or list that is still open
never is. So nothing of TOML's grammar is written down here once more; that the result says what it
should is for the caller to read (`files.py`).
"""

import json
import re
import textwrap
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipelines.errors import ConfigError
from pipelines.tagging.topics import Topic

_KEYS = ("name", "description", "query", "color", "counted")  # in the order of a new table
_CLOSERS = ("'''", '"""', "]", "}")  # one is in the last line of whatever has several
_WIDTH = 96  # of the lines of a query
_CONTROL = re.compile("[\x00-\x1f\x7f]")  # which TOML has only as escapes


@dataclass(frozen=True, slots=True)
class _Statement:
    """Lines `first` up to but not `last`, and what they say; a comment says nothing."""

    first: int
    last: int
    says: Mapping[str, object]


@dataclass(slots=True)
class _Table:
    """One `[[topic]]`: its header, and its statements by key."""

    header: _Statement
    keys: dict[str, _Statement] = field(default_factory=dict)

    @property
    def last(self) -> int:
        """Return the line behind its last statement; comments there belong to what follows."""
        return max((one.last for one in self.keys.values()), default=self.header.last)


def with_new_topic(text: str, topic: Topic) -> str:
    """Return `text` with a table for `topic` at its end; of one not counted only that is said."""
    told = [key for key in _KEYS[:-1] if getattr(topic, key)] if topic.counted else _KEYS[-1:]
    lines = ["[[topic]]", f"id = {_literal(topic.id)}"]
    lines += [f"{key} = {_value(topic, key)}" for key in told]
    gap = "" if not text.strip() else "\n" if text.endswith("\n") else "\n\n"
    return text + (gap + "\n".join(lines) + "\n").replace("\n", _end_of_line(text))


def with_changed_topic(text: str, old: Topic, new: Topic) -> str:
    """Return `text` with what differs between `old`, which it has, and `new`; ids are the same."""
    lines = _lines(text)
    for key in _KEYS:
        if getattr(old, key) != getattr(new, key):
            is_gone = key == "counted" and new.counted
            made = "" if is_gone else f"{key} = {_value(new, key)}"
            _put(lines, _table_of(lines, old.id), key, made.replace("\n", _end_of_line(text)))
            lines = _lines("".join(lines))
    return "".join(lines)


def _put(lines: list[str], table: _Table, key: str, made: str) -> None:
    """Put the statement `made` in the place of that of `key`, or behind those before it.

    An empty one takes it out.
    """
    end = _end_of_line("".join(lines))
    there = table.keys.get(key)
    if there is not None:
        new = f"{made}{_comment(lines, there)}{end}" if made else ""
        lines[there.first : there.last] = [new]
    else:
        before = ("id", *_KEYS[: _KEYS.index(key)])
        behind = max(table.keys[one].last for one in before if one in table.keys)
        if not lines[behind - 1].endswith("\n"):
            lines[behind - 1] += end
        lines.insert(behind, f"{made}{end}")


def without_topic(text: str, topic: str) -> str:
    """Return `text` without the table of a topic (id); comments around it stay."""
    lines = _lines(text)
    table = _table_of(lines, topic)
    del lines[table.header.first : table.last]
    return "".join(lines)


def _lines(text: str) -> list[str]:
    # TOML's lines end so and nowhere else; `splitlines` would also part them at U+2028.
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def _end_of_line(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _table_of(lines: Sequence[str], topic: str) -> _Table:
    for table in _tables(lines):
        if "id" in table.keys and table.keys["id"].says["id"] == topic:
            return table
    raise ConfigError(f"`{topic}` is not written as a `[[topic]]` table of its own; write it so")


def _tables(lines: Sequence[str]) -> Iterator[_Table]:
    table = None
    for statement in _statements(lines):
        if statement.says == {"topic": [{}]}:
            if table is not None:
                yield table
            table = _Table(statement)
        elif table is not None:
            table.keys |= dict.fromkeys(statement.says, statement)
    if table is not None:
        yield table


def _statements(lines: Sequence[str]) -> Iterator[_Statement]:
    first = 0
    while first < len(lines):
        last = first + 1
        while (says := _says("".join(lines[first:last]))) is None:
            last = _next_closer(lines, last)
        yield _Statement(first, last, says)
        first = last


def _next_closer(lines: Sequence[str], first: int) -> int:
    """Return the line behind the next one that can end a statement begun before `first`."""
    for place in range(first, len(lines)):
        if any(closer in lines[place] for closer in _CLOSERS):
            return place + 1
    raise ConfigError("the topics file ends within a text or list that is not closed")


def _says(text: str) -> dict[str, object] | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None


def _comment(lines: Sequence[str], statement: _Statement) -> str:
    """Return the comment behind a statement's value with the space before it, or nothing."""
    text = "".join(lines[statement.first : statement.last]).rstrip("\r\n")
    start = text.rfind("\n") + 1
    for place in range(start, len(text)):
        if text[place] == "#" and _says(text[:place]) == statement.says:
            value = text[:place].rstrip()
            return text[len(value) :]
    return ""


def _value(topic: Topic, key: str) -> str:
    """Return the value of a key as TOML writes it."""
    if key == "counted":
        return "true" if topic.counted else "false"
    text = str(getattr(topic, key))
    return _query(text) if key == "query" else _literal(text)


def _query(text: str) -> str:
    """Return a query over several lines, which the reader joins; its own marks stay readable."""
    wrapped = textwrap.wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False)
    if "'''" not in text and not _CONTROL.search(text):
        return "'''\n" + "\n".join(wrapped) + "\n'''"
    return '"""\n' + "\n".join(_escaped(line) for line in wrapped) + '\n"""'


def _literal(text: str) -> str:
    return f'"{_escaped(text)}"'


def _escaped(text: str) -> str:
    # JSON's escapes are TOML's, but TOML wants one for this character too.
    return json.dumps(text, ensure_ascii=False)[1:-1].replace("\x7f", "\\u007f")
