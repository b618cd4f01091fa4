"""A wire whose bytes are counted: all that a server sends, as sent, compressed or not."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

_PIECE = 1 << 16


@dataclass
class Wire:
    """Where the server is reached through the wire, and how many bytes came from it so far."""

    address: str
    received: int = 0


@contextmanager
def wire_to(address: str) -> Iterator[Wire]:
    """Pass everything on to the server at `address` and back until the block ends."""
    server = urlsplit(address)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        wire = Wire(f"http://127.0.0.1:{listening.getsockname()[1]}")
        target = (str(server.hostname), int(server.port or 80))
        threading.Thread(target=_accept, args=(listening, target, wire), daemon=True).start()
        yield wire


def _accept(listening: socket.socket, target: tuple[str, int], wire: Wire) -> None:
    while True:
        try:
            client, _ = listening.accept()
        except OSError:  # closed: the block has ended
            return
        server = socket.create_connection(target)
        for start, end, counted in ((client, server, False), (server, client, True)):
            how = (start, end, wire if counted else None)
            threading.Thread(target=_pass_on, args=how, daemon=True).start()


def _pass_on(start: socket.socket, end: socket.socket, wire: Wire | None) -> None:
    try:
        while piece := start.recv(_PIECE):
            if wire:
                wire.received += len(piece)
            end.sendall(piece)
        end.shutdown(socket.SHUT_WR)
    except OSError:  # one side has gone
        end.close()
