"""Records over a socket between two of our own processes, as frames of pickled bytes.

One side waits (`receive`, `send`): a worker has nothing else to do. The other never does (`Link`):
it has a store to write, and two sides that both wait to send would wait for ever.
"""

import pickle
import socket
from typing import BinaryIO

_HEADER = 8  # bytes that say how long a frame is
_CHUNK = 1 << 20


def send(end: socket.socket, record: object) -> None:
    """Send a record, however long that takes."""
    end.sendall(_frame(record))


def receive(file: BinaryIO) -> object:
    """Return the next record; raises EOFError where the other side has gone."""
    header = file.read(_HEADER)
    size = int.from_bytes(header)
    payload = file.read(size)
    if len(header) < _HEADER or len(payload) < size:
        raise EOFError
    return pickle.loads(payload)


def _frame(record: object) -> bytes:
    payload = pickle.dumps(record, pickle.HIGHEST_PROTOCOL)
    return len(payload).to_bytes(_HEADER) + payload


class Link:
    """One end of a socket, read and written as far as is possible at once."""

    def __init__(self, end: socket.socket) -> None:
        """Take over an end."""
        end.setblocking(False)
        self._end, self._unsent, self._read = end, bytearray(), bytearray()

    def fileno(self) -> int:
        """Return what `poll` watches."""
        return self._end.fileno()

    @property
    def unsent(self) -> int:
        """Return how many bytes wait for the other side to read."""
        return len(self._unsent)

    def put(self, record: object) -> None:
        """Send a record, or what the socket takes of it now; `push` sends the rest."""
        self._unsent += _frame(record)
        self.push()

    def push(self) -> None:
        """Send on what waits."""
        while self._unsent:
            try:
                sent = self._end.send(self._unsent)
            except BlockingIOError:
                return
            except ConnectionError:  # `take` tells that the other side has gone
                self._unsent.clear()
                return
            del self._unsent[:sent]

    def take(self) -> tuple[list[object], bool]:
        """Return the records that have come, and whether more can come."""
        is_open = True
        while is_open:
            try:
                chunk = self._end.recv(_CHUNK)
            except BlockingIOError:
                break
            except ConnectionError:
                chunk = b""
            self._read += chunk
            is_open = bool(chunk)
        return self._whole(), is_open

    def _whole(self) -> list[object]:
        records, start = [], 0
        while len(self._read) - start >= _HEADER:
            begin = start + _HEADER
            end = begin + int.from_bytes(self._read[start:begin])
            if len(self._read) < end:
                break
            records.append(pickle.loads(memoryview(self._read)[begin:end]))
            start = end
        del self._read[:start]
        return records

    def close(self) -> None:
        """Let the other side know that nothing more comes."""
        self._end.close()
