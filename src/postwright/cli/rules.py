"""`postwright rules`: what the rules are, and why."""

import json

import click

from postwright.domain.errors import UsageProblem
from postwright.reports.rule_sheet import as_data, explanation, listing, page
from postwright.workflows.checking.looking import known_rules, rule_names


@click.command(epilog="Example: postwright rules native-speaker")
@click.argument("names", metavar="[RULE]...", nargs=-1)
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text", help="Form of the output."
)
def rules(names: tuple[str, ...], form: str) -> None:
    """List all rules, or those of a family, or explain RULE."""
    known = known_rules()
    for name in names:
        if name not in rule_names():
            from difflib import get_close_matches

            near = get_close_matches(name, rule_names(), n=1)
            hint = f"did you mean {near[0]!r}?" if near else "postwright rules lists all rules"
            raise UsageProblem(f"there is no rule {name!r}", hint=hint)
    chosen = [rule for rule in known.values() if not names or {rule.id, rule.family} & {*names}]
    if form == "json":
        click.echo(json.dumps([as_data(rule) for rule in chosen], indent=1))
    elif form == "markdown":
        click.echo("\n".join(page(chosen)))
    elif names and all(name in known for name in names):
        click.echo("\n\n".join("\n".join(explanation(rule)) for rule in chosen))
    else:
        click.echo("\n".join(listing(chosen)))
