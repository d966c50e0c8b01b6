"""The cache of a day: outside the postings, of this program only, and never the cause of a failure."""

import subprocess
import sys
from pathlib import Path

import pytest

from postwright.storage.cache import Cache, cache_of


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path))
    return tmp_path


def made(day: str = "2026-11-22") -> Cache:
    found = cache_of(day)
    assert found
    return found


@pytest.mark.usefixtures("home")
def test_an_entry_is_there_for_the_same_day_and_program() -> None:
    made().put("ab12", b"said")
    assert made().get("ab12") == b"said"
    assert made().get("ab13") is None


@pytest.mark.usefixtures("home")
def test_entries_of_another_day_are_removed() -> None:
    yesterday = made("2026-11-21")
    yesterday.put("ab12", b"said")
    assert made("2026-11-22").get("ab12") is None
    assert not yesterday.file.exists()


@pytest.mark.usefixtures("home")
def test_what_somebody_put_beside_the_entries_is_no_hindrance() -> None:
    (made("2026-11-21").file.parent / "folder").mkdir()
    made("2026-11-22").put("ab12", b"said")
    assert made("2026-11-22").get("ab12") == b"said"


def test_entries_lie_in_the_users_cache_folder_for_nobody_else_to_read(home: Path) -> None:
    file = made().file
    assert home in file.parents
    assert file.parent.stat().st_mode & 0o077 == 0


def test_a_system_without_a_place_for_it_has_no_cache(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "file").write_text("")
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home / "file"))
    assert cache_of("2026-11-22") is None


def test_what_cannot_be_kept_is_not_there_and_fails_nothing(home: Path) -> None:
    (home / "file").write_text("")
    nowhere = Cache(home / "file/cache.sqlite3")
    nowhere.put("ab12", b"said")
    assert nowhere.get("ab12") is None


def test_a_file_that_is_no_cache_is_left_alone_and_fails_nothing(tmp_path: Path) -> None:
    strange = tmp_path / "cache.sqlite3"
    strange.write_text("not a database, but long enough to be taken for one " * 100)
    before = strange.read_bytes()
    Cache(strange).put("ab12", b"said")
    assert Cache(strange).get("ab12") is None
    assert strange.read_bytes() == before


def test_processes_share_what_one_of_them_kept(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache.sqlite3")
    cache.put("mine", b"said here")
    script = f"""
from pathlib import Path
from postwright.storage.cache import Cache
cache = Cache(Path({str(cache.file)!r}))
assert cache.get("mine") == b"said here"
cache.put("theirs", b"said there")
"""
    subprocess.run([sys.executable, "-c", script], check=True)
    assert cache.get("theirs") == b"said there"
