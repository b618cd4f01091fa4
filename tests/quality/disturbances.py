"""Make pairs of a page that differ as two visits to it do: one page in, named pairs of pages out.

What sites add to a page or change in it, and no article does, stands in `disturbances.toml`:
banners of consent, offers, other headlines, adverts; here are the counters and clocks too. Beside
these stand true edits, each of a few words. Both pages of a pair are written by the same parser,
so that they differ in nothing else.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from lxml import etree
from lxml import html as lxml_html

from pipelines.extraction.around.page_lines import key_of

_FILE = Path(__file__).with_name("disturbances.toml")
_OTHERWISE = "en"
_PARAGRAPHS = 4  # of the body that must be found on the page
_LETTERS = 60  # of a paragraph that is not there twice by chance
_HEADLINE_WORDS = 4
_COUNTS = {"comments": ("128", "131"), "shares": ("342", "1.3K"), "updated": ("5", "17")}
_CLOCK = "<div class='{}'>{}.11.2026 21:10</div>"
_CLOCKS = {"page clock": "topbar-date", "page clock, plain": "css-88d"}


@dataclass(frozen=True, slots=True)
class Original:
    """A page before anything happens to it, and what of it is known."""

    tree: etree._Element
    url: str
    title: str
    paragraphs: tuple[etree._Element, ...]  # of the body, those found on the page
    words: Mapping[str, str]  # of sites, in the language of the page
    others: Sequence[str]  # headlines and first sentences of other articles


@dataclass(frozen=True, slots=True)
class Pair:
    """A page twice: what is done to it between, and the markup of both."""

    kind: str
    name: str
    before: str
    after: str


Change = Callable[[etree._Element, Original], bool]  # in a copy of the tree; False: cannot be done


def original(
    tree: etree._Element, url: str, title: str, body: Sequence[str], **known: Any
) -> Original | None:
    """Return a page with the paragraphs of its body; None where too few are found on it."""
    keys = {key for line in body if len(key := key_of(line)) >= _LETTERS}
    found: dict[str, etree._Element] = {}
    for node in tree.iter("p"):
        if (key := key_of("".join(map(str, node.itertext())))) in keys:
            found.setdefault(key, node)
    if len(found) < _PARAGRAPHS:
        return None
    words = words_of(known["language"])
    return Original(tree, url, title, tuple(found.values()), words, known["others"])


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@cache
def words_of(language: str) -> Mapping[str, str]:
    """Return the words of sites in a language, English ones where it has none."""
    words = _read()["words"]
    own = dict(words.get(language, words[_OTHERWISE]))
    own["long"] = "".join(f"<p>{line}</p>" for line in own["long"])
    return {**own, "lang": language}


def disturbed(page: Original, kinds: Sequence[str]) -> Iterator[Pair]:
    """Yield the page with what is no edit of it, in these kinds."""
    before = _markup(page.tree)
    for kind, name, change in _changes(page):
        if kind in kinds and (after := _changed(page, change)) is not None:
            yield Pair(kind, name, before, after)
    if "counters" in kinds:
        yield from _counted(page)


def edited(page: Original) -> Iterator[Pair]:
    """Yield the page with true edits."""
    before = _markup(page.tree)
    for name, change in EDITS.items():
        if (after := _changed(page, change)) is not None:
            yield Pair("edits", name, before, after)


def _changes(page: Original) -> Iterator[tuple[str, str, Change]]:
    made = _read()
    for name, template in made["consent"].items():
        yield "consent", f"{name}, first", _put_first(template)
        yield "consent", f"{name}, last", _put_last(template)
    for name, template in made["offers"].items():
        yield "offers", name, _put_last(template)
    for name, template in made["inside"].items():
        yield "inside", name, _put_inside(template)
    for name, template in made["below"].items():
        yield "below", f"{name}, of the page", _put_last(template)
        yield "below", f"{name}, of the article", _put_below(template)
    yield "headlines", "other related headlines", _other_headlines
    yield "headlines", "another one in the navigation", _in_navigation


def _filled(template: str, page: Original) -> list[etree._Element]:
    heads = dict(zip(("head_a", "head_b", "head_c"), page.others[0::2], strict=False))
    leads = dict(zip(("lead_a", "lead_b", "lead_c"), page.others[1::2], strict=False))
    links = {name[-1]: _address(page.url, head) for name, head in heads.items()}
    text = template.format_map({**page.words, **heads, **leads, **links})
    return [node for node in lxml_html.fragments_fromstring(text) if not isinstance(node, str)]


def _address(url: str, headline: str) -> str:
    """Return an address like the page's own: the same folder and number, the headline's words."""
    slug = "-".join(re.findall(r"[a-z]{3,}", headline.lower())[:6]) or "another-story-of-today"
    number = "".join(re.findall(r"\d{5,}", url)[-1:])
    return urljoin(url, f"{slug}-{int(number) + len(slug)}" if number else f"{slug}/")


def _put_first(template: str) -> Change:
    return lambda tree, page: _insert(tree.find("body"), 0, _filled(template, page))


def _put_last(template: str) -> Change:
    return lambda tree, page: _insert(tree.find("body"), None, _filled(template, page))


def _put_inside(template: str) -> Change:
    def put(tree: etree._Element, page: Original) -> bool:
        node = _own(tree, page, len(page.paragraphs) // 2)
        around = node.getparent()
        return _insert(around, around.index(node) + 1, _filled(template, page))

    return put


def _put_below(template: str) -> Change:
    def put(tree: etree._Element, page: Original) -> bool:
        around = next(_own(tree, page, -1).iterancestors("article", "main"), None)
        return _insert(around, None, _filled(template, page))

    return put


def _insert(around: etree._Element | None, at: int | None, new: Sequence[etree._Element]) -> bool:
    if around is None:
        return False
    at = len(around) if at is None else at
    if at and at <= len(around):  # running text behind the element before stays where it is
        before = around[at - 1]
        new[-1].tail, before.tail = before.tail, None
    elif around.text and new:
        new[-1].tail, around.text = around.text, None
    around[at:at] = new
    return True


def _other_headlines(tree: etree._Element, page: Original) -> bool:
    own = {_path(node) for node in page.paragraphs}
    changed = 0
    for link in tree.iter("a"):
        if any(_path(node) in own for node in link.iterancestors("p")):
            continue
        for node in link.iter():
            told = node.text if isinstance(node.tag, str) else None
            same = told and key_of(told) == key_of(page.title)
            if told and len(told.split()) >= _HEADLINE_WORDS and not same:
                node.text = page.others[2 * changed % len(page.others)]
                changed += 1
    return changed > 0


def _in_navigation(tree: etree._Element, page: Original) -> bool:
    menu = next(tree.iter("nav", "header"), tree.find("body"))
    return _insert(menu, 0, _filled("<div><a href='{a}'><span>{head_a}</span></a></div>", page))


def _counted(page: Original) -> Iterator[Pair]:
    """Yield pages on which a counter, or a clock, stands below the headline and goes on."""
    for name, (old, new) in _COUNTS.items():
        for form in ("<div class='css-1f'><span>{}</span></div>", "<p class='meta'>{}</p>"):
            said = page.words[name]
            number = "128" if name == "comments" else "342" if name == "shares" else "5"
            lines = (form.format(said.replace(number, one)) for one in (old, new))
            pages = [_changed(page, _put_under_headline(line)) for line in lines]
            if pages[0] is not None and pages[1] is not None:
                yield Pair("counters", f"{name}, {form[1:4].strip()}", pages[0], pages[1])
    for name, css in _CLOCKS.items():
        both = [_changed(page, _put_first(_CLOCK.format(css, day))) for day in (28, 29)]
        if both[0] is not None and both[1] is not None:
            yield Pair("counters", name, both[0], both[1])


def _put_under_headline(line: str) -> Change:
    def put(tree: etree._Element, page: Original) -> bool:
        headline = _headline(tree, page)
        around = None if headline is None else headline.getparent()
        at = 0 if headline is None or around is None else around.index(headline) + 1
        return _insert(around, at, lxml_html.fragments_fromstring(line))

    return put


def _headline(tree: etree._Element, page: Original) -> etree._Element | None:
    told = [node for node in tree.iter("h1") if key_of(_text(node)) == key_of(page.title)]
    return told[-1] if told else None  # the first may stand in the site's header


def _number(tree: etree._Element, page: Original) -> bool:
    for at in range(len(page.paragraphs)):
        for node in _own(tree, page, at).iter():
            told = node.text if isinstance(node.tag, str) else None
            if told and re.search(r"\d", told):
                node.text = re.sub(r"\d", lambda m: str((int(m[0]) + 1) % 10), told, count=1)
                return True
    return False


def _sentence(at: int) -> Change:
    def add(tree: etree._Element, page: Original) -> bool:
        node = _own(tree, page, at)
        said = f" {page.words['sentence']}"
        if len(node):
            node[-1].tail = (node[-1].tail or "").rstrip() + said
        else:
            node.text = (node.text or "").rstrip() + said
        return True

    return add


def _added(at: int, template: str, word: str) -> Change:
    """Return the change that puts a paragraph of these words before the first one, or last."""

    def add(tree: etree._Element, page: Original) -> bool:
        node = _own(tree, page, at)
        new = lxml_html.fragments_fromstring(template.format(page.words[word]))
        around = node.getparent()
        return _insert(around, around.index(node) + (at != 0), new)

    return add


def _removed(at: int) -> Change:
    def remove(tree: etree._Element, page: Original) -> bool:
        node = _own(tree, page, at)
        node.getparent().remove(node)
        return True

    return remove


def _retitled(*, everywhere: bool) -> Change:
    """Return the change of the headline's last word, in its heading or in all that repeats it."""

    def retitle(tree: etree._Element, page: Original) -> bool:
        headline = _headline(tree, page)
        words = page.title.split()
        if headline is None or len(words) < 3:
            return False
        told = _text(headline)
        for node in list(tree.iter() if everywhere else headline.iter()):
            _replace(node, " ".join(words[-2:]), f"{words[-2]} Halifax")
        return _text(headline) != told

    return retitle


def _replace(node: etree._Element, old: str, new: str) -> None:
    if isinstance(node.tag, str):
        node.text = node.text and node.text.replace(old, new)
        if node.tag == "meta" and node.get("content"):
            node.set("content", node.get("content").replace(old, new))


EDITS: Mapping[str, Change] = {
    "one digit": _number,
    "a sentence more in a paragraph": _sentence(1),
    "a sentence more in the last paragraph": _sentence(-1),
    "a sentence more as a paragraph": _added(-1, "<p>{}</p>", "sentence"),
    "a correction below": _added(-1, "<p>{}</p>", "correction"),
    "a correction below, in italics": _added(-1, "<p><em>{}</em></p>", "correction"),
    "a correction below, in an element of that name": _added(
        -1, "<div class='correction'><p>{}</p></div>", "correction"
    ),
    "a correction above": _added(0, "<p>{}</p>", "correction"),
    "a paragraph less": _removed(2),
    "the last paragraph less": _removed(-1),
    "a word of the headline": _retitled(everywhere=True),
    "a word of the headline, in its heading only": _retitled(everywhere=False),
}


def _changed(page: Original, change: Change) -> str | None:
    tree = deepcopy(page.tree)
    return _markup(tree) if change(tree, page) else None


def _own(tree: etree._Element, page: Original, at: int) -> etree._Element:
    """Return the element of a copy of the page that is this paragraph of the body."""
    return tree.getroottree().xpath(_path(page.paragraphs[at]))[0]


def _path(node: etree._Element) -> str:
    return str(node.getroottree().getpath(node))


def _text(node: etree._Element) -> str:
    return "".join(map(str, node.itertext()))


def _markup(tree: etree._Element) -> str:
    return str(lxml_html.tostring(tree, encoding="unicode"))
