"""The measures of tagging: names, links, ids, bodies, countries in three senses, quotes, speakers.

Names count by exact span and kind. Countries count by document. A quote counts where its span meets
the true one (see `quotes.py`) and its speaker is right.
"""

from collections.abc import Mapping

from tests.quality import (
    countries,
    entity_ids,
    linking,
    main_country,
    names,
    quotes,
    quotes_marked,
    state_body_ids,
)

NAMED, LINKED, IDS = ("names of news",), ("links",), ("ids of news",)
BODIES = ("state bodies",)
ABOUT = ("focus of news",)
MARKED = ("quotes of other languages",)
TONGUES = ("quotes of open pages", "quotes of kept pages")
DIRECT, REPORTED = ("direct quotes of news",), ("reported quotes of news",)


def _of(kind: str) -> object:
    return lambda scores: names.f1(scores, kind)


# title, sets, figure
MEASURES: Mapping[str, tuple[object, ...]] = {
    "names": ("F1 of names, as a user gets them", NAMED, names.f1),
    "names_people": ("F1 of people's names", NAMED, _of("PER")),
    "names_bodies": ("F1 of organisations' names", NAMED, _of("ORG")),
    "names_places": ("F1 of places' names", NAMED, _of("LOC")),
    "names_model": ("F1 of names, the model alone", ("names by the model",), names.f1),
    "link_precision": ("shorter names linked, precision", LINKED, linking.link_precision),
    "link_recall": ("shorter names linked, recall", LINKED, linking.link_recall),
    "id_precision": ("ids of people and bodies, precision", IDS, entity_ids.id_precision),
    "id_recall": ("ids of those in the table, recall", IDS, entity_ids.id_recall),
    "bodies_precision": (
        "state bodies, precision of ids",
        BODIES,
        state_body_ids.body_precision,
    ),
    "bodies_recall": ("state bodies, recall of ids", BODIES, state_body_ids.body_recall),
    "countries_news": ("F1 of countries mentioned, news", ("countries of news",), countries.f1),
    "countries_geovirus": (
        "F1 of countries mentioned, GeoVirus",
        ("countries of geovirus",),
        countries.f1,
    ),
    "countries_newswire": (
        "F1 of countries mentioned, newswire",
        ("countries of newswire",),
        countries.f1,
    ),
    "focus_main": ("main country is the first labelled", ABOUT, countries.main_country),
    "focus_among": ("main country is one of the labelled", ABOUT, countries.among_the_main),
    "focus_f1": ("F1 of the countries a text is about", ABOUT, countries.f1),
    "main_texts": ("main country, more texts", ("main countries of texts",), main_country.right),
    "main_pages": (
        "main country or none, pages",
        ("main countries of pages",),
        main_country.right,
    ),
    "about_texts": (
        "F1 of the countries a text is about, more texts",
        ("main countries of texts",),
        main_country.set_f1,
    ),
    "about_pages": (
        "F1 of the countries a text is about, pages",
        ("main countries of pages",),
        main_country.set_f1,
    ),
    "dateline_precision": (
        "countries of datelines, precision",
        ("datelines of news",),
        countries.precision,
    ),
    "direct_recall": ("direct quotes with the speaker, recall", DIRECT, quotes.recall),
    "direct_precision": (
        "direct quotes with the speaker, precision",
        DIRECT,
        quotes.precision,
    ),
    "reported_recall": (
        "reported quotes with the speaker, recall",
        REPORTED,
        quotes.recall,
    ),
    "reported_precision": (
        "reported quotes with the speaker, precision",
        REPORTED,
        quotes.precision,
    ),
    "speaker_certain": (
        "speaker right where certain",
        (*DIRECT, *REPORTED),
        quotes.certain_precision,
    ),
    "marked_certain": (
        "speaker right where certain, other languages",
        MARKED,
        quotes_marked.certain_precision,
    ),
    "marked_recall": (
        "direct quotes with the speaker, German pages, recall",
        MARKED,
        quotes_marked.recall,
    ),
    "tongues_certain": (
        "speaker right where certain, pages in Spanish, Turkish and others",
        TONGUES,
        quotes_marked.certain_precision,
    ),
    "tongues_open": (
        "direct quotes with the speaker, the same, open half, recall",
        TONGUES[:1],
        quotes_marked.recall,
    ),
    "tongues_kept": (
        "direct quotes with the speaker, the same, kept half, recall",
        TONGUES[1:],
        quotes_marked.recall,
    ),
}
"""Name -> title, sets, figure."""
