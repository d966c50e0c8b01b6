"""What was set out to be paid, durable before each request: a crash must not make --max-cost forget."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, cast

from postwright.domain.model import Usage
from postwright.storage.databases import DatabaseFile


class Charges:
    """The charges of one run. US dollars; 0 where the price is unknown."""

    def __init__(self, file: DatabaseFile, run: str) -> None:
        self._file = file
        self._run = run
        self._settled: list[tuple[str, Sequence[object] | Mapping[str, object]]] = []

    def sent(self, key: str, worst_usd: float) -> int:
        """A request is about to be sent: from now on its worst case counts. Returns the charge's number."""
        insert = "INSERT INTO charges (run, key, state, usd) VALUES (?, ?, 'sent', ?)"
        steps, self._settled = self._settled, []
        if steps:  # what was learnt since rides along: one wait for the disk, not two
            self._file.write_many(steps)
        return self._file.write(insert, (self._run, key, worst_usd))

    def paid(self, number: int, usd: float, usage: Usage, requests: int = 1) -> None:
        """What was paid for one or more requests. Durable soon: till then the worst case counts."""
        update = "UPDATE charges SET state = 'paid', usd = ?, data = ? WHERE number = ?"
        self._settled.append((update, (usd, json.dumps(asdict(usage) | {"requests": requests}), number)))

    def free(self, number: int) -> None:
        """The API turned the request away: nothing was paid."""
        self._settled.append(("UPDATE charges SET state = 'free', usd = 0 WHERE number = ?", (number,)))

    def flush(self) -> None:
        steps, self._settled = self._settled, []
        if steps:
            self._file.write_many(steps)

    def amount(self, number: int) -> float:
        """What a charge counts for now, in US dollars."""
        self.flush()
        rows = self._file.rows("SELECT usd FROM charges WHERE number = ?", (number,))
        return cast("float", rows[0][0]) if rows else 0.0

    def free_unused_batches(self) -> None:
        """A crash may leave a charge for a batch that was not even noted: nothing was sent for it."""
        free = """UPDATE charges SET state = 'free', usd = 0 WHERE run = ? AND key = 'batch' AND state = 'sent'
                  AND number NOT IN (SELECT charge FROM batches WHERE phase IN ('posting', 'posted'))"""
        self._file.write(free, (self._run,))

    def open_keys(self) -> list[tuple[int, str]]:
        """Number and key of the requests whose outcome is unknown, latest first."""
        query = "SELECT number, key FROM charges WHERE run = ? AND state = 'sent' ORDER BY number DESC"
        return cast("list[tuple[int, str]]", self._file.rows(query, (self._run,)))

    def covers(self, key: str) -> bool:
        """True if the reply to this request was paid for within this run, alone or as a row of a batch."""
        query = """SELECT 1 FROM charges WHERE run = ?1 AND key = ?2 AND state = 'paid' UNION ALL
                   SELECT 1 FROM batch_rows JOIN batches ON batches.number = batch_rows.batch
                   WHERE batches.run = ?1 AND batch_rows.key = ?2 AND batch_rows.result = 'succeeded' LIMIT 1"""
        return bool(self._file.rows(query, (self._run, key)))

    def total(self) -> float:
        """All that counts against the cap: what was paid, and the worst case of what is unknown."""
        self.flush()
        rows = self._file.rows("SELECT total(usd) FROM charges WHERE run = ? AND state != 'free'", (self._run,))
        return cast("float", rows[0][0])

    def unknown(self) -> tuple[int, float]:
        """How many requests have an unknown outcome, and their worst case."""
        self.flush()
        query = "SELECT count(*), total(usd) FROM charges WHERE run = ? AND state = 'sent'"
        return cast("tuple[int, float]", self._file.rows(query, (self._run,))[0])

    def usage(self) -> tuple[int, Usage]:
        """How many requests were answered, and the sum of their tokens."""
        self.flush()
        query = "SELECT data FROM charges WHERE run = ? AND state = 'paid'"
        number, total = 0, Usage()
        for (data,) in self._file.each(query, (self._run,)):
            counts: dict[str, Any] = json.loads(data)
            number += counts.pop("requests")
            total += Usage(**counts)
        return number, total
