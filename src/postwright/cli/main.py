"""The front door: a group whose commands load when they run, so that `--version` and the hook start at once."""

from importlib import import_module
from typing import TYPE_CHECKING

import click

from postwright import __version__
from postwright.cli.boundary import boundary

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

# name -> (module, one-line help). The help stands here so that `--help` loads no command.
COMMANDS: dict[str, tuple[str, str]] = {
    "rewrite": ("postwright.cli.rewrite", "Verdict, critique, draft and review page for postings."),
    "critique": ("postwright.cli.rewrite", "The same without a draft."),
    "batch": ("postwright.cli.batch", "A folder of postings: triage, price, then cached, resumable and budgeted."),
    "settle": ("postwright.cli.settle", "Settle a draft's decisions; --write puts the result in place."),
    "review": ("postwright.cli.review", "The review pages again, from stored results."),
    "export": ("postwright.cli.export", "Settled text as Markdown, HTML, Word, text or JSON-LD; changes for an ATS."),
    "check": ("postwright.cli.check", "Offline rules over files and folders; the pre-commit hook."),
    "rules": ("postwright.cli.rules", "List the rules, or explain one."),
    "init": ("postwright.cli.init", "Config, hook, baseline and profile for a careers repo."),
    "audit": ("postwright.cli.audit", "The Three-Layer Audit of a folder of postings, or of a team's heads."),
    "doctor": ("postwright.cli.doctor", "Provider, credentials, what the endpoint can do, prompt and prices."),
    "completion": ("postwright.cli.completion", "The completion script of bash, zsh or fish."),
}


class LazyGroup(click.Group):
    """Loads a command's module when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(COMMANDS[cmd_name][0])
        command = getattr(module, cmd_name)
        assert isinstance(command, click.Command)  # noqa: S101 - a broken table is our bug
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in COMMANDS:
            from difflib import get_close_matches

            near = get_close_matches(name, COMMANDS, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise click.UsageError(f"No such command {name!r}.{hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> "list[CompletionItem]":
        """What the Tab key offers: the table again, so that no command's module has to load."""
        from click.shell_completion import CompletionItem

        offered = [
            CompletionItem(name, help=text) for name, (_, text) in COMMANDS.items() if name.startswith(incomplete)
        ]
        return [*offered, *click.Command.shell_complete(self, ctx, incomplete)]

    def invoke(self, ctx: click.Context) -> object:
        with boundary():
            return super().invoke(ctx)


@click.group(
    cls=LazyGroup,
    epilog="Example: postwright rewrite jobs/ml-engineer.md, then postwright settle jobs/ml-engineer.md --write",
    context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "POSTWRIGHT"},
)
@click.version_option(__version__, prog_name="postwright")
def main() -> None:
    """Critique and rewrite healthcare-AI job postings, and prove what was done."""
