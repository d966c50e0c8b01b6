"""The memory of runs: outcomes, decisions, charges and batches survive the end of the process."""

from pathlib import Path

import pytest

from postwright.domain.errors import StorageFailed
from postwright.domain.model import Usage
from postwright.storage.batch_rows import BatchBook, Phase, Row
from postwright.storage.charges import Charges
from postwright.storage.journal import SqliteJournal
from postwright.storage.runs import Outcome, RunBook, RunState, Status

ODD = "new\nline \udce9.md"
"""A name that is neither one line nor text."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "runs.sqlite3"


def done(path: str, work: str = "w", **data: object) -> Outcome:
    return Outcome(path, Status.DONE, work, data)


def decision(number: int, key: str = "k", state: str = "pending") -> dict[str, str]:
    return {"id": f"c{number}", "key": key, "kind": "removal", "state": state, "group": "g", "text": "t", "why": ""}


class TestRuns:
    def test_the_latest_run_over_a_folder_is_found(self, path: Path) -> None:
        book = RunBook(path)
        assert book.latest("jobs") is None
        book.begin("jobs", {"engine": "a"})
        second = book.begin("jobs", {"engine": "b"})
        book.begin("elsewhere", {"engine": "c"})
        found = book.latest("jobs")
        assert found is not None
        assert (found.id, found.state, found.facts) == (second.id, RunState.RUNNING, {"engine": "b"})

    def test_a_mark_adds_to_what_is_known_of_a_run(self, path: Path) -> None:
        book = RunBook(path)
        run = book.begin("jobs", {"engine": "a"})
        book.mark(run.id, RunState.STOPPED, {"estimate": {"usd": 1.5}})
        book.close()
        found = RunBook(path).latest("jobs")
        assert found is not None
        assert (found.state, found.facts) == (RunState.STOPPED, {"engine": "a", "estimate": {"usd": 1.5}})
        assert found.ended

    def test_a_run_that_goes_on_forgets_what_is_gone_from_the_folder(self, path: Path) -> None:
        book = RunBook(path)
        run = book.begin("jobs", {})
        book.record(run.id, done("a.md"))
        book.record(run.id, done("b.md"))
        book.flush()
        book.take_up(run.id)
        book.touch(run.id, "b.md")
        assert [outcome.path for outcome in book.outcomes(run.id)] == ["b.md"]


class TestOutcomes:
    def test_they_come_back_by_path_with_odd_names_unharmed(self, path: Path) -> None:
        book = RunBook(path)
        run = book.begin("jobs", {})
        for name in ("b.md", ODD, "-a.md"):
            book.record(run.id, done(name, title="ü"))
        book.close()
        book = RunBook(path)
        assert [outcome.path for outcome in book.outcomes(run.id)] == ["-a.md", "b.md", ODD]
        assert book.outcome(ODD) == done(ODD, title="ü")
        assert book.outcome("other.md") is None

    def test_an_outcome_is_known_before_it_is_on_the_disk(self, path: Path) -> None:
        book = RunBook(path)
        run = book.begin("jobs", {})
        book.record(run.id, done("a.md", "old"))
        book.record(run.id, done("a.md", "new"))
        found = book.outcome("a.md")
        assert found is not None
        assert found.work == "new"

    def test_they_can_be_asked_for_by_status(self, path: Path) -> None:
        book = RunBook(path)
        run = book.begin("jobs", {})
        book.record(run.id, done("a.md"))
        book.record(run.id, Outcome("b.md", Status.FAILED, "", {"reason": "no"}))
        assert [outcome.path for outcome in book.outcomes(run.id, Status.FAILED)] == ["b.md"]

    def test_decisions_come_with_alike_ones_together_and_replace_earlier_ones(self, path: Path) -> None:
        book = RunBook(path)
        run = book.begin("jobs", {})
        book.record(run.id, done("a.md"), [decision(1, "x"), decision(2, "y")])
        book.record(run.id, done("b.md"), [decision(1, "x")])
        book.record(run.id, done("a.md"), [decision(1, "x")])
        found = [(where, one["key"]) for where, one in book.decisions(run.id)]
        assert found == [("a.md", "x"), ("b.md", "x")]

    def test_a_journal_is_not_taken_for_it(self, path: Path) -> None:
        SqliteJournal(path).close()
        with pytest.raises(StorageFailed, match="no memory of runs"):
            RunBook(path)


class TestCharges:
    def test_a_sent_request_counts_with_its_worst_case_until_it_is_settled(self, path: Path) -> None:
        charges = Charges(RunBook(path).file, "run")
        number = charges.sent("k", 0.5)
        assert charges.total() == 0.5
        charges.paid(number, 0.02, Usage(input=1, output=2))
        assert charges.total() == 0.02
        assert charges.usage() == (1, Usage(input=1, output=2))

    def test_it_counts_in_the_next_process_too(self, path: Path) -> None:
        book = RunBook(path)
        Charges(book.file, "run").sent("k", 0.5)
        book.close()
        charges = Charges(RunBook(path).file, "run")
        assert charges.open_keys() == [(1, "k")]
        assert charges.unknown() == (1, 0.5)
        assert Charges(RunBook(path).file, "another").total() == 0

    def test_what_was_turned_away_counts_for_nothing(self, path: Path) -> None:
        charges = Charges(RunBook(path).file, "run")
        charges.free(charges.sent("k", 0.5))
        assert charges.total() == 0
        assert charges.unknown() == (0, 0)

    def test_a_reply_is_covered_by_the_run_that_paid_for_it(self, path: Path) -> None:
        book = RunBook(path)
        charges = Charges(book.file, "run")
        charges.paid(charges.sent("k", 0.5), 0.1, Usage())
        charges.flush()
        assert charges.covers("k")
        assert not Charges(book.file, "another").covers("k")

    def test_a_charge_for_a_batch_that_was_not_even_noted_is_dropped(self, path: Path) -> None:
        book = RunBook(path)
        charges = Charges(book.file, "run")
        kept = charges.sent("batch", 2.0)
        charges.sent("batch", 3.0)
        BatchBook(book.file, "run").intend([Row("pw_1", "k1", "a.md")], kept)
        charges.free_unused_batches()
        assert charges.total() == 2.0
        assert charges.amount(kept) == 2.0


class TestBatches:
    def rows(self) -> list[Row]:
        return [Row("pw_1", "k1", "a.md"), Row("pw_2", "k2", ODD)]

    def test_a_batch_is_noted_before_it_exists_and_named_after(self, path: Path) -> None:
        book = RunBook(path)
        batches = BatchBook(book.file, "run")
        handed = batches.intend(self.rows(), charge=7)
        book.close()
        batches = BatchBook(RunBook(path).file, "run")
        (found,) = batches.under_way()
        assert (found.number, found.phase, found.size, found.charge) == (handed.number, Phase.POSTING, 2, 7)
        batches.named(handed.number, "msgbatch_1")
        assert [(b.id, b.phase) for b in batches.under_way()] == [("msgbatch_1", Phase.POSTED)]
        assert batches.known_names() == {"msgbatch_1"}

    def test_its_requests_are_found_by_their_names(self, path: Path) -> None:
        batches = BatchBook(RunBook(path).file, "run")
        handed = batches.intend(self.rows(), 0)
        assert batches.row(handed.number, "pw_2") == Row("pw_2", "k2", ODD)
        assert batches.row(handed.number, "pw_3") is None

    def test_what_became_of_a_request_is_told_over_all_its_batches(self, path: Path) -> None:
        batches = BatchBook(RunBook(path).file, "run")
        for result in ("expired", "succeeded"):
            handed = batches.intend(self.rows(), 0)
            batches.named(handed.number, f"b-{result}")
            batches.fetched(handed.number, [("pw_1", result, "late" if result == "expired" else "")])
        assert batches.history("k1") == [("expired", "late"), ("succeeded", "")]
        assert [result for result, _ in batches.history("k2")] == ["lost", "lost"]
        assert batches.under_way() == []
        assert len(batches.all()) == 2

    def test_a_batch_that_never_came_to_be_leaves_nothing(self, path: Path) -> None:
        batches = BatchBook(RunBook(path).file, "run")
        handed = batches.intend(self.rows(), 0)
        batches.void(handed.number)
        assert batches.under_way() == []
        assert batches.row(handed.number, "pw_1") is None
        assert batches.all() == []
