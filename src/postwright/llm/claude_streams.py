"""A message as a stream of events, for who needs to know when its reply begins."""

from collections.abc import Callable
from typing import Any

from postwright.domain.errors import ModelUnavailable
from postwright.llm.answers import ADDRESS_HINT, not_a_message
from postwright.llm.claude_clients import Client


async def streamed(client: Client, body: dict[str, Any], begins: Callable[[object], None]) -> tuple[object, str]:
    """The whole message as decoded JSON, and its request id. `begins` gets the message so far, once, when text comes.

    What does not stream answers with a whole message, and `begins` is never called. Raises what the SDK raises, and
    ModelUnavailable for a stream that ends before its message: to the SDK that is no error.
    """
    started = begun = ended = False
    async with client.messages.stream(**body) as stream:
        request_id = stream.request_id or ""
        if "event-stream" not in stream.response.headers.get("content-type", ""):
            await stream.response.aread()
            return stream.response.json(), request_id
        async for event in stream:
            started = started or event.type == "message_start"
            if event.type == "content_block_start" and started and not begun:
                begun = True
                begins(stream.current_message_snapshot.to_dict(mode="json", warnings=False))
            ended = ended or (started and event.type == "message_stop")
        if not ended:
            says = "the answer broke off before its end" if begun else not_a_message().says
            raise ModelUnavailable(says, hint=ADDRESS_HINT, maybe_paid=True)
        return stream.current_message_snapshot.to_dict(mode="json", warnings=False), request_id
