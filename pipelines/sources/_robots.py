"""What the robots.txt of one host allows, and for how long we go by it; no socket."""

from dataclasses import dataclass

from protego import Protego

from pipelines.errors import FetchRefused, SourceError

MAX_ROBOTS_BYTES = 512_000  # RFC 9309 asks for at least 500 KiB
_KEPT_SECONDS = 86_400.0
_DOWN_SECONDS = 600.0  # a host whose robots.txt failed is tried again sooner
_MAX_CRAWL_DELAY = 10.0  # we ask a host seldom: a longer delay is met by the schedule


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one host until a time (of the event loop's clock)."""

    rules: Protego | None  # None: not known
    until: float
    why: str = ""  # not known

    @classmethod
    def of(cls, text: str, now: float) -> "Robots":
        """Return the rules that a robots.txt writes; an empty one allows everything."""
        return cls(Protego.parse(text), now + _KEPT_SECONDS)

    @classmethod
    def unknown(cls, why: str, now: float) -> "Robots":
        """Return the state of a host whose robots.txt could not be read."""
        return cls(None, now + _DOWN_SECONDS, why)

    def check(self, url: str, agent: str) -> None:
        """Raise FetchRefused where the rules forbid `url`, SourceError where they are not known.

        A host that fails to say what it allows is asked nothing, as RFC 9309 has it.
        """
        if self.rules is None:
            raise SourceError(f"cannot ask {url} before its robots.txt: {self.why}")
        if not self.rules.can_fetch(url, agent):
            raise FetchRefused(
                f"robots.txt forbids {url}; take another address of this site, or ask its owner "
                "for permission and set http.respect_robots = false"
            )

    def delay(self, agent: str) -> float:
        """Return the seconds between requests that the rules ask for, within reason."""
        wanted = self.rules.crawl_delay(agent) if self.rules else None
        return min(float(wanted or 0.0), _MAX_CRAWL_DELAY)
