"""The Python API does what its page says, is complete, and costs nothing to import."""

import doctest
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
