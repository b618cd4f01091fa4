"""A Telegram export ("machine-readable JSON") in, one capture for each message of its channels out.

Telegram Desktop writes one chat into `result.json`, or all of an account. Channels and groups are
read; conversations between people are left out, and how many is said. A message of pictures alone
is a capture without content. Times are Telegram's own, of the message and of its last edit.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from pipelines.article import Capture, DateEvidence, DateRole, DateSource, Fetch, Form, TextSource
from pipelines.errors import SourceError
from pipelines.sources.chunks import Piece, in_chunks
from pipelines.sources.encoding import storable
from pipelines.sources.raw import Raw

_CHANNELS = frozenset({"public_channel", "private_channel"})
_READ = _CHANNELS | {"public_supergroup", "private_supergroup", "private_group"}
_LONGEST_TITLE = 200  # letters; a longer bold beginning is a post in bold
_LAST_INSTANT = 253_402_300_799  # the end of the year 9999

Message = Mapping[str, object]


def read_telegram(raw: Raw) -> Iterator[Fetch | Capture]:
    """Yield a `Fetch` for every 500 messages, then their captures (locator "result.json:17").

    They count from 1 through all chats that are read. Raises SourceError for what is no export.
    """
    return in_chunks(raw, _pieces(raw))


def _pieces(raw: Raw) -> Iterator[Piece]:
    try:
        export = json.loads(raw.whole().decode("utf-8", "replace"))
    except (ValueError, RecursionError) as error:
        raise SourceError(f"this Telegram export is not whole: {error}; export it again") from error
    chats = _chats(export)
    read = [chat for chat in chats if chat.get("type") in _READ]
    if not read:
        raise SourceError("no channel or group is in this export; export one from its own menu")
    if private := len(chats) - len(read):
        yield f"conversations between people, which are not read: {private}"
    number = service = 0
    for chat in read:
        for message in _dicts(chat.get("messages")):
            number += 1
            if message.get("type") == "message":
                yield number, raw.claim(_capture(chat, message, f"{raw.locator}:{number}"))
            else:
                service += 1
    if service:
        yield f"notes of Telegram's own (joined, pinned, renamed), which are no messages: {service}"


def _chats(export: object) -> Sequence[Message]:
    """Return the chats of an export of one of them, or of an account."""
    if not isinstance(export, dict):
        return ()
    if "messages" in export:
        return (export,)
    lists = (export.get(name) for name in ("chats", "left_chats"))
    return [chat for one in lists if isinstance(one, dict) for chat in _dicts(one.get("list"))]


def _dicts(values: object) -> list[Message]:
    return [one for one in values if isinstance(one, dict)] if isinstance(values, list) else []


def _capture(chat: Message, message: Message, locator: str) -> Capture:
    title, text = _title_and_text(message.get("text"))
    # A channel speaks for itself; in a group it matters who wrote.
    author = message.get("author" if chat.get("type") in _CHANNELS else "from")
    return Capture(
        source="",
        locator=locator,
        form=Form.TEXT,
        content=text.encode("utf-8"),
        text_source=TextSource.FILE,
        encoding="utf-8",
        url=_address(chat.get("id"), message.get("id")),
        outlet=_said(chat.get("name")),
        title=title,
        author=_said(author),
        dates=tuple(_dates(message)),
    )


def _said(value: object) -> str:
    return storable(value).strip() if isinstance(value, str) else ""


def _address(chat: object, message: object) -> str:
    """Return the link that opens a message for members; the export does not have the public one."""
    is_known = isinstance(chat, int) and isinstance(message, int)
    return f"https://t.me/c/{chat}/{message}" if is_known else ""


def _title_and_text(written: object) -> tuple[str, str]:
    """Return a first line in bold by itself as the title, and the rest; no other title is made."""
    parts = [_part(one) for one in (written if isinstance(written, list) else [written])]
    text = "".join(part for part, _ in parts)
    line = text.lstrip().partition("\n")[0].strip()
    bold = ""
    for part, is_bold in parts:
        if not is_bold and any(map(str.isalnum, part.partition("\n")[0])):
            break
        bold += part
        if "\n" in part:
            break
    rest = text.lstrip().removeprefix(line).strip()
    is_title = rest and line and len(line) <= _LONGEST_TITLE and bold.strip().startswith(line)
    return (line, rest) if is_title else ("", text.strip())


def _part(part: object) -> tuple[str, bool]:
    """Return a piece of a text, and whether it is in bold."""
    if isinstance(part, dict):
        text = part.get("text")
        return (storable(text) if isinstance(text, str) else ""), part.get("type") == "bold"
    return (storable(part) if isinstance(part, str) else ""), False


def _dates(message: Message) -> Iterator[DateEvidence]:
    for name, role in (("date", DateRole.PUBLISHED), ("edited", DateRole.MODIFIED)):
        exact, local = message.get(f"{name}_unixtime"), message.get(name)
        if isinstance(exact, str) and exact.isdecimal() and int(exact) <= _LAST_INSTANT:
            instant = datetime.fromtimestamp(int(exact), UTC).isoformat().replace("+00:00", "Z")
            yield DateEvidence(DateSource.ROW, instant, role, where=f"{name}_unixtime")
        elif isinstance(local, str) and local:  # of exports before 2022: the clock of who exported
            yield DateEvidence(DateSource.ROW, local, role, where=name)
