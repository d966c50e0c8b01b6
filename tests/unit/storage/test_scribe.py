"""Replies that come together are written together, and none is lost."""

import asyncio
from pathlib import Path

import pytest

from postwright.domain.errors import StorageFailed
from postwright.storage.journal import SqliteJournal
from postwright.storage.scribe import Scribe
from support.models import an_answer


def test_a_reply_is_in_the_journal_when_remember_returns(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"

    async def main() -> None:
        scribe = Scribe(path)
        await asyncio.gather(*(scribe.remember(f"k{n}", an_answer(f"text {n}"), f"[u{n}]") for n in range(40)))
        with SqliteJournal(path) as journal:
            for number in range(40):
                reply = journal.recall(f"k{number}")
                assert reply is not None
                assert reply.text == f"text {number}"
                assert journal.units(f"k{number}") == f"[u{number}]"
        scribe.close()

    asyncio.run(main())


def test_a_reply_that_nobody_waits_for_any_more_is_written_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    scribe = Scribe(path)

    async def main() -> None:
        tasks = [asyncio.create_task(scribe.remember(f"k{n}", an_answer(), "")) for n in range(5)]
        await asyncio.sleep(0)
        for task in tasks:
            task.cancel()

    asyncio.run(main())
    scribe.close()
    scribe.close()
    with SqliteJournal(path) as journal:
        assert all(journal.knows(f"k{n}") for n in range(5))


def test_a_failure_to_write_reaches_everyone_who_waits(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    async def main() -> list[BaseException | None]:
        scribe = Scribe(tmp_path / "file" / "journal.sqlite3")
        waits = [scribe.remember(f"k{n}", an_answer(), "") for n in range(3)]
        results = await asyncio.gather(*waits, return_exceptions=True)
        scribe.close()
        return list(results)

    assert [type(result) for result in asyncio.run(main())] == [StorageFailed] * 3


def test_nothing_to_write_makes_no_file(tmp_path: Path) -> None:
    Scribe(tmp_path / "journal.sqlite3").close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("number", [1, 3])
def test_replies_that_come_later_are_written_too(tmp_path: Path, number: int) -> None:
    path = tmp_path / "journal.sqlite3"

    async def main() -> None:
        scribe = Scribe(path)
        for index in range(number):
            await scribe.remember(f"k{index}", an_answer(), "")
        scribe.close()

    asyncio.run(main())
    with SqliteJournal(path) as journal:
        assert journal.knows(f"k{number - 1}")
