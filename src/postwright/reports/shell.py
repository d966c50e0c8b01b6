"""What all pages share: one file with its style and script inside, under a policy that lets nothing else run."""

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Call, Getattr
from markupsafe import Markup, escape

from postwright.reports.markup import LONGEST_KEPT, visible


def render(template: str, context: Mapping[str, object], style: str, script: str = "") -> str:
    """The page of a template. It finds `policy`, `css` and `script` beside its context, and escapes all else."""
    parts = {
        "policy": _policy(style, script),
        "css": Markup(style),  # noqa: S704 - our own files
        "script": Markup(script),  # noqa: S704 - our own files
    }
    return _environment().get_template(template).render({**context, **parts})


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
    """Plain Python where Jinja2 goes by way of functions of its own: a page prints more than a thousand values.

    The escaping is left to `_seen`. `a.b` is an attribute and never a key; what is called is a macro or a method, with
    nothing but its arguments in their order.
    """

    def _output_child_pre(self, *_: object, **_named: object) -> None:
        self.write("environment.finalize(")

    def _output_child_post(self, *_: object, **_named: object) -> None:
        self.write(")")

    def visit_Getattr(self, node: Getattr, frame: Frame) -> None:  # noqa: N802 - the name that Jinja2 gives it
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Call(self, node: Call, frame: Frame, *_: object, **_named: object) -> None:  # noqa: N802
        self.visit(node.node, frame)
        self.write("(")
        for argument in node.args:
            self.visit(argument, frame)
            self.write(", ")
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
        cache_size=-1,  # our few templates stay
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _seen(value: object) -> str:
    """Whatever the page prints: nothing in it is markup of a stranger's, nothing in it is invisible."""
    if type(value) is str:  # not `Markup`, which equals the text that it is
        if value.isalnum():  # names of anchors, labels, classes: most values
            return value
        return _kept(value) if len(value) <= LONGEST_KEPT else escape(visible(value))
    if type(value) is int:
        return str(value)
    if isinstance(value, Markup):
        return value
    return escape(visible(value) if isinstance(value, str) else value)


@lru_cache(maxsize=4096)  # labels, reasons, questions and many lines come in many postings
def _kept(text: str) -> str:
    return str(escape(visible(text)))
