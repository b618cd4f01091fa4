"""The four senses of "country", in the words of the reader: what each says and what it filters."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sense:
    """One sense: its question to the store, its words, and the field of the `Query` it fills."""

    question: str  # key of `data.frame`
    label: str
    field: str
    meaning: str
    nothing: str  # said where no article has a country in this sense
    compared: str  # heading of its lines over time


SENSES = {
    "outlet": Sense(
        "published in",
        "Published in",
        "outlet_countries",
        "Where the outlet is based. Each article counts in one country.",
        "No article of these filters is from an outlet whose country is known.",
        "Compare the press of",
    ),
    "about": Sense(
        "countries about",
        "About",
        "about",
        "The countries an article is about, three at most; so countries may add up to more than "
        "all articles.",
        "Of no article of these filters it can be said which country it is about.",
        "Compare what is about",
    ),
    "mentioned": Sense(
        "countries mentioned",
        "Mentioned",
        "mentioned",
        "Any country the text names, its capital or people included; so countries add up to more "
        "than all articles.",
        "No article of these filters names a country.",
        "Compare mentions of",
    ),
    "dateline": Sense(
        "filed from",
        "Filed from",
        "dateline",
        "Where the article itself says it was written (“BEIRUT, June 2 —”). Most articles say "
        "nothing and are in no country here.",
        "No article of these filters says where it was filed.",
        "Compare what was filed from",
    ),
}
