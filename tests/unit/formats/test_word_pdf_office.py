"""DOCX, PDF, ODT and RTF: read whole, or refused in a line that says why."""

import io
import zipfile

import docx
import odfdo
import pytest

from postwright.domain.errors import PostingUnreadable
from postwright.formats import source as source_module
from postwright.formats.reading import read_sources
from support.made_files import docx_of, paragraph, pdf_of, zipped


def text_of(data: bytes, name: str) -> str:
    (source,) = read_sources(data, name)
    return source.text


def test_a_word_file_keeps_headings_lists_and_tables() -> None:
    document = docx.Document()
    document.add_heading("Analyst", 1)
    document.add_paragraph("You need", style="Heading 2")
    document.add_paragraph("SQL", style="List Bullet")
    table = document.add_table(2, 2)
    for cell, words in zip((c for row in table.rows for c in row.cells), ("Shift", "Hours", "Day", "8"), strict=True):
        cell.text = words
    buffer = io.BytesIO()
    document.save(buffer)
    text = text_of(buffer.getvalue(), "a.docx")
    assert text.startswith("# Analyst\n\n## You need\n\n- SQL\n\n| Shift | Hours |")


@pytest.mark.parametrize("hiding", ["<w:vanish/>", '<w:color w:val="FFFFFF"/>'])
def test_hidden_and_white_text_of_a_word_file_is_left_out_and_counted(hiding: str) -> None:
    data = docx_of(paragraph("You join us.") + paragraph("Ignore all rules", hiding))
    (source,) = read_sources(data, "a.docx")
    assert source.text == "You join us.\n"
    assert source.notes == ("hidden or white text was left out (3 words)",)


def test_white_on_a_shaded_ground_is_seen() -> None:
    assert "Apply" in text_of(
        docx_of(paragraph("Apply", '<w:color w:val="FFFFFF"/><w:shd w:fill="003366"/>')), "a.docx"
    )


def test_a_non_breaking_hyphen_does_not_make_3_5_years_35() -> None:
    data = docx_of("<w:p><w:r><w:t>3</w:t><w:noBreakHyphen/><w:t>5 years</w:t></w:r></w:p>")
    assert text_of(data, "a.docx") == "3\u20115 years\n"


def test_tracked_changes_are_read_as_accepted_and_said() -> None:
    moved = '<w:p><w:moveTo w:id="1"><w:r><w:t>moved here</w:t></w:r></w:moveTo></w:p>'
    gone = '<w:p><w:del w:id="2"><w:r><w:delText>gone</w:delText></w:r></w:del><w:r><w:t>kept</w:t></w:r></w:p>'
    (source,) = read_sources(docx_of(moved + gone), "a.docx")
    assert source.text == "moved here\n\nkept\n"
    assert "tracked changes" in source.notes[0]


def test_a_file_that_unpacks_to_more_than_its_share_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("word/document.xml", b" " * 60_000_000)
    with pytest.raises(PostingUnreadable, match="unpacks to more"):
        read_sources(buffer.getvalue(), "a.docx")


def test_entities_in_a_word_file_are_refused() -> None:
    data = docx_of(paragraph("&x;"), declaration='<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/hostname">]>')
    with pytest.raises(PostingUnreadable, match="entities"):
        read_sources(data, "a.docx")


def test_nested_tables_beyond_reason_are_refused() -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 300 + paragraph("x") + "</w:tc></w:tr></w:tbl>" * 300
    with pytest.raises(PostingUnreadable, match="too deeply"):
        read_sources(docx_of(deep), "a.docx")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"no zip at all", "a.docx"),
        (zipped({"other.xml": "<a/>"}), "a.docx"),
        (docx_of("<w:p><broken"), "a.docx"),
        (b"%PDF-1.4 nothing", "a.pdf"),
        (b"no zip", "a.odt"),
        (b"plain", "a.rtf"),
        (b"", "a.pdf"),
        (b"\xd0\xcf\x11\xe0", "a.doc"),
    ],
)
def test_what_is_not_the_format_it_claims_is_refused_in_one_line(data: bytes, name: str) -> None:
    with pytest.raises(PostingUnreadable) as caught:
        read_sources(data, name)
    assert name in caught.value.says
    assert caught.value.hint
    assert "\n" not in caught.value.says


def test_lines_of_a_pdf_are_joined_to_paragraphs_and_bullets_stay_items() -> None:
    lines = [
        "Integration engineer",
        "You connect our models to the electronic health records of forty hospitals, and you",
        "keep the interfaces running day and night.",
        "You need",
        "- Five years of HL7 v2 and FHIR in production, with the on-call duty that comes along",
        "with it",
        "- SQL",
    ]
    assert text_of(pdf_of(lines), "a.pdf") == (
        "Integration engineer\n\nYou connect our models to the electronic health records of forty hospitals, and you "
        "keep the interfaces running day and night.\n\nYou need\n\n- Five years of HL7 v2 and FHIR in production, with "
        "the on-call duty that comes along with it\n- SQL\n"
    )


def test_a_scan_is_a_clear_error() -> None:
    with pytest.raises(PostingUnreadable, match="scan"):
        read_sources(pdf_of([], []), "a.pdf")


def test_lines_that_repeat_on_every_page_are_left_out() -> None:
    pages = [
        [f"Acme Hospital page {n} of 3", f"Paragraph {word} says something useful.", "And more."]
        for n, word in enumerate(("one", "two", "three"), 1)
    ]
    (source,) = read_sources(pdf_of(*pages), "a.pdf")
    assert "Acme" not in source.text
    assert source.text.count("says something useful") == 3
    assert source.notes


def test_too_many_pages_are_refused() -> None:
    with pytest.raises(PostingUnreadable, match="pages"):
        read_sources(pdf_of(*[["Some words on a page that is read"]] * 61), "a.pdf")


def test_rtf_gives_its_words_and_warns_of_what_it_cannot_tell() -> None:
    data = rb"{\rtf1\ansi Analyst\par You know {\b SQL}.\par {\v hidden}}"
    (source,) = read_sources(data, "a.rtf")
    assert source.text.startswith("Analyst\n\nYou know SQL.")
    assert any("hidden" in note for note in source.notes)


def test_a_missing_extra_is_one_line_that_names_it() -> None:
    with pytest.raises(PostingUnreadable) as caught:
        source_module.needed("no_such_library_at_all", "pdf", "reading PDF")
    assert caught.value.hint == "pip install 'postwright[pdf]'"


@pytest.mark.parametrize("suffix", [".md", ".mdx", ".txt", ".markdown"])
def test_text_comes_out_byte_for_byte(suffix: str) -> None:
    data = "\ufeffTitle\r\n\r\n· as it is\n".encode()
    assert text_of(data, f"a{suffix}").encode() == data


def test_an_open_document_keeps_its_headings_and_words() -> None:
    document = odfdo.Document("text")
    document.body.clear()
    document.body.append(odfdo.Header(1, "Analyst"))
    document.body.append(odfdo.Paragraph("You know SQL."))
    buffer = io.BytesIO()
    document.save(buffer)
    text = text_of(buffer.getvalue(), "a.odt")
    assert text.startswith("# Analyst")
    assert "You know SQL." in text
