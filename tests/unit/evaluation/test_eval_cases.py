"""Which replies there are, whose they are said to be, and which posting each belongs to."""

import json
from pathlib import Path

import pytest
import yaml

from evaluation.cases import AS_OF, FIXTURES, RULES, Case, cases_in, chosen, fixture_cases, live_cases
from evaluation.recordings import Kind, read_recording
from postwright.domain.errors import UsageProblem
from postwright.knowledge.loader import load
from postwright.workflows.drafting import prepare

CASES = fixture_cases()
BY_HAND = sorted((FIXTURES / "replies" / "by-hand").glob("*.json"))
LEAST_SLOPPY = 8


def of_kind(kind: Kind) -> list[Case]:
    return [case for case in CASES if case.recording is not None and case.recording.kind is kind]


def write(folder: Path, name: str, data: object) -> Path:
    path = folder / name
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def test_every_role_family_has_a_posting_with_a_careful_reply() -> None:
    texts = {case.path.name: case.text for case in of_kind(Kind.CAREFUL)}
    found = {prepare(text, name, as_of=AS_OF).critique.scope.family for name, text in texts.items()}
    assert set(load("ownership")["families"]) - found == set()


def test_there_are_sloppy_replies_of_many_kinds() -> None:
    kinds = {case.recording.what for case in of_kind(Kind.SLOPPY) if case.recording is not None}
    assert len(kinds) >= LEAST_SLOPPY


@pytest.mark.parametrize("path", BY_HAND, ids=lambda path: path.stem)
def test_a_reply_by_hand_says_so_itself(path: Path) -> None:
    label = json.loads(path.read_text(encoding="utf-8"))["label"]
    assert label["by"] == "hand"
    assert label["kind"] in {"careful", "eager", "sloppy"}
    assert "model" not in label
    assert (".sloppy-" in path.name) is (label["kind"] == "sloppy")


def test_a_reply_by_hand_cannot_pass_for_one_of_the_api(tmp_path: Path) -> None:
    label = {"by": "hand", "kind": "api", "posting": "a"}
    with pytest.raises(UsageProblem, match=r"a\.json is no recorded reply"):
        read_recording(write(tmp_path, "a.json", {"label": label, "first": {"text": ""}}))


def test_a_reply_of_the_api_cannot_pass_for_a_careful_one(tmp_path: Path) -> None:
    label = {"by": "api", "kind": "careful", "posting": "a"}
    with pytest.raises(UsageProblem, match="no recorded reply"):
        read_recording(write(tmp_path, "a.json", {"label": label, "first": {"text": ""}}))


def test_a_bare_reply_is_told_by_its_name(tmp_path: Path) -> None:
    reply = {"summary": "", "sections": []}
    careful = read_recording(write(tmp_path, "job.json", reply))
    sloppy = read_recording(write(tmp_path, "job.sloppy-lost-unit.json", reply))
    assert (careful.kind, careful.posting) == (Kind.CAREFUL, "job")
    assert (sloppy.kind, sloppy.posting, sloppy.what) == (Kind.SLOPPY, "job", "lost-unit")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"label": {}}', "no JSON", '{"label": 3, "sections": []}'])
def test_another_file_is_refused_in_one_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageProblem, match=r"x\.json is no recorded reply"):
        read_recording(path)


def test_the_characters_of_a_reply_do_not_depend_on_how_its_file_is_set(tmp_path: Path) -> None:
    reply = {"summary": "é", "sections": []}
    label = {"by": "hand", "kind": "careful", "posting": "a"}
    (tmp_path / "a.json").write_text(
        json.dumps({"label": label, "first": {"reply": reply}}, indent=4), encoding="utf-8"
    )
    assert read_recording(tmp_path / "a.json").first.text == '{"summary":"é","sections":[]}'


def test_a_folder_is_evaluated_with_the_replies_found_by_name(tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text("# One\n", encoding="utf-8")
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "two.txt").write_text("Two\n", encoding="utf-8")
    (tmp_path / ".postwright").mkdir()
    (tmp_path / ".postwright" / "draft.md").write_text("A draft of ours is no posting\n", encoding="utf-8")
    (tmp_path / "replies").mkdir()
    write(tmp_path / "replies", "one.json", {"summary": "", "sections": []})
    found = cases_in(tmp_path)
    assert [(case.name, case.group) for case in found] == [("more/two", RULES), ("one", "careful")]


def test_a_file_that_is_no_text_is_said_to_be_unread(tmp_path: Path) -> None:
    (tmp_path / "one.md").write_bytes(b"\xff\xfe\x00\xd8 \x00 \x00")
    assert cases_in(tmp_path)[0].unread


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match="no postings"):
        cases_in(tmp_path)


def test_cases_are_chosen_by_the_beginning_of_their_names() -> None:
    assert sorted(case.name for case in chosen(CASES, ["mlops"])) == [
        "mlops-engineer-hospital-ai",
        "mlops-engineer-hospital-ai.eager",
        "mlops-engineer-hospital-ai.sloppy-prose",
    ]
    with pytest.raises(UsageProblem, match="no case begins with 'gold-z'"):
        chosen(CASES, ["gold-z"])


def test_the_api_is_asked_once_for_a_posting_and_never_shown_a_recording() -> None:
    asked = live_cases(CASES)
    assert len({case.name for case in asked}) == len(asked)
    assert all(case.recording is None for case in asked)
    assert not [case.name for case in asked if ".sloppy-" in case.name]


def test_the_trial_that_is_compared_with_is_of_a_gold_posting() -> None:
    trials = yaml.safe_load((FIXTURES / "gold" / "trials.yaml").read_text(encoding="utf-8"))
    text = (FIXTURES / "postings" / "gold-a.md").read_text(encoding="utf-8")
    assert [entry["q"] for entry in trials["gold-a"]["findings"] if entry["q"] not in text] == []
