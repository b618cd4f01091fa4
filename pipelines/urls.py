"""Give one address to one article: the canonical form of a URL, and the domain it belongs to.

Rules of `canonical`:

- Only http and https; anything else is the empty string.
- http and https name the same article, so the scheme becomes https. An explicit port, an IP
  address or a host without a dot (a machine at home) keeps its scheme: https may not answer there.
- Host in lower case (punycode for other scripts), without user name, default port or final dot.
- No fragment; no parameters that only say where a reader came from; the others sorted.
- No trailing slash except for the root; dot segments resolved; percent-escapes in one spelling.
"""

import ipaddress
import posixpath
import re
from urllib.parse import (
    SplitResult,
    parse_qsl,
    quote,
    unquote_to_bytes,
    urlencode,
    urlsplit,
    urlunsplit,
)

# Names of parameters that never choose the article. Sources: the query-stripping lists of Firefox
# and AdGuard, cut to what cannot be content (`source`, `page`, `id` and `ref` alone may be).
_TRACKING = re.compile(
    r"^(?:utm_|mtm_|pk_|piwik_|hsa_|at_|vero_|oly_|ga_|itm_|mc_[ce]id|mkt_tok|sc_)"
    r"|^(?:fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|ysclid|twclid|ttclid|igshid|igsh"
    r"|li_fat_id|_ga|_gl|__twitter_impression|ns_mchannel|ns_campaign|ns_source|ocid|cmpid|cmp"
    r"|smid|smtyp|xtor|wt_mc|wt\.mc|wt_zmc|ftag|guccounter|guce_referrer|guce_referrer_sig"
    r"|ref_src|ref_url|spm|s_cid|icid|ncid|taid|feature|traffic_source|amp_js_v|usqp|partner)$",
    re.IGNORECASE,
)
_SAFE_PATH = "/!$&'()*+,;=:@~-._"
_DEFAULT_PORTS = {"http": 80, "https": 443}


def canonical(url: str) -> str:
    """Return the canonical form of an http(s) address; "" for any other text."""
    parts = _split(url)
    if parts is None or not parts.hostname:
        return ""
    host = _host(parts.hostname)
    if not host:
        return ""
    try:
        port = parts.port
    except ValueError:  # not a number, or above 65535
        return ""
    scheme = parts.scheme
    if port == _DEFAULT_PORTS[scheme]:
        port = None
    if port is None and _is_public(host):
        scheme = "https"
    netloc = f"[{host}]" if ":" in host else host
    netloc = netloc if port is None else f"{netloc}:{port}"
    return urlunsplit((scheme, netloc, _path(parts.path), _query(parts.query), ""))


def domain_of(url: str) -> str:
    """Return the host of an http(s) address in lower case without `www.`; "" for any other text."""
    parts = _split(url)
    host = _host(parts.hostname) if parts is not None and parts.hostname else ""
    return host.removeprefix("www.")


def _split(url: str) -> SplitResult | None:
    """Return the parts of an http(s) address; None for anything else."""
    text = "".join(url.split())
    if text.startswith("//"):
        text = f"https:{text}"
    try:
        parts = urlsplit(text)
        usable = parts.scheme in _DEFAULT_PORTS and bool(parts.hostname)
    except ValueError:  # unbalanced brackets and the like
        return None
    return parts if usable else None


def _host(host: str) -> str:
    name = host.casefold().rstrip(".")
    if not name.isascii():
        try:
            name = name.encode("idna").decode("ascii")
        except UnicodeError:  # a label that is too long or holds characters no host may have
            return ""
    return name if re.fullmatch(r"[a-z0-9._:%-]+", name) else ""


def _is_public(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return "." in host
    return False


def _path(path: str) -> str:
    segments = [
        quote(unquote_to_bytes(part), safe=_SAFE_PATH.strip("/")) for part in path.split("/")
    ]
    joined = "/".join(segments)
    if not joined.strip("/"):
        return "/"
    return posixpath.normpath("/" + joined.lstrip("/"))


def _query(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True, errors="surrogateescape")
    kept = sorted((key, value) for key, value in pairs if not _TRACKING.search(key))
    return urlencode(kept, errors="surrogateescape")
