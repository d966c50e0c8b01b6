"""What is evaluated: postings of the fixtures or of any folder, each with its recorded reply, or none."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from evaluation.recordings import Kind, Recording, read_recording
from postwright.domain.critique import Answer
from postwright.domain.errors import PostwrightError, UsageProblem
from postwright.formats.text import decode
from postwright.storage.files import read_bytes
from postwright.storage.questions import load_answers

FIXTURES = Path(__file__).parents[2] / "fixtures"
AS_OF = date(2026, 11, 22)
"""The day that year arithmetic counts from: the same text gets the same findings in any year."""
RULES = "rules"
"""The set of postings for which no reply is recorded: the rules engine works alone."""
_SUFFIXES = frozenset({".md", ".mdx", ".markdown", ".txt"})


@dataclass(frozen=True, slots=True)
class Case:
    """One posting with the reply that is played for it, and the answers of its manager.

    `unread` says why the posting could not be read; then its text is empty.
    """

    name: str
    path: Path
    text: str
    recording: Recording | None = None
    answers: tuple[Answer, ...] = ()
    unread: str = ""

    @property
    def group(self) -> str:
        """The set that this case is reported in."""
        return self.recording.kind.value if self.recording is not None else RULES


def fixture_cases() -> tuple[Case, ...]:
    """All fixture postings with all their replies."""
    return cases_in(FIXTURES / "postings", FIXTURES / "replies")


def cases_in(folder: Path, replies: Path | None = None) -> tuple[Case, ...]:
    """The postings below a folder with the replies found by name in `replies`, by default the folder and its `replies`.

    A posting without a reply is a case for the rules engine. Raises UsageProblem when there is nothing to read.
    """
    postings = [path for path in sorted(folder.rglob("*")) if _is_posting(path.relative_to(folder)) and path.is_file()]
    if not postings:
        raise UsageProblem(f"no postings in {folder}", hint=f"postings end in {', '.join(sorted(_SUFFIXES))}")
    recordings = _recordings([replies] if replies is not None else [folder, folder / "replies"])
    found: list[Case] = []
    for path in postings:
        text, unread = _read(path)
        own = [r for r in recordings if r.posting == path.stem]
        played = [Case(r.name, path, text, r, _answers(path, r), unread) for r in own]
        found += played or [Case(_name(path.relative_to(folder)), path, text, unread=unread)]
    return tuple(found)


def chosen(cases: Sequence[Case], names: Sequence[str]) -> tuple[Case, ...]:
    """The cases whose name begins with one of `names`; all of them without names. Raises UsageProblem for no hit."""
    for name in names:
        if not any(case.name.startswith(name) for case in cases):
            raise UsageProblem(f"no case begins with {name!r}", hint="run `poe eval` to see all names")
    return tuple(case for case in cases if not names or case.name.startswith(tuple(names)))


def live_cases(cases: Sequence[Case]) -> tuple[Case, ...]:
    """One case a posting (and set of answers), without recordings: the API is asked."""
    found: dict[str, Case] = {}
    for case in cases:
        if case.recording is None or case.recording.kind is Kind.CAREFUL:
            found.setdefault(case.name, replace(case, recording=None))
    return tuple(found.values())


def _is_posting(path: Path) -> bool:
    return path.suffix.lower() in _SUFFIXES and not any(part.startswith(".") for part in path.parts)


def _name(path: Path) -> str:
    """What a posting is called: its path without the suffix."""
    return path.with_suffix("").as_posix()


def _recordings(folders: Sequence[Path]) -> list[Recording]:
    paths = [path for folder in folders if folder.is_dir() for path in _json_below(folder)]
    return [read_recording(path) for path in dict.fromkeys(paths)]


def _json_below(folder: Path) -> Iterator[Path]:
    """The folder's own files, and those one folder down that hold replies by hand."""
    yield from sorted(folder.glob("*.json"))
    yield from sorted(folder.glob("by-hand/*.json"))


def _read(path: Path) -> tuple[str, str]:
    """The text of a posting, or why there is none."""
    try:
        return decode(read_bytes(path), path.name), ""
    except PostwrightError as error:
        return "", error.says


def _answers(path: Path, recording: Recording) -> tuple[Answer, ...]:
    """The manager's answers, for a reply that was given with them."""
    if not recording.name.endswith(".answered"):
        return ()
    return load_answers(path.parents[1] / "answers" / f"{path.stem}.yaml")
