"""RememberedModel: nothing is paid twice, and nothing paid is lost."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import respx

from postwright.domain.errors import ModelUnavailable, StorageFailed
from postwright.domain.journal import request_key
from postwright.domain.model import Answered, Ask, Stop
from postwright.llm.claude import ClaudeModel
from postwright.llm.remembered import RememberedModel
from postwright.storage.journal import SqliteJournal
from support.claude_replies import MESSAGES, message
from support.models import ScriptedModel, an_answer, an_ask, texts


class MemoryJournal:
    """A `Journal` in memory, which may be told to fail."""

    def __init__(self) -> None:
        self.rows: dict[str, tuple[Answered, str]] = {}
        self.full = False
        self.written = asyncio.Event()

    def recall(self, key: str) -> Answered | None:
        return self.rows[key][0] if key in self.rows else None

    def remember(self, key: str, answered: Answered, *, units: str) -> None:
        if self.full:
            raise StorageFailed("disk full")
        self.rows[key] = (answered, units)
        self.written.set()

    def set_aside(self, key: str) -> None:
        self.rows.pop(key, None)


@pytest.fixture
def journal() -> MemoryJournal:
    return MemoryJournal()


def asked(model: RememberedModel, *asks: Ask) -> list[Answered]:
    async def all_at_once() -> list[Answered]:
        return await asyncio.gather(*map(model.ask, asks))

    return asyncio.run(all_at_once())


def test_the_same_request_is_asked_once(journal: MemoryJournal) -> None:
    inner = ScriptedModel(an_answer("first"), an_answer("second"))
    model = RememberedModel(inner, journal)
    assert texts(asked(model, an_ask()) + asked(model, an_ask())) == ["first", "first"]
    assert len(inner.asks) == 1


def test_the_same_request_at_the_same_time_is_asked_once(journal: MemoryJournal) -> None:
    inner = ScriptedModel(an_answer("first"), an_answer("second"), seconds=0.01)
    model = RememberedModel(inner, journal)
    assert texts(asked(model, an_ask(), an_ask(), an_ask())) == ["first"] * 3
    assert len(inner.asks) == 1


@pytest.mark.parametrize(
    "change", [{"max_tokens": 32_000}, {"profile": "A clinic."}, {"shared": "Other rules."}, {"posting": "[u1] Other"}]
)
def test_another_request_is_asked_anew(journal: MemoryJournal, change: dict[str, Any]) -> None:
    inner = ScriptedModel()
    asked(RememberedModel(inner, journal), an_ask(), an_ask(**change))
    assert len(inner.asks) == 2


def test_refusals_and_cut_replies_were_paid_and_are_remembered(journal: MemoryJournal) -> None:
    for stop in (Stop.REFUSED, Stop.CUT, Stop.UNKNOWN):
        inner = ScriptedModel(an_answer(stop=stop))
        model = RememberedModel(inner, journal)
        asked(model, an_ask(stop.value))
        assert asked(model, an_ask(stop.value))[0].stop is stop
        assert len(inner.asks) == 1


def test_a_failure_is_not_remembered(journal: MemoryJournal) -> None:
    model = RememberedModel(ScriptedModel(ModelUnavailable("busy"), an_answer("later")), journal)
    with pytest.raises(ModelUnavailable):
        asked(model, an_ask())
    assert texts(asked(model, an_ask())) == ["later"]


def test_the_reply_is_stored_with_the_units_it_speaks_of(journal: MemoryJournal) -> None:
    asked(RememberedModel(ScriptedModel(), journal), an_ask("[u1] Title\n[u2] Duty"))
    assert [units for _, units in journal.rows.values()] == ["[u1] Title\n[u2] Duty"]


def test_the_key_is_the_hash_of_the_complete_request(journal: MemoryJournal) -> None:
    inner = ScriptedModel()
    asked(RememberedModel(inner, journal), an_ask())
    assert list(journal.rows) == [request_key(inner.request(an_ask()))]


def test_a_reply_set_aside_is_asked_anew(journal: MemoryJournal) -> None:
    model = RememberedModel(ScriptedModel(an_answer("first"), an_answer("second")), journal)
    asked(model, an_ask())
    model.set_aside(an_ask())
    assert texts(asked(model, an_ask())) == ["second"]


def test_nothing_more_is_paid_for_once_a_reply_could_not_be_stored(journal: MemoryJournal) -> None:
    inner = ScriptedModel()
    model = RememberedModel(inner, journal)
    asked(model, an_ask("known"))
    journal.full = True
    for posting in ("a", "b", "c"):
        with pytest.raises(StorageFailed, match="disk full"):
            asked(model, an_ask(posting))
    assert len(inner.asks) == 2
    assert texts(asked(model, an_ask("known"))) == ["{}"]


def test_a_reply_is_on_disk_even_if_nobody_waits_for_it_any_more(journal: MemoryJournal) -> None:
    async def cancelled_just_after() -> None:
        task = asyncio.create_task(RememberedModel(ScriptedModel(), journal).ask(an_ask()))
        await asyncio.wait_for(journal.written.wait(), timeout=5)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(cancelled_just_after())
    assert len(journal.rows) == 1


def test_name_and_request_are_those_of_the_model_within(journal: MemoryJournal) -> None:
    inner = ScriptedModel(name="inner")
    model = RememberedModel(inner, journal)
    assert (model.name, model.request(an_ask())) == ("inner", inner.request(an_ask()))


def test_the_same_request_is_sent_over_the_network_once(
    httpx2_mock: respx.Router, journal: MemoryJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "any")
    route = httpx2_mock.post(MESSAGES).respond(json=message("{}"))
    for _ in range(2):
        asked(RememberedModel(ClaudeModel(), journal), an_ask())
    assert route.call_count == 1


_PAY_AND_DIE = """
import asyncio, os, signal, sys
from pathlib import Path
from postwright.llm.remembered import RememberedModel
from postwright.storage.journal import SqliteJournal
from support.models import ScriptedModel, an_answer, an_ask

journal = SqliteJournal(Path(sys.argv[1]))
asyncio.run(RememberedModel(ScriptedModel(an_answer("paid for")), journal).ask(an_ask()))
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_a_reply_survives_a_kill_right_after_it_returned(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    support = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(support)}
    done = subprocess.run([sys.executable, "-c", _PAY_AND_DIE, str(path)], env=environment, check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    inner = ScriptedModel(an_answer("paid for again"))
    with SqliteJournal(path) as journal:
        answered = asked(RememberedModel(inner, journal), an_ask())[0]
    assert (answered.text, answered.remembered, inner.asks) == ("paid for", True, [])


def test_a_remembered_reply_of_no_use_is_set_aside_and_asked_for_anew(journal: MemoryJournal) -> None:
    scripted = ScriptedModel(an_answer("nonsense"), an_answer("{}"))
    model = RememberedModel(scripted, journal, of_use=lambda answered: answered.text == "{}")
    assert texts(asked(model, an_ask(), an_ask(), an_ask())) == ["nonsense", "{}", "{}"]
    assert len(scripted.asks) == 2
