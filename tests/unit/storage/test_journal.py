"""The journal keeps every paid reply, and says in one line why it cannot."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postwright.domain.errors import StorageFailed
from postwright.domain.model import Stop, Usage
from postwright.storage.journal import SqliteJournal
from support.models import an_answer


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".postwright" / "journal.sqlite3"


def refused(path: Path, *, patience: float = 0.1) -> StorageFailed:
    with pytest.raises(StorageFailed) as caught:
        use(path, patience)
    assert caught.value.says.isprintable()
    assert path.name in caught.value.says
    assert caught.value.hint
    return caught.value


def use(path: Path, patience: float) -> None:
    with SqliteJournal(path, patience=patience) as journal:
        journal.recall("k1")
        journal.remember("new", an_answer(), units="")


def fill(path: Path, replies: int = 50) -> None:
    with SqliteJournal(path) as journal:
        for number in range(replies):
            journal.remember(f"k{number}", an_answer(f"text {number} " * 50, raw="{}" * 500), units="u" * 500)


class TestMemory:
    def test_a_reply_comes_back_as_it_was_and_says_so(self, path: Path) -> None:
        usage = Usage(1, 2, 3, 4, 5, batch=True, known=False)
        stored = an_answer("text", stop=Stop.REFUSED, usage=usage, model="m", request_id="req", raw='{"a":1}')
        with SqliteJournal(path) as journal:
            journal.remember("k", stored, units="[u1] Title")
        with SqliteJournal(path) as journal:
            back = journal.recall("k")
            assert journal.units("k") == "[u1] Title"
        assert back == an_answer(
            "text", stop=Stop.REFUSED, usage=usage, model="m", request_id="req", raw='{"a":1}', remembered=True
        )

    def test_an_unknown_request_is_not_remembered(self, path: Path) -> None:
        with SqliteJournal(path) as journal:
            assert journal.recall("k") is None
            assert journal.units("k") is None

    def test_the_first_reply_to_a_request_stands(self, path: Path) -> None:
        with SqliteJournal(path) as journal:
            journal.remember("k", an_answer("first"), units="")
            journal.remember("k", an_answer("second"), units="")
            back = journal.recall("k")
        assert back is not None
        assert back.text == "first"
        assert rows(path) == 2

    def test_a_reply_set_aside_is_forgotten_but_stays_on_record(self, path: Path) -> None:
        with SqliteJournal(path) as journal:
            journal.remember("k", an_answer("first"), units="")
            journal.set_aside("k")
            assert journal.recall("k") is None
            journal.remember("k", an_answer("second"), units="")
            back = journal.recall("k")
        assert back is not None
        assert back.text == "second"
        assert rows(path) == 2

    @given(text=st.text(), raw=st.text(), units=st.text(st.characters(exclude_categories=())))
    def test_any_text_comes_back(
        self, tmp_path_factory: pytest.TempPathFactory, text: str, raw: str, units: str
    ) -> None:
        with SqliteJournal(tmp_path_factory.mktemp("any") / "journal") as journal:
            journal.remember("k", an_answer(text, raw=raw), units=units)
            back = journal.recall("k")
        assert back is not None
        assert (back.text, back.raw) == (text, raw)

    def test_commits_wait_for_the_disk(self, path: Path) -> None:
        with SqliteJournal(path) as journal:
            assert journal._file.rows("PRAGMA synchronous") == [(2,)]  # FULL
            assert journal._file.rows("PRAGMA journal_mode") == [("wal",)]


class TestSharing:
    def test_many_processes_share_one_new_journal(self, path: Path) -> None:
        program = (
            "import sys; from pathlib import Path; from postwright.storage.journal import SqliteJournal\n"
            "from support.models import an_answer\n"
            "with SqliteJournal(Path(sys.argv[1])) as journal:\n"
            "    for number in range(25): journal.remember(f'{sys.argv[2]}-{number}', an_answer(), units='')\n"
        )
        command = [sys.executable, "-c", program, str(path)]
        tests = Path(__file__).parents[2]
        running = [subprocess.Popen([*command, str(number)], cwd=tests) for number in range(4)]
        assert [process.wait(timeout=60) for process in running] == [0] * 4
        assert rows(path) == 100

    def test_what_one_process_stored_another_sees_at_once(self, path: Path) -> None:
        with SqliteJournal(path) as ours, SqliteJournal(path) as theirs:
            theirs.remember("k", an_answer("paid"), units="")
            assert ours.recall("k") is not None

    def test_a_lock_that_does_not_end_is_told(self, path: Path) -> None:
        fill(path, 1)
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        try:
            assert "another run" in refused(path).says
        finally:
            other.close()

    def test_a_lock_that_ends_is_waited_for(self, path: Path) -> None:
        program = (
            "import sqlite3, sys, time; other = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
            "other.execute('BEGIN EXCLUSIVE'); print('locked', flush=True); time.sleep(0.3); other.rollback()"
        )
        fill(path, 1)
        command = [sys.executable, "-c", program, str(path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
            assert other.stdout is not None
            assert other.stdout.readline() == "locked\n"
            with SqliteJournal(path, patience=30) as journal:
                journal.remember("new", an_answer(), units="")
        assert rows(path) == 2


class TestDamage:
    @pytest.mark.parametrize("kept", [0.02, 0.3, 0.9])
    def test_a_torn_file_is_told_and_left_alone(self, path: Path, kept: float) -> None:
        fill(path)
        whole = path.read_bytes()
        path.write_bytes(whole[: int(len(whole) * kept)])
        torn = path.read_bytes()
        assert "damaged" in refused(path).says
        assert path.read_bytes() == torn

    @pytest.mark.parametrize("content", [b"not a database " * 500, b"\0" * 20_000])
    def test_another_file_is_told_and_left_alone(self, path: Path, content: bytes) -> None:
        path.parent.mkdir()
        path.write_bytes(content)
        assert "damaged" in refused(path).says
        assert path.read_bytes() == content

    def test_a_changed_reply_does_not_pass_as_one(self, path: Path) -> None:
        fill(path)
        path.write_bytes(path.read_bytes().replace(b"text 1 ", b"test 1 "))
        assert "damaged" in refused(path).says

    @pytest.mark.parametrize(("column", "value"), [("usage", "{"), ("usage", '{"spent": 1}'), ("stop", "sometime")])
    def test_a_row_that_makes_no_sense_is_told(self, path: Path, column: str, value: str) -> None:
        fill(path, 2)
        with sqlite3.connect(path) as database:
            database.execute(f"UPDATE replies SET {column} = ?", (value,))  # noqa: S608
        database.close()
        assert "damaged" in refused(path).says

    def test_the_database_of_another_program_is_not_touched(self, path: Path) -> None:
        path.parent.mkdir()
        with sqlite3.connect(path) as database:
            database.execute("CREATE TABLE notes (text)")
        database.close()
        before = path.read_bytes()
        assert "no journal of Postwright" in refused(path).says
        assert path.read_bytes() == before

    def test_the_journal_of_a_newer_postwright_is_not_touched(self, path: Path) -> None:
        fill(path, 1)
        with sqlite3.connect(path) as database:
            database.execute("PRAGMA user_version = 2")
        database.close()
        assert "newer Postwright" in refused(path).says

    def test_a_folder_in_its_place_is_told(self, path: Path) -> None:
        path.mkdir(parents=True)
        refused(path)

    def test_a_file_in_the_place_of_its_folder_is_told(self, path: Path) -> None:
        path.parent.touch()
        refused(path)

    def test_a_full_disk_is_told(self, path: Path) -> None:
        with SqliteJournal(path) as journal:
            pages = journal._file.rows("PRAGMA page_count")[0][0]
            journal._file.rows(f"PRAGMA max_page_count = {pages}")
            with pytest.raises(StorageFailed, match="disk is full"):
                journal.remember("k", an_answer("x" * 100_000), units="")
            assert journal.recall("k") is None

    def test_a_journal_that_may_not_be_written_fails_when_it_is_opened(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Not only after a reply was paid for. Done without permissions, which root does not heed."""
        fill(path, 1)
        connect = sqlite3.connect

        def read_only(database: Path, **_options: object) -> sqlite3.Connection:
            return connect(f"{database.as_uri()}?mode=ro", uri=True, isolation_level=None)

        monkeypatch.setattr(sqlite3, "connect", read_only)
        with pytest.raises(StorageFailed, match="for writing"):
            SqliteJournal(path)


def rows(path: Path) -> int:
    database = sqlite3.connect(path)
    try:
        count: int = database.execute("SELECT count(*) FROM replies").fetchone()[0]
    finally:
        database.close()
    return count
