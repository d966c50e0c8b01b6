"""The Python API: a few calls over plain values, documented in docs/python-api.md. `import postwright` offers them all.

What is named here stays within a major version: arguments are added with defaults only, values gain fields.
"""

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from postwright.domain.critique import Answer, Critique
from postwright.domain.errors import UsageProblem
from postwright.domain.posting import Posting
from postwright.domain.review import Review
from postwright.formats.linked_check import refuse_invalid
from postwright.formats.reading import is_converted, read_sources
from postwright.formats.source import LARGEST_FILE, Source
from postwright.formats.stated import Given
from postwright.formats.to_jsonld import job_posting
from postwright.formats.writing import FORMATS, written
from postwright.llm.providers import model_for, provider_named
from postwright.reading.posting import read as read_posting
from postwright.storage.files import READ_LIMIT, read_bytes, shown
from postwright.storage.review import load_review, review_to_json
from postwright.workflows.drafting import prepare
from postwright.workflows.profiling import refuse_wrong
from postwright.workflows.publishing import settled_text
from postwright.workflows.rewriting import Editor, Options, review_alone, review_posting
from postwright.workflows.settling import Choice, read_choices
from postwright.workflows.settling import settle as settle_review


def read_file(path: str | Path) -> tuple[Source, ...]:
    """The postings in a file of any format: one, or many for a board's JSON. Raises PostingUnreadable."""
    place = Path(path)
    limit = LARGEST_FILE if is_converted(place.name) else READ_LIMIT
    return read_sources(read_bytes(place, limit=limit), shown(place))


def read(text: str, path: str = "posting.md") -> Posting:
    """The posting in a text: units, facts' places, protected text. The suffix of `path` says how it is written."""
    return read_posting(text, path)


def critique(
    text: str, path: str = "posting.md", *, answers: Iterable[Answer] = (), as_of: date | None = None
) -> Critique:
    """What the rules say: verdict, coverage, findings, questions. No model, no network."""
    return prepare(text, path, answers=tuple(answers), as_of=as_of).critique


def rewrite(
    text: str,
    path: str = "posting.md",
    *,
    editor: Editor | None = None,
    answers: Iterable[Answer] = (),
    options: Options | None = None,
) -> Review:
    """Critique and draft, with the books. Without an editor the rules engine marks up the original.

    Not from within an event loop: await `rewrite_async` there. Raises PostingStopped, StaleDraft and ModelError.
    """
    _look_at_profile(options)
    return asyncio.run(review_alone(text, path, editor=editor, answers=tuple(answers), options=options))


async def rewrite_async(
    text: str,
    path: str = "posting.md",
    *,
    editor: Editor | None = None,
    answers: Iterable[Answer] = (),
    options: Options | None = None,
) -> Review:
    """As `rewrite`, for a program with an event loop of its own."""
    _look_at_profile(options)
    return await review_posting(text, path, editor=editor, answers=tuple(answers), options=options)


def _look_at_profile(options: Options | None) -> None:
    if options is not None and options.profile:
        refuse_wrong(options.profile, options.as_of or datetime.now(tz=UTC).date(), "options")


@contextmanager
def claude(
    model: str = "",
    *,
    provider: str = "anthropic",
    prompts: str | Path | None = None,
    journal: str | Path | None = None,
) -> Iterator[Editor]:
    """Claude as an editor; credentials are the SDK's business. With a journal no reply is ever paid twice.

    `provider` is one of docs/providers.md. Without a model it is claude-sonnet-5-5, where ids are Anthropic's. Raises
    UsageProblem.
    """
    from postwright.cli.wiring import build_editor, remembering  # noqa: PLC0415 - loads the network's libraries

    who = provider_named(provider)
    editor = build_editor(model_for(who, model), Path(prompts) if prompts is not None else None, who)
    yield remembering(editor, Path(journal), lambda _: None) if journal is not None else editor


def settle(review: Review, choices: str | Iterable[Choice]) -> Review:
    """The review with these decisions made: `accept 1,3; reject 2; edit 4: new words`. Raises UsageProblem."""
    if isinstance(choices, str):
        choices = read_choices(choices, review.draft.decisions if review.draft is not None else ())
    return settle_review(review, choices)


def export(review: Review, to: str, *, given: Given | None = None, partial: bool = False) -> bytes:
    """The settled text as md, html, docx, txt or jsonld. Raises UsageProblem while something is pending.

    `given` states for JSON-LD what the posting does not. JSON-LD that Google for Jobs would not take is refused, too,
    unless `partial`.
    """
    if to not in FORMATS:
        raise UsageProblem(f"unknown format {to!r}", hint=f"known: {', '.join(FORMATS)}")
    text = settled_text(review, review.path)
    if to == "jsonld" and not partial:
        refuse_invalid(job_posting(text, review.path, given).data)
    return written(text, review.path, to, converted=is_converted(review.path), given=given)


__all__ = [
    "claude",
    "critique",
    "export",
    "load_review",
    "read",
    "read_file",
    "review_to_json",
    "rewrite",
    "rewrite_async",
    "settle",
]
