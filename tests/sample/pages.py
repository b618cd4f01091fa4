"""One story in, a saved HTML page out, with all that stands around an article on a real site.

Navigation, related stories and footer name topics on purpose: none of it may be counted.
"""

import json
from datetime import datetime, timedelta, timezone
from html import escape

from tests.sample.compose import Story
from tests.sample.spin import shuffled

RELATED = (
    "Why the UN Security Council Meets in the Afternoon",
    "Ukraine Harvest Report: Maize Above Last Year",
    "A Walk Through the Old Town of Damascus, Syria",
    "Libya's Football Season Opens With a Draw",
    "North Korea Shows New Ski Resort to Visitors",
    "Yemen Coffee Finds New Buyers",
    "Iran Film Week Begins in the Capital",
    "Sanctions Explained in Two Minutes",
    "Gaza Photographers Win Award",
)


def page(story: Story) -> str:
    """Return the page as the outlet's site shows it."""
    manner = {"Deccan Observer": _deccan, "Corniche Daily": _corniche}.get(
        story.outlet.name, _plain
    )
    head, article = manner(story)
    links = "".join(
        f'<li><a href="/more/{number}">{escape(title)}</a></li>'
        for number, title in enumerate(shuffled(story.key, RELATED)[:4])
    )
    return f"""<!DOCTYPE html>
<html lang="{story.outlet.language}">
<head>
<meta charset="utf-8">
<title>{escape(story.title)} | {escape(story.outlet.name)}</title>
<link rel="canonical" href="{escape(story.url)}">
{head}
</head>
<body>
<header><a href="/">{escape(story.outlet.name)}</a>
<nav><ul><li><a href="/world">World</a></li><li><a href="/ukraine">Ukraine</a></li>\
<li><a href="/syria">Syria</a></li><li><a href="/un">UN Security Council</a></li>\
<li><a href="/sport">Sport</a></li></ul></nav></header>
<main>
{article}
</main>
<aside class="related"><h3>Related stories</h3><ul>{links}</ul></aside>
<footer><p>Copyright {story.published.year} {escape(story.outlet.name)}. \
All rights reserved.</p><ul><li><a href="/contact">Contact us</a></li>\
<li><a href="/terms">Terms of use</a></li></ul></footer>
</body>
</html>
"""


def _deccan(story: Story) -> tuple[str, str]:
    """JSON-LD with offset; the byline says the same day."""
    local = _local(story.published, 5.5)
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "datePublished": local.isoformat(),
        "publisher": {"@type": "Organization", "name": story.outlet.name},
        "mainEntityOfPage": story.url,
    }
    head = f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'
    stamp = f'<p class="byline">By Our Correspondent | {local:%d %B %Y, %H:%M} IST</p>'
    return head, _article(story, stamp)


def _corniche(story: Story) -> tuple[str, str]:
    """Open Graph and article meta; names are glued with no-break spaces, as this site does."""
    head = (
        f'<meta property="og:type" content="article">\n'
        f'<meta property="og:title" content="{escape(story.title)}">\n'
        f'<meta property="og:site_name" content="{escape(story.outlet.name)}">\n'
        f'<meta property="article:published_time" content="{story.published.isoformat()}">'
    )
    article = _article(story, f'<div class="date">{story.published:%d %b %Y}</div>')
    return head, article.replace("UN Security Council", "UN\u00a0Security\u00a0Council")


def _plain(story: Story) -> tuple[str, str]:
    """A `<time>` element and a description, nothing more."""
    head = f'<meta name="description" content="{escape(story.paragraphs[0])}">'
    stamp = (
        f'<p class="meta"><time datetime="{story.published.isoformat()}">'
        f"{story.published:%d %B %Y %H:%M} UTC</time></p>"
    )
    return head, _article(story, stamp)


def _article(story: Story, stamp: str) -> str:
    paragraphs = "\n".join(f"<p>{escape(text)}</p>" for text in story.paragraphs)
    return f"<article>\n<h1>{escape(story.title)}</h1>\n{stamp}\n{paragraphs}\n</article>"


def _local(moment: datetime, hours: float) -> datetime:
    return moment.astimezone(timezone(timedelta(hours=hours)))
