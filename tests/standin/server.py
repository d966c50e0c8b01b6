"""A small HTTP/1.1 server on the loopback interface: keep-alive, chunked uploads, and ways to misbehave on purpose."""

import asyncio
import json
import socket
import struct
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum

_LARGEST_HEAD = 256 * 1024
_PIECE = 1 << 20


class Manner(StrEnum):
    """How an answer reaches the client."""

    WHOLE = "whole"
    CUT = "cut"  # half the body, then the connection closes
    RESET = "reset"  # a TCP reset instead of an answer


@dataclass(frozen=True, slots=True)
class Call:
    """One request as it arrived."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """One response. `sent` is called when the last byte has been handed to the client's socket.

    With a `rest` the response is streamed: `body` at once, the rest when it is there.
    """

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    manner: Manner = Manner.WHOLE
    sent: Callable[[], None] = lambda: None
    rest: Callable[[], Awaitable[bytes]] | None = None


Answerer = Callable[[Call], Awaitable[Answer]]


def as_json(status: int, data: object, headers: Mapping[str, str] | None = None) -> Answer:
    return Answer(status, json.dumps(data).encode(), {"content-type": "application/json", **(headers or {})})


class Serving:
    """A server that listens on a free port of 127.0.0.1 until it is stopped."""

    def __init__(self, answer: Answerer) -> None:
        self._answer = answer
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.Task[None]] = set()

    async def start(self) -> int:
        """Begin to listen; returns the port."""
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0, limit=_LARGEST_HEAD, backlog=512)
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    async def stop(self) -> None:
        """Close every connection and wait until that is done."""
        if self._server:
            self._server.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        task.add_done_callback(self._open.discard)
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while (call := await _read(reader)) is not None:
                if not await _write(writer, await self._answer(call)):
                    break
        writer.close()
        with suppress(ConnectionError, asyncio.CancelledError):
            await writer.wait_closed()


async def _read(reader: asyncio.StreamReader) -> Call | None:
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head.decode("latin-1").rstrip("\r\n").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    if headers.get("transfer-encoding", "").lower() == "chunked":
        body = await _chunks(reader)
    else:
        body = await reader.readexactly(int(headers.get("content-length", "0")))
    method, target, _ = first.split(" ", 2)
    path, _, query = target.partition("?")
    return Call(method, path, query, headers, body)


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    body = bytearray()
    while size := int((await reader.readline()).split(b";")[0], 16):
        body += await reader.readexactly(size)
        await reader.readexactly(2)
    while (await reader.readline()).strip():
        pass
    return bytes(body)


async def _write(writer: asyncio.StreamWriter, answer: Answer) -> bool:
    """True if the connection lives on."""
    if answer.manner is Manner.RESET:
        raw: socket.socket = writer.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()
        return False
    if answer.rest is not None:
        return await _stream(writer, answer, answer.rest)
    headers = {"content-length": str(len(answer.body)), **answer.headers}
    writer.write(_head(answer.status, headers))
    if answer.manner is Manner.CUT:
        writer.write(answer.body[: len(answer.body) // 2])
        await writer.drain()
        return False
    for start in range(0, len(answer.body), _PIECE):
        writer.write(answer.body[start : start + _PIECE])
        await writer.drain()
    answer.sent()
    return True


async def _stream(writer: asyncio.StreamWriter, answer: Answer, rest: Callable[[], Awaitable[bytes]]) -> bool:
    """In two chunks. One that is cut loses half of the second."""
    writer.write(_head(answer.status, {"transfer-encoding": "chunked", **answer.headers}) + _chunk(answer.body))
    await writer.drain()
    late = await rest()
    if answer.manner is Manner.CUT:
        writer.write(_chunk(late)[: len(late) // 2])
        await writer.drain()
        return False
    for part in (_chunk(late), _chunk(b"")):  # apart: the second fails when the client is gone
        writer.write(part)
        await writer.drain()
    answer.sent()
    return True


def _chunk(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


def _head(status: int, headers: Mapping[str, str]) -> bytes:
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status} {_reason(status)}\r\n{lines}\r\n".encode("latin-1")


def _reason(status: int) -> str:
    return {200: "OK", 400: "Bad Request", 404: "Not Found", 429: "Too Many Requests"}.get(status, "Whatever")
