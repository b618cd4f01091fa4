"""A server on loopback that answers with the bytes, or the behaviour, a test gives it."""

import socket
import socketserver
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

Behaviour = bytes | Callable[[socket.socket, "Request"], None]


@dataclass(frozen=True)
class Request:
    """What was asked: path and headers (names in lower case)."""

    path: str
    headers: Mapping[str, str]


@dataclass
class Loopback:
    """A running server: its port, and all it was asked."""

    port: int = 0
    requests: list[Request] = field(default_factory=list)

    @property
    def paths(self) -> list[str]:
        return [request.path for request in self.requests if request.path != "/robots.txt"]

    def url(self, path: str, *, host: str = "127.0.0.1", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"


def answer(body: bytes = b"", *headers: str, status: str = "200 OK") -> bytes:
    """Return a whole HTTP answer with a right Content-Length."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "Connection: close"]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def drip(connection: socket.socket, _: Request) -> None:
    """Send one byte every tenth of a second for as long as somebody listens."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    while True:
        connection.sendall(b"x")
        time.sleep(0.1)


def silence(connection: socket.socket, _: Request) -> None:
    """Take the request and say nothing."""
    connection.recv(1)


def one_after_the_other(*behaviours: Behaviour) -> Behaviour:
    """Answer the first request with the first behaviour, and so on; the last one stays."""
    left = list(behaviours)

    def serve(connection: socket.socket, request: Request) -> None:
        _behave(left.pop(0) if len(left) > 1 else left[0], connection, request)

    return serve


@contextmanager
def loopback(
    routes: Mapping[str, Behaviour], *, tls: ssl.SSLContext | None = None
) -> Iterator[Loopback]:
    """Serve `routes` (path -> behaviour) on a free port; any other path is a 404."""
    state = Loopback()

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            try:
                connection = self.request
                if tls is not None:
                    connection = tls.wrap_socket(connection, server_side=True)
                request = _read(connection)
                if request is not None:
                    state.requests.append(request)
                    missing = answer(status="404 Not Found")
                    _behave(routes.get(request.path, missing), connection, request)
            except OSError:  # the client hung up, as it should on most of these
                return

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True
        block_on_close = False

    with Server(("127.0.0.1", 0), Handler) as server:
        state.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield state
        server.shutdown()
        thread.join()


def _behave(behaviour: Behaviour, connection: socket.socket, request: Request) -> None:
    if isinstance(behaviour, bytes):
        connection.sendall(behaviour)
    else:
        behaviour(connection, request)


def _read(connection: socket.socket) -> Request | None:
    received = b""
    while b"\r\n\r\n" not in received:
        piece = connection.recv(65_536)
        if not piece:
            return None
        if piece.startswith(b"\x16\x03"):  # a TLS greeting, to which servers of plain HTTP say:
            connection.sendall(answer(status="400 Bad Request"))
            return None
        received += piece
    first, *lines = received.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
    pairs = (line.partition(":") for line in lines)
    return Request(first.split()[1], {name.lower(): value.strip() for name, _, value in pairs})
