"""Comments that set a finding aside: where they hold, what they need, and what is said of bad ones."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postwright.domain.checked import Remark, Standing
from postwright.domain.config import Config
from postwright.workflows.checking.ignores import OWN_RULES, ignores_in, without_words
from postwright.workflows.checking.looking import look, rule_names

CONFIG = Config(as_of="2026-11-22", select=("native-speaker", "ignores", "age-demand"))
LINE = "- Native English speaker"


def remarks(text: str, name: str = "a.md", config: Config = CONFIG) -> list[Remark]:
    return list(look(text, name, config, config.ignore).remarks("error", fingerprints=True))


def standings(text: str, name: str = "a.md") -> dict[str, list[Standing]]:
    out: dict[str, list[Standing]] = {}
    for remark in remarks(text, name):
        out.setdefault(remark.finding.rule, []).append(remark.standing)
    return out


NEW, ASIDE = Standing.NEW, Standing.IGNORED


@pytest.mark.parametrize(
    "text",
    [
        "- Native English speaker <!-- postwright: ignore native-speaker: the job is to interpret -->\n",
        "<!-- postwright: ignore native-speaker: the job is to interpret -->\n- Native English speaker\n",
        "<!-- postwright: ignore origin: the job is to interpret -->\n\n- Native English speaker\n",
        "<!--postwright:ignore age-demand, native-speaker: two\nlines of reason-->\n- Native English speaker\n",
        "You help\npatients. Native English speaker. <!-- postwright: ignore native-speaker: interpreter -->\n",
        "| We need |\n|---|\n| Native English speaker <!-- postwright: ignore native-speaker: interpreter --> |\n",
        "# Native English speaker <!-- postwright: ignore native-speaker: interpreter -->\n",
        "- Native English speaker\n\nMore.\n<!-- postwright: ignore-file native-speaker: interpreters -->\n",
    ],
)
def test_a_comment_with_a_reason_sets_the_finding_beside_or_under_it_aside(text: str) -> None:
    assert standings(text)["native-speaker"] == [ASIDE]


def test_mdx_has_its_own_comments() -> None:
    text = "{/* postwright: ignore native-speaker: the job is to interpret */}\n\n- Native English speaker\n"
    assert standings(text, "a.mdx") == {"native-speaker": [ASIDE]}


def test_the_reason_is_kept() -> None:
    text = f"{LINE} <!-- postwright: ignore native-speaker: the job   is to interpret -->\n"
    assert remarks(text)[0].reason == "the job is to interpret"
    assert not remarks(text)[0].fails


def test_a_comment_holds_for_one_item_and_not_for_the_next() -> None:
    text = f"{LINE} <!-- postwright: ignore native-speaker: interpreter -->\n- Native French speaker\n"
    assert standings(text)["native-speaker"] == [ASIDE, NEW]


def test_a_reason_is_no_text_of_the_posting() -> None:
    text = f"{LINE} <!-- postwright: ignore native-speaker: native speakers only, must be under 35 -->\n"
    assert standings(text) == {"native-speaker": [ASIDE]}


@pytest.mark.parametrize(
    ("comment", "says"),
    [
        ("<!-- postwright: ignore native-speaker -->", "no reason"),
        ("<!-- postwright: ignore native-speaker: -->", "no reason"),
        ("<!-- postwright: ignore native-speaker: ok -->", "no reason"),
        ("<!-- postwright: ignore: because -->", "names no rule"),
        ("<!-- postwright: disable native-speaker: because -->", "'disable' is no order"),
        ("<!-- postwright: -->", "no order"),
        ("<!-- postwright: ignore native-speaker: because", "never closed"),
    ],
)
def test_a_comment_that_lacks_something_is_a_finding_and_has_no_effect(comment: str, says: str) -> None:
    found = remarks(f"{LINE}\n- Another line {comment}\n")
    assert [r.standing for r in found if r.finding.rule == "native-speaker"] == [NEW]
    told = [r.finding.why for r in found if r.finding.rule == "ignore-incomplete"]
    assert len(told) == 1
    assert says in told[0]


def test_an_unknown_rule_is_a_finding_that_names_the_nearest_one() -> None:
    found = remarks(f"{LINE} <!-- postwright: ignore nativ-speaker: because it is so -->\n")
    unknown = next(r for r in found if r.finding.rule == "ignore-unknown-rule")
    assert "Did you mean 'native-speaker'?" in unknown.finding.why


def test_a_comment_that_ignores_nothing_is_a_notice() -> None:
    text = "- Fluent English <!-- postwright: ignore native-speaker: interpreter -->\n"
    assert standings(text) == {"ignore-unused": [NEW]}


def test_a_comment_for_a_rule_that_did_not_run_is_not_called_unused() -> None:
    text = "- Fluent English <!-- postwright: ignore hype: our slogan -->\n"
    assert standings(text) == {}


def test_remarks_on_comments_can_be_switched_off_like_any_rule() -> None:
    config = replace(CONFIG, ignore=("ignore-unused",))
    text = "- Fluent English <!-- postwright: ignore native-speaker: interpreter -->\n"
    assert remarks(text, config=config) == []


@pytest.mark.parametrize(
    "text",
    [
        "Write `<!-- postwright: ignore hype -->` there.\n",
        "```\n<!-- postwright: ignore native-speaker -->\n```\n",
        "<!-- postwright: lock -->\nKeep.\n<!-- postwright: unlock -->\n",
    ],
)
def test_examples_in_code_and_lock_marks_are_no_orders(text: str) -> None:
    assert remarks(text) == []


def test_the_comments_own_rules_fire_on_their_examples_only() -> None:
    for rule in OWN_RULES:
        assert rule.id in {r.finding.rule for r in remarks(rule.flags[0])}
        assert rule.id not in {r.finding.rule for r in remarks(rule.allows[0])} - {"ignore-unused"}
        assert rule.id in rule_names()


@given(st.lists(st.sampled_from(["<!-- postwright: ignore a: b -->", "{/* postwright:", "-->", "\n", "é", "x "])))
def test_blanking_a_comment_moves_no_offset_and_no_line(pieces: list[str]) -> None:
    text = "".join(pieces)
    blank = without_words(text, ignores_in(text))
    assert len(blank) == len(text)
    assert blank.count("\n") == text.count("\n")
    assert "postwright: ignore a" not in blank
