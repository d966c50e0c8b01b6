"""What was said about a text is said again without judging it, and only about that very text and question."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from postwright.domain.checked import CheckedFile
from postwright.domain.config import Config
from postwright.storage.cache import Cache
from postwright.workflows.checking.files import Checker, Task, check_one
from postwright.workflows.checking.kept import key_of
from postwright.workflows.checking.looking import rule_names
from postwright.workflows.checking.settings import Overrides, Settings

ROOT = Path(__file__).parents[3]
CONFIG = Config(as_of="2026-11-22")
TEXT = "# Nurse informaticist\n\nYou are a rockstar who owns the Epic build.\n"


def every(folder: Path, cache: Cache | None, *, fingerprints: bool = True) -> list[CheckedFile]:
    run = Checker(Settings(Overrides(), rule_names(), "2026-11-22"), fingerprints=fingerprints, processes=1)
    return list(run.paths([folder], cache))


def check(path: Path, text: str, cache: Cache, config: Config = CONFIG) -> CheckedFile:
    path.write_text(text)
    return check_one(Task(path, path.name, path.name, config, cache=cache))


def entries(cache: Cache) -> dict[str, bytes]:
    """What the file holds, read past the cache."""
    if not cache.file.exists():
        return {}
    with closing(sqlite3.connect(cache.file)) as database:
        return dict(database.execute("SELECT key, entry FROM entries").fetchall())


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache.sqlite3")


@pytest.mark.parametrize("fingerprints", [True, False])
def test_the_second_run_says_what_the_first_said(cache: Cache, *, fingerprints: bool) -> None:
    postings = ROOT / "fixtures/postings"
    plain = every(postings, None, fingerprints=fingerprints)
    assert every(postings, cache, fingerprints=fingerprints) == plain
    assert entries(cache)
    assert every(postings, cache, fingerprints=fingerprints) == plain


def test_the_second_run_judges_nothing(cache: Cache, tmp_path: Path) -> None:
    said = check(tmp_path / "job.md", TEXT, cache)
    ((key, entry),) = entries(cache).items()
    cache.put(key, entry.replace(b"rockstar", b"r0ckstar"))
    again = check(tmp_path / "job.md", TEXT, cache)
    assert [remark.finding.quote for remark in again.remarks] != [remark.finding.quote for remark in said.remarks]


def test_another_text_is_judged(cache: Cache, tmp_path: Path) -> None:
    first = check(tmp_path / "job.md", TEXT, cache)
    other = check(tmp_path / "job.md", TEXT.replace("rockstar", "person"), cache)
    assert len(other.remarks) < len(first.remarks)


@pytest.mark.parametrize(
    "other",
    [
        replace(CONFIG, as_of="2026-11-23"),
        replace(CONFIG, select=("hype",)),
        replace(CONFIG, vocabulary=("rockstar",)),
        replace(CONFIG, provided_elsewhere=("pay",)),
        replace(CONFIG, fail_on="notice"),
        replace(CONFIG, lock=("You are",)),
    ],
)
def test_other_settings_are_another_question(other: Config) -> None:
    assert key_of(TEXT, "job.md", other, (), fingerprints=True) != key_of(TEXT, "job.md", CONFIG, (), fingerprints=True)


def test_what_is_ignored_and_the_name_of_the_file_are_part_of_the_question() -> None:
    keys = {
        key_of(TEXT, name, CONFIG, ignored, fingerprints=fingerprints)
        for name in ("job.md", "job.mdx", "CONTRIBUTING.md")
        for ignored in ((), ("hype",))
        for fingerprints in (True, False)
    }
    assert len(keys) == 3 * 2 * 2


def test_the_place_of_the_file_and_of_its_config_are_no_part_of_it() -> None:
    moved = replace(CONFIG, where="/elsewhere/postwright.toml", baseline="/elsewhere/b.json", exclude=("old/*",))
    assert key_of(TEXT, "job.md", moved, (), fingerprints=True) == key_of(TEXT, "job.md", CONFIG, (), fingerprints=True)


def test_a_posting_with_a_secret_or_a_patient_is_kept_nowhere(cache: Cache, tmp_path: Path) -> None:
    secret = "AKIA" + "QYLPMN5HHHFPZAM2"
    said = check(tmp_path / "job.md", f"{TEXT}\nUse {secret} to sign in.\n", cache)
    assert "secret-in-text" in {remark.finding.rule for remark in said.remarks}
    assert not entries(cache)


@pytest.mark.parametrize(
    "config",
    [
        replace(CONFIG, ignore=("secret-in-text",)),
        replace(CONFIG, ignore=("safety",)),
        replace(CONFIG, per_file_ignores={"*.md": ("patient-data",)}),
        replace(CONFIG, select=("readability", "culture")),
    ],
)
def test_a_posting_in_which_nobody_looked_for_a_secret_is_kept_nowhere(
    cache: Cache, tmp_path: Path, config: Config
) -> None:
    check(tmp_path / "job.md", TEXT, cache, config)
    assert not entries(cache)
    check(tmp_path / "job.md", TEXT, cache, replace(CONFIG, select=("safety", "culture")))
    assert entries(cache)


@pytest.mark.parametrize("broken", ["", "{", "[]", '[[["x"]], [], ""]', "null", "[[[1, 2, 3, 4, 5, 6, 7]], [], 1]"])
def test_an_entry_that_makes_no_sense_is_judged_again(cache: Cache, tmp_path: Path, broken: str) -> None:
    said = check(tmp_path / "job.md", TEXT, cache)
    (key,) = entries(cache)
    cache.put(key, broken.encode())
    assert check(tmp_path / "job.md", TEXT, cache) == said


def test_text_that_is_no_unicode_has_a_key() -> None:
    def keys() -> Iterator[str]:
        for text in ("\ud800", "\ud801", "a"):
            yield key_of(text, "job.md", CONFIG, (), fingerprints=True)

    assert len(set(keys())) == 3
