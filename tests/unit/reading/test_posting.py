"""Reading as a whole: every character accounted for, whatever the text; the gold postings read as a person would."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postwright.domain.posting import Format, Posting, SectionKind, Strength, UnitKind
from postwright.reading.posting import read, units_of

POSTINGS = Path(__file__).parents[3] / "fixtures" / "postings"

# White space and marks: all that may stand between two units.
BETWEEN = re.compile(
    r"(?:[\s>|:=*_+#~\\`\ufeff-]|<br\s*/?>|</?(?:b|strong|u|em|h\d)>|\(?\d{1,9}\\?[.)/]|\(?[a-z]{1,4}\)"
    r"|[•●○◦▪▫■□‣⁃∙·➢➤►▶✓✔✅→»❖◆◇★☑–—o§\uf0b7\uf0a7\ufe0f])*",
    re.IGNORECASE,
)

FRAGMENTS = (
    "# Nurse", "## Requirements", "**Benefits:**", "- RN license required", "  - nested", "1. first", "1/ first",
    "• typed", "One of the following:", "You will:", "Pay: $60/hour.", "Acme is an equal opportunity employer.",
    "| a | b |", "|---|---|", "---", "===", "```", "<div>", "</div>", "<!-- postwright: lock -->",
    "<!-- postwright: unlock -->", "{% if x %}", "import A from 'b'", "[h]: https://example.org", "> quoted",
    "    indented text that goes on", "Text with **marks. And** more.", "Sr. staff, e.g. 510(k). Done!", "\ud800",
    "\x00", "\ufeff", "é 😀", "\\", "*", "![x](y)", "REQUIREMENTSKnow things",
)  # fmt: skip
documents = st.lists(
    st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=40)).flatmap(
        lambda part: st.sampled_from(["\n", "\n\n", "\r\n", "\r", "  \n", " ", "\t"]).map(lambda end: part + end)
    ),
    max_size=14,
).map("".join)


def check_books(posting: Posting) -> None:
    """Every character lies in one unit or is a mark; units are in order; notices are contiguous; pins lie in units."""
    at = posting.front.end
    for number, unit in enumerate(posting.units, 1):
        assert unit.id == f"u{number}"
        assert unit.span.of(posting.source) == unit.text != ""
        assert unit.text == unit.text.strip()
        assert BETWEEN.fullmatch(posting.source[at : unit.span.start]), posting.source[at : unit.span.start]
        assert all(unit.span.holds(pin.span) for pin in unit.pins)
        assert all(int(other[1:]) < number for other in (unit.heading, unit.lead_in, unit.table) if other)
        at = unit.span.end
    assert BETWEEN.fullmatch(posting.source[at:])
    check_notices(posting)


def check_notices(posting: Posting) -> None:
    at = 0
    for notice in posting.notices:
        numbers = [int(unit[1:]) for unit in notice.units]
        assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        assert at <= notice.span.start <= posting.unit(notice.units[0]).span.start
        assert posting.unit(notice.units[-1]).span.end <= notice.span.end
        at = notice.span.end
    owned = {unit.id: unit.notice for unit in posting.units if unit.notice}
    assert owned == {unit: notice.id for notice in posting.notices for unit in notice.units}


@settings(max_examples=150)
@given(documents, st.sampled_from(Format))
def test_every_character_of_any_document_lies_in_one_unit(text: str, written: Format) -> None:
    check_books(read(text, "job", written))


@settings(max_examples=60)
@given(st.text(max_size=120), st.sampled_from(Format))
def test_any_text_at_all_can_be_read(text: str, written: Format) -> None:
    check_books(read(text, "job", written))


@pytest.mark.parametrize("path", sorted(POSTINGS.iterdir()), ids=lambda path: path.name)
def test_the_fixture_postings_balance(path: Path) -> None:
    posting = read(path.read_text(encoding="utf-8"), path.name)
    check_books(posting)
    assert posting.title


@pytest.mark.parametrize(
    ("name", "written"),
    [("a.md", Format.MARKDOWN), ("a.mdx", Format.MDX), ("a.TXT", Format.TEXT), ("-", Format.MARKDOWN)],
)
def test_the_suffix_tells_the_format(name: str, written: Format) -> None:
    assert read("Text.", name).format is written


def test_the_format_given_outranks_the_suffix() -> None:
    assert read("Text.", "a.md", Format.TEXT).format is Format.TEXT


@pytest.mark.parametrize(("text", "newline"), [("a\r\nb\n", "\r\n"), ("a\rb", "\r"), ("a\nb\r\n", "\n"), ("a", "\n")])
def test_the_first_line_end_is_the_posting_s(text: str, newline: str) -> None:
    assert read(text, "a.md").newline == newline


GOLD = {
    "gold-a.md": (
        "Halcyon Chartworks is an equal opportunity employer. All qualified applicants will receive consideration",
        "national origin, disability, or protected veteran status.",
        "R-20931",
    ),
    "gold-b.md": (
        "Bellwether Regional Health is an Equal Opportunity Employer/Disabled/Veterans.",
        "309-555-0142",
        "Bellwether uses an AI tool to help screen applications; see bellwether.example/ai-notice",
        "$298,000 - $341,000 annually",
        "BLS certification within 90 days",
        "OIG exclusion list verification",
        "FLSA: Exempt",
        "Annual influenza immunization or approved exemption",
        "unencumbered RN license or physician license in the State of Illinois",
    ),
}


@pytest.mark.parametrize(("name", "kept"), [(name, kept) for name, all_kept in GOLD.items() for kept in all_kept])
def test_what_the_gold_key_keeps_is_protected(name: str, kept: str) -> None:
    posting = read((POSTINGS / name).read_text(encoding="utf-8"), name)
    spans = [notice.span for notice in posting.notices]
    spans += [pin.span for unit in posting.units for pin in unit.pins]
    start = posting.source.index(kept)
    assert any(span.start <= start and start + len(kept) <= span.end for span in spans)


def test_kegs_and_ping_pong_are_not_protected() -> None:
    posting = read((POSTINGS / "gold-a.md").read_text(encoding="utf-8"), "gold-a.md")
    kegs = next(unit for unit in posting.units if "Kegs" in unit.text)
    assert (kegs.notice, kegs.pins) == ("", ())


def test_gold_a_is_read_into_its_sections() -> None:
    posting = read((POSTINGS / "gold-a.md").read_text(encoding="utf-8"), "gold-a.md")
    counted = [
        sum(unit.section is kind for unit in posting.units if unit.kind is UnitKind.ITEM) for kind in SectionKind
    ]
    items = dict(zip(SectionKind, counted, strict=True))
    assert (items[SectionKind.DUTIES], items[SectionKind.MUST_HAVE], items[SectionKind.OFFER]) == (9, 14, 3)
    grandmaster = next(unit for unit in posting.units if "Grandmaster" in unit.text)
    assert grandmaster.strength is Strength.NICE


def test_an_answer_of_one_sentence_has_the_prefix_as_its_id_and_a_list_counts_on() -> None:
    one = units_of("FHIR R4 only.", "a.open.x1", UnitKind.ANSWER, SectionKind.DUTIES, Strength.DUTY)
    assert [(unit.id, unit.kind, unit.section, unit.strength) for unit in one] == [
        ("a.open.x1", UnitKind.ANSWER, SectionKind.DUTIES, Strength.DUTY)
    ]
    many = units_of("- medical\n- dental\n", "p3", UnitKind.PROFILE, SectionKind.OFFER, Strength.NONE)
    assert [(unit.id, unit.text) for unit in many] == [("p3.1", "medical"), ("p3.2", "dental")]
    assert units_of("", "p4", UnitKind.PROFILE, SectionKind.OFFER, Strength.NONE) == ()


FLOODS = {
    "one long line": "word " * 44_000,
    "sentences": "Known words. " * 17_000,
    "brackets": "[" * 110_000 + "]" * 110_000,
    "stars": "**" * 110_000,
    "blanks": " x" + " " * 220_000 + "y",
    "open tags": "<a " * 73_000,
    "wrappers": "<div>\n\n" * 15_000 + "</div>\n\n" * 15_000,
    "capitals": "AAAA " * 44_000,
    "benefits": "- dental plan\n" * 15_000,
    "locks": "x <!-- postwright: lock --> y <!-- postwright: unlock -->\n\n" * 3_500,
    "labels": "Pay: $1\n" * 27_000,
    "shortcodes": "[a " + 'x="1" ' * 36_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("written", [Format.MARKDOWN, Format.TEXT])
@pytest.mark.parametrize("name", FLOODS)
def test_a_flood_of_220_kb_is_read_in_linear_time(name: str, written: Format) -> None:
    """Doubling a flood may not much more than double the time; 220 KB stay far from minutes on any machine."""
    text = FLOODS[name]
    half, whole = (_seconds(part, written) for part in (text[: len(text) // 2], text))
    assert whole < 3.2 * half + 0.2


def _seconds(text: str, written: Format) -> float:
    start = time.process_time()
    check_books(read(text, "job", written))
    return time.process_time() - start
