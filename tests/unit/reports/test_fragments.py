"""Pieces for the page."""

from dataclasses import replace

from postwright.domain.draft import DecisionState, Draft, Line
from postwright.reports.fragments import pieces_of, run_of, sections_data
from support.odd_reviews import marked_up_review
from support.reviews import harbor_review


def draft_and_lines() -> tuple[Draft, dict[str, Line]]:
    draft = harbor_review().draft
    assert draft is not None
    return draft, {line.decision or line.id: line for s in draft.sections for line in s.lines}


def test_a_proposal_is_marked_while_it_waits_and_gone_when_rejected() -> None:
    draft, lines = draft_and_lines()
    pieces = pieces_of(lines["c2"], {d.id: d for d in draft.decisions})
    text = "You bring finished notes into the chart without copying."
    assert pieces == {"pending": ("- **[confirm c2]** ", text), "accepted": ("- ", text), "edited": ("- ", None)}


def test_a_removed_sentence_stands_only_when_its_removal_is_rejected() -> None:
    draft, lines = draft_and_lines()
    pieces = pieces_of(lines["c10"], {d.id: d for d in draft.decisions})
    assert pieces == {"rejected": ("- ", "10+ years of FHIR R4")}


def test_an_empty_place_shows_what_belongs_there() -> None:
    draft, lines = draft_and_lines()
    pieces = pieces_of(lines["c17"], {d.id: d for d in draft.decisions})
    assert pieces["pending"] == ("", "**[confirm c17: travel]**")
    assert pieces["edited"] == ("", None)


def test_a_line_without_a_decision_has_one_piece() -> None:
    draft, lines = draft_and_lines()
    assert pieces_of(lines["notice-n1"], {})[""][1] == lines["notice-n1"].text
    assert all(
        set(line["set"]) == {""}
        for s in sections_data(draft, _names(draft))
        for line in s["lines"]
        if "decision" not in line
    )


def test_the_state_a_decision_is_in_makes_no_difference_to_its_pieces() -> None:
    draft, lines = draft_and_lines()
    before = {d.id: d for d in draft.decisions}
    after = {d.id: d.settled(DecisionState.EDITED, "x") for d in draft.decisions}
    assert all(pieces_of(line, before) == pieces_of(line, after) for line in lines.values())


def test_runs_are_joined_closely_and_marked_lines_are_not() -> None:
    _, lines = draft_and_lines()
    travel = next(line for line in lines.values() if line.text == "Some travel.")
    assert run_of(travel) == "p4"
    assert run_of(lines["answer-pay"]) == ""
    assert run_of(lines["notice-n1"]) == ""
    assert run_of(lines["c2"]) == "i"


def test_formatted_text_of_a_marked_up_original_is_cut_where_its_fixes_stand() -> None:
    review = marked_up_review()
    assert review.draft is not None
    (section,) = sections_data(review.draft, _names(review.draft))
    assert [part for part in section["parts"] if isinstance(part, int)] == [1, 2, 3]
    whole = "".join(str(part) for part in section["parts"])
    assert "<li>Make sure we are 2 compliant</li>" in whole


def test_a_posting_that_holds_characters_for_private_use_keeps_them() -> None:
    review = marked_up_review()
    assert review.draft is not None
    section = review.draft.sections[0]
    first = replace(section.lines[0], text=f"\ue000 and \ue001 {section.lines[0].text}")
    draft = replace(review.draft, sections=(replace(section, lines=(first, *section.lines[1:])),))
    (data,) = sections_data(draft, _names(draft))
    assert "\ue000 and \ue001" in str(data["parts"][0])


def _names(draft: Draft) -> dict[str, str]:
    return {line.id: f"l{n}" for n, line in enumerate((x for s in draft.sections for x in s.lines), 1)}
