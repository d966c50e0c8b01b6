"""The eight lines of the terminal."""

from dataclasses import replace

import pytest

from postwright.domain.critique import Verdict
from postwright.domain.draft import DecisionState
from postwright.domain.finding import Severity
from postwright.domain.model import Usage
from postwright.domain.review import Cost, Review
from postwright.reports.style import ANSI
from postwright.reports.summary import summary
from support.desk import settled
from support.odd_reviews import bare_review, hostile_review, marked_up_review
from support.reviews import harbor_review

NEXT = "open .postwright/jobs/senior-ai-ml-engineer/review.html"


def lines(review: Review) -> dict[str, str]:
    """Label -> text, without the breaks."""
    made = summary(review, next_command=NEXT)
    return {line[:13].strip(): " ".join(line[13:].split()) for line in made}


def test_there_are_eight_lines_in_a_fixed_order() -> None:
    expected = ["Verdict", "In short", "Decide", "Still wrong", "Changes", "Promise", "Cost", "Next"]
    assert list(lines(harbor_review())) == expected


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_gives_eight_lines(verdict: Verdict) -> None:
    assert len(summary(bare_review(verdict), next_command=NEXT)) == 8


@pytest.mark.parametrize("width", [80, 120])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    for line in summary(harbor_review(), next_command=NEXT, width=width):
        assert max(map(len, line.split("\n"))) <= width


def test_a_longer_line_goes_on_under_its_text() -> None:
    diagnosis = summary(harbor_review(), next_command=NEXT)[1].split("\n")
    assert len(diagnosis) > 1
    assert all(part.startswith(" " * 13 + part.strip()[0]) for part in diagnosis[1:])


def test_the_leading_question_and_the_weightiest_groups_come_first() -> None:
    assert lines(harbor_review())["Decide"] == "Which job is this? a clearer title; suggested duties (3); 18 more"


def test_what_is_settled_is_no_longer_asked() -> None:
    review = harbor_review()
    assert review.draft is not None
    done = settled(review.draft, {d.id: (DecisionState.ACCEPTED, "") for d in review.draft.decisions})
    quiet = replace(review, draft=done, critique=replace(review.critique, questions=()))
    assert lines(quiet)["Decide"] == "nothing waits for you"


def test_what_stays_wrong_is_told_from_the_draft() -> None:
    assert lines(harbor_review())["Still wrong"] == "vague travel"


def test_of_a_marked_up_original_what_no_fix_mends_stays_wrong() -> None:
    assert lines(marked_up_review())["Still wrong"].startswith("impossible years (2); gendered wording")


def test_where_notices_alone_remain_the_summary_does_not_say_that_nothing_does() -> None:
    review = marked_up_review()
    notices = tuple(f for f in review.critique.findings if f.severity is Severity.NOTICE)
    assert notices
    said = lines(replace(review, critique=replace(review.critique, findings=notices)))["Still wrong"]
    assert said == "no error or warning; lesser remarks are on the page"


def test_the_counts_add_up_to_every_sentence() -> None:
    promise = lines(harbor_review())["Promise"]
    expected = "18 used, 13 left out (listed), 4 legal or pay kept word for word, 5 headings"
    assert promise == f"Every sentence is accounted for: {expected}"
    assert sum(u.id.startswith("u") for u in harbor_review().units) == 18 + 13 + 4 + 5


def test_the_changes_are_counted() -> None:
    assert lines(harbor_review())["Changes"] == "7 changed, 13 left out, 4 suggested, 1 put back, 2 to fill in"


def test_what_the_rules_make_is_never_called_a_rewrite() -> None:
    assert lines(marked_up_review())["Changes"] == "marked-up original, not rewritten: 3 fixes marked, 3 to confirm"
    assert lines(marked_up_review())["Cost"] == "no model used, $0"


def test_tokens_cache_and_cost_are_told() -> None:
    expected = "claude-sonnet-5-5: 12,840 tokens in (83% from the cache), 4,210 out, $0.072"
    assert lines(harbor_review())["Cost"] == expected


def test_an_unknown_price_is_unknown_and_never_nothing() -> None:
    assert lines(replace(harbor_review(), cost=Cost(None, "2026-11-01", 1)))["Cost"].endswith("cost unknown")


def test_an_endpoint_that_reports_no_tokens_is_not_said_to_have_used_none() -> None:
    review = replace(harbor_review(), usage=Usage(known=False))
    assert "tokens not reported" in lines(review)["Cost"]


def test_a_remembered_reply_costs_nothing_again() -> None:
    review = replace(harbor_review(), usage=Usage(), cost=Cost(0.0, "2026-11-01", 0))
    assert lines(review)["Cost"] == "claude-sonnet-5-5 had answered this before: nothing was sent, $0"


def test_without_a_draft_nothing_is_said_to_have_been_done() -> None:
    told = lines(bare_review())
    assert told["Changes"] == "no draft was made, your file stays as it is"
    assert told["Promise"].startswith("No draft was made")


def test_plain_text_holds_no_escape_and_a_hostile_posting_brings_none() -> None:
    review = hostile_review()
    bell = replace(review, path="a\x1b]0;owned\x07.md", critique=replace(review.critique, diagnosis="x\x1b[31m\u202ey"))
    said = "\n".join(summary(bell, next_command=NEXT))
    assert not {c for c in said if not c.isprintable()} - {"\n"}


def test_colours_come_only_from_the_style() -> None:
    plain, coloured = (summary(harbor_review(), next_command=NEXT, style=s) for s in (ANSI.__class__(), ANSI))
    assert all("\x1b" not in line for line in plain)
    assert coloured[0].startswith("\x1b[2mVerdict")
    assert "\x1b[31mrework\x1b[0m" in coloured[0]


def test_people_read_no_word_of_our_trade() -> None:
    for review in (harbor_review(), marked_up_review(), bare_review()):
        said = " ".join(summary(review, next_command=NEXT)).lower()
        assert not {"unit", "units", "ledger", "locked", "span"} & set(said.replace(",", " ").split())
