"""Stands between Postwright and the server: counts, keeps what was said, and caps the room of a reply.

`plain` passes the Messages API through to the server's own. `constrained` asks the server's chat endpoint instead,
which can hold a reply to a JSON schema where its Messages endpoint ignores `output_config`; nothing else is changed.
"""

import json
import re
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from local_model.tightened import tightened

Json = dict[str, Any]

ROOM = 500
"""Tokens of a reply. More would take minutes on two cores, and end in the same nonsense."""
_WAIT = 1_200
_UNIT = re.compile(r"^\[(u\d+)\]", re.MULTILINE)
_LINE_ENDS = ("\n", "\n\n")
"""Never said: the server lets them stand between any two words of JSON, and a small model fills its room with them."""
_STOPS = {"stop": "end_turn", "length": "max_tokens"}


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request as the server answered it. `turns` is the number of messages: over one, something went back."""

    turns: int
    text: str
    stop: str
    tokens_in: int
    tokens_out: int


@dataclass(slots=True)
class Gateway:
    """Where it listens, and what went through."""

    server: str
    constrained: bool
    address: str = ""
    exchanges: list[Exchange] = field(default_factory=list)

    def answer(self, body: Json) -> Json:
        """The message for a request of the Messages API."""
        body = {**body, "max_tokens": min(ROOM, body["max_tokens"])}
        if self.constrained:
            message = _as_message(self._post("/v1/chat/completions", _as_chat(body)))
        else:
            message = self._post("/v1/messages", body)
        used = message["usage"]
        self.exchanges.append(
            Exchange(
                len(body["messages"]),
                "".join(block.get("text", "") for block in message["content"]),
                message["stop_reason"],
                used["input_tokens"] + used.get("cache_read_input_tokens", 0),
                used["output_tokens"],
            )
        )
        return message

    def _post(self, path: str, body: Json) -> Json:
        headers = {"content-type": "application/json"}
        request = urllib.request.Request(f"{self.server}{path}", json.dumps(body).encode(), headers)  # noqa: S310
        with urllib.request.urlopen(request, timeout=_WAIT) as answer:  # noqa: S310 - an address of this machine
            data: Json = json.load(answer)
        return data


@contextmanager
def gateway(server: str, *, constrained: bool) -> Iterator[Gateway]:
    """A gateway to the server, for as long as the block runs."""
    desk = Gateway(server, constrained)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # the name is http.server's
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            try:
                status, said = 200, desk.answer(body)
            except urllib.error.HTTPError as error:
                reason = error.read().decode("utf-8", "replace")[:300]
                said = {"type": "error", "error": {"type": "invalid_request_error", "message": reason}}
                status = error.code
            data = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_args: object) -> None:
            """Nothing: the figures say it."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        desk.address = f"http://127.0.0.1:{listening.server_port}"
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        try:
            yield desk
        finally:
            listening.shutdown()


def _as_chat(body: Json) -> Json:
    system = "\n\n".join(block["text"] for block in body["system"])
    units = _UNIT.findall(body["messages"][0]["content"])
    schema = tightened(body["output_config"]["format"]["schema"], units)
    return {
        "model": body["model"],
        "max_tokens": body["max_tokens"],
        "messages": [{"role": "system", "content": system}, *body["messages"]],
        "logit_bias": [[end, False] for end in _LINE_ENDS],
        "response_format": {"type": "json_schema", "json_schema": {"name": "reply", "schema": schema}},
    }


def _as_message(chat: Json) -> Json:
    (choice,) = chat["choices"]
    used = chat["usage"]
    cached = used.get("prompt_tokens_details", {}).get("cached_tokens", 0)
    return {
        "id": chat["id"],
        "type": "message",
        "role": "assistant",
        "model": chat["model"],
        "content": [{"type": "text", "text": choice["message"]["content"] or ""}],
        "stop_reason": _STOPS.get(choice["finish_reason"]),
        "stop_sequence": None,
        "usage": {
            "input_tokens": used["prompt_tokens"] - cached,
            "cache_read_input_tokens": cached,
            "output_tokens": used["completion_tokens"],
        },
    }
