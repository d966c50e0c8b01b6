"""Each measure on a case small enough to count by hand."""

import asyncio
from pathlib import Path

import pytest

from evaluation.cases import Case, fixture_cases
from evaluation.measuring import Result, group_of, played
from evaluation.metrics import METRICS, Together, Values, per_case, together
from evaluation.played import tokens_of
from evaluation.recordings import Kind, Recording, Said, compact
from evaluation.texts import grade, harm, must_haves
from postwright.domain.model import Usage
from postwright.prompting.library import Prompts
from postwright.reading.posting import read

POSTING = """# Integration Engineer

Kestrel Notes drafts visit notes for clinics.

## Responsibilities

- Build HL7 v2 feeds with an interface engine
- Help clinicians at go-lives
- Be a ninja

## Requirements

- Five years with HL7 v2 feeds
- Epic certification

Kestrel Notes is an equal opportunity employer.
"""
# u1 title, u2 sentence, u3 heading, u4-u6 duties, u7 heading, u8-u9 musts, u10 notice
WORDS = {"u2": 7, "u4": 8, "u5": 4, "u6": 3, "u8": 6, "u9": 2, "u10": 7}
PROMPTS = Prompts()
MODEL = "claude-sonnet-5-5"


def keep(*units: str) -> dict[str, object]:
    return {"keep": list(units)}


def text(name: str, words: str, *sources: str) -> dict[str, object]:
    return {"id": name, "text": words, "sources": list(sources), "why": ""}


def section(kind: str, *lines: dict[str, object]) -> dict[str, object]:
    return {"kind": kind, "heading": "", "lines": list(lines)}


def a_reply(*sections: dict[str, object], **changes: object) -> dict[str, object]:
    removed = {"units": ["u6"], "group": "hero words", "why": "It names no work."}
    whole: dict[str, object] = {
        "summary": "",
        "coverage": [],
        "findings": [],
        "dismissed": [],
        "questions": [],
        "title": None,
        "sections": list(sections),
        "removals": [removed],
    }
    return whole | changes


GOOD = a_reply(
    section("mission", keep("u2")),
    section("duties", text("l1", "You build HL7 v2 feeds with an interface engine.", "u4"), keep("u5")),
    section("must_have", keep("u8")),
    section("nice_to_have", text("l2", "Epic certification", "u9")),
)


def a_case(first: Said, repair: Said | None = None) -> Case:
    return Case("job", Path("job.md"), POSTING, Recording("job", "job", Kind.CAREFUL, "", first, None, repair))


def result_of(case: Case) -> Result:
    return asyncio.run(played([case], MODEL, PROMPTS))[0]


def values_of(reply: dict[str, object], repair: dict[str, object] | None = None) -> Values:
    """The measures of a reply, and of the repair if it is asked for one."""
    return result_of(a_case(Said(compact(reply)), Said(compact(repair)) if repair else None)).values


def test_a_good_reply_has_books_that_hold() -> None:
    values = values_of(GOOD)
    assert (values["replies"], values["unusable"], values["balanced"]) == (1, 0, 1)
    assert (values["written"], values["blocked"], values["withdrawn"], values["restored"]) == (2, 0, 0, 0)


def test_the_share_that_is_kept_and_the_share_that_is_out_count_words() -> None:
    values = values_of(GOOD)
    whole = sum(WORDS.values())
    assert values["kept"] == pytest.approx(100 * (whole - WORDS["u4"] - WORDS["u6"] - WORDS["u9"]) / whole)
    assert values["left_out"] == pytest.approx(100 * WORDS["u6"] / whole)


def test_must_haves_are_counted_before_and_after() -> None:
    values = values_of(GOOD)
    assert (values["musts_before"], values["musts_after"]) == (2, 1)


def test_length_is_counted_in_words_of_the_body() -> None:
    values = values_of(GOOD)
    assert values["words_before"] == len(POSTING.split())
    assert values["words_after"] != values["words_before"]


def test_decisions_are_those_of_the_draft_as_it_is_handed_over() -> None:
    result = result_of(a_case(Said(compact(GOOD))))
    assert result.review is not None
    assert result.review.draft is not None
    assert result.values["decisions"] == len(result.review.draft.decisions) >= 2


def test_a_blocked_line_that_is_mended_counts_as_repaired() -> None:
    broken = a_reply(
        section("mission", keep("u2")),
        section("duties", text("l1", "You build robust HL7 v2 feeds with an interface engine.", "u4"), keep("u5")),
        section("must_have", keep("u8", "u9")),
    )
    mended = a_reply(
        section("duties", text("l1", "You build HL7 v2 feeds with an interface engine.", "u4")), removals=[]
    )
    values = values_of(broken, mended)
    assert (values["balanced"], values["blocked"], values["repaired"], values["withdrawn"]) == (0, 1, 1, 0)
    assert values["requests"] == 2


def test_a_blocked_line_that_stays_broken_counts_as_withdrawn_and_its_sentence_as_restored() -> None:
    broken = a_reply(
        section("mission", keep("u2")),
        section("duties", text("l1", "You build robust HL7 v2 feeds with an interface engine.", "u4"), keep("u5")),
        section("must_have", keep("u8", "u9")),
    )
    values = values_of(broken)
    assert (values["repaired"], values["withdrawn"], values["restored"]) == (0, 1, 1)


def test_a_forgotten_sentence_is_a_fault_of_no_line() -> None:
    forgetful = a_reply(section("mission", keep("u2")), section("duties", keep("u4", "u5")))
    values = values_of(forgetful)
    assert (values["unplaced"], values["blocked"], values["restored"]) == (2, 0, 2)


def test_a_quote_from_memory_is_counted_and_not_shown() -> None:
    remark = {"severity": "notice", "why": "It is vague.", "fix": "Name the engine."}
    findings = [
        {"unit": "u4", "quote": "an interface engine", **remark},
        {"unit": "u4", "quote": "an integration engine", **remark},
    ]
    values = values_of({**GOOD, "findings": findings})
    assert (values["quotes"], values["verbatim"], values["model_said"], values["balanced"]) == (2, 1, 1, 0)


def test_a_remark_with_a_made_up_figure_is_withheld() -> None:
    values = values_of({**GOOD, "summary": "Some 73% of such postings fail to hire anybody."})
    assert (values["withheld"], values["balanced"]) == (1, 0)


def test_a_suggestion_counts_toward_coverage_only_with_suggestions() -> None:
    thin = next(case for case in fixture_cases() if case.name == "thin-ehr-developer")
    values = result_of(thin).values
    assert (values["coverage_before"], values["coverage_own"], values["coverage_all"]) == (1, 1, 3)


def test_harm_is_a_forbidden_phrase_that_stands_and_an_owed_one_that_does_not() -> None:
    review = result_of(a_case(Said(compact(GOOD)))).review
    assert review is not None
    assert harm(review, ["ninja"], ["Five years with HL7 v2 feeds"]) == 0
    assert harm(review, ["Five years"], ["Be a ninja"]) == 2


def test_tokens_are_those_of_all_answers_and_cost_follows_the_price_table() -> None:
    usage = Usage(input=1_000, cache_read=10_000, output=500)
    values = result_of(a_case(Said(compact(GOOD), usage=usage))).values
    assert (values["tokens_fresh"], values["tokens_cached"], values["tokens_out"]) == (1_000, 10_000, 500)
    assert values["cents"] is not None
    assert 0.5 < values["cents"] < 5


def test_without_counts_tokens_are_estimated_from_the_characters_of_the_reply() -> None:
    assert values_of(GOOD)["tokens_out"] == tokens_of(compact(GOOD))


def test_a_posting_without_a_reply_is_measured_by_the_rules_alone() -> None:
    result = result_of(Case("job", Path("job.md"), POSTING))
    assert group_of(result) == "rules"
    assert result.values["rules_said"]
    assert "balanced" not in result.values
    assert "cents" not in result.values
    assert "model_said" not in result.values
    assert result.values["kept"] == 100


def test_an_unread_posting_is_a_failure_and_no_measure() -> None:
    case = Case("job", Path("job.md"), "", unread="job.md is no text")
    result = result_of(case)
    assert result.failed == "job.md is no text"
    assert result.values == {}


def test_a_demand_counts_wherever_it_stands_and_a_condition_does_not() -> None:
    assert must_haves(read("# Nurse\n\n## Requirements\n\n- Active RN license\n- Epic\n", "a.md")) == 2
    assert must_haves(read("# Nurse\n\nBrightgate hires a nurse. Must know FHIR and Python.\n", "a.md")) == 1
    assert must_haves(read("# Nurse\n\n## Physical demands\n\n- Must be able to lift 25 lbs\n", "a.md")) == 0
    assert must_haves(read("# Nurse\n\n## Nice to have\n\n- Epic\n", "a.md")) == 0


def test_longer_words_and_sentences_read_harder() -> None:
    easy = read("# Nurse\n\n" + "You see the sick and you help them. " * 6, "a.md")
    hard = read(
        "# Nurse\n\nThe incumbent operationalizes institutional prioritization methodologies, facilitating"
        " multidisciplinary collaboration and accelerating organizational transformation initiatives across"
        " geographically distributed administrative environments, complementary departmental constituencies and"
        " interdependent operational infrastructures of considerable institutional complexity.\n",
        "a.md",
    )
    easy_grade, hard_grade = grade(easy), grade(hard)
    assert easy_grade is not None
    assert hard_grade is not None
    assert easy_grade < 5
    assert hard_grade > 20
    assert grade(read("# Nurse\n\nToo short to grade.\n", "a.md")) is None


class TestTogether:
    def test_sums_means_and_shares_leave_out_cases_without_the_measure(self) -> None:
        cases: list[Values] = [{"blocked": 2, "kept": 50.0}, {"blocked": 3, "kept": 100.0}, {}]
        assert together(METRICS["blocked"], cases) == 5
        assert together(METRICS["kept"], cases) == 75
        assert together(METRICS["cents"], cases) is None

    def test_a_share_is_of_the_whole_and_not_a_mean_of_shares(self) -> None:
        cases: list[Values] = [{"verbatim": 1, "quotes": 1}, {"verbatim": 0, "quotes": 3}]
        assert together(METRICS["verbatim"], cases) == 0.25
        assert per_case(METRICS["verbatim"], cases[1]) == 0

    def test_every_share_names_what_it_is_a_share_of(self) -> None:
        shares = [m for m in METRICS.values() if m.together is Together.RATIO]
        assert shares
        assert [m.id for m in shares if m.of not in METRICS] == []

    def test_a_share_of_nothing_is_none(self) -> None:
        assert together(METRICS["verbatim"], [{"verbatim": 0, "quotes": 0}]) is None
        assert per_case(METRICS["verbatim"], {"verbatim": 0, "quotes": 0}) is None
