"""Policies, groups of alike decisions, and the worklist that goes through a spreadsheet and back."""

import asyncio
import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from postwright.domain.draft import Decision, DecisionKind, DecisionState
from postwright.domain.errors import UsageProblem
from postwright.domain.review import Review
from postwright.llm.prices import price_table
from postwright.prompting.library import Prompts
from postwright.storage.runs import Outcome, RunBook, Status
from postwright.workflows.many.accounts import COLUMNS, groups_of, read_worklist, write_worklist
from postwright.workflows.many.deciding import (
    Group,
    Policy,
    department,
    grouped,
    load_policy,
    names_of,
    settled_by,
    slug,
)
from postwright.workflows.many.settling_many import Order, orders
from postwright.workflows.rewriting import Editor, review_posting
from support.models import ScriptedModel, an_answer

FIXTURES = Path(__file__).parents[3] / "fixtures"


def a_review() -> Review:
    """A rewrite with removals and proposals to decide."""
    said = (FIXTURES / "replies" / "gold-b.json").read_text("utf-8")
    editor = Editor(ScriptedModel(an_answer(said)), Prompts(), {}, price_table())
    text = (FIXTURES / "postings" / "gold-b.md").read_text("utf-8")
    return asyncio.run(review_posting(text, "gold-b.md", editor=editor))


def policy(tmp_path: Path, text: str) -> Policy:
    path = tmp_path / "policy.toml"
    path.write_text(text, "utf-8")
    return load_policy(path)


class TestPolicies:
    def test_kinds_groups_and_facts_are_named_with_hyphens(self, tmp_path: Path) -> None:
        read = policy(tmp_path, 'accept = ["wording", "Impossible years"]\nhold = ["licence"]\n')
        assert read.accept == {"wording", "impossible-years"}
        assert read.accepts(frozenset({"removal", "impossible-years"}), DecisionKind.REMOVAL)

    @pytest.mark.parametrize(("written", "meant"), [("license", "licence"), ("Degrees", "degree")])
    def test_a_name_with_a_slip_would_hold_nothing_so_it_is_refused(
        self, tmp_path: Path, written: str, meant: str
    ) -> None:
        with pytest.raises(UsageProblem) as refused:
            policy(tmp_path, f'hold = ["{written}"]\n')
        assert refused.value.hint == f"did you mean '{meant}'?"

    def test_any_other_name_may_be_that_of_a_group(self, tmp_path: Path) -> None:
        assert policy(tmp_path, 'hold = ["research pedigree"]\n').hold == {"research-pedigree"}

    def test_hold_outranks_accept(self) -> None:
        read = Policy(frozenset({"removal"}), frozenset({"licence"}))
        assert read.accepts(frozenset({"removal"}), DecisionKind.REMOVAL)
        assert not read.accepts(frozenset({"removal", "licence"}), DecisionKind.REMOVAL)

    @pytest.mark.parametrize("kind", [DecisionKind.PROPOSAL, DecisionKind.BLANK, DecisionKind.TITLE])
    def test_what_nobody_has_said_is_never_accepted(self, tmp_path: Path, kind: DecisionKind) -> None:
        name = slug(kind.value)
        assert not Policy(frozenset({name}), frozenset()).accepts(frozenset({name}), kind)
        with pytest.raises(UsageProblem, match="cannot be accepted"):
            policy(tmp_path, f'accept = ["{name}"]')

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ('acept = ["wording"]', "acept"),
            ('accept = "wording"', "list of strings"),
            ("accept = [", "not valid TOML"),
        ],
    )
    def test_mistakes_are_named(self, tmp_path: Path, text: str, says: str) -> None:
        with pytest.raises(UsageProblem, match=says):
            policy(tmp_path, text)

    def test_a_decision_is_named_by_the_facts_it_touches(self) -> None:
        text = "Active RN license in the state of Ohio and a PhD in nursing"
        decision = Decision("c1", "k", DecisionKind.REMOVAL, "research pedigree", text, "")
        assert {"removal", "research-pedigree", "licence", "degree"} <= names_of(decision, {})

    def test_what_a_policy_accepts_is_settled_in_the_draft(self) -> None:
        review = a_review()
        assert review.draft is not None
        kinds = {decision.kind for decision in review.draft.pending}
        assert DecisionKind.REMOVAL in kinds
        settled = settled_by(review, Policy(frozenset({"removal"}), frozenset()))
        assert settled.draft is not None
        states = {decision.kind: decision.state for decision in settled.draft.decisions}
        assert states[DecisionKind.REMOVAL] is DecisionState.ACCEPTED
        assert states[DecisionKind.PROPOSAL] is DecisionState.PENDING

    def test_without_a_policy_nothing_is_settled(self) -> None:
        review = a_review()
        assert settled_by(review, Policy()) is review


def decision(number: int, key: str, text: str = "We move fast.", state: str = "pending") -> Mapping[str, Any]:
    kind, group = "removal", "empty words"
    return {
        "id": f"c{number}",
        "key": key,
        "kind": kind,
        "group": group,
        "text": text,
        "why": "says nothing",
        "state": state,
    }


class TestGroups:
    def test_alike_decisions_count_once_with_all_their_places(self) -> None:
        one, two = decision(1, "a"), decision(2, "b")
        groups = list(grouped([("x/1.md", one), ("y/2.md", decision(4, "a")), ("x/1.md", two)]))
        assert [(group.key, group.places) for group in groups] == [
            ("a", [("x/1.md", "c1"), ("y/2.md", "c4")]),
            ("b", [("x/1.md", "c2")]),
        ]
        assert groups[0].departments == ["x", "y"]

    def test_settled_and_open_ones_do_not_mix(self) -> None:
        groups = list(grouped([("1.md", decision(1, "a")), ("2.md", decision(1, "a", state="accepted"))]))
        assert sorted(group.state for group in groups) == ["accepted", "pending"]

    @pytest.mark.parametrize(("path", "name"), [("eng/a.md", "eng"), ("eng/sub/a.md", "eng"), ("a.md", "")])
    def test_the_department_is_the_top_folder(self, path: str, name: str) -> None:
        assert department(path) == name


class TestTheWorklist:
    def write(self, path: Path, *groups: Group) -> list[dict[str, str]]:
        write_worklist(path, groups)
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def group(self, text: str, *places: str, key: str = "12e4500000000000") -> Group:
        return Group(key, "removal", "empty words", text, "why", "pending", [(place, "c1") for place in places])

    def test_there_is_a_line_for_each_group_and_shared_ones_come_first(self, tmp_path: Path) -> None:
        rows = self.write(
            tmp_path / "d.csv",
            self.group("b", "zoo/1.md", key="1"),
            self.group("a", "ant/1.md", key="2"),
            self.group("c", "ant/1.md", "zoo/1.md", key="3"),
        )
        assert [row["department"] for row in rows] == ["2 departments", "ant", "zoo"]
        assert list(rows[0]) == list(COLUMNS)

    @pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
    def test_no_cell_is_a_formula(self, tmp_path: Path, text: str) -> None:
        (row,) = self.write(tmp_path / "d.csv", self.group(text.strip() if text != "\t=1" else text, "a.md"))
        assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in row.values())

    def test_a_key_that_looks_like_a_number_stays_text(self, tmp_path: Path) -> None:
        (row,) = self.write(tmp_path / "d.csv", self.group("x", "a.md"))
        assert row["key"] == "k-12e4500000000000"

    @pytest.mark.parametrize("delimiter", [",", ";"])
    def test_what_is_filled_in_comes_back_by_key(self, tmp_path: Path, delimiter: str) -> None:
        path = tmp_path / "d.csv"
        rows = self.write(path, self.group("a, b; c", "x.md", key="1"), self.group("d", "y.md", key="2"))
        rows[0]["decide"] = " accept "
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS, delimiter=delimiter)
            writer.writeheader()
            writer.writerows(rows)
        assert read_worklist(path) == {"1": "accept"}

    def test_another_table_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "x.csv").write_text("a,b\n1,2\n", "utf-8")
        with pytest.raises(UsageProblem, match="no worklist"):
            read_worklist(tmp_path / "x.csv")

    def test_words_become_orders_and_nonsense_is_named(self) -> None:
        assert orders({"1": "Accept", "2": "no", "3": "edit: two words"}) == {
            "1": Order(DecisionState.ACCEPTED),
            "2": Order(DecisionState.REJECTED),
            "3": Order(DecisionState.EDITED, "two words"),
        }
        with pytest.raises(UsageProblem, match="maybe"):
            orders({"1": "maybe"})

    def test_paths_are_told_from_the_folder_of_the_run_on(self, tmp_path: Path) -> None:
        book = RunBook(tmp_path / "runs.sqlite3")
        run = book.begin("jobs", {})
        book.record(run.id, Outcome("jobs/eng/a.md", Status.DONE, "w", {}), [decision(1, "k")])
        (group,) = groups_of(book, run.id, "jobs")
        assert group.departments == ["eng"]
