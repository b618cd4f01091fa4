"""Know what a page says of itself in whole sentences: a line in, yes or no out.

Such sentences stand between an article's paragraphs and read like them: a text that nobody edited,
whose opinions these are, a player that failed, consent, accounts and devices, summaries by machine.
"""

import re

_NOTICES = r"""
has\ (?:not|n['’]t)\ been\ edited\ by\b | auto-?generated\ from\b | from\ a\ syndicated\ feed
| redaktionell\ nicht\ bearbeitet | automatisch\ (?:von|aus)\b.{0,80}\ übernommen
| \b(?:views|opinions)\b.{0,80}\b(?:do|does|may)\ not\ (?:necessarily\ )?(?:reflect|represent)
| \b(?:views|opinions)\b.{0,80}\bare\ (?:\w+\ )?(?:those\ of\ )?the\ (?:authors?|writers?)\b
| \bn['’]engagent?\ que\b | \bмнени[ея]\b.{0,60}\bне\ совпада
| \b(?:gibt|geben)\b.{0,40}\bmeinung(?:en)?\b.{0,60}\bwieder\b
| \bopiniones\b.{0,80}\bson\b.{0,30}\bresponsabilidad\b
| ^disclaimer\s?: | \breprinted\ (?:by|with)\ permission\b
| \b(?:video|audio|player|advertisement|ad|content)\ (?:has\ )?(?:failed\ to|not)\ load
| \bhas\ not\ loaded\ yet | browser\ does\ not\ support | (?:enable|turn\ on)\ javascript
| (?:story|article)\ continues\ (?:below|after)
| \bby\ (?:signing\ up|subscribing|registering|submitting|clicking|entering)\b.{0,60}
  \byou\b.{0,30}\b(?:agree|consent|accept|confirm|acknowledge)
| einverstanden,\ dass\ .{0,40}(?:externe|inhalte|daten) | finden\ sie\ .{0,30}externen?\ inhalt
| en\ (?:vous\ (?:inscrivant|abonnant)|cliquant)\b.{0,60}\bacceptez
| al\ (?:suscribir|registrar|hacer\ clic)\w*\b.{0,60}\baceptas?
| s[oó]lo\ para\ (?:suscriptores|registrados)
| suscripci[oó]n\ se\ está\ usando | \b(?:usando|compart\w+)\ tu\ cuenta
| \bleyendo\ en\ este\ dispositivo\b | \bs['’]affichera\ sur\ l['’]autre\ appareil
| \blire\b.{0,60}\bsur\ un\ seul\ appareil | ^lecture\b.{0,40}\bsur\ un\ autre\ appareil
| \bavec\ ce\ compte\b | \bavec\ votre\ compte\ sur\ autant\b
| \bunlimited\ (?:online|digital)\ access\b | \breplica\ of\ the\ print\ edition\b
| \bsign\ in\ to\ (?:continue|unlock|read)\b | \bcookie[- ]?(?:einstellungen|settings)\b
| \bihr\ benutzerkonto\b
| ^\[.{0,200}\b(?:news(?:letter|blog)|live-?blog|lesen\ sie|read\ (?:more|also)|subscribe)\b
  .{0,200}\]$
| \b(?:manage|activate|renew)\ your\ subscription\b | \bauf\ einem\ anderen\ gerät\ gelesen
| (?:summary|zusammenfassung|sammendraget|sammanfattningen|résumé|resumen)\b.{0,40}
  \b(?:generated|created|erstellt|erzeugt|laget|skapad|généré|generado)\b
"""
_NOTICE = re.compile(_NOTICES, re.IGNORECASE | re.VERBOSE)


def is_notice(line: str) -> bool:
    """Say whether a line has words that pages say of themselves and articles hardly ever."""
    return _NOTICE.search(line) is not None
