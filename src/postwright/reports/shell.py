"""What all pages share: one file with its style and script inside, under a policy that lets nothing else run."""

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from postwright.reports.markup import visible


def render(template: str, context: Mapping[str, object], style: str, script: str = "") -> str:
    """The page of a template. It finds `policy`, `css` and `script` beside its context, and escapes all else."""
    parts = {
        "policy": _policy(style, script),
        "css": Markup(style),  # noqa: S704 - our own files
        "script": Markup(script),  # noqa: S704 - our own files
    }
    html = _environment().get_template(template).render({**context, **parts})
    return html.encode("utf-8", "replace").decode()  # a file name may hold bytes that are no text


def style_text(names: tuple[str, ...]) -> str:
    """Style sheets of the assets as one."""
    return "\n".join(_asset(name) for name in names)


def script_text(names: tuple[str, ...]) -> str:
    """Scripts of the assets as one, in a scope of its own."""
    body = "\n".join(_asset(name) for name in names)
    return f'"use strict";\n(() => {{\n{body}\n}})();\n'


def _policy(style: str, script: str) -> str:
    """Nothing loads, nothing runs but this style and this script, by their hashes."""
    runs = _hashed(script) if script else "'none'"
    return (
        f"default-src 'none'; style-src {_hashed(style)}; script-src {runs}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hashed(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _asset(name: str) -> str:
    return (files("postwright.reports") / "assets" / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    return Environment(
        loader=FunctionLoader(_asset),
        autoescape=True,
        finalize=_seen,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _seen(value: object) -> object:
    """Whatever text the page prints, nothing in it is invisible."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
