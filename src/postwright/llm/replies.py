"""What the model said, read into a `Reply`. Whatever does not fit is a domain error in one line."""

from pydantic import ValidationError

from postwright.domain.errors import ReplyInvalid, ReplyRefused, ReplyTruncated
from postwright.domain.model import Answered, Stop
from postwright.domain.reply import Reply
from postwright.llm.faults import plain

LONGEST = 2_000_000
"""Characters. 128,000 tokens, the most a model may say, are well under a million."""


def read_reply(answered: Answered) -> Reply:
    """The reply in an answer. Raises ReplyTruncated, ReplyRefused or ReplyInvalid.

    What stands around the outermost braces is ignored: endpoints that do not know `output_config` set code
    fences or a sentence there.
    """
    request_id = answered.request_id
    if answered.stop is Stop.CUT:
        hint = "shorten the posting, or use a model with more room (--model)"
        raise ReplyTruncated("the reply was cut off before its end", hint=hint, request_id=request_id)
    if answered.stop is Stop.REFUSED:
        hint = "read the posting for what may have set it off, or use another model (--model)"
        raise ReplyRefused("the model declined to work on this posting", hint=hint, request_id=request_id)
    return _parsed(answered.text, request_id)


def _parsed(text: str, request_id: str) -> Reply:
    if len(text) > LONGEST:
        raise _invalid(f"it has {len(text):,} characters", request_id)
    start, end = text.find("{"), text.rfind("}")
    if start < 0 or end < start:
        raise _invalid("it holds no JSON" if text.strip() else "it is empty", request_id)
    try:
        return Reply.model_validate_json(text[start : end + 1])
    except ValidationError as error:
        raise _invalid(_first_problem(error), request_id) from error


def _first_problem(error: ValidationError) -> str:
    """Where and what, without the offending value: that is the model's text."""
    problems = error.errors(include_url=False, include_context=False, include_input=False)
    where = ".".join(str(step) for step in problems[0]["loc"])
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    what = f"{where}: {problems[0]['msg']}" if where else problems[0]["msg"]
    return plain(what, limit=120) + more


def _invalid(why: str, request_id: str) -> ReplyInvalid:
    hint = "run again; if it stays so, use another model (--model)"
    return ReplyInvalid(f"the reply does not fit its schema: {why}", hint=hint, request_id=request_id)
