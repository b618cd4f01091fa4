"""A story in, text as a scraper copied it off a page out: a clock on top, other headlines below.

Only headline and paragraphs are the article. The clock says when somebody looked at the page.
"""

from datetime import timedelta

from tests.sample.compose import Story
from tests.sample.pages import RELATED
from tests.sample.spin import draw, pick, shuffled

_TAGS = (
    "diplomacy, Middle East, UN Security Council",
    "interview, Foreign Ministry, Syria",
    "Ukraine, energy, winter",
    "Syria, transition, Damascus",
    "conflict, aid, refugees",
)
_WRITERS = ("Rana Khalil", "Samer Haddad", "Lina Darwish", "Omar Nasser", "Hala Saleh")
_BUTTONS = ("Listen Live", "Share", "Print", "Subscribe")
_ENDS = ("Community standardsDiscussion", "Back to top", "Reuse this content")


def clipping(story: Story, *, dated: bool) -> str:
    """Return the clipped text; with `dated` a byline and the day stand under the headline."""
    key = story.key
    clock = story.published + timedelta(days=20 + draw(key + "clock", 300))
    lines = [
        f"{clock:%H:%M} GMT{clock.day} {clock:%B %Y}",
        *shuffled(key + "buttons", _BUTTONS)[:2],
        "    Get short URL",
        "",
        f"    {story.title}",
        "",
    ]
    if dated:
        day = story.published
        lines += [f"    By {pick(key + 'writer', _WRITERS)}", f"    {day.day} {day:%B %Y}", ""]
    for number, paragraph in enumerate(story.paragraphs):
        # As in real clippings, names hold no-break spaces.
        glued = paragraph.replace("UN Security Council", "UN\u00a0Security\u00a0Council")
        lines += [f"    {glued}", "", *([""] if number == 0 else [])]
    lines += [""]
    lines += [f"    {title}" for title in shuffled(key + "related", RELATED)[:3]]
    lines += [f"    {pick(key + 'tags', _TAGS)}", f"    {pick(key + 'ends', _ENDS)}"]
    return "\n".join(lines) + "\n"
