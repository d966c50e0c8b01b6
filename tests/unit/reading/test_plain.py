"""Plain text: lines, typed lists, headings that only look like headings, text without line ends."""

import pytest

from postwright.domain.posting import Posting, SectionKind, UnitKind
from postwright.reading.posting import read


def plain(text: str) -> Posting:
    return read(text, "job.txt")


def kinds(text: str) -> list[tuple[str, str]]:
    return [(unit.kind.value, unit.text) for unit in plain(text).units]


def test_numbered_lines_without_markdown_are_items() -> None:
    posting = plain("Engineer\n\nWHAT YOU NEED\n1/ SQL\n2/ FHIR\n\n8/ Python\n")
    assert [(u.marker, u.text) for u in posting.units if u.kind is UnitKind.ITEM] == [
        ("1/ ", "SQL"),
        ("2/ ", "FHIR"),
        ("8/ ", "Python"),
    ]
    assert {u.section for u in posting.units if u.kind is UnitKind.ITEM} == {SectionKind.MUST_HAVE}


def test_bullets_on_one_line_are_items_too() -> None:
    assert kinds("Nurse\n\nRequirements: • RN licence • BLS • Two years of experience\n")[1:] == [
        ("heading", "Requirements:"),
        ("item", "RN licence"),
        ("item", "BLS"),
        ("item", "Two years of experience"),
    ]


def test_a_label_in_front_of_a_paragraph_is_its_heading() -> None:
    summary = "Under the general direction of the manager, the incumbent is responsible for all care on the ward."
    text = f"Nurse\n\nPosition Summary: {summary}\n"
    assert kinds(text)[1] == ("heading", "Position Summary:")
    assert plain(text).units[2].section is SectionKind.MISSION


def test_a_short_field_keeps_its_label() -> None:
    assert kinds("Nurse\n\nLocation: Peoria, Illinois\nPay: $60 an hour\n")[1:] == [
        ("sentence", "Location: Peoria, Illinois"),
        ("sentence", "Pay: $60 an hour"),
    ]


def test_lines_that_wrap_are_one_sentence_and_lines_that_ended_early_are_not() -> None:
    wrapped = "You will look after the interfaces of all our hospitals and clinics in the\nMidwest, and keep them up."
    assert kinds(f"Engineer\n\n{wrapped}\n")[1:] == [("sentence", wrapped)]
    assert kinds("Engineer\nBellwether Health\nPeoria, Illinois\n") == [
        ("heading", "Engineer"),
        ("sentence", "Bellwether Health"),
        ("sentence", "Peoria, Illinois"),
    ]


def test_wrapped_sentences_of_one_paragraph_share_a_block() -> None:
    text = (
        "Title\n\nThe first sentence of the text stands on a line that is long enough here.\nThe second follows it.\n"
    )
    assert len({unit.block for unit in plain(text).units[1:]}) == 1


def test_text_that_lost_its_line_ends_is_read_by_its_headings() -> None:
    glued = (
        "Our client looks for an engineer RESPONSIBILITIESConfigure and support the switches of many sites, on call "
        "as requiredProvide status updates to the managersQUALIFICATIONSMinimum of two years of telephony support for "
        "large sitesStrong communication skillsDemonstrated care for people, and so on and on, in a very long text"
    )
    read_ = plain(f"Engineer\n\n{glued}\n")
    assert [u.text for u in read_.units if u.kind is UnitKind.HEADING] == [
        "Engineer",
        "RESPONSIBILITIES",
        "QUALIFICATIONS",
    ]
    assert any(u.text == "Provide status updates to the managers" for u in read_.units)


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n"])
def test_each_kind_of_line_end_cuts_lines(newline: str) -> None:
    assert kinds(newline.join(["Engineer", "", "Duties", "- one", "- two"])) == [
        ("heading", "Engineer"),
        ("heading", "Duties"),
        ("item", "one"),
        ("item", "two"),
    ]


def test_a_row_of_pictures_is_opaque_and_a_rule_is_nothing() -> None:
    assert kinds("Engineer\n\n🔻🔻🔻\n\n=====\n\nText that stays here.\n") == [
        ("heading", "Engineer"),
        ("opaque", "🔻🔻🔻"),
        ("sentence", "Text that stays here."),
    ]


def test_text_of_one_paragraph_is_read_as_sentences() -> None:
    assert [kind for kind, _ in kinds("We need a nurse. Must know Epic. Call us.")] == ["sentence"] * 3
