"""Feeds as publishers write them; the plain cases stand in tests/golden/feed."""

import io
import time
from itertools import pairwise
from pathlib import Path

import pytest

from pipelines.article import Capture, DateRole, SourceKind
from pipelines.config import SourceConfig
from pipelines.errors import SourceError
from pipelines.sources.feed import parse_feed, read_feed
from pipelines.sources.feed_entry import Entry, plain_author, plain_title
from pipelines.sources.feed_loose import MAX_ENTRIES
from pipelines.sources.raw import Raw


def rss(*items: str, before: str = "", head: str = "") -> bytes:
    inside = "".join(f"<item>{item}</item>" for item in items)
    return f'{before}<rss version="2.0"><channel>{head}{inside}</channel></rss>'.encode()


def one(content: bytes, encoding: str = "") -> Entry:
    (entry,) = parse_feed(content, encoding).entries
    return entry


def captures(content: bytes, url: str = "") -> list[Capture]:
    spec = SourceConfig("feed.rss", kind=SourceKind.FEED)
    raw = Raw(spec, SourceKind.FEED, "feed.rss", lambda: io.BytesIO(content), url=url)
    return [record for record in read_feed(raw) if isinstance(record, Capture)]


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        ("  Council\n &amp; envoy ", "Council & envoy"),
        ("<b>Council</b> meets", "Council meets"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("Caf&eacute;&nbsp;&#8212; open", "Café — open"),
        ("AT&T", "AT&T"),
        ("", ""),
    ],
)
def test_a_title_becomes_plain_text(raw: str, title: str) -> None:
    assert plain_title(raw) == title


@pytest.mark.parametrize(
    ("raw", "author"),
    [
        ("a@x.org (A. Writer)", "A. Writer"),
        ("A. Writer (a@x.org)", "A. Writer"),
        ("A. Writer", "A. Writer"),
        ("A. Writer (Agency)", "A. Writer (Agency)"),
        ("a@x.org", "a@x.org"),
    ],
)
def test_an_author_is_a_name_where_there_is_one(raw: str, author: str) -> None:
    assert plain_author(raw) == author


def test_a_date_passes_as_written() -> None:
    entry = one(rss("<title>x</title><pubDate>Thu,28 Jul 2022 4:35:5 GMT+9</pubDate>"))
    (date,) = entry.dates
    assert (date.raw, date.where) == ("Thu,28 Jul 2022 4:35:5 GMT+9", "pubDate")
    assert (date.instant, date.day, date.precision) == (None, None, None)


def test_a_date_inside_a_tag_of_its_own_is_read() -> None:
    time_tag = '<time datetime="2019-05-03T19:21:28Z">Fri, 05/03/2019 - 15:21</time>'
    exact = one(rss(f"<title>x</title><pubDate>\n{time_tag}\n</pubDate>"))
    plain = one(rss("<title>x</title><pubDate><b>2019-05-03</b></pubDate>"))
    assert [entry.dates[0].raw for entry in (exact, plain)] == [
        "2019-05-03T19:21:28Z",
        "2019-05-03",
    ]


def test_the_dates_of_the_feed_itself_are_no_dates_of_its_entries() -> None:
    head = "<pubDate>Thu, 28 Jul 2022 04:35:05 GMT</pubDate><lastBuildDate>now</lastBuildDate>"
    assert one(rss("<title>x</title>", head=head)).dates == ()


def test_a_date_of_change_is_no_publication_where_there_is_one() -> None:
    atom = 'xmlns:atom="http://www.w3.org/2005/Atom"'
    entry = one(
        rss("<title>x</title><pubDate>a</pubDate><atom:updated>b</atom:updated>").replace(
            b"<rss", f"<rss {atom}".encode()
        )
    )
    assert [date.role for date in entry.dates] == [DateRole.PUBLISHED, DateRole.MODIFIED]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "windows-1251", "koi8-r"])
def test_declared_encodings_are_read(encoding: str) -> None:
    feed = rss("<title>Совет</title>", before=f'<?xml version="1.0" encoding="{encoding}"?>')
    assert one(feed.decode().encode(encoding)).title == "Совет"


def test_the_encoding_of_the_transport_counts_where_none_is_declared() -> None:
    feed = rss("<title>Совет</title>").decode().encode("windows-1251")
    assert one(feed, "windows-1251").title == "Совет"


def test_curly_quotes_in_what_calls_itself_latin_are_read() -> None:
    head = '<?xml version="1.0" encoding="iso-8859-1"?>'
    feed = rss("<title>don\u2019t &#146; stop</title>", before=head)
    assert one(feed.decode().encode("windows-1252")).title == "don’t ’ stop"


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("CafÃ© dâ€™Orient", "Café d’Orient"),
        ("TENDRÃ‰ lÃ\xa0 voilÃ©", "TENDRÉ là voilé"),
        ("Ð¡Ð¾Ð²ÐµÑ‚", "Совет"),
        ("Le film Ã\xa0 voir", "Le film à voir"),
        ("millionÂ\xa0in US", "million in US"),
        ("JOSÉ… fica", "JOSÉ… fica"),
        ("IRMÃ” e IRMÃO", "IRMÃ” e IRMÃO"),
        ("L’obiettivo Ã¨ Feghouli â€“ forse", "L’obiettivo è Feghouli – forse"),
        ("Café and cafÃ©", "Café and café"),
        ("říká: „to je náš“", "říká: „to je náš“"),
    ],
)
def test_utf_8_that_was_encoded_twice_is_read_once(sent: str, read: str) -> None:
    entry = one(rss(f"<title>{sent}</title><description>{sent}</description>"))
    (capture,) = captures(rss(f"<title>{sent}</title><description>{sent}</description>"))
    content = capture.content.decode().replace("\xa0", " ")
    assert (entry.title, capture.title, content) == (read, read, read)


def test_a_title_of_atom_is_decoded_too() -> None:
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Razerâ€™s</title></entry></feed>'
    )
    assert one(feed.encode()).title == "Razer’s"


@pytest.mark.parametrize("encoding", ["iso-8859-1", "windows-1251", "gb2312", "unheard-of"])
def test_utf_8_is_read_whatever_is_declared(encoding: str) -> None:
    feed = rss("<title>Совет</title>", before=f'<?xml version="1.0" encoding="{encoding}"?>')
    assert one(feed).title == one(rss("<title>Совет</title>"), encoding).title == "Совет"


def test_a_byte_order_mark_is_stronger_than_a_declaration() -> None:
    head = '\ufeff<?xml version="1.0" encoding="windows-1251"?>'
    assert one(rss("<title>Совет</title>", before=head)).title == "Совет"


def test_a_wrong_declaration_is_mended() -> None:
    feed = rss("<title>Dürre</title>", before='<?xml version="1.0" encoding="utf-8"?>')
    assert one(feed.decode().encode("windows-1252")).title == "Dürre"


@pytest.mark.parametrize(
    "before",
    ["\n\n <?xml version='1.0'?>", "\ufeff<?xml version='1.0'?>", "<!-- hello --><?pi x?>",
     '<!DOCTYPE rss PUBLIC "-//N//DTD RSS 0.91//EN" "http://my.netscape.com/rss-0.91.dtd">'],
)  # fmt: skip
def test_what_stands_before_a_feed_does_no_harm(before: str) -> None:
    assert one(rss("<title>Council</title>", before=before)).title == "Council"


@pytest.mark.parametrize(
    ("head", "item", "url"),
    [
        ("<link>/blog</link>", "<link>/blog/1</link>", "https://a.example/blog/1"),
        ("<link>/blog</link>", '<guid isPermaLink="true">/blog/1</guid>', "https://a.example/blog/1"),
        ("<link>https://b.example/x/</link>", "<link>1</link>", "https://b.example/x/1"),
        ("", "<link>1</link>", "https://a.example/feeds/1"),
        ("", '<guid isPermaLink="true">c41042ae</guid>', ""),
        ("", "<title>no link</title>", ""),
        ("<link>http://[x/</link>", "<link>1</link>", "1"),
        ("", "<link>http://[x/</link>", "http://[x/"),
        ("", "<link>https://c.example/1</link><link>https://d.example</link>", "https://c.example/1"),
    ],
)  # fmt: skip
def test_a_link_is_the_whole_address(head: str, item: str, url: str) -> None:
    (capture,) = captures(rss(item, head=head), "https://a.example/feeds/news.rss")
    assert capture.url == url


def test_a_base_in_the_feed_or_its_own_address_completes_links() -> None:
    link = '<link rel="self" href="https://a.example/blog/feed.xml"/><link href="/blog/"/>'
    entry = '<entry {}><link href="1"/></entry>'
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom">{link}{entry}{entry}</feed>'
    feed = feed.format("", 'xml:base="https://b.example/"')
    assert [c.url for c in captures(feed.encode())] == [
        "https://a.example/blog/1",
        "https://b.example/1",
    ]


def test_a_relative_link_may_hold_an_address_of_its_own() -> None:
    head = "<link>https://a.example/</link>"
    feed = rss("<link>/go?to=https://b.example/1</link>").replace(
        b"<item>", f"{head}<item>".encode()
    )
    assert captures(feed)[0].url == "https://a.example/go?to=https://b.example/1"


@pytest.mark.parametrize(
    ("item", "author"),
    [
        ("<dc:creator>A. One</dc:creator><dc:creator>B. Two</dc:creator>", "A. One; B. Two"),
        ("<dc:creator>A. One</dc:creator><author>a@x.org</author>", "A. One"),
        ("<author><name>A. One</name><title>Vice President</title></author>", "A. One"),
        ("<author>a@x.org (A. One)</author>", "A. One"),
        ("<author><b>A. One</b></author>", "A. One"),
        ("<author><url>https://b.example</url></author>", ""),
    ],
)
def test_authors_are_all_named_and_by_their_names_only(item: str, author: str) -> None:
    feed = rss(item).replace(b"<rss", b'<rss xmlns:dc="http://purl.org/dc/elements/1.1/"')
    assert one(feed).author == author


@pytest.mark.parametrize("space", ["", "http://www.w3.org/2005/Atom/", "https://odd.example"])
def test_atom_of_a_wrong_namespace_or_none_is_read(space: str) -> None:
    entry = one(
        f"""<feed xmlns="{space}"><link href="https://a.example/"/><entry><title>Council</title>
        <link href="/1" /><updated>2015-06-02T10:00:00Z</updated><content type="xhtml"><div>
        <p>Text</p></div></content><author><name>A. One</name><uri>https://b.example</uri></author>
        </entry></feed>""".encode()
    )
    assert (entry.title, entry.url, entry.author) == ("Council", "/1", "A. One")
    assert "<p>Text</p>" in entry.content
    assert entry.dates[0].where == "updated"


def test_rss_of_a_wrong_namespace_is_read() -> None:
    feed = rss("<title>Council</title>").replace(b"<rss", b'<rss xmlns="https://odd.example/rss"')
    assert one(feed).title == "Council"


@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_both_versions_of_dublin_core_are_read(version: str) -> None:
    space = f'<rss xmlns:dc="http://purl.org/dc/elements/{version}/"'
    feed = rss("<dc:title>Council</dc:title><dc:date>2009-03-07</dc:date>")
    entry = one(feed.replace(b"<rss", space.encode()))
    assert (entry.title, entry.dates[0].raw) == ("Council", "2009-03-07")


@pytest.mark.parametrize(
    "feed",
    [
        b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
        <entry xml:lang="de"><title>Rat</title></entry>
        <entry><title>Council</title></entry></feed>""",
        b"""<rss xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><language>en</language>
        <item><title>Rat</title><dc:language>de</dc:language></item><item><title>Council</title>
        </item></channel></rss>""",
        b"""{"version": "https://jsonfeed.org/version/1.1", "language": "en", "items":
        [{"title": "Rat", "language": "de"}, {"title": "Council"}]}""",
    ],
    ids=["Atom", "RSS", "JSON"],
)
def test_the_language_of_an_entry_counts_before_the_feeds(feed: bytes) -> None:
    assert [capture.language for capture in captures(feed)] == ["de", "en"]


def test_an_item_of_json_without_an_address_has_its_identifier() -> None:
    items = b'[{"id": "https://a.example/1", "title": "One"}, {"id": "2", "title": "Two"}]'
    feed = b'{"version": "https://jsonfeed.org/version/1", "items": %s}' % items
    assert [entry.url for entry in parse_feed(feed).entries] == ["https://a.example/1", ""]


@pytest.mark.parametrize(
    ("element", "title", "content"),
    [
        ('<title mode="base64">RXhhbXBsZSA8Yj5BdG9tPC9iPg==</title>', "Example Atom", ""),
        ('<title type="application/octet-stream">RXhhbX\nBsZQ==</title>', "Example", ""),
        ('<content type="application/x" mode="base64">RXhhbXBsZQ==</content>', "", "Example"),
        ('<content type="image/png">iVBORw0KGgo=</content><summary>a</summary>', "", ""),
        ('<content type="text/html">RXhhbXBsZQ==</content>', "", "RXhhbXBsZQ=="),
        ('<content type="image/svg+xml">Example</content>', "", "Example"),
        ('<content type="application/words">It is not packed.</content>', "", "It is not packed."),
    ],
)
def test_what_atom_has_in_base64_is_unpacked(element: str, title: str, content: str) -> None:
    feed = f'<feed xmlns="http://purl.org/atom/ns#"><entry>{element}</entry></feed>'
    entry = one(feed.encode())
    assert (entry.title, entry.content) == (title, content)


@pytest.mark.parametrize("name", ["body", "fullitem"])
def test_names_of_the_whole_text_that_old_feeds_have_are_known(name: str) -> None:
    entry = one(rss(f"<description>In short</description><{name}>The whole text</{name}>"))
    assert (entry.summary, entry.content) == ("In short", "The whole text")


def test_items_inside_of_items_are_kept() -> None:
    inside = "<title>one</title><item><title>two</title></item>"
    assert [entry.title for entry in parse_feed(rss(inside)).entries] == ["one", "two"]


def test_the_forms_of_a_text_are_no_items() -> None:
    space = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    feed = rss(f"<title>Council</title><content:items {space}><content:item/></content:items>")
    assert one(feed).title == "Council"


def test_a_document_type_inside_a_text_stays() -> None:
    entry = one(rss("<description><![CDATA[<!DOCTYPE html><p>Text</p>]]></description>"))
    assert entry.summary == "<!DOCTYPE html><p>Text</p>"


@pytest.mark.parametrize("before", ['<!-- not "<!DOCTYPE" --><?xml version="1.0"?>', "<!DOCTYPE ["])
def test_a_document_type_in_a_comment_or_cut_off_does_no_harm(before: str) -> None:
    assert one(rss("<title>Council</title>", before=before)).title == "Council"


def test_no_entity_is_expanded_and_no_file_read() -> None:
    kind = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
    entry = one(rss("<title>x &a; &f; y</title>", before=kind))
    assert entry.title == "x &a; &f; y"


def test_an_entity_bomb_takes_no_time() -> None:
    names = "abcdefghij"
    entities = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise(names)
    )
    began = time.monotonic()
    entry = one(rss("<title>&j;</title>", before=f"<!DOCTYPE rss [{entities}]>"))
    assert time.monotonic() - began < 2
    assert len(entry.title) < 100


def test_markup_that_is_not_escaped_is_kept_whole() -> None:
    text = "<description>Some <b>bold</b> text</description>"
    entry = one(rss(f"<title>A <i>new</i> law</title>{text}"))
    assert (entry.title, entry.summary) == ("A new law", "Some <b>bold</b> text")


def test_a_broken_feed_with_too_many_entries_is_cut_and_says_so() -> None:
    feed = rss(*["<title>a & b</title>"] * (MAX_ENTRIES + 5))
    parsed = parse_feed(feed)
    assert len(parsed.entries) == MAX_ENTRIES
    assert f"the first {MAX_ENTRIES} of {MAX_ENTRIES + 5}" in parsed.reason


@pytest.mark.parametrize("number", ["99999999999999", "x110000", "xFFFFFFFFFFFF"])
def test_a_number_that_is_no_letter_costs_no_entry(number: str) -> None:
    parsed = parse_feed(rss(f"<title>a & b &#{number}; c</title>", "<title>two</title>"))
    assert [entry.title for entry in parsed.entries] == ["a & b c", "two"]


def test_a_feed_read_leniently_says_the_same_as_one_read_strictly() -> None:
    head = "<link>https://a.example/</link>"
    source = '<source url="https://b.example">The B</source><author>a@b.example (A. One)</author>'
    items = (
        f"<title>one</title><link>/1</link>{source}",
        "<title>two</title><guid>c41042ae</guid>",
        "<title>three</title><guid>https://a.example/3</guid>",
        '<title>four</title><guid isPermaLink="true">/4</guid>',
    )
    strict, loose = (captures(rss(*items, head=head + odd)) for odd in ("", "&"))
    assert loose == strict
    assert [(c.url, c.author, c.outlet) for c in strict] == [
        ("https://a.example/1", "A. One", "The B"),
        ("", "", ""),
        ("https://a.example/3", "", ""),
        ("https://a.example/4", "", ""),
    ]


def test_an_author_of_atom_read_leniently_has_no_address_in_his_name() -> None:
    author = "<author><name>A. One</name><email>a@b.example</email></author>"
    feed = (
        f'<feed xmlns="http://www.w3.org/2005/Atom"><title>&</title><entry>{author}</entry></feed>'
    )
    assert one(feed.encode()).author == "A. One"


def test_nesting_without_end_is_refused_fast() -> None:
    began = time.monotonic()
    with pytest.raises(SourceError, match="nested"):
        parse_feed(rss("<title>x</title>" + "<a>" * 200_000))
    assert time.monotonic() - began < 5


def test_real_feeds_are_read_whole(shared_data: Path) -> None:
    cases = shared_data / "feeds" / "cases"
    korea = parse_feed((cases / "real-korean-times.rss").read_bytes())
    cnn = parse_feed((cases / "real-cnn.rss").read_bytes())
    assert (len(korea.entries), len(cnn.entries)) == (195, 69)
    assert all(entry.title and entry.url for entry in (*korea.entries, *cnn.entries))
    assert korea.entries[0].dates[0].raw == "Thu,28 Jul 2022 4:35:5 GMT+9"
