"""The memory of runs over a folder: what came of each posting, what was charged, which decisions wait.

One SQLite file beside the journal. The journal holds what was paid for; this file only says how far a run is, so that
losing it costs time and the record of the cap, never a reply.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, cast

from postwright.storage.databases import DatabaseFile, Kind

_RUNS = """
CREATE TABLE runs (
    id       TEXT PRIMARY KEY,
    src      BLOB NOT NULL,             -- the folder's path as the system spells it
    started  TEXT NOT NULL,
    ended    TEXT NOT NULL DEFAULT '',
    state    TEXT NOT NULL,
    facts    TEXT NOT NULL DEFAULT '{}' -- JSON: estimate, engine, prompts and the like
) WITHOUT ROWID
"""
_OUTCOMES = """
CREATE TABLE outcomes (
    path   BLOB PRIMARY KEY,            -- relative, as the system spells it: names need not be text
    run    TEXT NOT NULL,
    status TEXT NOT NULL,
    work   TEXT NOT NULL,               -- hash of all that the outcome depends on
    data   TEXT NOT NULL                -- JSON
) WITHOUT ROWID
"""
_DECISIONS = """
CREATE TABLE decisions (
    path  BLOB NOT NULL,
    id    TEXT NOT NULL,                -- c1, c2, ...
    key   TEXT NOT NULL,                -- the same change to the same text has the same key
    kind  TEXT NOT NULL,
    state TEXT NOT NULL,
    data  TEXT NOT NULL,                -- JSON
    PRIMARY KEY (path, id)
) WITHOUT ROWID
"""
_CHARGES = """
CREATE TABLE charges (
    number INTEGER PRIMARY KEY,
    run    TEXT NOT NULL,
    key    TEXT NOT NULL,               -- of the request, or of the batch
    state  TEXT NOT NULL,               -- sent: outcome unknown, stays charged; paid; free
    usd    REAL NOT NULL,               -- the worst case while sent, then what it was
    data   TEXT NOT NULL DEFAULT '{}'   -- JSON: token counts once they are known
)
"""
_BATCHES = """
CREATE TABLE batches (
    number  INTEGER PRIMARY KEY,
    run     TEXT NOT NULL,
    id      TEXT NOT NULL DEFAULT '',   -- the API's name, as soon as it is known
    phase   TEXT NOT NULL,
    created REAL NOT NULL,              -- seconds since the epoch: when we set out to create it
    size    INTEGER NOT NULL,
    charge  INTEGER NOT NULL DEFAULT 0
)
"""
_ROWS = """
CREATE TABLE batch_rows (
    custom_id TEXT NOT NULL,
    batch     INTEGER NOT NULL,
    key       TEXT NOT NULL,            -- of the request in the journal
    path      BLOB NOT NULL,            -- of the posting it is about
    result    TEXT NOT NULL DEFAULT '', -- succeeded, expired, errored, ...
    says      TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (custom_id, batch)
) WITHOUT ROWID
"""
_INDEXES = (
    "CREATE INDEX outcomes_of_run ON outcomes (run, status)",
    "CREATE INDEX decisions_alike ON decisions (key)",
    "CREATE INDEX charges_of_run ON charges (run, key, state)",
    "CREATE INDEX rows_by_key ON batch_rows (key)",
)
_STATE = Kind(
    name="memory of runs",
    application=0x506F5275,  # "PoRu"
    version=1,
    schema=(_RUNS, _OUTCOMES, _DECISIONS, _CHARGES, _BATCHES, _ROWS, *_INDEXES),
    probe="UPDATE runs SET state = state WHERE FALSE",
    if_lost="finished drafts and paid replies are kept elsewhere, only --max-cost would begin anew",
)
FLUSH_AFTER = 25
"""Outcomes that may be lost in a crash: they are made again from the journal, free of charge."""


class RunState(StrEnum):
    """How far a run is. All but `FINISHED` are gone on with by the same command."""

    RUNNING = "running"
    INTERRUPTED = "interrupted"
    STOPPED = "stopped"  # by the cap, a bad key or a spend limit
    FAILED = "failed"  # done, but some postings failed
    FINISHED = "finished"


class Status(StrEnum):
    """What came of a posting."""

    DONE = "done"  # a draft, or with rules only a marked-up original
    FREE = "free"  # ready, out of scope or no posting: listed, not paid for
    FAILED = "failed"
    LEFT_OUT = "left out"  # a link, or excluded: listed with its reason
    OPEN = "open"  # not reached yet


@dataclass(frozen=True, slots=True)
class Run:
    """One run over one folder."""

    id: str
    src: str
    started: str
    ended: str
    state: RunState
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one posting. `path` is relative to the folder of the run; `data` is JSON-able."""

    path: str
    status: Status
    work: str
    data: Mapping[str, Any]


class RunBook:
    """Runs, outcomes, decisions. Charges and batches share the file: see `charges` and `batch_rows`."""

    def __init__(self, path: Path, *, patience: float = 10.0, durable: bool = True) -> None:
        """`durable` is needed where a power failure must not make us forget: under a cap, and for batches."""
        self.file = DatabaseFile(path, _STATE, patience=patience, durable=durable)
        self._waiting: list[tuple[str, Sequence[object] | Mapping[str, object]]] = []
        self._count = 0
        self._new: set[str] = set()

    def latest(self, src: str) -> Run | None:
        """The run over this folder that began last."""
        query = "SELECT id, src, started, ended, state, facts FROM runs WHERE src = ? ORDER BY started DESC, id DESC"
        rows = self.file.rows(query + " LIMIT 1", (os.fsencode(src),))
        if not rows:
            return None
        name, where, started, ended, state, facts = cast("tuple[str, bytes, str, str, str, str]", rows[0])
        return Run(name, os.fsdecode(where), started, ended, RunState(state), json.loads(facts))

    def begin(self, src: str, facts: Mapping[str, object]) -> Run:
        """A new run."""
        started = datetime.now(UTC)
        name = f"{started:%Y%m%d-%H%M%S}-{started.microsecond:05x}"  # of two in one second the later one sorts last
        when = started.isoformat(timespec="seconds")
        values = (name, os.fsencode(src), when, RunState.RUNNING.value, json.dumps(dict(facts)))
        self.file.write("INSERT INTO runs (id, src, started, state, facts) VALUES (?, ?, ?, ?, ?)", values)
        return Run(name, src, when, "", RunState.RUNNING, dict(facts))

    def mark(self, run: str, state: RunState, facts: Mapping[str, object] | None = None) -> None:
        """How far a run is now. `facts` are added to what is known of it."""
        ended = "" if state is RunState.RUNNING else datetime.now(UTC).isoformat(timespec="seconds")
        self.flush()
        self.file.write("UPDATE runs SET state = ?, ended = ? WHERE id = ?", (state.value, ended, run))
        if facts:
            patch = "UPDATE runs SET facts = json_patch(facts, ?) WHERE id = ?"
            self.file.write(patch, (json.dumps(dict(facts)), run))

    def record(self, run: str, outcome: Outcome, decisions: Iterable[Mapping[str, Any]] = ()) -> None:
        """Note an outcome with its decisions. Durable after the next `flush`, which comes by itself now and then."""
        path = os.fsencode(outcome.path)
        self._new.add(outcome.path)
        self._waiting.append(("DELETE FROM decisions WHERE path = ?", (path,)))
        values = (path, run, outcome.status.value, outcome.work, json.dumps(outcome.data))
        self._waiting.append(("INSERT OR REPLACE INTO outcomes VALUES (?, ?, ?, ?, ?)", values))
        for decision in decisions:
            row = (path, decision["id"], decision["key"], decision["kind"], decision["state"], json.dumps(decision))
            self._waiting.append(("INSERT OR REPLACE INTO decisions VALUES (?, ?, ?, ?, ?, ?)", row))
        self._count += 1
        if self._count >= FLUSH_AFTER:
            self.flush()

    def touch(self, run: str, path: str) -> None:
        """This posting belongs to this run too, and its outcome still holds."""
        self._waiting.append(("UPDATE outcomes SET run = ? WHERE path = ?", (run, os.fsencode(path))))
        self._count += 1
        if self._count >= FLUSH_AFTER:
            self.flush()

    def flush(self) -> None:
        steps, self._waiting, self._count = self._waiting, [], 0
        self._new.clear()
        if steps:
            self.file.write_many(steps)

    def outcome(self, path: str) -> Outcome | None:
        """What came of a posting when it was worked on last, in whichever run."""
        if path in self._new:
            self.flush()
        rows = self.file.rows("SELECT status, work, data FROM outcomes WHERE path = ?", (os.fsencode(path),))
        if not rows:
            return None
        status, work, data = cast("tuple[str, str, str]", rows[0])
        return Outcome(path, Status(status), work, json.loads(data))

    def outcomes(self, run: str, status: Status | None = None) -> Iterator[Outcome]:
        """The outcomes of a run by path, one at a time."""
        self.flush()
        query, values = "SELECT path, status, work, data FROM outcomes WHERE run = ?", [run]
        if status is not None:
            query, values = f"{query} AND status = ?", [run, status.value]
        for path, found, work, data in self.file.each(f"{query} ORDER BY path", values):
            yield Outcome(os.fsdecode(path), Status(found), work, json.loads(data))

    def decisions(self, run: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Path and decision, alike ones together."""
        self.flush()
        query = """SELECT d.path, d.data FROM decisions d JOIN outcomes o ON o.path = d.path
                   WHERE o.run = ? ORDER BY d.key, d.path, d.id"""
        for path, data in self.file.each(query, (run,)):
            yield os.fsdecode(path), json.loads(data)

    def take_up(self, run: str) -> None:
        """A run goes on: its postings are found anew, and those that are gone no longer belong to it."""
        self.file.write("UPDATE outcomes SET run = '' WHERE run = ?", (run,))
        self.mark(run, RunState.RUNNING)

    def close(self) -> None:
        self.flush()
        self.file.close()
