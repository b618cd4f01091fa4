"""Which addresses may be asked: pure checks of URLs and IP addresses, no socket.

Rules: http and https only; no name or password in the address; an IP address must be one of the
open Internet, in whatever notation it is written (decimal, octal, hexadecimal, IPv4 inside IPv6).
Private and loopback addresses need `http.allow_private`; link-local ones, where cloud machines keep
their secrets, are never asked.
"""

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

from pipelines.errors import FetchRefused

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

_BAD_CHARACTER = re.compile(r"[\x00-\x20\x7f\\]")
_NUMERIC = re.compile(r"0[xX][0-9a-fA-F]*|\d+")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_COMPATIBLE = ipaddress.IPv6Network("::/96")


def check_url(url: str, *, allow_private: bool = False) -> SplitResult:
    """Return the parts of an address we may ask; FetchRefused where we may not.

    A host name passes here; what it resolves to is checked when it is resolved.
    """
    if _BAD_CHARACTER.search(url):
        raise FetchRefused(
            f"refused {url!r}: an address holds no spaces or backslashes; correct it"
        )
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise FetchRefused(f"refused {url!r}: {error}; correct the address") from error
    if parts.scheme not in {"http", "https"}:
        raise FetchRefused(
            f"refused {url!r}: only http and https are asked; give a file by its path"
        )
    if "@" in parts.netloc:
        raise FetchRefused(
            f"refused {parts.scheme}://...@{host}: it holds a name or password, which would end up "
            "in logs and links; use a feed that needs none"
        )
    if not host or port == 0 or "%" in host:
        raise FetchRefused(f"refused {url!r}: it names no host; correct the address")
    check_host(host, allow_private=allow_private)
    return parts


def check_host(host: str, *, allow_private: bool = False) -> None:
    """Raise FetchRefused for a host that is an IP address we may not ask; a name passes."""
    address = literal(host)
    if address is not None:
        check_ip(address, host, allow_private=allow_private)


def literal(host: str) -> IpAddress | None:
    """Return the IP address that `host` writes in any notation, None for a name.

    FetchRefused for a host that ends in a number and is no address: resolvers disagree on those.
    """
    host = host.rstrip(".")
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        pass
    parts = host.split(".")
    if not _NUMERIC.fullmatch(parts[-1]):
        return None
    numbers = [_number(part) for part in parts]
    *high, last = numbers
    room = 256 ** (4 - len(high))
    if len(parts) > 4 or any(n is None or n > 255 for n in high) or last is None or last >= room:
        raise FetchRefused(f"refused the host {host!r}: it is neither a name nor an IP address")
    value = last
    for position, number in enumerate(high):
        value += (number or 0) * 256 ** (3 - position)
    return ipaddress.IPv4Address(value)


def _number(part: str) -> int | None:
    """Return a part of an IPv4 address as browsers and inet_aton read it: 0x hex, 0 octal."""
    if not _NUMERIC.fullmatch(part) or len(part) > 40:
        return None
    try:
        if part[:2].lower() == "0x":
            return int(part[2:] or "0", 16)
        return int(part, 8 if len(part) > 1 and part.startswith("0") else 10)
    except ValueError:  # 08 is no octal number
        return None


def check_ip(address: IpAddress, host: str, *, allow_private: bool = False) -> None:
    """Raise FetchRefused where an IP address is not one we may ask."""
    if may_ask(address, allow_private=allow_private):
        return
    way_out = (
        "no setting allows it"
        if never_asked(address)
        else "set http.allow_private = true if this machine or network is meant"
    )
    raise FetchRefused(
        f"refused {host}: {address} is not an address of the open Internet; {way_out}"
    )


def may_ask(address: IpAddress, *, allow_private: bool = False) -> bool:
    """Tell whether an IP address is of the open Internet, or allowed as private."""
    address = _inner(address)
    if never_asked(address):
        return False
    return allow_private or (address.is_global and not address.is_reserved)


def never_asked(address: IpAddress) -> bool:
    """Tell whether an IP address is refused even where private ones are allowed."""
    address = _inner(address)
    return address.is_link_local or address.is_multicast or address.is_unspecified


def _inner(address: IpAddress) -> IpAddress:
    """Return the IPv4 address that an IPv6 address carries inside, else the address itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address.ipv4_mapped or address.sixtofour:
        return address.ipv4_mapped or address.sixtofour or address
    if address.teredo:
        return address.teredo[1]
    packed_in = address in _NAT64 or (address in _COMPATIBLE and int(address) > 1)
    return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if packed_in else address
