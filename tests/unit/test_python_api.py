"""The Python API does what its page says, is complete, and costs nothing to import."""

import ast
import doctest
import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

import postwright

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "python-api.md"


def test_every_example_on_the_page_runs_as_printed() -> None:
    options = doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL
    failed, tried = doctest.testfile(str(PAGE), module_relative=False, optionflags=options)
    assert tried >= 15
    assert failed == 0


@pytest.mark.parametrize("name", postwright.__all__)
def test_every_name_that_is_offered_is_there(name: str) -> None:
    assert getattr(postwright, name) is not None
    assert name in dir(postwright)


def test_a_name_that_is_not_offered_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match="no attribute 'rewrit'"):
        _ = getattr(postwright, "rewrit")  # noqa: B009 - by name, as a typo would


def test_importing_the_package_loads_no_room_of_the_house() -> None:
    program = "import sys, postwright; print([m for m in sys.modules if m.startswith('postwright.')])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"


def test_pending_text_is_never_exported() -> None:
    review = postwright.rewrite((ROOT / "fixtures/postings/gold-a.md").read_text(), "gold-a.md")
    with pytest.raises(postwright.PostwrightError, match="pending"):
        postwright.export(review, "html")


def test_an_unknown_format_is_named_with_the_known_ones() -> None:
    review = postwright.rewrite((ROOT / "fixtures/postings/gold-a.md").read_text(), "gold-a.md")
    with pytest.raises(postwright.PostwrightError) as caught:
        postwright.export(review, "doc")
    assert "docx" in caught.value.hint


def test_claude_is_asked_at_the_provider_that_is_named() -> None:
    with postwright.claude("my-deployment", provider="foundry") as editor:
        assert editor.model.name == "my-deployment"
        assert not editor.prices.knows("my-deployment")
    with pytest.raises(postwright.PostwrightError, match="model ids of its own"), postwright.claude(provider="bedrock"):
        pass
    with pytest.raises(postwright.PostwrightError, match="unknown provider"), postwright.claude(provider="azure"):
        pass


def documented() -> set[str]:
    """The names in the first column of the page's table."""
    rows = re.findall(r"^\| (`.*?`) \|", PAGE.read_text("utf-8"), re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`(\w+)`", row)}


def test_the_page_names_every_name_that_is_offered_and_no_other() -> None:
    assert documented() == set(postwright.__all__)


def test_a_star_import_gives_what_the_page_names() -> None:
    program = "before = {*dir(), 'before'}; from postwright import *; print(*sorted({*dir()} - before))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=120)
    assert set(done.stdout.split()) == documented()


def test_type_checkers_are_told_the_same_names() -> None:
    tree = ast.parse((Path(postwright.__file__).with_suffix(".pyi")).read_text("utf-8"))
    imported = {alias.asname for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    (listed,) = (ast.literal_eval(node.value) for node in tree.body if isinstance(node, ast.Assign))
    assert imported == set(listed) == set(postwright.__all__)
    assert (Path(postwright.__file__).parent / "py.typed").exists()


SIGNATURES = {
    "claude": "model= provider= prompts= journal=",
    "critique": "text path= answers= as_of=",
    "export": "review to given= partial=",
    "load_review": "path",
    "read": "text path=",
    "read_file": "path",
    "review_to_json": "review",
    "rewrite": "text path= editor= answers= options=",
    "rewrite_async": "text path= editor= answers= options=",
    "settle": "review choices",
}
"""Arguments are only added, at the end or by name, and with defaults ("=")."""


@pytest.mark.parametrize("name", SIGNATURES)
def test_the_arguments_of_a_call_stay(name: str) -> None:
    given = inspect.signature(getattr(postwright, name)).parameters.values()
    found = [f"{one.name}{'=' if one.default is not one.empty else ''}" for one in given]
    assert " ".join(found) == SIGNATURES[name]
    assert all(one.annotation is not one.empty for one in given)


def test_the_table_of_signatures_has_every_call() -> None:
    calls = {name for name in postwright.__all__ if name[0].islower()}
    assert calls == set(SIGNATURES)


@pytest.mark.slow
def test_a_strict_type_checker_takes_the_examples_of_the_page(tmp_path: Path) -> None:
    lines = [example.source for example in doctest.DocTestParser().get_examples(PAGE.read_text("utf-8"))]
    program = tmp_path / "examples.py"
    program.write_text("".join(lines))
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(ROOT / ".mypy_cache"), str(program)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stdout


def test_json_ld_that_is_not_valid_is_refused_unless_partial() -> None:
    review = postwright.settle(postwright.rewrite(DRAFT), "reject all")
    with pytest.raises(postwright.PostwrightError, match="datePosted is required"):
        postwright.export(review, "jsonld")
    assert b"JobPosting" in postwright.export(review, "jsonld", partial=True)


def test_a_fact_that_may_not_be_published_is_refused_before_anything_is_made_of_it() -> None:
    options = postwright.Options(profile=(postwright.ProfileFact("Our AI is FDA approved."),))
    with pytest.raises(postwright.PostwrightError, match="p1 is a claim without support"):
        postwright.rewrite(DRAFT, options=options)


DRAFT = (ROOT / "fixtures/postings/gold-a.md").read_text()
