"""The forgery suite judges the product from outside: its checker and its lies share no code with what they test."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

FORGERY = Path(__file__).parent.parent / "forgery"
ALLOWED = {
    "postwright.domain.critique",
    "postwright.domain.draft",
    "postwright.domain.errors",
    "postwright.domain.finding",
    "postwright.domain.house",
    "postwright.domain.posting",
    "postwright.domain.reply",
}
JUDGES = [FORGERY / f"{name}.py" for name in ("checker", "words", "protected", "books", "seen", "cases")]
JUDGES += sorted((FORGERY / "lies").glob("*.py"))
DOOR = "postwright.workflows.drafting"
"""The one door through which the suite drives the product; the checker and the lies do not use even that."""


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("import_module", "__import__")):
            yield "an import by name"


def _of_ours(path: Path) -> set[str]:
    return {name for name in _imported(path) if name.split(".")[0] == "postwright" or name == "an import by name"}


@pytest.mark.parametrize("path", sorted(FORGERY.rglob("*.py")), ids=lambda path: path.name)
def test_the_suite_reaches_the_product_through_one_door_only(path: Path) -> None:
    assert _of_ours(path) <= ALLOWED | {DOOR}


@pytest.mark.parametrize("path", JUDGES, ids=lambda path: path.name)
def test_the_checker_and_the_lies_know_only_values_of_the_ground_floor(path: Path) -> None:
    assert _of_ours(path) <= ALLOWED
