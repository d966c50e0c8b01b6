"""Renders prompts/*.j2. The shared part is the same bytes for every posting, so that it can be cached."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from traceback import walk_tb

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

import postwright
from postwright.domain.draft import Violation
from postwright.domain.errors import PromptBroken
from postwright.domain.house import HEADINGS
from postwright.knowledge.loader import load
from postwright.prompting.pieces import FactView, PostingView, one_line

ENTRIES = ("system.j2", "profile.j2", "posting.j2", "repair.j2")
"""The templates that are rendered; all others are pieces they include."""

_FINGERPRINT_LENGTH = 12
_TEMPLATE_FAULTS = (
    jinja2.TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What a template can raise: jinja2's own, and whatever an expression in it evaluates to."""


def prompts_folder(package: Path) -> Path:
    """The folder of the built-in templates: inside an installed package, else beside src/ in a checkout.

    `package` is the folder of the `postwright` package. Raises `PromptBroken` when neither is there.
    """
    for folder in (package / "_prompts", package.parent.parent / "prompts"):
        if (folder / ENTRIES[0]).is_file():
            return folder
    raise PromptBroken("the prompt templates are missing", hint="reinstall postwright, or pass --prompts DIR")


class Prompts:
    """The templates, built in or overridden file by file from `override`. Raises `PromptBroken` with file and line."""

    def __init__(self, override: Path | None = None) -> None:
        folders = [prompts_folder(Path(postwright.__file__).parent)]
        if override is not None:
            folders.insert(0, _checked(override, folders[0]))
        self._folders = tuple(folders)
        # Our own templates need no sandbox, which costs a third of their time; other people's do.
        environment = jinja2.Environment if override is None else ImmutableSandboxedEnvironment
        self._environment = environment(
            loader=jinja2.FileSystemLoader(folders),
            undefined=jinja2.StrictUndefined,
            autoescape=False,  # the output is a prompt, not HTML; `line` disarms what comes from postings
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            newline_sequence="\n",
            auto_reload=False,  # a run has one prompt, whatever happens to the files meanwhile
        )
        self._environment.filters["line"] = one_line

    def shared(self) -> str:
        """The part that all requests share: no date, no word of any posting."""
        return self._shared

    @cached_property
    def _shared(self) -> str:
        families = load("ownership")["families"]
        owns = {family: ", ".join(what["owns"]) or "none" for family, what in families.items()}
        return self._render("system.j2", headings=HEADINGS, frame=load("words")["frame"], owns=owns)

    def profile(self, facts: Sequence[FactView]) -> str:
        """The employer's facts as the second cached block; empty without facts."""
        return self._render("profile.j2", facts=tuple(facts)) if facts else ""

    def posting(self, view: PostingView) -> str:
        """The user turn: one posting as data, with all that code knows about it."""
        return self._render("posting.j2", view=view)

    def repair(self, violations: Iterable[Violation]) -> str:
        """The user turn that sends broken lines back once."""
        return self._render("repair.j2", violations=tuple(violations))

    def fingerprint(self) -> str:
        """Twelve hex digits over all templates and the shared part as rendered: another prompt, another fingerprint."""
        return self._fingerprint

    @cached_property
    def _fingerprint(self) -> str:
        digest = hashlib.sha256(self.shared().encode())
        with _told(self._folders[0]):
            for name in self._environment.list_templates(extensions=["j2"]):
                digest.update(f"{name}\0{self._source(name)}\0".encode())
        return digest.hexdigest()[:_FINGERPRINT_LENGTH]

    def _source(self, name: str) -> str:
        path = next(folder / name for folder in self._folders if (folder / name).is_file())
        return path.read_text(encoding="utf-8").replace("\r\n", "\n")

    def _render(self, name: str, **values: object) -> str:
        with _told(self._folders[0] / name):
            return self._environment.get_template(name).render(**values).strip() + "\n"


def _checked(override: Path, built_in: Path) -> Path:
    """`override`, if it holds at least one template that replaces a built-in one."""
    if not override.is_dir():
        raise PromptBroken(f"{override} is no folder", hint="--prompts takes a folder of .j2 templates")
    known = {path.name for path in built_in.glob("*.j2")}
    if not any(path.name in known for path in override.glob("*.j2")):
        raise PromptBroken(
            f"{override} replaces none of the templates",
            hint=f"start from a copy of one of: {', '.join(sorted(known))}",
        )
    return override


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turns whatever a template raises into one line that names the file and, where known, the line."""
    try:
        yield
    except _TEMPLATE_FAULTS as error:
        file, line = _place(error, path)
        says = " ".join(str(error).split()) or type(error).__name__
        raise PromptBroken(f"{file}{f':{line}' if line else ''}: {says}", hint="mend the template") from error


def _place(error: BaseException, path: Path) -> tuple[str, int]:
    """Where the fault is: a syntax error knows, else the innermost frame that belongs to a template."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        return error.filename or error.name or str(path), error.lineno
    frames = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    return next((place for place in reversed(frames) if place[0].endswith(".j2")), (str(path), 0))
