"""Locks: what people put between markers stands as it is."""

from postwright.domain.posting import NoticeKind, PinKind
from postwright.reading.posting import read

LOCK, UNLOCK = "<!-- postwright: lock -->", "<!-- postwright: unlock -->"


def test_units_between_lock_markers_are_one_notice_with_its_markers() -> None:
    locked = f"{LOCK}\n\n## Our promise\n\n- One\n- Two\n\n{UNLOCK}"
    posting = read(f"# T\n\nFree text here.\n\n{locked}\n\nMore free text.\n", "job.md")
    (notice,) = posting.notices
    assert (notice.kind, notice.span.of(posting.source)) == (NoticeKind.LOCKED, locked)
    assert [unit.protected for unit in posting.units] == [False, False, True, True, True, True, True, False]


def test_a_lock_that_is_never_closed_runs_to_the_end() -> None:
    posting = read(f"# T\n\n{LOCK}\n\nOne.\n\nTwo.\n", "job.md")
    assert [unit.protected for unit in posting.units] == [False, True, True, True]


def test_a_lock_inside_a_sentence_pins_what_it_holds() -> None:
    posting = read(f"# T\n\nWe say {LOCK}exactly this{UNLOCK} and more.\n", "job.md")
    assert posting.notices == ()
    assert [(pin.kind, pin.span.of(posting.source)) for pin in posting.units[1].pins] == [
        (PinKind.LOCKED, "exactly this")
    ]


def test_locks_work_in_plain_text_too() -> None:
    posting = read(f"Title\n\n{LOCK}\nOne thing stays.\n{UNLOCK}\n\nFree.\n", "job.txt")
    assert [unit.protected for unit in posting.units] == [False, True, True, True, False]


def test_an_unlock_without_a_lock_does_nothing() -> None:
    assert read(f"# T\n\n{UNLOCK}\n\nFree text.\n", "job.md").notices == ()


def test_benefits_that_lost_the_blank_line_after_a_list_are_protected_with_the_item_they_ran_into() -> None:
    item = "Epic is preferred\nBenefits include medical, dental and vision insurance."
    glued = read(f"# Engineer\n\n## Duties\n\n- {item}\n- Test feeds\n", "job.md")
    wrapped = "# Engineer\n\n## Duties\n\n- Review claims for benefits such as dental and\n  vision care\n"
    assert [unit.text for unit in glued.units if unit.protected] == [item]
    assert [notice.kind for notice in glued.notices] == [NoticeKind.BENEFITS]
    assert read(wrapped, "job.md").notices == ()
