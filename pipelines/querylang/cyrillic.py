"""A Russian or Ukrainian word in, the cases and plurals of its paradigm out.

The paradigm is guessed from the ending, in either direction, so that any case may be written. What
no ending tells is listed: words without cases (метро is not метр), and some whose stem changes
(день, дня). Surnames in -ов and -ин have their own instrumental (Путиным); feminine ones in -ова do
not find the masculine ones. A vowel may flee (рынок, рынка; боец, бойца) or change (Київ, Києва).
"""

from collections.abc import Iterable, Iterator

_SHORTEST = 3  # letters of a stem that may stand without an ending: Газа is not газ


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


def _suffixed(suffix: str, endings: str) -> tuple[str, ...]:
    """Return the endings after a suffix that is part of all of them."""
    return tuple(suffix + ending for ending in ("", *_listed(endings)))


def _paradigms(text: str) -> dict[str, tuple[str, ...]]:
    """Return listed words with all their forms: one paradigm a line, its first word any form."""
    rows = [_listed(row) for row in text.strip().splitlines()]
    return {word: row for row in rows for word in row}


# A rule: the endings by which it is recognised, and all endings of that paradigm.
_Rule = tuple[tuple[str, ...], tuple[str, ...]]
_UNCHANGED = frozenset(
    _listed(
        """мали сочи чили дели бали гаити керри тбилиси фиджи конго осло токио алеппо нато евро кино
        бюро метро радио видео фото досье интервью шоу макао перу зимбабве киото ватерлоо торонто
        чикаго сантьяго монако марокко"""
    )
)
_RU_LISTED = _paradigms(
    """
    день дня дню днем дне дни дней дням днями днях
    боец бойца бойцу бойцом бойце бойцы бойцов бойцам бойцами бойцах
    огонь огня огню огнем огне огни огней огням огнями огнях
    лев льва льву львом льве львы львов львам львами львах
    павел павла павлу павлом павле
    церковь церкви церковью церквей церквам церквами церквах
    любовь любви любовью
    мать матери матерью матерей матерям матерями матерях
    дочь дочери дочерью дочерей дочерям дочерьми дочерях
    время времени временем времена времен временам временами временах
    имя имени именем имена имен именам именами именах
    путь пути путем путей путям путями путях
    война войны войне войну войной войною войн войнам войнами войнах
    основа основы основе основу основой основ основам основами основах
    голова головы голове голову головой голов головам головами головах
    сестра сестры сестре сестру сестрой сестер сестрам сестрами сестрах
    письмо письма письму письмом письме писем письмам письмами письмах
    земля земли земле землю землей земель землям землями землях
    деньги денег деньгам деньгами деньгах
    посол посла послу послом послы послов послам послами послах
    уголь угля углю углем угле угли углей
    племя племени племенем племена племен племенам племенами племенах
    деревня деревни деревне деревню деревней деревень деревням деревнями деревнях
    тюрьма тюрьмы тюрьме тюрьму тюрьмой тюрем тюрьмам тюрьмами тюрьмах
    брат брата брату братом брате братья братьев братьям братьями братьях
    сын сына сыну сыном сыне сыновья сыновей сыновьям сыновьями сыновьях
    выборы выборов выборам выборами выборах
    сосед соседа соседу соседом соседе соседи соседей соседям соседями соседях
    """
)
_ADJECTIVE = _listed(
    "ый ий ой ого его ому ему ым им ом ем ая яя ой ей ую юю ое ее ые ие ых их ыми ими"
)
_FEMININE = ("у", "ой", "ою", "е", "", "ам", "ами", "ах")
_MASCULINE = ("", *_listed("а у ом е ы ов ам ами ах"))
_SURNAME = "а у ом е ы ов ам ами ах ым ых ыми"
_CITIZEN = "нин нина нину нином нине не н нам нами нах"
_RUSSIAN: tuple[_Rule, ...] = (
    (("ский", "цкий", "ный", "ый", "ой", "ая", "яя", "ое", "ее", "ые", "ых", "их"), _ADJECTIVE),
    (("ого", "его", "ому", "ему", "ыми", "ими"), _ADJECTIVE),
    (_listed("кий хий ший щий жий чий шний дний жний чний нний тний вний хний"), _ADJECTIVE),
    (("ия", "ией"), _listed("ия ии ию ией иею ий иям иями иях")),  # Германия, not германий
    (("ие", "ием"), _listed("ия ии ию ие ием ий иям иями иях")),
    (("ии", "ию", "иям", "иями", "иях", "ий"), _listed("ия ии ию ией ие ием ий иям иями иях")),
    (("ость", "ости", "остью"), _listed("ость ости остью остей остям остями остях")),
    (("ец", "цы"), _listed("ец ца цу цем цом це цы цев цов цам цами цах")),
    (
        ("аец", "еец", "оец", "иец"),
        _listed("ец йца йцу йцем йце йцы йцев йцам йцами йцах"),
    ),
    (("ок",), _listed("ок ка ку ком ке ки ков кам ками ках")),
    (("ок",), _suffixed("ок", "а у ом е и ов ам ами ах")),
    (("ень",), _listed("ень ня ню нем не ни ней ням нями нях ени енью еней")),
    (("ка", "га", "ха"), ("а", "и", *_FEMININE)),
    (("жа", "ша", "ча", "ща"), ("а", "и", "ей", *_FEMININE)),
    (("ца",), ("а", "ы", "ей", "ею", *_FEMININE)),
    (("ье", "ья"), _listed("ье ья ьи ью ьем ьей ей ьям ьями ьях")),
    (("ще", "це"), _listed("е а у ем ам ами ах")),
    (("анин",), _suffixed("а", _CITIZEN)),
    (("янин",), _suffixed("я", _CITIZEN)),
    (("йка", "ька"), _listed("ка ки ке ку кой кою кам ками ках")),
    (("цка", "чка", "шка", "жка"), _listed("ка ки ке ку кой кою ек кам ками ках")),
    (("нка", "тка", "дка", "вка", "рка", "лка"), _listed("ка ки ке ку кой кою ок кам ками ках")),
    (("а",), ("а", "ы", *_FEMININE)),
    (("ова", "ева"), _listed("а ы у ой ою е ам ами ах")),  # Захарова is not Захаров
    (("ы",), ("ы", "", "а", "у", "ом", "ой", "е", "ов", "ам", "ами", "ах")),
    (("я",), _listed("я и ю ей ею е ь ям ями ях")),
    (("о",), ("о", "а", "у", "ом", "е", "", "ам", "ами", "ах")),
    (("е",), _listed("е я ю ем и ей ям ями ях")),
    (("ь",), _listed("ь я ю ем е и ью ей ям ями ях")),
    (("чь", "щь"), _listed("ь и ью ей ам ами ах")),
    (("ц",), _suffixed("ц", "а у ем е ы ев ам ами ах")),
    (("й",), _listed("й я ю ем е и ев ям ями ях")),
    (("и",), ("и", "ь", "ей", "ям", "ями", "ях", "", "а", "у", "ом", "е", "ов", "ам", "ами", "ах")),
    (("",), _MASCULINE),
    *(((last,), _suffixed(last, "а у ом е и ов ам ами ах")) for last in "кгх"),
    *(((last,), _suffixed(last, "а у ем ом е и ей ам ами ах")) for last in "жшчщ"),
    *(((end,), _suffixed(end, _SURNAME)) for end in ("ов", "ев", "ин", "ын")),
)
_UK_LISTED = _paradigms(
    """
    день дня дню днем дні днів дням днями днях
    війна війни війні війну війною воєн війнам війнами війнах
    рік року роком році роки років рокам роками роках
    бій бою боєм бої боїв боям боями боях
    схід сходу сходом сході
    захід заходу заходом заході заходи заходів заходам заходами заходах
    кінець кінця кінцю кінцем кінці кінців
    школа школи школі школу школою шкіл школам школами школах
    зброя зброї зброю зброєю
    час часу часом часі часи часів часам часами часах
    гроші грошей грошам грошима грошах
    """
)
_UKRAINIAN_ADJECTIVE = _listed("ий ій ого ього ому ьому им ім а я ої у ю ою е є і ї їх их іми ими")
_UK_MASCULINE = _listed("а у ом ем і ові еві и ів ам ами ах")
_UK_CHANGING = _listed("вір бір від хід зір ліг лід міг гіт різ ніс")  # договір, договору
_UK_NOUN = "а у ом і ові и ів ам ами ах"
_UK_SURNAME = "а у ом ем і ові еві и ів ам ами ах им их ими"
_UKRAINIAN: tuple[_Rule, ...] = (
    (("ський", "цький", "ий", "ої", "ого", "ому", "их", "ими"), _UKRAINIAN_ADJECTIVE),
    (
        ("ія", "ії", "ію", "ією", "ій"),
        _listed("ія ії ію ією іє ій іям іями іях"),
    ),
    (("ість", "ості", "істю"), _listed("ість ості істю остей остям остями остях")),
    (("ець", "ці"), _listed("ець ця цю цем цеві ці ців цям цями цях")),
    (("аєць", "оєць", "єць"), _listed("єць йця йцю йцем йцеві йці йців йцям йцями йцях")),
    (("ння", "ття"), _listed("я ю ям ями ях і")),
    (("ння",), _listed("ння нням нню нь")),
    *(((end,), (end, *_suffixed(end.replace("і", "о"), _UK_NOUN))) for end in _UK_CHANGING),
    (("анин",), _suffixed("а", "нин нина нину нином нині ни н нам нами нах")),
    (("янин",), _suffixed("я", "нин нина нину нином нині ни н нам нами нах")),
    (("ок",), _listed("ок ка ку ком ці ки ків кам ками ках кові")),
    (("ень",), _listed("ень ня ню нем ні нів ням нями нях неві")),
    (("ів",), ("ів", *_suffixed("ов", "а у ом і ові"), *_suffixed("ев", "а у ом і"))),  # Харків
    (("їв",), ("їв", *_suffixed("єв", "а у ом і ові"))),  # Київ
    (("ка", "ки"), ("ка", "ки", "ку", "ці", "кою", "ко", "ок", "кам", "ками", "ках")),
    (
        ("ака", "ека", "ика", "іка", "ука", "аки", "еки"),
        _listed("ка ки ку ці кою ко к кам ками ках"),
    ),
    (("га", "ги"), ("га", "ги", "гу", "зі", "гою", "г", "гам", "гами", "гах")),
    (("а", "и"), ("а", "и", "у", "і", "ою", "ею", "о", "", "ам", "ами", "ах", "ів", "ом")),
    (("я",), _listed("я і ю ею є ї ь ям ями ях")),
    (("о",), ("о", "а", "у", "ом", "і", "ові", "", "ам", "ами", "ах")),
    (("е",), _listed("е я ю ем і ь ям ями ях")),
    (("ь",), _listed("ь я ю ем еві і ів ей ям ями ях")),
    (("й",), _listed("й я ю єм єві ї їв ям ями ях")),
    (("ї", "і"), ("ї", "і", "й", "ь", "я", "їв", "ів", "ям", "ями", "ях", "ам", "ами", "ах", "ей")),
    (("",), ("", *_UK_MASCULINE)),
    *(((end,), _suffixed(end, _UK_SURNAME)) for end in ("ін", "ов", "єв", "ев")),
)
_LISTED_BY = {"ru": _RU_LISTED, "uk": _UK_LISTED}
CYRILLIC = {"ru": _RUSSIAN, "uk": _UKRAINIAN}


def cyrillic(word: str, language: str) -> Iterator[str]:
    """Yield the forms of a word; by the rules of both languages where it is neither of them."""
    if word in _UNCHANGED:
        return
    for known in [language] if language in CYRILLIC else CYRILLIC:
        yield from _LISTED_BY[known].get(word) or _by_rules(word, CYRILLIC[known])


def _by_rules(word: str, rules: Iterable[_Rule]) -> Iterator[str]:
    """Yield the paradigms of all rules with the longest ending that fits."""
    longest = max(_fitting(word, known) for known, _ in rules)
    for known, endings in rules:
        size = _fitting(word, known)
        if size < longest:  # several of one length are all tried
            continue
        # ский is one ending of the rule, but ий is what changes
        stem = word[: len(word) - _changing(word[len(word) - size :], endings)]
        # a feminine without ending needs a stem of four letters: Газа is not газ
        yield from (stem + ending for ending in endings if ending or len(stem) > _SHORTEST)


def _fitting(word: str, known: Iterable[str]) -> int:
    """Return the length of the longest ending that leaves two letters of the word, -1 for none."""
    fitting = (ending for ending in known if word.endswith(ending))
    return max((len(ending) for ending in fitting if len(word) - len(ending) > 1), default=-1)


def _changing(ending: str, endings: Iterable[str]) -> int:
    """Return how many letters of a recognised ending are the paradigm's own: 2 of `ский`."""
    return max((len(own) for own in endings if ending.endswith(own)), default=0)
