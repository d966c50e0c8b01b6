"""The front door."""

import click


@click.group()
@click.version_option(package_name=None, version="0.1.0", prog_name="postwright")
def main() -> None:
    """Critique and rewrite healthcare-AI job postings, and prove what was done."""
