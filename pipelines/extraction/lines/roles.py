"""Give one line of scraped text its role by its shape: one line in, one `Role` out.

- CLOCK: a date or a time and nothing else, "Published" and zone names aside.
- FURNITURE: words of the page, not of the article (share buttons, cookie notes, credits), what it
  says of itself in whole sentences (consent, a player that failed, an agency's text nobody edited),
  and menus that lost their line breaks: many capitals and no full stop.
- COMMENTS: the heading of the readers' comments. BOUNDARY: a heading after which another part of
  the page begins, such as related stories.
- BYLINE: "By" and a name. CAPTION: "Photo:" and a description.
- TAGS: three or more short phrases separated by commas.
- PROSE: a sentence of some length. SENTENCE: a short one, prose only between prose.
- TITLE: four to thirty words without a full stop, the shape of a headline. SHORT: anything less.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from pipelines.article import Zone
from pipelines.calendars import in_our_calendar, with_ascii_digits
from pipelines.date_formats import MONTHS
from pipelines.extraction.lines.notices import is_notice
from pipelines.extraction.lines.phrases import COMMENTS, FURNITURE, RELATED, phrase_of, sends_on


class Role(StrEnum):
    """What a line looks like, before its neighbours are looked at."""

    CLOCK = "clock"
    FURNITURE = "furniture"
    COMMENTS = "comments"
    BOUNDARY = "boundary"
    BYLINE = "byline"
    CAPTION = "caption"
    TAGS = "tags"
    PROSE = "prose"
    SENTENCE = "sentence"
    TITLE = "title"
    SHORT = "short"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a clipping: its number in the file, normalised text, role and zone."""

    number: int
    text: str
    role: Role
    zone: Zone = Zone.FURNITURE


_STAMP_TEXT = """
published updated posted modified last first on at am pm date created time est edt gmt utc bst cet
cest msk et pt local issued the of and hrs ist jst
veröffentlicht aktualisiert stand uhr um am vom publié mis à jour le h publicado actualizado el
опубликовано обновлено дата в мск года г оновлено о рік року
monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag
lundi mardi mercredi jeudi vendredi samedi dimanche
lunes martes miércoles jueves viernes sábado domingo
понедельник вторник среда четверг пятница суббота воскресенье
понеділок вівторок середа четвер п'ятниця субота неділя
شنبه یکشنبه دوشنبه سه سهشنبه چهارشنبه پنج پنجشنبه جمعه ساعت تاریخ انتشار เวลา น
"""
_STAMP = frozenset(_STAMP_TEXT.split()) | frozenset(MONTHS)
_PHRASES = r"""
share | share\ (?:this|on|via)\b.* | tweet | print | e-?mail | save | copy\ link | like
| follow(?:\ us)?\b.* | listen(?:\ live|\ now|\ to\ this.*)? | watch(?:\ live|\ now)? | play | pause
| live | subscribe\b.* | sign\ (?:up|in)\b.* | log\ ?in | register
| get\ (?:short\ url|the\ (?:app|latest)\b.*|our\ newsletter.*)
| menu | home | search | skip\ to\b.* | advertisement | ad | sponsored | loading.* | close | next
| previous | back\ to\ top | top | more | view\ (?:all|more|comments) | show\ (?:more|all)
| read\ (?:more|full).* | continue\ reading.* | click\ here.* | contact\ us | about\ us
| privacy(?:\ policy)? | terms(?:\ of\ (?:use|service))? | cookie.* | accept(?:\ all)?(?:\ cookies)?
| we\ use\ cookies.* | this\ (?:web)?site\ uses\ cookies.* | all\ rights\ reserved.*
| copyright\b.* | ©.* | \(c\).* | community\ (?:standards|guidelines).* | discussion
| reuse\ (?:this\ )?content | report\ (?:an\ )?error.* | newsletter.* | donate.*
| \d[\d.,]*[km]?\ (?:shares?|comments?|views?|likes?) | (?:\d+\ )?min(?:ute)?s?\ read
| reading\ time.*
| (?:image|photo|picture|slide|bild|foto|imagen|immagine)?\ ?\d{1,3}\ (?:of|von|de|di|sur)\ \d{1,3}
| (?:duration|dauer|durée|duración|durata)\W{0,2}\ ?\d{1,2}:\d\d(?::\d\d)?
| поделиться.* | подписаться.* | подписывайтесь.* | читать\ далее.* | реклама | войти | поиск | меню
| главная | короткая\ ссылка | получить\ короткую\ ссылку | версия\ для\ печати
| все\ права\ защищены.* | читайте\ также
| teilen | drucken | anzeige | werbung | anmelden | abonnieren.* | merken | startseite | suche
| mehr\ zum\ thema
| (?:folgen?\ (?:sie\ )?uns | suivez[- ]nous | s[ií]guenos | seguici | siga-nos)\b.*
| (?:this\ (?:article|story|post|piece|column)\ (?:was|has\ been)\ )?
  (?:(?:originally|first)\ (?:published|appeared)|re-?(?:published|printed))
  \ (?:in|on|at|by|from|with)\b.{1,90}
| (?:more|for\ more|follow)\b.{0,60}\bhttps?://.*
| (?:in\ (?:partnership|association|cooperation)\ with | en\ (?:partenariat\ avec|asociación\ con)
  | in\ zusammenarbeit\ mit | sponsored\ by | presented\ by)\ .{2,40}
| partager.* | imprimer | s'abonner.* | publicité | connexion | accueil
| compartir.* | imprimir | publicidad | suscr[ií]b.* | iniciar\ sesión | inicio | condividi.*
| facebook | twitter | x | whatsapp | telegram | linkedin | vkontakte | reddit | pinterest
| instagram | youtube | rss | viber | vk | flipboard
"""
_NOTICE_WORDS = 45
_WHOLE_FURNITURE = re.compile(rf"(?:{_PHRASES})\W*", re.IGNORECASE | re.VERBOSE)
_COMMENTS = re.compile(
    r"""
    \W* (?: (?:\d+\ )? (?: comments? | комментарии | kommentare | commentaires | comentarios )
      | \d+\ (?: comments? | thoughts? | responses? | replies | kommentare? | commentaires?
        | comentarios? ) \ (?:on|to|zu|sur|en|a)\b .{1,200}
      | schreiben?\ (?:sie\ )?einen\ kommentar | (?:laisser|ajouter)\ un\ commentaire
      | deja\ un(?:a|\ comentario)\b.{0,20} | lascia\ un\ commento | tinggalkan\ balasan
      | leave\ a\ (?:comment|reply) | join\ the\ (?:discussion|debate) | post\ a\ comment
    ) (?: \ \(\d+\) )? \W*
    """,
    re.IGNORECASE | re.VERBOSE,
)
_HEADINGS = r"""
related(?:\ (?:articles?|stories|news|topics|posts?|content|links?))?
| most\ (?:read|popular|viewed|shared) | recommended(?:\ (?:for\ you|stories))?
| you\ (?:may|might)\ (?:also\ )?like | more\ (?:from|on|in|stories|news)\b.{0,40}
| latest\ (?:news|stories) | top\ stories | trending(?:\ now)? | see\ also | read\ (?:also|next)
| also\ in\ this\ section
| mehr\ aus\b.*
"""
_BOUNDARY = re.compile(rf"(?:{_HEADINGS})\W*", re.IGNORECASE | re.VERBOSE)
_BYLINE = re.compile(
    r"^(?i:by|von|par|por|di|written by|reporting by|story by|автор|текст|автор текста)\s*:?\s+"
    r"(?P<name>[^\W\d_a-zа-яё][^\d:;!?]{2,70})$"
)
_CAPTION = re.compile(
    r"^(?:file photo|photo|image|picture|caption|pictured|foto|bild|фото|imagen|photo d'archive)"
    r"(?: caption)?\s*[:.|—–-]\s*(?P<text>.+)$",
    re.IGNORECASE,
)
_AGENCY = (
    r"(?:AP|AFP|EPA|EFE|dpa|ANSA|TASS|Reuters|REUTERS|Getty|Associated Press|ASSOCIATED PRESS"
    r"|Images?|Photos?|Foto|[Ss]ource|[Cc]redit|Courtesy|[Ss]upplied|Handout|IMAGO|imago|Flickr|Shutterstock|Unsplash|iStock|Alamy|Wikimedia)"
)
_CREDITED = re.compile(
    rf"\([^()]{{0,60}}\b{_AGENCY}\b[^()]{{0,40}}\)\W*$|\b(?:AFP|EFE|EPA|REUTERS)\W*$|©"
    r"|\bfile photo\b|Foto:|Ảnh:|\s摄\W*$"
    r"|[(\[](?:Bild|Foto|Photo|Image|Credit|Quelle|Source|사진|写真)\b[^()\[\]:=]{0,12}[:=：]"
)
# "…on the quay on Monday. Supplied": a name without a stop after a sentence with one.
_SIGNED = re.compile(
    r"\b[a-zß-ÿ]{4,}[”\"'’)]?\.\s?[A-ZÀ-Þ][\w.'’&|/-]*(?:[ ,/|]+[A-ZÀ-Þ&][\w.'’-]*){0,2}"
    r"(?:,? \S+@\S+)?$"
)
_SIGNED_WORDS = 12
_CREDIT = re.compile(
    rf"(?:\([^()]*\)|©.*|(?:[A-ZÀ-Þ][\w.'’-]*(?:[\s,/|&–-]+(?:(?:via|for)\s)?)){{0,6}}{_AGENCY}"
    rf"(?:[\s/,|-]+[A-Z]\w*){{0,3}}|(?:mit|avec|con|with) {_AGENCY}"
    r"|(?i:(?:main |cover |lead |header |title |featured )?(?:photo|foto|image|bild|credit|source"
    r"|quelle|illustration|graphic|video)s?(?: (?:credits?|by|from|courtesy(?: of)?))?\s*:.*)"
    r"|(?:Photo(?:graph)?|Illustration|Image|Graphic|Foto|Grafik)s? (?:by|von|par) [A-ZÀ-Þ].*"
    r"|(?:Photo )?[Cc]ourtesy(?: of)? [A-ZÀ-Þ].*)\W*"
)
_CREDIT_WORDS = 8
_CREDIT_LETTERS = 500  # a letter and 8,000 dashes took 2 s, twice as many four times that
# "(Image: made by a machine for our desk)": brackets around all of a line, whatever is in them.
_BRACKETED = re.compile(r"[(\[](?:Bild|Foto|Photo|Image|Credit|Quelle|Source)s?\s*:[^()\[\]]*[)\]]")
_BRACKETED_WORDS = 25
_TAG_LABEL = re.compile(
    r"(?:tags?|topics?|keywords|filed under|more on|themen|schlagw[öo]rter|stichw[öo]rter"
    r"|mehr (?:lesen über|zum thema)|sur le même sujet|mots[- ]clés|temas|etiquetas|argomenti"
    r"|in this story|(?:places|organizations|people) in (?:this|the) story|теги|темы)\s*:?",
    re.IGNORECASE,
)
_PRESENTS = re.compile(r" (?:is|was founded|ist|est|es|è|är|er)\b")
_SAYS = re.compile(
    r"\s(?:says|said|sagte?|schreibt|dit|dice|dijo|ha detto|disse|diz|zegt|schreef|pisze|skriver"
    r"|skrev|сказала?|пише|пишет|diyor ki|dedi ki|kata)\s?:$"
)
_SAYER = 60  # letters
_SITE_NAME = 5  # letters of a site's name that is no common word
_READ_ALSO = re.compile(
    r"(?:(?:read|see|watch) (?:also|more|next)|also (?:read|on)|related(?: (?:post|story|article"
    r"|link)s?)?|lesen sie (?:auch|hier|dazu)|mehr dazu|auch interessant|à lire(?: aussi)?"
    r"|lire aussi|lea también|lee también|te puede interesar|leggi anche|leia (?:também|mais)"
    r"|lees ook|les også|läs (?:också|mer)|czytaj (?:też|także|również)|читайте также"
    r"|читайте також|【関連記事】|関連記事|相关阅读|延伸阅读|延伸閱讀)\s*[:：|»>–—【」】]?\s*",
    re.IGNORECASE,
)
_LETTER = r"(?:newsletters?|boletín|e-?mail list|mailing list|inbox|posteingang)"
_OFFER = re.compile(
    rf"\b(?:sign up|subscribe|join)\b.{{0,80}}\b{_LETTER}"
    rf"|\b{_LETTER}\b.{{0,60}}\b(?:sign up|subscribe|abonnieren|anmelden|bestellen)\b"
    rf"|\b(?:abonnieren|bestellen|holen) sie\b.{{0,60}}\b{_LETTER}"
    rf"|\b(?:abonnez-vous|inscrivez-vous|suscríbete|suscríbase|iscriviti)\b.{{0,60}}\b{_LETTER}"
    r"|^visit\b.{2,40}\b(?:home ?page|website)\b.{0,5} for more\b",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.!?…。！？؟۔।॥]['\"”»’)\]」』]*$")
_EAST_ASIAN_STAMP = re.compile(
    r"(?:\d{4}[年년])?\s?\d{1,2}[月월]\s?\d{1,2}[日일](?:\s*[(（].[)）])?"
    r"(?:\s*\d{1,2}(?::|時|时|시\s?)(?:\d{1,2}分?분?)?)?"
)
_ARROW = re.compile(r"\s[»›→]$")
_STOP = re.compile(r"[.!?…。]['\"”»’)]*(?:\s|$)")
_JOINED = re.compile(r"[a-zà-ÿа-я][A-ZÀ-ÞА-Я][a-zà-ÿа-я]")
_JOINS = 3
_MENU_WORDS = 25
_COLON_END = re.compile(r"[:;,]['\"”»]*$")
_ONE_SCRIPT = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")  # no spaces between words
_SMALL_TEXT = """
to in on as for at is are was were be by from with after over says said will
und im auf zu à au pour dans en por para с в на по за из от о
"""
_SMALL_WORDS = frozenset(_SMALL_TEXT.split())


@lru_cache(maxsize=1 << 12)  # a menu's lines come back, and a line is asked about more than once
def role_of(line: str) -> Role:
    """Return the role of a normalised, non-empty line."""
    if (kind := phrase_of(line)) in _PHRASED:
        return _PHRASED[kind]
    for test, role in _BY_FORM:
        if test(line):
            return role
    return _by_length(line)


def is_clock(line: str) -> bool:
    """Say whether the line is a date or a time and nothing else."""
    if len(line) > 90 or not any(map(str.isdecimal, line)):
        return False
    line = in_our_calendar(with_ascii_digits(line))
    if _EAST_ASIAN_STAMP.fullmatch(line):
        return True
    words = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", line.casefold())
    if not all(word in _STAMP for word in words):
        return False
    return bool(re.search(r"\d{1,2}:\d\d", line) or re.search(r"(?:19|20)\d\d", line))


def is_furniture(line: str) -> bool:
    """Say whether the line is a known phrase of pages, or has no word in it."""
    return phrase_of(line) == FURNITURE or _is_worded_furniture(line)


def _is_worded_furniture(line: str) -> bool:
    """Say the same of what is known by a pattern, and not by the list of phrases."""
    if not any(map(str.isalpha, line)):
        return True
    if _WHOLE_FURNITURE.fullmatch(line) and len(line) < 160:
        return True
    if n_words(line) <= _NOTICE_WORDS and is_notice(line):
        return True
    # Two buttons that lost the space between them: "Community standardsDiscussion".
    halves = re.split(r"(?<=[a-zа-яё])(?=[A-ZА-ЯЁ])", line)
    if 1 < len(halves) <= 6 and all(map(_WHOLE_FURNITURE.fullmatch, halves)):
        return True
    return bool(re.fullmatch(r"(?:https?://|www\.)\S+|@\w+|#\w+", line))


def is_tag_list(line: str) -> bool:
    """Say whether the line is three or more short phrases separated by commas."""
    pieces = [piece.strip() for piece in re.split(r"[,،、;|]", line)]
    if len(pieces) < 3 or _ENDS.search(line) or not all(pieces):
        return False
    return all(map(_is_tag, pieces))


def author_in(line: str) -> str:
    """Return the name of a byline; "" where there is none."""
    match = _BYLINE.match(line)
    if match is None or len(match["name"].split()) > 9 or _ENDS.search(line[-2:-1]):
        return ""
    name = re.split(r"\s*[,|•·]\s*", match["name"].strip())[0]
    words = [word for word in name.split() if word.casefold() not in {"and", "und", "et", "y", "и"}]
    return name if words and all(not word[0].islower() or len(word) < 4 for word in words) else ""


@lru_cache(maxsize=1 << 12)  # rules and trees ask it of each line
def is_credit(line: str) -> bool:
    """Say whether the line names who made a picture, and nothing else."""
    words = n_words(line)
    if words <= _CREDIT_WORDS:
        return len(line) <= _CREDIT_LETTERS and _CREDIT.fullmatch(line) is not None
    return words <= _BRACKETED_WORDS and _BRACKETED.fullmatch(line) is not None


def has_credit(line: str) -> bool:
    """Say whether a credit stands in the line, as at the end of captions."""
    if _CREDITED.search(line):
        return True
    return n_words(line) >= _SIGNED_WORDS and _SIGNED.search(line) is not None


def is_tag_label(line: str) -> bool:
    """Say whether the line is the heading of a list of tags."""
    return _TAG_LABEL.fullmatch(line) is not None


def presents_site(line: str, site: str) -> bool:
    """Say whether a line begins by saying what the site of this domain is."""
    label = site.split(".")[0]
    names = (site, label) if len(label) >= _SITE_NAME else (site,)
    told = line.casefold()
    return any(n and told.startswith(n) and _PRESENTS.match(told[len(n) :]) for n in names)


def opens_comment(line: str, below: Role) -> bool:
    """Say whether a line and a date below it open a reader's comment: "Jana Roe says:"."""
    return below is Role.CLOCK and len(line) <= _SAYER and _SAYS.search(line) is not None


def says_read_also(line: str) -> bool:
    """Say whether the line begins by sending the reader to another article."""
    return _READ_ALSO.match(line) is not None or sends_on(line)


def offers_the_house(line: str) -> bool:
    """Say whether a shorter line offers a newsletter, or more on the site's front page."""
    return _OFFER.search(line) is not None and n_words(line) <= _NOTICE_WORDS


def points_on(line: str) -> bool:
    """Say whether the line ends with an arrow, as links do: "Read our tests »"."""
    return bool(_ARROW.search(line)) and not any(map(line[:-1].count, "«»‹›"))


def ends_sentence(line: str) -> bool:
    """Say whether the line ends as sentences do."""
    return bool(_ENDS.search(line))


def is_title_case(line: str) -> bool:
    """Say whether nearly all longer words begin with a capital, as in English headlines."""
    words = [
        word for word in re.findall(r"[^\W\d_]{4,}", line) if word[0].lower() != word[0].upper()
    ]
    return bool(words) and sum(word[0].isupper() for word in words) >= 0.8 * len(words)


def is_dense(text: str) -> bool:
    """Say whether the text is in a script that has no spaces between words."""
    return _ONE_SCRIPT.search(text) is not None


def n_words(line: str) -> int:
    """Return the number of words; two characters count as one where a script has no spaces."""
    words = len(line.split())
    return words if line.isascii() else words + len(_ONE_SCRIPT.findall(line)) // 2


def _is_tag(piece: str) -> bool:
    words = piece.split()
    if len(words) > 1 and any(word in _SMALL_WORDS for word in words):
        return False
    capitals = all(word[0].isupper() for word in words if len(word) > 3)
    return len(words) <= 3 or (len(words) <= 5 and capitals)


def _is_credit(line: str) -> bool:
    match = _CAPTION.match(line)
    return match is not None and n_words(match["text"]) < 6


def _is_menu(line: str) -> bool:
    """Say whether the line is a menu that lost its line breaks, or even its spaces."""
    if len(_JOINED.findall(line)) >= _JOINS and not _ENDS.search(line):
        return True
    if len(line) <= 2 * _MENU_WORDS:
        return False
    return n_words(line) > _MENU_WORDS and is_title_case(line) and not _STOP.search(line)


def _by_length(line: str) -> Role:
    words = n_words(line)
    if _ENDS.search(line):
        return Role.PROSE if words >= 6 else Role.SENTENCE
    if words > 30 or (words >= 8 and _COLON_END.search(line)):
        return Role.PROSE
    return Role.TITLE if words >= 4 else Role.SHORT


_PHRASED = {COMMENTS: Role.COMMENTS, RELATED: Role.BOUNDARY, FURNITURE: Role.FURNITURE}
_BY_FORM = (
    (is_clock, Role.CLOCK),
    (lambda line: bool(_COMMENTS.fullmatch(line)), Role.COMMENTS),
    (lambda line: bool(_BOUNDARY.fullmatch(line)), Role.BOUNDARY),
    (_is_worded_furniture, Role.FURNITURE),
    (lambda line: bool(author_in(line)), Role.BYLINE),
    (_is_credit, Role.FURNITURE),
    (lambda line: bool(_CAPTION.match(line)), Role.CAPTION),
    (is_tag_list, Role.TAGS),
    (_is_menu, Role.FURNITURE),
)
