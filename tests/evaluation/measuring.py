"""One case through the real pipeline, and what is measured of it."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evaluation.cases import AS_OF, RULES, Case
from evaluation.gold import key_of, scored
from evaluation.metrics import Values
from evaluation.played import HeardModel, played_model
from evaluation.texts import harm, text_measures
from evaluation.trial import against_trial
from postwright.domain.draft import Fate
from postwright.domain.errors import ModelError, PostingUnreadable, PostwrightError
from postwright.domain.model import Answered, Model, Stop, Usage
from postwright.domain.reply import KeepLine, Reply
from postwright.domain.review import Review
from postwright.fidelity.shown import model_findings, sifted
from postwright.llm.claude import reply_schema
from postwright.llm.prices import price_table
from postwright.llm.replies import read_reply
from postwright.prompting.library import Prompts
from postwright.workflows.asking import Request, with_contacts
from postwright.workflows.drafting import Prepared, violations_of
from postwright.workflows.rewriting import EMPTY, Editor, Opening, Options, opening, review_posting

OPTIONS = Options(anyway=True, as_of=AS_OF)
"""Postings that are ready or out of scope are worked on too: a prompt should do no harm to them."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one case. `failed` says why there is no review; the posting is then as it was."""

    case: Case
    values: Values
    review: Review | None = None
    failed: str = ""
    heard: tuple[Answered, ...] = ()


async def played(cases: Sequence[Case], model: str, prompts: Prompts) -> list[Result]:
    """Every case with its recorded reply; a case without one by the rules engine."""
    results = []
    for case in cases:
        voice = played_model(model, case.recording) if case.recording is not None else None
        try:
            results.append(await measured(case, voice, prompts))
        finally:
            if voice is not None:
                await voice.close()
    return results


async def asked(
    cases: Sequence[Case], model: Model, prompts: Prompts, done: Callable[[Result], None]
) -> tuple[list[Result], PostwrightError | None]:
    """Every case with a new reply, one after the other: each reads the cache that the first one wrote.

    The second value says why the run ended early, if it did; the cases so far are measured all the same.
    """
    results: list[Result] = []
    for case in cases:
        try:
            result = await measured(case, model, prompts)
        except PostwrightError as error:
            return results, error
        done(result)
        results.append(result)
    return results, None


def played_now(cases: Sequence[Case], model: str, prompts: Prompts) -> list[Result]:
    """As `played`, from outside an event loop."""
    return asyncio.run(played(cases, model, prompts))


async def measured(case: Case, model: Model | None, prompts: Prompts) -> Result:
    """The measures of one case. Without a model the rules engine works alone. Raises what ends a whole run."""
    heard = HeardModel(model) if model is not None else None
    editor = Editor(heard, prompts, reply_schema(), price_table()) if heard is not None else None
    name, text, answers = case.path.name, case.text, case.answers
    try:
        if case.unread:
            raise PostingUnreadable(case.unread)
        opened = opening(text, name, prompts=prompts if editor else None, options=OPTIONS, answers=answers)
        review = await review_posting(text, name, editor=editor, options=OPTIONS, answers=answers, opened=opened)
    except PostwrightError as error:
        if error.ends_run or (isinstance(error, ModelError) and error.retryable and not _answers(heard)):
            raise
        nothing = {"replies": 1, "unusable": 1, "balanced": 0} if _answers(heard) else {}
        return Result(case, {**nothing, **_paid(heard)}, None, error.says, _answers(heard))
    return Result(case, _measures(case, opened, review, heard), review, "", _answers(heard))


def _measures(case: Case, opened: Opening, review: Review, heard: HeardModel | None) -> Values:
    prepared, asked_for = opened.prepared, bool(_answers(heard))
    values = _findings(case, prepared, review, with_model=asked_for) | _books(opened, review, heard) | _paid(heard)
    if review.draft is not None:
        values |= text_measures(review, prepared)
        if case.recording is not None:
            values["harm"] = harm(review, case.recording.never, case.recording.always)
    return values | (against_trial(case, review, values["tokens_out"]) if asked_for else {})


def _answers(heard: HeardModel | None) -> tuple[Answered, ...]:
    return tuple(answered for _, answered in heard.heard) if heard is not None else ()


def group_of(result: Result) -> str:
    """The set a result is reported in: a posting that nobody was asked about belongs to the rules."""
    return result.case.group if result.heard or result.failed else RULES


def _books(opened: Opening, review: Review, heard: HeardModel | None) -> dict[str, float | None]:
    """How the first reply balanced, and what became of what did not."""
    if heard is None or not heard.heard or opened.request is None or review.draft is None:
        return {}
    prepared, draft = opened.prepared, review.draft
    reply, cut = _first_reply(opened.request, _answers(heard))
    clean, withheld = sifted(reply, prepared.sources)
    broken = violations_of(prepared, reply)
    blocked = {v.line for v in broken if v.line}
    written = [line.id for section in reply.sections for line in section.lines if not isinstance(line, KeepLine)]
    standing = {line.id for section in draft.sections for line in section.lines}
    restored = {entry.unit for entry in draft.ledger.units if entry.fate is Fate.RESTORED}
    standing |= {f"keep-{u.id}" for u in prepared.sources.posting.units if u.id not in restored}
    shown, discarded = model_findings(clean, prepared.sources)
    return {
        "replies": 1,
        "unusable": int(cut),
        "balanced": int(not broken and not withheld and not discarded and not cut),
        "written": len(written),
        "blocked": len(blocked),
        "repaired": len(blocked & standing),
        "withdrawn": len((blocked | set(written)) - standing),
        "unplaced": sum(not v.line for v in broken),
        "restored": len(restored),
        "withheld": len(withheld),
        "quotes": len(shown) + discarded,
        "verbatim": len(shown) if shown or discarded else None,
    }


def _first_reply(request: Request, answers: Sequence[Answered]) -> tuple[Reply, bool]:
    """The first whole reply, and whether there was none because it was cut twice."""
    whole = [answered for answered in answers[:2] if answered.stop is not Stop.CUT]
    if answers[0].stop is Stop.CUT and not whole:
        return EMPTY, True
    return with_contacts(read_reply(whole[0]), request), False


def _findings(case: Case, prepared: Prepared, review: Review, *, with_model: bool) -> dict[str, float | None]:
    shown = review.critique.findings
    values: dict[str, float | None] = {"rules_said": len(prepared.critique.findings)}
    if with_model:
        values["model_said"] = sum(f.rule == "model" for f in shown)
        values["dismissed"] = len(review.critique.dismissed)
    key = key_of(case.path.stem, case.text)
    return values | (scored(key, prepared.critique, review.critique) if key is not None else {})


def _paid(heard: HeardModel | None) -> dict[str, float | None]:
    """Tokens and US cents of all requests for a posting, the repair included; also of those paid for earlier."""
    if heard is None or not heard.heard:
        return {}
    answers = _answers(heard)
    usage = sum((answered.usage for answered in answers), start=Usage())
    costs = [price_table().cost(heard.name, answered.usage) for answered in answers]
    known = [cost for cost in costs if cost is not None]
    return {
        "requests": len(answers),
        "tokens_fresh": usage.prompt - usage.cache_read,
        "tokens_cached": usage.cache_read,
        "tokens_out": usage.output,
        "cents": 100 * sum(known) if len(known) == len(costs) else None,
    }
