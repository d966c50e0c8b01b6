"""`postwright init`: config, hook entry and first baseline, so that adoption starts green."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from postwright.domain.config import Employer, ProfileFact
from postwright.domain.errors import UsageProblem
from postwright.reports.findings.totals import counted
from postwright.reports.findings.visible import visible
from postwright.storage.config import OWN, find_config
from postwright.storage.files import write_text
from postwright.workflows.checking.adopting import Survey, config_text, hook_entry, overrides_for, repository_of, survey
from postwright.workflows.checking.looking import rule_names
from postwright.workflows.checking.settings import Settings, place_in

HOOKS = ".pre-commit-config.yaml"


@click.command(epilog="Example: postwright init && pre-commit install")
@click.argument("folder", type=click.Path(path_type=Path), default=Path())
@click.option("--yes", is_flag=True, help="Do not ask, even on a terminal.")
def init(folder: Path, *, yes: bool) -> None:
    """Set up FOLDER (default: here) of a careers repo. Nothing that exists is overwritten."""
    if not folder.is_dir():
        raise UsageProblem(f"{visible(str(folder))} is not a folder", hint="name the folder that holds the postings")
    asks = sys.stdin.isatty() and sys.stdout.isatty() and not yes
    if asks:
        names = f"{OWN}, a baseline and {HOOKS}"
        click.confirm(f"Write {names} for {visible(str(folder.absolute()))}?", default=True, abort=True)
    config = find_config(folder)
    settings = Settings(overrides_for(folder, has_config=config is not None), rule_names(), _today())
    baseline = Path(settings.of(folder).baseline) if settings.of(folder).baseline else None
    fresh = baseline is not None and not baseline.exists()
    seen = survey(folder, settings, write_baseline=fresh)
    _say_postings(seen)
    _config(folder, config, seen, asks=asks)
    _baseline(baseline, seen, fresh=fresh)
    _hook(repository_of(folder), seen)
    click.echo("next: postwright check, then pre-commit install")


def _today() -> str:
    return datetime.now(tz=UTC).date().isoformat()


def _near(path: Path) -> str:
    """A path as seen from here."""
    return visible(place_in(Path.cwd(), path.absolute()))


def _say_postings(seen: Survey) -> None:
    pages = f", {counted(seen.pages, 'other page')}" if seen.pages else ""
    click.echo(f"found {counted(len(seen.postings), 'posting')}{pages}")
    for path, why in seen.unreadable:
        click.echo(f"  left out: {visible(why)}" if path in why else f"  left out: {visible(path)}: {visible(why)}")


def _config(folder: Path, present: Path | None, seen: Survey, *, asks: bool) -> None:
    if present is not None:
        click.echo(f"kept {_near(present)}")
        return
    stated: tuple[Employer, tuple[ProfileFact, ...]] = (Employer(), ())
    if asks:
        from postwright.cli.profile import interview

        stated = interview()
    write_text(folder / OWN, config_text(seen.unreadable, *stated))
    click.echo(f"wrote {_near(folder / OWN)}")


def _baseline(path: Path | None, seen: Survey, *, fresh: bool) -> None:
    if path is None:
        click.echo(
            'no baseline: add baseline = ".postwright-baseline.json" to the config, then check --update-baseline'
        )
    elif not fresh:
        click.echo(f"kept {_near(path)}; check --update-baseline renews it")
    else:
        click.echo(f"wrote {_near(path)}: {counted(seen.findings, 'finding')} that fail no more")
        errors = ", ".join(f"{rule} ({times})" for rule, times in seen.errors.most_common())
        if errors:
            click.echo(f"  look at these errors first: {errors}")


def _hook(repo: Path, seen: Survey) -> None:
    path = repo / HOOKS
    entry = hook_entry(seen.pattern, _own_source())
    if not path.exists():
        write_text(path, entry)
        click.echo(f"wrote {_near(path)}: postwright-check on {visible(seen.pattern)}")
        return
    click.echo(f"kept {_near(path)}")
    if "postwright-check" not in path.read_text("utf-8", errors="replace"):
        click.echo("  hint: put this under its `repos:`\n")
        click.echo("".join(f"{line}\n" for line in entry.splitlines()[1:]))


def _own_source() -> tuple[str, str] | None:
    """Address and commit of the repository that this install came from (PEP 610); None for a release or a checkout."""
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        written = distribution("postwright").read_text("direct_url.json")
    except PackageNotFoundError:
        return None
    origin = json.loads(written) if written else {}
    commit = origin.get("vcs_info", {}).get("commit_id")
    return (str(origin["url"]), str(commit)) if commit else None
