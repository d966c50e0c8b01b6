"""Rendering: a few rules, each visible in the text."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from postwright.domain.draft import Decision, DecisionKind, DecisionState, Layout, Line, LineKind, Section
from postwright.domain.posting import SectionKind
from postwright.fidelity.render import render

KEPT, PROPOSAL, BLANK = LineKind.KEPT, LineKind.PROPOSAL, LineKind.BLANK
NEW = (DecisionState.PENDING, DecisionState.ACCEPTED)
BACK = (DecisionState.REJECTED,)


def decision(name: str, state: DecisionState, edited: str = "", line: str = "p") -> Decision:
    return Decision(name, name, DecisionKind.PROPOSAL, "suggested duties", "x", "y", (), (line,), state, edited)


def section(*lines: Line) -> Section:
    return Section(SectionKind.DUTIES, "What you will do", lines)


def text(lines: list[Line], decisions: list[Decision]) -> str:
    return render("", "\n", [section(*lines)], decisions).text


def item(name: str, words: str, decision: str = "", shown: tuple[DecisionState, ...] = ()) -> Line:
    return Line(name, KEPT, words, ("u1",), Layout.ITEM, decision=decision, shown=shown)


def test_items_stand_on_lines_of_their_own_and_prose_of_one_block_runs_on() -> None:
    prose = [Line(f"s{n}", KEPT, f"Sentence {n}.", ("u1",), Layout.PROSE, block=7) for n in (1, 2)]
    other = Line("s3", KEPT, "Another paragraph.", ("u2",), Layout.PROSE, block=8)
    got = text([item("a", "one"), item("b", "two"), *prose, other], [])
    assert got == "## What you will do\n\n- one\n- two\n\nSentence 1. Sentence 2.\n\nAnother paragraph.\n"


def test_a_pending_proposal_is_marked_on_its_one_line() -> None:
    line = Line("p", PROPOSAL, "Sit with clinicians.", (), Layout.ITEM, decision="c1", shown=NEW)
    assert "- **[confirm c1]** Sit with clinicians.\n" in text([line], [decision("c1", DecisionState.PENDING)])


def test_an_accepted_proposal_loses_its_mark_and_a_rejected_one_its_line() -> None:
    line = Line("p", PROPOSAL, "Sit with clinicians.", (), Layout.ITEM, decision="c1", shown=NEW)
    assert "- Sit with clinicians.\n" in text([line], [decision("c1", DecisionState.ACCEPTED)])
    assert text([line], [decision("c1", DecisionState.REJECTED)]) == ""


def test_a_persons_own_words_replace_an_edited_line() -> None:
    line = Line("p", PROPOSAL, "Sit with clinicians.", (), Layout.ITEM, decision="c1", shown=NEW)
    assert "- Watch shifts.\n" in text([line], [decision("c1", DecisionState.EDITED, "Watch shifts.")])


def test_a_removed_line_returns_when_its_removal_is_rejected() -> None:
    line = item("k", "Publish papers", decision="c1", shown=BACK)
    assert text([line], [decision("c1", DecisionState.PENDING)]) == ""
    assert "- Publish papers\n" in text([line], [decision("c1", DecisionState.REJECTED)])


def test_a_blank_holds_no_value() -> None:
    line = Line("b", BLANK, "pay range", (), Layout.PROSE, decision="c4", shown=NEW)
    assert "**[confirm c4: pay range]**" in text([line], [decision("c4", DecisionState.PENDING, line="b")])


def test_inline_pieces_touch_and_add_no_last_newline() -> None:
    pieces = [Line(f"i{n}", KEPT, words, ("u1",), Layout.INLINE) for n, words in enumerate(("We need ", "guys", "."))]
    assert (
        render("---\n---\n", "\n", [Section(SectionKind.OTHER, "", tuple(pieces))], []).text
        == "---\n---\nWe need guys."
    )


def test_a_section_without_a_set_line_has_no_heading() -> None:
    assert text([item("k", "gone", decision="c1", shown=BACK)], [decision("c1", DecisionState.ACCEPTED)]) == ""


words = st.text(
    alphabet=st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=20
)
lines = st.lists(st.tuples(words, st.sampled_from([Layout.ITEM, Layout.PROSE, Layout.RAW, Layout.TITLE])), max_size=8)


@given(lines)
def test_every_line_stands_exactly_where_the_ledger_says(parts: list[tuple[str, Layout]]) -> None:
    made = [Line(f"l{n}", KEPT, words, ("u1",), layout) for n, (words, layout) in enumerate(parts)]
    rendered = render("", "\r\n", [section(*made)], [])
    assert [e.span.of(rendered.text) for e in rendered.entries] == [line.text for line in made]
    assert all(a.span.end <= b.span.start for a, b in pairwise(rendered.entries))
