"""The errors Wirewatch raises, one tree, so that callers catch what they can mend.

    WirewatchError
    |- ConfigError          wirewatch.toml, topics.toml or outlets.csv cannot be used as written
    |- QueryError           a query cannot be parsed; knows the position and what was expected
    |- SourceError          a source cannot be read at all (the run goes on with the next source)
    |  `- FetchRefused      the address is not one we may ask (robots, private address, scheme)
    |- CaptureError         one capture cannot become an article; its kind is its outcome
    |  |- NoArticle         there is nothing in it that reads as an article
    |  |- Unsupported       it is of a kind we do not read
    |  `- Quarantined       it is damaged; its bytes are kept for a second look
    |- ReportUnreadable     a file is no report of ours, or one of a later Wirewatch
    |- WorkersLost          the processes that read captures cannot be had
    `- StoreError           the store on disk cannot be used as it is
       |- StoreMissing      there is no store at this place
       |- StoreBusy         another writer holds the lock
       |- StoreBehind       a topics file has a change that the store does not count yet
       `- StoreDamaged      a commit names files that are not there or not readable

Every message says what we were doing, with what, and what to do next.
"""


class WirewatchError(Exception):
    """Base of every error a caller of Wirewatch may want to catch."""


class ConfigError(WirewatchError):
    """A configuration file cannot be used as written."""


class QueryError(WirewatchError):
    """A query cannot be parsed.

    `position` is the 0-based code point in the query where reading stopped; `expected` says what
    would have been accepted there.
    """

    def __init__(self, message: str, *, position: int, expected: str = "") -> None:
        """Keep the place beside the message."""
        super().__init__(message)
        self.position = position
        self.expected = expected


class SourceError(WirewatchError):
    """A source cannot be read at all."""


class FetchRefused(SourceError):
    """An address must not be asked: robots.txt, a private address or a scheme we do not open."""


class CaptureError(WirewatchError):
    """One capture cannot become an article."""


class NoArticle(CaptureError):
    """Nothing in the capture reads as an article."""


class Unsupported(CaptureError):
    """The capture is of a kind we do not read."""


class Quarantined(CaptureError):
    """The capture is damaged; its bytes are kept."""


class WorkersLost(WirewatchError):
    """The processes that read captures cannot be started, or end again and again."""


class ReportUnreadable(WirewatchError):
    """A file cannot be read as a report."""


class StoreError(WirewatchError):
    """The store on disk cannot be used as it is."""


class StoreMissing(StoreError):
    """There is no store at this place."""


class StoreBusy(StoreError):
    """Another writer holds the store's lock."""


class StoreBehind(StoreError):
    """A topics file was changed, and bringing the store to it was not finished."""


class StoreDamaged(StoreError):
    """A commit names files that are missing or unreadable."""


def why(error: Exception) -> str:
    """Return in plain words why a file could not be read or written."""
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8; save it again as UTF-8 (in a spreadsheet: CSV UTF-8)"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error)
