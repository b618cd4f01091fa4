"""Find what words and signs of a line hint at its zone: a line in, numbers out.

Captions follow what a gallery says ("Image 1 of 4", "Enlarge"), name an agency, or have a name
behind their last stop. Tags follow a heading of their own. Names stand alone on their lines. Videos
begin with how long they run, teasers and comments say how long ago they are. None of these decides;
the trees of `model.py` weigh them.
"""

import re

from pipelines.extraction.lines.roles import is_dense

_PROMPT = re.compile(
    r"^(?:(?:click to |open this |view |see |show )?(?:enlarge|expand|zoom|full ?screen|gallery"
    r"|photos? in gallery|(?:larger|full[- ]size) image|image|slideshow|lightbox)\b.{0,25}"
    r"|hide caption|toggle caption|share on pinterest|(?:image|photo|picture|bild|foto)s?:?"
    r"|(?:image|photo|bild|foto) ?\d+.{0,12}|\d+ ?/ ?\d+|vollbild|vergrößern|bild vergrößern"
    r"|agrandir.{0,15}|ampliar.{0,15}|close|caption)\W*$",
    re.IGNORECASE,
)
_AGENCY = re.compile(
    r"\b(?:AP|AFP|EPA|EFE|dpa|ANSA|NTB|TASS|PA|Reuters|REUTERS|Getty|Associated Press|Bloomberg"
    r"|IMAGO|imago|Shutterstock|iStock|Alamy|Unsplash|Flickr|Wikimedia|NASA/|Photograph by|Photo by"
    r"|[Cc]ourtesy|[Ff]oto:|[Pp]hoto:|[Ii]mage:|[Bb]ild:|[Cc]redit:|[Qq]uelle:|[Ss]ource:)"
)
_AGENCY_FROM = 60  # letters from the end, in which a credit stands
_SHOWN = re.compile(
    r"\((?:[^()]{0,20}\b)?(?:left|right|centre|center|pictured|above|below|links|rechts|oben|l|r"
    r"|gauche|droite|izquierda|derecha)\b[.,]?[^()]{0,15}\)|\bpictured\b|\bim Bild\b|\bfile photo\b"
    r"|\b(?:Symbol|Archiv)(?:bild|foto)|\b(?:shown|seen) (?:here|in)\b|\bfoto d.archivio",
    re.IGNORECASE,
)
_SHOWN_WORDS = ("(", "pictured", "im bild", "file photo", "bild", "foto", "shown", "seen")
_LABEL = re.compile(
    r"^(?:tags?|topics?|keywords|filed (?:under|to|in)|categor(?:y|ies)|posted in|more|themen?"
    r"|schlag\w+|stich\w+|kategorien?|mehr zu|sujets?|mots[- ]cl\w+|temas?|etiquetas|argomenti"
    r"|emner|теги|темы)\b\s?[:：]?\s?",
    re.IGNORECASE,
)
_LABEL_WORDS = 3
_STOP = re.compile(r"[.!?…。][\"'”’»)]*\s")
_MOST_TAIL = 6
_NAME_WORDS = range(2, 5)
_RUNS = re.compile(r"(?:\d{1,2}:)?\d{1,2}:\d\d(?!\d)")
_RUNS_WORDS = 20
_TITLE_WORDS = 3
_AGO = re.compile(
    r"\b(?:\d+|an?|one) ?(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|weeks?|months?"
    r"|years?) ago\b"
    r"|\bvor (?:\d+|einem|einer) (?:min|minuten?|stunden?|std|tag|tagen?|wochen?|monat|jahr)"
    r"|\bil y a (?:\d+|une?) \w+|\bhace (?:\d+|una?) \w+|\b(?:\d+|un['’]?a?) \w+ fa\b"
    r"|\bhá (?:\d+|uma?) \w+|\b\d+ (?:uur|minuten|dagen|weken) geleden\b"
    r"|\b\d+ \w+ (?:temu|назад|тому|önce|lalu|trước|siden|sedan|sitten)\b|\bföre \d"
    r"|\bpřed \d+ \w+|\bacum \d+ \w+|πριν από \d+|(?:منذ|قبل) \d+|לפני \d+"
    r"|\d+ ?(?:分钟|分鐘|小时|小時|天|时间|時間|日|分|시간|분|일) ?(?:前|전)",
    re.IGNORECASE,
)
_AGO_WORDS = 12


def prompts_picture(text: str) -> bool:
    """Say whether a line is what a gallery says beside its pictures."""
    return len(text) <= 45 and _PROMPT.match(text) is not None


def names_agency(text: str) -> bool:
    """Say whether the end of a line names who made or sold a picture."""
    return _AGENCY.search(text, max(len(text) - _AGENCY_FROM, 0)) is not None


def tells_what_is_shown(text: str) -> bool:
    """Say whether a line says where in a picture somebody is."""
    told = text.casefold()  # of a hundred lines ten have one of these, and are looked at closely
    return any(word in told for word in _SHOWN_WORDS) and _SHOWN.search(text) is not None


def labels_tags(text: str) -> float:
    """Return 1 for the heading of tags on its own line, .5 for one with tags behind it, else 0."""
    label = _LABEL.match(text)
    if label is None:
        return 0.0
    alone = len(text.split()) <= _LABEL_WORDS
    return 1.0 if alone else 0.5 * (":" in label[0])


def words_behind_stop(text: str) -> int:
    """Return how many words follow the last full stop inside a line, where they are few."""
    rest = text
    for stop in _STOP.finditer(text):
        rest = text[stop.end() :]
    count = len(rest.split())
    return count if rest is not text and count <= _MOST_TAIL else 0


def is_name_shaped(text: str) -> bool:
    """Say whether a line is two to four words with capitals and nothing else."""
    words = text.split()
    if len(words) not in _NAME_WORDS or is_dense(text):
        return False
    return all(word[0].isupper() and word[-1].isalpha() for word in words) and not text.isupper()


def begins_with_length(text: str) -> bool:
    """Say whether a line begins with how long a video runs, and goes on: "4:11 Ferry turns"."""
    length = _RUNS.match(text)
    rest = text[length.end() :] if length else ""
    words = [word for word in rest.split() if any(map(str.isalpha, word))]
    return len(words) >= _TITLE_WORDS and len(text.split()) <= _RUNS_WORDS


def tells_how_long_ago(text: str) -> bool:
    """Say whether a short line counts the time back from when the page was shown."""
    return len(text.split()) <= _AGO_WORDS and _AGO.search(text) is not None
