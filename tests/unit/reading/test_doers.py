"""Who acts: what a posting says of the one it seeks is the reader's, and "we" ends a clause about others."""

from postwright.reading.meaning.doers import done_by_others


def test_what_the_one_who_is_sought_can_do_is_not_done_by_others() -> None:
    text = "We are seeking an engineer, based remotely in Ohio, who can design feeds"
    assert "design" not in done_by_others(text)


def test_what_somebody_else_does_stays_theirs() -> None:
    assert "train" in done_by_others("You meet nurses who train physicians")


def test_we_ends_a_clause_about_others() -> None:
    done = done_by_others("For members who prefer to work in person we offer the office on a flexible schedule")
    assert "offer" in done
    assert "schedul" not in done
