"""What `init` writes for a careers repo: where its postings are, a config, a hook entry and a first baseline."""

import json
import os
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from postwright import __version__
from postwright.domain.checked import CheckedFile
from postwright.domain.config import Employer, ProfileFact
from postwright.domain.finding import Severity
from postwright.reading.screening.hidden import encodable
from postwright.workflows.checking.baseline import NAME
from postwright.workflows.checking.files import Checker
from postwright.workflows.checking.settings import Overrides, Settings, place_in
from postwright.workflows.checking.tree import SUFFIXES

ANY_TEXT = rf"\.(?:{'|'.join(suffix[1:] for suffix in SUFFIXES)})$"
_FEW = 2  # postings in a folder: below it, each posting has a folder of its own
_MOST_FOLDERS = 8  # of one top folder in a pattern; more read worse than the folder above them


@dataclass(slots=True)
class Survey:
    """What a tree holds. Paths are relative to `repo`, the folder that hooks run in."""

    repo: Path
    postings: list[str] = field(default_factory=list)
    unreadable: list[tuple[str, str]] = field(default_factory=list)  # path relative to the config, and why
    pages: int = 0
    findings: int = 0
    errors: Counter[str] = field(default_factory=Counter)  # by rule

    @property
    def pattern(self) -> str:
        """A regular expression for the `files:` of a hook."""
        return files_pattern(self.postings)


def survey(top: Path, settings: Settings, *, write_baseline: bool) -> Survey:
    """Check all of a tree once, and write its first baseline where `settings` say."""
    seen = Survey(repository_of(top))
    checker = Checker(settings, update_baseline=True)
    for checked in checker.paths([top]):
        _count(seen, top, checked)
    if write_baseline:
        checker.baselines.write()
    return seen


def _count(seen: Survey, top: Path, checked: CheckedFile) -> None:
    path = Path(checked.path)
    if checked.failure:
        seen.unreadable.append((place_in(top, path), checked.failure))
    elif checked.page:
        seen.pages += 1
    else:
        seen.postings.append(place_in(seen.repo, path))
    seen.findings += len(checked.remarks)
    errors = (remark.finding for remark in checked.remarks if remark.finding.severity is Severity.ERROR)
    seen.errors.update(finding.rule for finding in errors)


def repository_of(top: Path) -> Path:
    """The git repository that holds a folder, else the folder."""
    whole = top.absolute()
    return next((folder for folder in (whole, *whole.parents) if (folder / ".git").exists()), whole)


def overrides_for(top: Path, *, has_config: bool) -> Overrides:
    """A tree without a config gets its baseline beside the one to come."""
    return Overrides() if has_config else Overrides(baseline=top / NAME)


def files_pattern(postings: Iterable[str]) -> str:
    """A pattern for the folders that hold postings, and those to come; for all text files when there are none."""
    paths = [PurePosixPath(path) for path in postings]
    if not paths:
        return ANY_TEXT
    places = sorted({place for group in _by_top(paths).values() for place in _places(group)})
    alone = [place for place in places if "/" not in place.removesuffix("/.*") and _holds_one(place, paths)]
    if len(alone) > 1:  # each posting in a folder of its own at the top: the next one will be too
        places = [*(place for place in places if place not in alone), "[^/]*/[^/]*"]
    return f"^(?:{'|'.join(places)}){ANY_TEXT}"


def _by_top(paths: Iterable[PurePosixPath]) -> dict[str, list[PurePosixPath]]:
    groups: dict[str, list[PurePosixPath]] = {}
    for path in paths:
        groups.setdefault(path.parts[0] if len(path.parts) > 1 else "", []).append(path)
    return groups


def _places(paths: list[PurePosixPath]) -> list[str]:
    """Patterns for the folders under one top folder: what they share, when most hold one posting or they are many."""
    folders = sorted({path.parent for path in paths})
    if len(folders) > 1 and (len(paths) < _FEW * len(folders) or len(folders) > _MOST_FOLDERS):
        folders = [PurePosixPath(os.path.commonpath(folders))]
    apart = [folder for folder in folders if not any(other in folder.parents for other in folders if other.parts)]
    return [f"{_escaped(folder)}/.*" if folder.parts else "[^/]*" for folder in apart]


def _holds_one(place: str, paths: list[PurePosixPath]) -> bool:
    return sum(1 for path in paths if re.match(place, str(path))) == 1


def _escaped(folder: PurePosixPath) -> str:
    return re.sub(r"([.+*?^$()\[\]{}|\\])", r"\\\1", str(folder))


def config_text(
    unreadable: Iterable[tuple[str, str]], employer: Employer | None = None, facts: Iterable[ProfileFact] = ()
) -> str:
    """A first `postwright.toml`, every key with a word on what it does."""
    left_out = [f"    {json.dumps(path, ensure_ascii=False)},  # {_one_line(why)}" for path, why in unreadable]
    exclude = ["exclude = [", *left_out, "]"] if left_out else ['# exclude = ["**/_TEMPLATE.md"]']
    return "\n".join([_HEAD, *exclude, _TAIL, *_profile(employer or Employer(), tuple(facts))])


def _profile(employer: Employer, facts: tuple[ProfileFact, ...]) -> list[str]:
    """The employer's table: what was stated, and examples for what was not."""
    if not (employer.name or employer.places or employer.country or facts):
        return [_PROFILE, *(f"# {line}".rstrip() for line in _EXAMPLE.splitlines()), ""]
    lines = [_PROFILE, "[profile]"]
    lines += [f"employer = {_quoted(employer.name)}"] if employer.name else []
    lines += [f"places = [{', '.join(map(_quoted, employer.places))}]"] if employer.places else []
    lines += [f"country = {_quoted(employer.country)}"] if employer.country else []
    return [*lines, "facts = [", *map(_fact, facts), "]", ""] if facts else [*lines, ""]


def _fact(fact: ProfileFact) -> str:
    sections = f", sections = [{', '.join(_quoted(kind.value) for kind in fact.sections)}]" if fact.sections else ""
    return f"    {{id = {_quoted(fact.id)}, text = {_quoted(fact.text)}{sections}}},"


def _quoted(text: str) -> str:
    """A string of TOML: JSON's, where the two agree."""
    return json.dumps(encodable(text), ensure_ascii=False).replace("\x7f", "\\u007f")


def _one_line(text: str) -> str:
    return "".join(char if char.isprintable() else "?" for char in text)


_HEAD = f"""\
# Settings of Postwright for the postings below this file.
# `postwright check --show-config` prints what holds; `postwright rules` lists the rules.

# Findings that were there when this file was written: only new ones fail.
# `postwright check --update-baseline` takes out what was mended since.
baseline = "{NAME}"

# The level from which findings fail: "error", "warning", "notice" or "never". All are shown.
fail-on = "error"

# What your site adds around every posting, so that no rule calls it missing.
# provided-elsewhere = ["pay", "eeo", "apply"]

# Your own words, which no rule about wording touches.
# vocabulary = ["Ninja Nurse Program"]

# Rules, or families of rules, that you do not want.
# ignore = ["gender-score", "readability"]

# Files that are no postings."""

_TAIL = """
# Rules that do not hold for some files.
# [per-file-ignores]
# "archive/*" = ["stale-name"]
"""

_PROFILE = """\
# What holds for all your postings. Lines of a rewrite may cite a fact by its id, in the sections named (none: in any);
# employer, places and country fill structured data (`export --to jsonld`) where a posting does not say them."""

_EXAMPLE = """\
[profile]
employer = "Acme Health"
places = ["Boston, MA"]
country = "US"
facts = [{id = "p1", text = "We use Epic.", sections = ["about"]}, {id = "p2", text = "12 weeks of parental leave"}]"""


def hook_entry(pattern: str, source: tuple[str, str] | None) -> str:
    """A `.pre-commit-config.yaml` with our hook. `source`: address and revision of our repository, where known."""
    quoted = "'" + pattern.replace("'", "''") + "'"
    if source is None:
        return _LOCAL_HOOK.format(version=__version__, files=quoted)
    return _HOOK.format(repo=source[0], rev=source[1], files=quoted)


_HOOK = """\
repos:
  - repo: {repo}
    rev: {rev}
    hooks:
      - id: postwright-check
        files: {files}
"""

_LOCAL_HOOK = """\
repos:
  - repo: local
    hooks:
      - id: postwright-check
        name: postwright check
        entry: postwright check
        language: python
        additional_dependencies: ["postwright=={version}"]
        types_or: [markdown, mdx, plain-text]
        require_serial: true
        files: {files}
"""
