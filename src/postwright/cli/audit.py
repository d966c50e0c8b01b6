"""`postwright audit`: the Three-Layer Audit of a folder of postings, of a team's heads, or of both. Offline."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from postwright import __version__
from postwright.cli.boundary import ExitCode
from postwright.domain.errors import UsageProblem
from postwright.domain.team import Aside, Audit, Heads, Placement, TeamLayer
from postwright.reports.style import ANSI, PLAIN
from postwright.reports.team import as_json, lines
from postwright.rules.team import audit as audit_team
from postwright.rules.team import checked_heads
from postwright.storage.files import shown, write_text
from postwright.workflows.checking.auditing import placed
from postwright.workflows.checking.looking import rule_names
from postwright.workflows.checking.settings import Overrides, Settings

Counts = Mapping[TeamLayer, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the command line says."""

    paths: tuple[Path, ...]
    heads: Counts | None
    evidence: Counts | None
    own_models: bool
    all_formats: bool
    as_json: bool
    out: Path | None
    quiet: bool


def _counts(_context: click.Context, option: click.Parameter, value: str | None) -> Counts | None:
    """`clinical=1,ml=6` as numbers by layer."""
    if value is None:
        return None
    counts: dict[TeamLayer, int] = {}
    for part in filter(None, (part.strip() for part in value.split(","))):
        name, _, number = (piece.strip() for piece in part.partition("="))
        if name not in list(TeamLayer):
            raise click.BadParameter(f"{name!r} is no layer; the layers are {', '.join(TeamLayer)}")
        if not (number.isascii() and number.isdigit() and len(number) <= 6):
            raise click.BadParameter(f"{part!r} has no number of heads, as in {name}=2")
        if name in counts:
            raise click.BadParameter(f"{name} is given twice")
        counts[TeamLayer(name)] = int(number)
    if not counts and option.name == "heads":
        raise click.BadParameter("no heads are given, as in clinical=1,integration=2,compliance=0,ml=6")
    return counts


@click.command(
    epilog="Example: postwright audit jobs/ --heads clinical=2,integration=2,compliance=1,ml=6 --evidence "
    "clinical=1,integration=2 -o team.html"
)
@click.argument("paths", nargs=-1, metavar="[DIR]...", type=click.Path(path_type=Path, exists=True))
@click.option("--heads", callback=_counts, metavar="LAYER=N,...", help="The team as it is, by layer.")
@click.option(
    "--evidence",
    callback=_counts,
    metavar="LAYER=N,...",
    help="How many of them have shadowed clinicians (clinical), touched FHIR (integration), filed a 510(k) "
    "(compliance). Only these heads count: a job title is no evidence.",
)
@click.option(
    "--own-models", is_flag=True, help="The product has models of its own: imaging, waveforms, foundation models."
)
@click.option("--all-formats", is_flag=True, help="In folders also Word, PDF, HTML and ATS exports.")
@click.option("--json", "as_json", is_flag=True, help="Print the audit as JSON.")
@click.option("-o", "--out", type=click.Path(path_type=Path, dir_okay=False), help="Write the audit as one HTML page.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
def audit(**options: Any) -> None:
    """Which layer each posting in DIR hires for, and whether ML research outnumbers the three layers.

    Give folders or files of postings, --heads, or both.
    """
    wanted = Wanted(**options)
    if not wanted.paths and wanted.heads is None:
        raise click.UsageError("Nothing to audit: name a folder of postings, or give --heads.")
    found = _audited(wanted)
    if wanted.out is not None:
        from postwright.reports.team_page import team_page

        write_text(wanted.out, team_page(found, __version__))
    _tell(found, wanted)
    if any(aside.failed for aside in found.aside):
        sys.exit(ExitCode.FAILED)


def _audited(wanted: Wanted) -> Audit:
    settings = Settings(Overrides(), rule_names(), datetime.now(tz=UTC).date().isoformat())
    found = placed(wanted.paths, settings, all_formats=wanted.all_formats) if wanted.paths else ()
    return audit_team(
        tuple(one for one in found if isinstance(one, Placement)),
        tuple(one for one in found if isinstance(one, Aside)),
        _heads(wanted),
        looked=bool(wanted.paths),
        own_models=wanted.own_models,
    )


def _heads(wanted: Wanted) -> Heads | None:
    evidence = wanted.evidence or {}
    if wanted.heads is None:
        if evidence:
            raise UsageProblem("--evidence is about heads, and none are given", hint="add --heads clinical=1,ml=2")
        return None
    if wrong := checked_heads(wanted.heads, evidence):
        raise UsageProblem(f"--evidence: {wrong}", hint="give at most the number in --heads")
    return Heads(wanted.heads, evidence)


def _tell(found: Audit, wanted: Wanted) -> None:
    if wanted.as_json:
        click.echo(as_json(found, __version__), nl=False)
        return
    if wanted.quiet:
        for aside in found.aside:
            if aside.failed:
                click.echo(f"error: {aside.path}: {aside.why}", err=True)
        return
    style = ANSI if sys.stdout.isatty() else PLAIN
    for line in lines(found, style=style):
        click.echo(line)
    if wanted.out is not None:
        click.echo(f"open {shown(wanted.out)}")
