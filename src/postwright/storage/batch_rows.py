"""Batches of requests on their way: what we set out to create, what it is called, what became of each request.

A batch is noted before it is created and its name right after, so that a crash in between leaves a trace to follow.
"""

import os
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import cast

from postwright.storage.databases import DatabaseFile


class Phase(StrEnum):
    """How far a batch is on our side."""

    POSTING = "posting"  # set out to create: it may exist or not
    POSTED = "posted"  # created, its name is known
    FETCHED = "fetched"  # every result is in the journal
    VOID = "void"  # never created, as the list of batches shows


@dataclass(frozen=True, slots=True)
class Row:
    """One request of a batch."""

    custom_id: str
    key: str
    path: str


@dataclass(frozen=True, slots=True)
class Handed:
    """One batch. `created` is when we set out to create it, in seconds since the epoch by our clock."""

    number: int
    id: str
    phase: Phase
    created: float
    size: int
    charge: int


class BatchBook:
    """The batches of one run."""

    def __init__(self, file: DatabaseFile, run: str) -> None:
        self._file = file
        self._run = run

    def intend(self, rows: Sequence[Row], charge: int) -> Handed:
        """Note a batch that is about to be created. Durable on return."""
        created = time.time()
        number = self._file.write(
            "INSERT INTO batches (run, phase, created, size, charge) VALUES (?, ?, ?, ?, ?)",
            (self._run, Phase.VOID.value, created, len(rows), charge),
        )
        insert = "INSERT INTO batch_rows (custom_id, batch, key, path) VALUES (?, ?, ?, ?)"
        steps: list[tuple[str, Sequence[object] | Mapping[str, object]]] = [
            (insert, (row.custom_id, number, row.key, os.fsencode(row.path))) for row in rows
        ]
        steps.append(("UPDATE batches SET phase = ? WHERE number = ?", (Phase.POSTING.value, number)))
        self._file.write_many(steps)
        return Handed(number, "", Phase.POSTING, created, len(rows), charge)

    def named(self, number: int, name: str) -> None:
        """The batch exists under this name."""
        self._file.write("UPDATE batches SET id = ?, phase = ? WHERE number = ?", (name, Phase.POSTED.value, number))

    def void(self, number: int) -> None:
        """The batch was never created."""
        self._file.write_many(
            [
                ("DELETE FROM batch_rows WHERE batch = ?", (number,)),
                ("UPDATE batches SET phase = ? WHERE number = ?", (Phase.VOID.value, number)),
            ]
        )

    def fetched(self, number: int, results: Iterable[tuple[str, str, str]]) -> None:
        """All is known: custom id, result and what it says, for each request. What has no result counts as lost."""
        update = "UPDATE batch_rows SET result = ?, says = ? WHERE batch = ? AND custom_id = ?"
        steps: list[tuple[str, Sequence[object] | Mapping[str, object]]] = [
            (update, (result, says, number, custom_id)) for custom_id, result, says in results
        ]
        lost = (
            "UPDATE batch_rows SET result = 'lost', says = 'the results do not name it' WHERE batch = ? AND result = ''"
        )
        steps.append((lost, (number,)))
        steps.append(("UPDATE batches SET phase = ? WHERE number = ?", (Phase.FETCHED.value, number)))
        self._file.write_many(steps)

    def under_way(self) -> list[Handed]:
        """Batches that were, or may have been, created and whose results are not all here."""
        return self._batches("phase IN ('posting', 'posted')")

    def all(self) -> list[Handed]:
        return self._batches("phase != 'void'")

    def known_names(self) -> set[str]:
        """The names of all batches of all runs in this file."""
        return {cast("str", name) for (name,) in self._file.rows("SELECT id FROM batches WHERE id != ''")}

    def row(self, number: int, custom_id: str) -> Row | None:
        query = "SELECT key, path FROM batch_rows WHERE batch = ? AND custom_id = ?"
        rows = self._file.rows(query, (number, custom_id))
        if not rows:
            return None
        key, path = cast("tuple[str, bytes]", rows[0])
        return Row(custom_id, key, os.fsdecode(path))

    def newest(self) -> int:
        """The number of the latest batch of this run; 0 before the first."""
        return max((handed.number for handed in self._batches("TRUE")), default=0)

    def history(self, key: str, after: int = 0) -> list[tuple[str, str]]:
        """What became of a request in the batches after this number: result and what it says, latest last."""
        query = """SELECT result, says FROM batch_rows JOIN batches ON number = batch
                   WHERE key = ? AND run = ? AND result != '' AND batch > ? ORDER BY batch"""
        return cast("list[tuple[str, str]]", self._file.rows(query, (key, self._run, after)))

    def _batches(self, condition: str) -> list[Handed]:
        query = f"SELECT number, id, phase, created, size, charge FROM batches WHERE run = ? AND {condition}"  # noqa: S608
        rows = self._file.rows(f"{query} ORDER BY number", (self._run,))
        found = []
        for number, name, phase, created, size, charge in cast("list[tuple[int, str, str, float, int, int]]", rows):
            found.append(Handed(number, name, Phase(phase), created, size, charge))
        return found
