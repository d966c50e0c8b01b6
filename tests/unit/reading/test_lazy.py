"""Patterns put off until they are used, and what that may hide."""

import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import postwright
from postwright.reading.searching.lazy import lazy_pattern

ROOT = Path(postwright.__file__).parent
LAZY = type(lazy_pattern(""))


def lazy_patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for path in sorted(ROOT.rglob("*.py")):
        if "lazy_pattern(" in path.read_text(encoding="utf-8"):
            name = ".".join(("postwright", *path.relative_to(ROOT).with_suffix("").parts))
            for attribute, value in vars(import_module(name)).items():
                if isinstance(value, LAZY):
                    yield f"{name}.{attribute}", value


def test_every_lazy_pattern_of_the_house_compiles() -> None:
    compiled = {name: pattern.pattern for name, pattern in lazy_patterns()}
    assert len(compiled) > 100


def test_nothing_is_compiled_before_the_first_search(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    compiled = re.compile

    def noting(text: str, flags: int = 0) -> re.Pattern[str]:
        seen.append(text)
        return compiled(text, flags)

    monkeypatch.setattr(re, "compile", noting)
    pattern = lazy_pattern("b+", re.IGNORECASE)
    assert not seen
    assert [match.span() for match in pattern.finditer("aBba")] == [(1, 3)]
    assert pattern.search("aaa") is None
    assert set(seen) == {"b+"}


def test_loading_check_compiles_next_to_no_pattern_of_ours() -> None:
    script = (
        "import re, sys\n"
        "compiled = re.compile\n"
        "def noting(text, flags=0):\n"
        "    if 'postwright' in sys._getframe(1).f_globals['__name__']: print(sys._getframe(1).f_globals['__name__'])\n"
        "    return compiled(text, flags)\n"
        "re.compile = noting\n"
        "import postwright.cli.check\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) <= {"postwright.domain.house"}  # the ground floor has no door to `lazy`


def test_a_lazy_pattern_does_all_that_a_compiled_one_does() -> None:
    lazy, eager = lazy_pattern(r"(?P<n>\d)-"), re.compile(r"(?P<n>\d)-")
    for name in ("search", "match", "fullmatch", "split", "findall"):
        assert str(getattr(lazy, name)("1-2-")) == str(getattr(eager, name)("1-2-"))
    assert lazy.sub("x", "1-2-") == eager.sub("x", "1-2-")
    assert (lazy.pattern, lazy.flags, lazy.groupindex) == (eager.pattern, eager.flags, eager.groupindex)


def test_a_broken_pattern_says_so_when_it_is_used() -> None:
    pattern = lazy_pattern("(")
    with pytest.raises(re.error):
        pattern.search("")
