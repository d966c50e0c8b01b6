"""Files are read within bounds and written whole or not at all."""

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postwright.domain.errors import PostingUnreadable, PostwrightError, StorageFailed
from postwright.storage.files import read_bytes, shown, write_bytes, write_text

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX files")
not_root = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may do everything")


def refused_write(path: Path, *, within: Path | None = None) -> StorageFailed:
    """A write that must fail in one line with a hint, and leave no temporary file in sight."""
    with pytest.raises(StorageFailed) as caught:
        write_bytes(path, b"new", within=within)
    assert caught.value.says.isprintable()
    assert caught.value.hint
    return caught.value


def leftovers(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.name.endswith(".tmp")]


class TestWriting:
    def test_missing_folders_are_made(self, tmp_path: Path) -> None:
        path = write_text(tmp_path / "a/b/c.md", "héllo\r\n")
        assert path.read_bytes() == "héllo\r\n".encode()

    def test_an_old_file_is_replaced_and_keeps_its_permissions(self, tmp_path: Path) -> None:
        path = tmp_path / "draft.md"
        path.write_bytes(b"old")
        path.chmod(0o640)
        write_bytes(path, b"new")
        assert path.read_bytes() == b"new"
        assert stat.S_IMODE(path.stat().st_mode) == 0o640

    @posix
    def test_a_new_file_has_the_permissions_that_the_user_gives_new_files(self, tmp_path: Path) -> None:
        (tmp_path / "made_by_hand").touch()
        written = write_bytes(tmp_path / "made_by_us", b"")
        assert written.stat().st_mode == (tmp_path / "made_by_hand").stat().st_mode

    def test_no_temporary_file_stays(self, tmp_path: Path) -> None:
        write_bytes(tmp_path / "draft.md", b"x")
        assert [path.name for path in tmp_path.iterdir()] == ["draft.md"]

    @posix
    def test_a_name_as_long_as_the_file_system_allows_is_written(self, tmp_path: Path) -> None:
        assert write_bytes(tmp_path / ("x" * 255), b"x").read_bytes() == b"x"

    @pytest.mark.parametrize("reason", [errno.ENOSPC, errno.EROFS, errno.EDQUOT, errno.EIO])
    def test_a_failing_disk_leaves_the_old_file(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reason: int
    ) -> None:
        path = tmp_path / "draft.md"
        path.write_bytes(b"old")

        def fail(_descriptor: int) -> None:
            raise OSError(reason, os.strerror(reason))

        monkeypatch.setattr(os, "fsync", fail)
        assert os.strerror(reason).lower() in refused_write(path).says
        assert path.read_bytes() == b"old"
        assert not leftovers(tmp_path)

    @posix
    def test_a_full_disk_is_told_from_a_write_that_really_fails(self, tmp_path: Path) -> None:
        """A limit on file size makes the system refuse the write itself."""
        program = (
            "import resource, sys; from pathlib import Path; from postwright.storage.files import write_bytes\n"
            "from postwright.domain.errors import StorageFailed\n"
            "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
            "try: write_bytes(Path(sys.argv[1]), b'x' * 5000)\n"
            "except StorageFailed as error: print(error.says, '|', error.hint)"
        )
        path = tmp_path / "draft.md"
        path.write_bytes(b"old")
        command = [sys.executable, "-c", program, str(path)]
        told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
        assert "cannot be written: file too large | free some space" in told
        assert path.read_bytes() == b"old"
        assert not leftovers(tmp_path)

    def test_a_folder_in_the_place_of_the_file_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "draft.md").mkdir()
        assert "draft.md" in refused_write(tmp_path / "draft.md").says

    def test_a_file_in_the_place_of_a_folder_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "a").touch()
        refused_write(tmp_path / "a/draft.md")

    def test_a_file_that_its_owner_made_read_only_stays(self, tmp_path: Path) -> None:
        path = tmp_path / "posting.md"
        path.write_bytes(b"old")
        path.chmod(0o444)
        assert "permission" in refused_write(path).says
        assert path.read_bytes() == b"old"

    @not_root
    def test_a_read_only_folder_is_told(self, tmp_path: Path) -> None:
        tmp_path.chmod(0o555)
        try:
            assert "permission" in refused_write(tmp_path / "draft.md").says
        finally:
            tmp_path.chmod(0o755)

    @given(data=st.binary(max_size=200))
    def test_what_is_written_is_read_again(self, tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
        path = tmp_path_factory.mktemp("any") / "file"
        assert read_bytes(write_bytes(path, data)) == data


@posix
class TestLinks:
    def test_a_link_within_the_tree_is_written_through(self, tmp_path: Path) -> None:
        (tmp_path / "real").mkdir()
        (tmp_path / "real/posting.md").write_bytes(b"old")
        link = tmp_path / "posting.md"
        link.symlink_to("real/posting.md")
        assert write_bytes(link, b"new", within=tmp_path) == tmp_path / "real/posting.md"
        assert link.is_symlink()
        assert (tmp_path / "real/posting.md").read_bytes() == b"new"

    def test_a_link_out_of_the_tree_is_not_followed(self, tmp_path: Path) -> None:
        tree, outside = tmp_path / "tree", tmp_path / "outside.md"
        tree.mkdir()
        outside.write_bytes(b"old")
        (tree / "draft.md").symlink_to(outside)
        assert "leads out of" in refused_write(tree / "draft.md", within=tree).says
        assert "leads out of" in refused_write(tree / "draft.md").says
        assert outside.read_bytes() == b"old"

    def test_a_folder_that_is_a_link_out_of_the_tree_is_not_followed(self, tmp_path: Path) -> None:
        tree, outside = tmp_path / "tree", tmp_path / "outside"
        tree.mkdir()
        outside.mkdir()
        (tree / ".postwright").symlink_to(outside)
        refused_write(tree / ".postwright/jobs/a.md/draft.md", within=tree)
        assert not list(outside.iterdir())

    def test_dots_do_not_lead_out_either(self, tmp_path: Path) -> None:
        (tmp_path / "tree").mkdir()
        refused_write(tmp_path / "tree/../outside.md", within=tmp_path / "tree")

    def test_a_link_to_itself_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "loop").symlink_to("loop")
        told = refused_write(tmp_path / "loop", within=tmp_path)
        assert "leads nowhere" in told.says
        assert told.hint == "remove the link"

    def test_a_dangling_link_within_the_tree_makes_its_target(self, tmp_path: Path) -> None:
        (tmp_path / "draft.md").symlink_to("later.md")
        assert write_bytes(tmp_path / "draft.md", b"x", within=tmp_path) == tmp_path / "later.md"


class TestReading:
    def test_a_file_up_to_the_limit_is_read(self, tmp_path: Path) -> None:
        path = tmp_path / "posting.md"
        path.write_bytes(b"x" * 100)
        assert read_bytes(path, limit=100) == b"x" * 100
        with pytest.raises(PostingUnreadable, match="larger than 99 bytes"):
            read_bytes(path, limit=99)

    def test_the_kind_of_failure_is_the_callers(self, tmp_path: Path) -> None:
        with pytest.raises(StorageFailed, match="no such file"):
            read_bytes(tmp_path / "review.json", failure=StorageFailed)

    def test_a_folder_is_no_file(self, tmp_path: Path) -> None:
        with pytest.raises(PostingUnreadable):
            read_bytes(tmp_path)

    @posix
    def test_pipes_and_devices_are_refused_without_waiting(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe")
        for path in (tmp_path / "pipe", Path("/dev/zero"), Path("/dev/null")):
            with pytest.raises(PostingUnreadable, match="is not a file"):
                read_bytes(path)

    @not_root
    def test_a_file_without_permission_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "secret.md").touch(0o000)
        with pytest.raises(PostingUnreadable, match="permission denied"):
            read_bytes(tmp_path / "secret.md")

    @posix
    def test_a_loop_of_links_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "loop").symlink_to("loop")
        with pytest.raises(PostingUnreadable):
            read_bytes(tmp_path / "loop")

    def test_a_name_with_a_line_break_is_told_in_one_line(self, tmp_path: Path) -> None:
        with pytest.raises(PostwrightError) as caught:
            read_bytes(tmp_path / "two\nlines\x1b[31m\udcff.md")
        assert caught.value.says.isprintable()
        assert "two\\nlines" in caught.value.says


def test_a_printable_path_is_shown_as_it_is() -> None:
    assert shown(Path("jobs/Pflegefachkraft – Köln.md")) == str(Path("jobs/Pflegefachkraft – Köln.md"))
