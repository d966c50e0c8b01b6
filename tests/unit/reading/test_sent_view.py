"""What the model sees of a posting, and the way back."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postwright.domain.posting import Format, Posting, Span, Unit, UnitKind
from postwright.reading.meaning.words import squeeze
from postwright.reading.posting import read
from postwright.reading.screening.hidden import HIDDEN
from postwright.reading.sent_view import CLOSE, OPAQUE_NOTE, OPEN, SentView, sent_view

POSTING = """# Nurse informaticist

- Write to talent@halcyon.example, or call 309-555-0142.
- Work with “Epic” — and Cerner – every   day
- Pay\u200b is $138,000\u00ad–$166,000

Ask [Jo](https://linkedin.com/in/jo-halcyon) at jo@halcyon.example. See https://halcyon.example/apply.

```
code()
```
"""

TEXTS = st.lists(
    st.sampled_from(
        [
            "talent@x.example",
            "309-555-0142",
            " or ",
            "call",
            "\u200b",
            "\u00ad",
            "“",
            "—",
            "  ",
            "\n",
            "Pay",
            "⟦a⟧",
            "⟦",
            "x.example",
            ", ",
        ]
    ),
    max_size=8,
).map("".join)


def posting_of(*texts: str) -> Posting:
    """A posting of one sentence a unit, set one after the other."""
    units, source = [], ""
    for number, text in enumerate(texts, 1):
        units.append(Unit(f"u{number}", UnitKind.SENTENCE, Span(len(source), len(source) + len(text)), text))
        source += f"{text}\n\n"
    return Posting("p.md", Format.MARKDOWN, source, Span(0, 0), {}, "", "", tuple(units))


def shown(text: str) -> str:
    return HIDDEN.sub("", text)


@pytest.fixture
def posting() -> Posting:
    return read(POSTING, "nurse.md")


@pytest.fixture
def view(posting: Posting) -> SentView:
    return sent_view(posting)


def unit_with(posting: Posting, words: str) -> Unit:
    return next(unit for unit in posting.units if words in unit.text)


def test_contacts_and_personal_pages_go_as_placeholders_and_firm_links_as_they_are(
    view: SentView, posting: Posting
) -> None:
    sent = "\n".join(view.text_of(unit.id) for unit in posting.units)
    for private in ("talent@", "jo@", "309", "linkedin"):
        assert private not in sent
    assert "https://halcyon.example/apply" in sent
    assert re.findall(f"{OPEN}{view.nonce}-[0-9]+{CLOSE}", sent) == [
        f"{OPEN}{view.nonce}-{n}{CLOSE}" for n in range(1, 5)
    ]


def test_hidden_characters_are_not_sent_and_code_is_only_named(view: SentView, posting: Posting) -> None:
    assert view.text_of(unit_with(posting, "$138,000").id) == "Pay is $138,000–$166,000"
    assert view.text_of(unit_with(posting, "code()").id) == OPAQUE_NOTE


def test_with_leave_contacts_are_sent_as_they_are(posting: Posting) -> None:
    assert "309-555-0142" in sent_view(posting, send_contacts=True).text_of(unit_with(posting, "309").id)


def test_a_contact_cut_by_hidden_characters_is_still_a_contact() -> None:
    view = sent_view(posting_of("write to tal\u200bent@x.example"))
    assert "example" not in view.text_of("u1")
    assert view.restore(view.text_of("u1"), ("u1",)) == "write to talent@x.example"


def test_the_same_posting_makes_the_same_view_and_another_posting_another_nonce(posting: Posting) -> None:
    other = read(POSTING + "\nMore.\n", "nurse.md")
    assert sent_view(posting).nonce == sent_view(posting).nonce != sent_view(other).nonce


def test_a_nonce_that_stands_in_the_posting_is_refused(posting: Posting) -> None:
    with pytest.raises(ValueError, match="nonce"):
        sent_view(posting, nonce="Halcyon")


def test_an_unknown_unit_is_an_error_of_the_caller(view: SentView) -> None:
    with pytest.raises(KeyError):
        view.text_of("u99")


def test_contacts_come_back_exactly_wherever_the_line_puts_them(view: SentView, posting: Posting) -> None:
    unit = unit_with(posting, "309")
    line = f"Call {OPEN}{view.nonce}-2{CLOSE} or write to {OPEN}{view.nonce}-1{CLOSE}."
    assert view.restore(line, (unit.id,)) == "Call 309-555-0142 or write to talent@halcyon.example."


@pytest.mark.parametrize(
    "line",
    [
        "Write to {open}{nonce}-9{close}",
        "Write to {open}{nonce}{close}",
        "Write to {open}c00000-1{close}",
        "Write to {open}{nonce}-1",
        "Write to {nonce}-1",
        "Write to {upper}-1",
        "Write to [{nonce}-1]",
        "Write to {open}talent{close}",
    ],
)
def test_an_unknown_or_altered_placeholder_is_an_error(view: SentView, posting: Posting, line: str) -> None:
    unit = unit_with(posting, "309")
    text = line.format(open=OPEN, close=CLOSE, nonce=view.nonce, upper=view.nonce.upper())
    with pytest.raises(ValueError, match="placeholder"):
        view.restore(text, (unit.id,))


def test_a_contact_of_a_unit_that_is_not_cited_is_an_error(view: SentView, posting: Posting) -> None:
    unit = unit_with(posting, "Epic")
    with pytest.raises(ValueError, match="not cited"):
        view.restore(f"Write to {OPEN}{view.nonce}-1{CLOSE}", (unit.id,))


def test_brackets_of_the_posting_itself_stay_and_forge_nothing() -> None:
    view = sent_view(posting_of("Press ⟦Enter⟧ or write to a@x.example", "Press it"))
    assert view.restore(view.text_of("u1"), ("u1",)) == "Press ⟦Enter⟧ or write to a@x.example"
    with pytest.raises(ValueError, match="never sent"):
        view.restore("Press ⟦Enter⟧", ("u2",))


def test_answers_sent_along_have_placeholders_of_their_own(posting: Posting) -> None:
    answer = Unit("a.contact", UnitKind.ANSWER, Span(0, 17), "Ask hr@x.example.")
    view = sent_view(posting, extra=[answer])
    assert "hr@" not in view.text_of("a.contact")
    assert view.restore(view.text_of("a.contact"), ("a.contact",)) == "Ask hr@x.example."


def test_quotes_of_findings_are_masked_alike(view: SentView, posting: Posting) -> None:
    unit = unit_with(posting, "309")
    assert view.masked("call 309-555-0142") in view.text_of(unit.id)
    assert view.masked("no con\u200btact") == "no contact"


@pytest.mark.parametrize(
    ("quote", "raw"),
    [
        ("Work with “Epic” — and", "Work with “Epic” — and"),
        ('"Epic" - and Cerner', "“Epic” — and Cerner"),
        ("every day", "every   day"),
        ("every⏎day", "every   day"),
        ('"Cerner – every"', "Cerner – every"),
        ("work WITH", "Work with"),
    ],
)
def test_a_quote_is_found_in_the_source(view: SentView, posting: Posting, quote: str, raw: str) -> None:
    span = view.locate(unit_with(posting, "Epic").id, quote)
    assert span is not None
    assert span.of(posting.source) == raw


def test_a_quote_with_a_placeholder_or_over_a_hidden_character_spans_what_stands_there(
    view: SentView, posting: Posting
) -> None:
    unit = unit_with(posting, "309")
    with_contact = view.locate(unit.id, f"call {OPEN}{view.nonce}-2{CLOSE}.")
    hidden = view.locate(unit_with(posting, "$138,000").id, "Pay is $138,000–$166,000")
    assert with_contact is not None
    assert with_contact.of(posting.source) == "call 309-555-0142."
    assert hidden is not None
    assert hidden.of(posting.source) == "Pay\u200b is $138,000\u00ad–$166,000"


@pytest.mark.parametrize("quote", ["", "  ", '""', "Work with Meditech", "Epic and Cerner"])
def test_a_quote_that_does_not_stand_in_the_unit_is_not_found(view: SentView, posting: Posting, quote: str) -> None:
    assert view.locate(unit_with(posting, "Epic").id, quote) is None
    assert view.locate("u99", quote) is None


@settings(max_examples=150, deadline=None)
@given(TEXTS, TEXTS)
def test_a_sent_unit_restores_to_its_own_text_without_hidden_characters(one: str, other: str) -> None:
    view = sent_view(posting_of(one, other))
    assert view.restore(view.text_of("u1"), ("u1",)) == shown(one)
    assert view.restore(view.text_of("u2"), ("u1", "u2")) == shown(other)


@settings(max_examples=150, deadline=None)
@given(TEXTS, TEXTS, st.data())
def test_any_piece_of_the_sent_text_is_found_with_the_same_words(one: str, other: str, data: st.DataObject) -> None:
    posting = posting_of(one, other)
    view = sent_view(posting, send_contacts=True)
    sent = view.text_of("u2")
    start = data.draw(st.integers(0, len(sent)))
    quote = sent[start : data.draw(st.integers(start, len(sent)))]
    span = view.locate("u2", quote)
    if not quote.strip():
        assert span is None
        return
    assert span is not None
    assert posting.unit("u2").span.holds(span)
    assert squeeze(shown(span.of(posting.source))) == squeeze(quote)
