"""What a worker does with one posting: read it once, finish it when answered, ask again when that is not enough."""

import json
from pathlib import Path

import pytest

from postwright.domain.errors import PostingStopped, PostingUnreadable, PostwrightError
from postwright.domain.model import Answered, Stop
from postwright.llm.prices import price_table
from postwright.storage.review import load_review
from postwright.storage.workplace import Workplace
from postwright.workflows.many.piecework import Bench, Finished, Piecework, Sketch, Wanted, is_whole
from postwright.workflows.rewriting import Options
from standin.replies import reply_to
from support.folders import write_postings
from support.models import an_answer

POSTING = "department-0/00000.md"


@pytest.fixture
def worker(tmp_path: Path) -> Piecework:
    write_postings(tmp_path, 1, ("thin-ehr-developer.md",))
    return piecework(tmp_path)


def piecework(folder: Path, *, rules_only: bool = False) -> Piecework:
    place = Workplace(folder, folder / ".postwright")
    bench = Bench(place, Options(proposals="questions"), "m", None, price_table(), rules_only=rules_only)
    return Piecework(bench)


def truthful(sketch: Sketch, *, broken: bool = False) -> Answered:
    body = {"messages": [{"role": "user", "content": sketch.turn}]}
    return an_answer(reply_to(body, style="keep", broken=broken))


def test_a_sketch_holds_what_to_ask_and_the_verdict(worker: Piecework) -> None:
    sketch = worker.sketch(POSTING)
    assert sketch.verdict == "touch up"
    assert sketch.turn.startswith("Task: rewrite")
    assert sketch.facts["title"]


def test_an_answered_posting_is_finished_with_all_its_work_files(worker: Piecework, tmp_path: Path) -> None:
    sketch = worker.sketch(POSTING)
    done = worker.finish(POSTING, sketch.packed, (truthful(sketch),))
    assert isinstance(done, Finished)
    work = Workplace(tmp_path, tmp_path / ".postwright").of(tmp_path / POSTING)
    assert is_whole(work)
    assert work.draft.exists()
    assert work.questions.exists()
    assert done.facts["engine"] == "m"
    assert done.facts["usage"]["input"] == 10


def test_broken_lines_are_wanted_back_and_the_repair_is_used(worker: Piecework) -> None:
    sketch = worker.sketch(POSTING)
    first = truthful(sketch, broken=True)
    wanted = worker.finish(POSTING, sketch.packed, (first,))
    assert isinstance(wanted, Wanted)
    assert [turn.role for turn in wanted.turns] == ["user", "assistant", "user"]
    assert wanted.turns[1].text == first.text
    body = {"messages": [{"role": turn.role, "content": turn.text} for turn in wanted.turns]}
    repair = an_answer(reply_to(body, style="keep", broken=False))
    done = worker.finish(POSTING, sketch.packed, (first, repair))
    assert isinstance(done, Finished)
    assert done.facts["restored"] == 0


def test_a_repair_that_is_not_asked_for_restores_what_was_broken(worker: Piecework) -> None:
    sketch = worker.sketch(POSTING)
    done = worker.finish(POSTING, sketch.packed, (truthful(sketch, broken=True), an_answer("", stop=Stop.CUT)))
    assert isinstance(done, Finished)
    assert done.facts["restored"] > 0


def test_a_cut_reply_is_wanted_with_more_room(worker: Piecework) -> None:
    sketch = worker.sketch(POSTING)
    wanted = worker.finish(POSTING, sketch.packed, (an_answer("{", stop=Stop.CUT),))
    assert isinstance(wanted, Wanted)
    assert wanted.max_tokens > 16_000


def test_what_cannot_be_read_fails_alone(worker: Piecework, tmp_path: Path) -> None:
    (tmp_path / "binary.md").write_bytes(b"\0\1\2")
    results = worker.sketches(("binary.md", POSTING, "gone.md"))
    assert [type(one) for one in results] == [PostingUnreadable, Sketch, PostingUnreadable]


def test_a_secret_stops_a_posting_before_anything_is_asked(worker: Piecework, tmp_path: Path) -> None:
    text = (tmp_path / POSTING).read_text("utf-8")
    (tmp_path / "leak.md").write_text(f"{text}\nKey: sk-ant-api03-{'a1B2' * 24}\n", "utf-8")
    with pytest.raises(PostingStopped):
        worker.sketch("leak.md")


def test_our_own_bug_fails_one_posting(worker: Piecework, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("postwright.workflows.many.piecework.opening", lambda *_, **__: 1 / 0)
    (result,) = worker.sketches((POSTING,))
    assert isinstance(result, PostwrightError)
    assert "our bug: ZeroDivisionError" in result.says


def test_answers_of_the_manager_are_part_of_what_is_asked(worker: Piecework, tmp_path: Path) -> None:
    before = worker.sketch(POSTING)
    work = Workplace(tmp_path, tmp_path / ".postwright").of(tmp_path / POSTING)
    work.write(work.questions, "pay.range:\n  text: USD 100,000 to 120,000 a year\n")
    after = worker.sketch(POSTING)
    assert before.turn != after.turn
    assert before.depends != after.depends


def test_settled_decisions_stand_in_the_next_draft(worker: Piecework, tmp_path: Path) -> None:
    sketch = worker.sketch(POSTING)
    said = json.loads(truthful(sketch).text)
    kept = said["sections"][-1]["lines"][-1]["keep"]
    dropped = kept.pop()
    said["removals"] = [{"units": [dropped], "group": "said twice", "why": "not needed"}]
    answer = an_answer(json.dumps(said))
    worker.finish(POSTING, sketch.packed, (answer,))
    work = Workplace(tmp_path, tmp_path / ".postwright").of(tmp_path / POSTING)
    review = load_review(work.review)
    assert review is not None
    assert review.draft is not None
    (decision,) = review.draft.decisions
    text = work.review.read_text("utf-8").replace(f'"{decision.state.value}"', '"rejected"')
    work.write(work.review, text)
    done = worker.finish(POSTING, sketch.packed, (answer,))
    assert isinstance(done, Finished)
    assert [one["state"] for one in done.decisions] == ["rejected"]


def test_rules_alone_write_a_marked_up_original(tmp_path: Path) -> None:
    write_postings(tmp_path, 1, ("thin-ehr-developer.md",))
    worker = piecework(tmp_path, rules_only=True)
    sketch = worker.sketch(POSTING)
    assert sketch.turn == ""
    done = worker.finish(POSTING, sketch.packed, ())
    assert isinstance(done, Finished)
    assert done.facts["engine"] == "rules"


@pytest.mark.parametrize("data", [b"", b"{", b'{"a": 1', b"\0" * 50])
def test_a_file_that_a_power_failure_cut_is_not_whole(worker: Piecework, tmp_path: Path, data: bytes) -> None:
    work = Workplace(tmp_path, tmp_path / ".postwright").of(tmp_path / POSTING)
    work.folder.mkdir(parents=True)
    work.review.write_bytes(data)
    assert not is_whole(work)
