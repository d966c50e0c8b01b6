"""`postwright completion`: the script that teaches a shell our commands, options and files."""

import click
from click.shell_completion import get_completion_class

SHELLS = ("bash", "zsh", "fish")


@click.command(epilog='Example: eval "$(postwright completion bash)"')
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> None:
    """Print the completion script of SHELL.

    For good, in bash: postwright completion bash > ~/.local/share/bash-completion/completions/postwright.
    In zsh: postwright completion zsh > a folder of $fpath, as _postwright.
    In fish: postwright completion fish > ~/.config/fish/completions/postwright.fish.
    """
    found = get_completion_class(shell)
    assert found is not None  # noqa: S101 - click knows all three
    script = found(click.Command("postwright"), {}, "postwright", "_POSTWRIGHT_COMPLETE")
    # Not `source()`: for bash that starts the shell to ask its version.
    click.echo(script.source_template % script.source_vars())
