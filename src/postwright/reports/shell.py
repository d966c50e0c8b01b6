"""What all pages share: one file with its style and script inside, under a policy that lets nothing else run."""

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined
from jinja2.compiler import CodeGenerator
from markupsafe import Markup, escape

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


@cache
def style_text(names: tuple[str, ...]) -> str:
    """Style sheets of the assets as one."""
    return "\n".join(_asset(name) for name in names)


@cache
def script_text(names: tuple[str, ...]) -> str:
    """Scripts of the assets as one, in a scope of its own."""
    body = "\n".join(_asset(name) for name in names)
    return f'"use strict";\n(() => {{\n{body}\n}})();\n'


@cache
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


class _Printer(CodeGenerator):
    """Leaves the escaping to `_seen`: a page prints more than a thousand values, and each call counts."""

    def _output_child_pre(self, *_: object, **_named: object) -> None:
        self.write("environment.finalize(")

    def _output_child_post(self, *_: object, **_named: object) -> None:
        self.write(")")


class _Pages(Environment):
    code_generator_class = _Printer


@cache
def _environment() -> Environment:
    return _Pages(
        loader=FunctionLoader(_asset),
        autoescape=True,
        finalize=_seen,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _seen(value: object) -> str:
    """Whatever the page prints: nothing in it is markup of a stranger's, nothing in it is invisible."""
    if isinstance(value, Markup):
        return value
    if not isinstance(value, str):
        return escape(value)
    return value if value.isalnum() else escape(visible(value))  # names of anchors, labels, classes: most values
