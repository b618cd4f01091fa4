"""Ask an address politely and safely; the only file of Wirewatch that opens sockets.

Rules: the robots.txt of a host is asked first and kept for 24 h; a host is asked at most once in
`per_host_delay_seconds`; redirects are followed by hand, each hop checked like the first, and never
from one host to a private address of another; only addresses of the open Internet are connected to,
checked after the name is resolved; the answer is decompressed under a cap; all of it, retries
included, ends by one deadline, to which only the waits of politeness are added.
"""

import asyncio
import random
import socket
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from urllib.parse import urljoin, urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from pipelines.config import HttpConfig
from pipelines.errors import FetchRefused, SourceError
from pipelines.sources._addresses import check_host, check_ip, check_url, literal, may_ask
from pipelines.sources._retry import RETRIES, back_off, in_words, retry_after
from pipelines.sources._robots import MAX_ROBOTS_BYTES, Robots
from pipelines.sources.http_message import media_type
from pipelines.sources.inflate import Inflater

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_AGAIN = frozenset({429, 500, 502, 503, 504})
_PIECE = 65_536
_ADVICE = {
    401: "it wants a login; use a feed that needs none",
    403: "it refuses us; ask the publisher, or take another feed",
    404: "there is nothing there; look for the feed's new address",
    410: "it is gone for good; take the source out",
    429: "it wants fewer requests; read it less often",
}


class RequestFailed(SourceError):
    """An address was asked and did not answer as it should.

    `status` is the HTTP status where there was one, `wait` the seconds the server asks to wait.
    """

    def __init__(self, message: str, *, status: int | None = None, wait: float = 0.0) -> None:
        super().__init__(message)
        self.status = status
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Response:
    """A good answer (2xx, or 304 without a body), decompressed."""

    url: str  # the address that answered, after redirects
    status: int
    fetched_at: datetime
    body: bytes = b""
    encoding: str = ""  # the charset of Content-Type, where it is one
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


class Http:
    """Asks addresses one after the other; use it as a context manager.

    `sleep` and `jitter` are given by tests, which do not want to wait.
    """

    def __init__(
        self,
        config: HttpConfig | None = None,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._config = config or HttpConfig()
        self._sleep = sleep
        self._jitter = jitter
        self._agent = _user_agent(self._config)
        self._runner = asyncio.Runner()
        self._resolver = _Resolver()
        self._session: aiohttp.ClientSession | None = None
        self._next_turn: dict[str, float] = {}  # host -> time before which it is not asked
        self._robots: dict[str, Robots] = {}

    def __enter__(self) -> "Http":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give back the connections."""
        if self._session is not None:
            self._runner.run(self._session.close())
            self._session = None
        self._runner.close()

    @staticmethod
    def now() -> datetime:
        """Return the time, for the record of a request that failed."""
        return datetime.now(UTC)

    def get(self, url: str, *, etag: str = "", last_modified: str = "") -> Response:
        """Ask an address, only for what changed where `etag` or `last_modified` are given.

        Raises FetchRefused for an address we may not ask and RequestFailed for one that does not
        answer well in time.
        """
        conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in conditions.items() if value}
        return self._runner.run(self._get(url, headers))

    async def _get(self, url: str, headers: Mapping[str, str]) -> Response:
        seconds = self._config.timeout_seconds
        try:
            async with asyncio.timeout(seconds) as deadline:
                return await self._follow(
                    url, headers, deadline, private=self._config.allow_private, robots=True
                )
        except TimeoutError as error:
            raise RequestFailed(
                f"{url} did not answer within {seconds:g} s; it is asked again with the next run"
            ) from error

    async def _follow(
        self,
        url: str,
        headers: Mapping[str, str],
        deadline: asyncio.Timeout,
        *,
        private: bool,
        robots: bool,
    ) -> Response:
        """Ask an address and where it redirects to, each hop checked for itself.

        `private` allows private addresses, and `robots` asks robots.txt first.
        """
        first = check_url(url, allow_private=private).hostname
        seen = [url]
        while True:
            # A stranger must not lead us to a private address, not even where those are allowed.
            private = private and urlsplit(url).hostname == first
            host = check_url(url, allow_private=private).hostname or ""
            if robots and self._config.respect_robots:
                await self._obey_robots(url, deadline, private=private)
            # Set after robots.txt was asked: its redirects set this too.
            self._resolver.allow_private = private
            answer = await self._ask_again(url, host, headers, deadline)
            if answer.status not in _REDIRECTS:
                return self._response(url, answer, conditional=bool(headers))
            location = answer.headers.get("Location", "")
            target = _target(url, location)
            if not location or target in seen:
                raise RequestFailed(
                    f"{seen[0]} redirects in a circle; look for the address it should lead to",
                    status=answer.status,
                )
            seen.append(target)
            if len(seen) - 1 > self._config.max_redirects:
                raise RequestFailed(
                    f"{seen[0]} redirects more than {self._config.max_redirects} times; "
                    "name the address it should lead to",
                    status=answer.status,
                )
            url = target

    async def _obey_robots(self, url: str, deadline: asyncio.Timeout, *, private: bool) -> None:
        """Raise FetchRefused where robots.txt forbids the address."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        now = asyncio.get_running_loop().time()
        robots = self._robots.get(origin)
        if robots is None or now >= robots.until:
            robots = await self._read_robots(origin, deadline, private=private)
            self._robots[origin] = robots
        robots.check(url, self._agent)

    async def _read_robots(
        self, origin: str, deadline: asyncio.Timeout, *, private: bool
    ) -> Robots:
        now = asyncio.get_running_loop().time()
        try:
            answer = await self._follow(
                f"{origin}/robots.txt", {}, deadline, private=private, robots=False
            )
        except RequestFailed as error:
            if error.status is not None and 400 <= error.status < 500 and error.status != 429:
                return Robots.of("", now)  # RFC 9309: no robots.txt, no rules
            return Robots.unknown(str(error), now)
        except SourceError as error:
            return Robots.unknown(str(error), now)
        return Robots.of(answer.body[:MAX_ROBOTS_BYTES].decode("utf-8", "replace"), now)

    async def _ask_again(
        self, url: str, host: str, headers: Mapping[str, str], deadline: asyncio.Timeout
    ) -> _Answer:
        """Ask, and ask again after a passing failure, as long as the deadline allows."""
        loop = asyncio.get_running_loop()
        attempt = 0
        while True:
            attempt += 1
            await self._await_turn(host, url, deadline)
            wait = back_off(attempt, self._jitter())
            try:
                answer = await self._ask(url, headers)
            except _Passing as error:
                failure = RequestFailed(f"cannot read {url}: {error}; it is asked again later")
            else:
                if answer.status not in _AGAIN:
                    return answer
                asked = retry_after(answer.headers.get("Retry-After", ""), self.now())
                wait = max(wait, asked or 0.0)
                failure = _refusal(url, answer.status, asked)
            end = deadline.when()
            if attempt > RETRIES or (end is not None and loop.time() + wait >= end):
                raise failure
            await self._sleep(wait)

    async def _await_turn(self, host: str, url: str, deadline: asyncio.Timeout) -> None:
        """Wait until the host may be asked again; the wait is ours, so the deadline moves."""
        loop = asyncio.get_running_loop()
        wait = self._next_turn.get(host, 0.0) - loop.time()
        if wait > 0:
            end = deadline.when()
            if end is not None:
                deadline.reschedule(end + wait)
            await self._sleep(wait)
        delay = self._config.per_host_delay_seconds
        parts = urlsplit(url)
        if robots := self._robots.get(f"{parts.scheme}://{parts.netloc}"):
            delay = max(delay, robots.delay(self._agent))
        self._next_turn[host] = loop.time() + delay

    async def _ask(self, url: str, headers: Mapping[str, str]) -> _Answer:
        """Send one request and read its answer; `_Passing` for what may go better next time."""
        try:
            target = URL(url)
            check_host(target.raw_host or "", allow_private=self._resolver.allow_private)
            async with self._open().get(target, headers=headers, allow_redirects=False) as reply:
                body = b""
                if 200 <= reply.status < 300:
                    body = await self._body(reply)
                return _Answer(reply.status, reply.headers, body)
        except aiohttp.ClientConnectorCertificateError as error:
            raise RequestFailed(
                f"{url} has no valid TLS certificate ({error.certificate_error}); "
                "nothing is read from it until its owner mends it"
            ) from error
        except aiohttp.ClientSSLError as error:
            raise RequestFailed(f"{url} does not speak TLS: {error}; try http://") from error
        except aiohttp.ClientConnectorDNSError as error:
            raise RequestFailed(
                f"the host of {url} is not known ({error.os_error.strerror}); check its spelling "
                "and this machine's connection"
            ) from error
        except (aiohttp.ServerTimeoutError, aiohttp.ServerDisconnectedError) as error:
            raise _Passing(f"no answer came ({error})") from error
        except aiohttp.ClientPayloadError as error:
            raise _Passing(f"the answer was cut off ({error})") from error
        except (aiohttp.ClientError, ValueError, UnicodeError) as error:
            raise RequestFailed(f"cannot read {url}: {error}; check the address") from error

    async def _body(self, reply: aiohttp.ClientResponse) -> bytes:
        cap = self._config.max_bytes
        inflater = Inflater(reply.headers.get("Content-Encoding", ""), cap)
        async for piece in reply.content.iter_chunked(_PIECE):
            inflater.feed(piece)
        return inflater.finish()

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            patience = self._config.timeout_seconds / 2  # leaves time to ask again
            self._session = aiohttp.ClientSession(
                # A connection is used once: on one kept open, the tail of an answer with a wrong
                # length would be read as the beginning of the next.
                connector=aiohttp.TCPConnector(
                    resolver=self._resolver, use_dns_cache=False, force_close=True, limit_per_host=2
                ),
                headers={"User-Agent": self._agent, "Accept-Encoding": "gzip, deflate"},
                auto_decompress=False,
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=aiohttp.ClientTimeout(
                    total=None, sock_connect=patience, sock_read=patience
                ),
                trust_env=False,
            )
            # aiohttp would ask again at once after a lost connection, past our delay per host; it
            # has no public switch for that. `test_two_repeats_are_enough` counts the requests.
            self._session._retry_connection = False
        return self._session

    def _response(self, url: str, answer: _Answer, *, conditional: bool) -> Response:
        status = answer.status
        if not (200 <= status < 300 and status != 206) and not (status == 304 and conditional):
            raise _refusal(url, status, None)
        return Response(
            url=url,
            status=status,
            fetched_at=self.now(),
            body=answer.body,
            encoding=media_type(answer.headers.get("Content-Type", ""))[1],
            etag=answer.headers.get("ETag", ""),
            last_modified=answer.headers.get("Last-Modified", ""),
        )


class _Passing(Exception):
    """One attempt failed in a way that may pass."""


class _Resolver(AbstractResolver):
    """Resolves names and hands on only those of their addresses that may be asked."""

    def __init__(self) -> None:
        self.allow_private = False

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return the addresses of `host` we may connect to; FetchRefused where none is left."""
        found = await asyncio.get_running_loop().getaddrinfo(
            host, port, family=family, type=socket.SOCK_STREAM
        )
        addresses = [(info[0], str(info[4][0]).partition("%")[0]) for info in found]
        allowed = [
            ResolveResult(
                hostname=host,
                host=text,
                port=port,
                family=kind,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for kind, text in addresses
            if (ip := literal(text)) is not None and may_ask(ip, allow_private=self.allow_private)
        ]
        if not allowed and addresses and (ip := literal(addresses[0][1])) is not None:
            check_ip(ip, host, allow_private=self.allow_private)
        if not allowed:
            raise OSError(None, "the name has no address")
        return allowed

    async def close(self) -> None:
        """Do nothing: there is nothing to give back."""


def _target(url: str, location: str) -> str:
    """Return where a redirect leads, without a fragment."""
    try:
        return urljoin(url, location.strip()).partition("#")[0]
    except ValueError as error:
        raise FetchRefused(f"{url} redirects to {location!r}, which is no address") from error


def _refusal(url: str, status: int, wait: float | None) -> RequestFailed:
    advice = _ADVICE.get(status, "it is asked again with the next run")
    asked = f"; it asks us to wait {in_words(wait)}" if wait else ""
    return RequestFailed(
        f"{url} answered with status {status}: {advice}{asked}", status=status, wait=wait or 0.0
    )


def _user_agent(config: HttpConfig) -> str:
    hint = "set http.contact in wirewatch.toml"
    if not config.contact:
        return config.user_agent
    if hint in config.user_agent:
        return config.user_agent.replace(hint, config.contact)
    return f"{config.user_agent} ({config.contact})"


__all__ = ["FetchRefused", "Http", "RequestFailed", "Response"]
