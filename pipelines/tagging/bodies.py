"""A place at which a body of the table is named in, the place of its very name out.

The rules, which an analyst can review:

- An article before it is no part of a name: "the New York Times" is New York Times.
- Small words for an agency or a paper are none where the table has the name without them: of
  "Xinhua news agency" the name is Xinhua.
- The legal form of a company is part of its name: "Boeing Co.".
"""

import re

from pipelines.tagging.entity_table import Entity

_THE = re.compile(r"\A(?i:the)\s+")
_KIND = re.compile(r" (?:news agency|news service|newspaper|magazine|television|channel)$")
_LEGAL_FORM = re.compile(
    r"(?:,? (?:(?:Inc|Corp|Co|Ltd)\b\.?|(?:PLC|plc|AG|SA|SE|NV|LLC|GmbH|Corporation|Company|Limited"
    r"|Holdings)\b))+"
)


def place_of_name(text: str, start: int, end: int, entity: Entity) -> tuple[int, int]:
    """Return start and end of the name in `text`, where `text[start:end]` was found to be one."""
    found = text[start:end]
    start += len(found) - len(_THE.sub("", found))
    kind = _KIND.search(text, start, end)
    if kind is not None:
        names = {name.casefold() for name in (*entity.full, *entity.short)}
        return start, kind.start() if text[start : kind.start()].casefold() in names else end
    form = _LEGAL_FORM.match(text, end)
    return start, form.end() if form else end
