"""A server that remembers requests as they came over the wire. It knows nothing of how they were made."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Received:
    """One request: the target as it stood in the request line, headers in order, body without transfer coding."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def values(self, name: str) -> list[str]:
        """All values of a header."""
        return [value for key, value in self.headers if key.lower() == name.lower()]


@dataclass
class Echo:
    """A running server: where it is, what it got, and how it answers (a function of connection and request)."""

    port: int
    answer: Callable[[socket.socket, Received], None]
    received: list[Received] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def plain_answer(connection: socket.socket, request: Received) -> None:
    """A short answer. After HEAD the connection stays open: a client that waits for a body would wait for ever."""
    head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 11\r\n"
    if request.method == "HEAD":
        connection.sendall(head.encode() + b"\r\n")
        connection.recv(1)
    else:
        connection.sendall(head.encode() + b"Connection: close\r\n\r\necho-answer")


@contextmanager
def echo_server(answer: Callable[[socket.socket, Received], None] = plain_answer) -> Iterator[Echo]:
    """A server on a free port of this machine, for as long as the block runs."""
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listener:
        echo = Echo(listener.getsockname()[1], answer)
        threading.Thread(target=_accept, args=(listener, echo), daemon=True).start()
        yield echo
        listener.shutdown(socket.SHUT_RDWR)


def _accept(listener: socket.socket, echo: Echo) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        threading.Thread(target=_serve, args=(connection, echo), daemon=True).start()


def _serve(connection: socket.socket, echo: Echo) -> None:
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection.settimeout(10)
    with suppress(TimeoutError, ConnectionError), connection, connection.makefile("rb") as stream:
        line = stream.readline()
        if not line:
            return
        method, target, _ = line.decode("latin-1").rstrip("\r\n").split(" ")
        headers = []
        while (text := stream.readline().decode("latin-1").rstrip("\r\n")) != "":
            name, _, value = text.partition(":")
            headers.append((name, value.strip(" \t")))
        lowered = {name.lower(): value for name, value in headers}
        if lowered.get("expect", "").lower() == "100-continue":
            connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        if "chunked" in lowered.get("transfer-encoding", ""):
            body = b"".join(_chunks(stream.readline, stream.read))
        else:
            body = stream.read(int(lowered.get("content-length", "0")))
        request = Received(method, target, tuple(headers), body)
        echo.received.append(request)
        echo.answer(connection, request)


def _chunks(readline: Callable[[], bytes], read: Callable[[int], bytes]) -> Iterator[bytes]:
    while size := int(readline().split(b";")[0], 16):
        yield read(size)
        readline()
    readline()
