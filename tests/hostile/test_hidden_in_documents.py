"""Text that the readers of a Word file or a PDF do not see is told and not sent, and what they see is kept."""

import json
from pathlib import Path
from typing import Any

import httpx2
import pytest
import respx
from click.testing import CliRunner

from hostile.documents import HIDINGS, OPEN, SEEN, Hiding, pdf, pdf_of_forms, word
from hostile.obeying import WAYS, Way, reply_to
from hostile.postings import CANARY
from postwright.cli.boundary import ExitCode
from postwright.cli.main import main
from postwright.domain.errors import PostingUnreadable
from postwright.formats import pdf_objects
from postwright.formats.pdf_pages import pages_of
from postwright.formats.reading import read_sources
from support.claude_replies import MESSAGES, message

each_way = pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)


@pytest.mark.parametrize("hiding", HIDINGS, ids=lambda hiding: hiding.name)
def test_what_readers_do_not_see_is_left_out_and_told(hiding: Hiding) -> None:
    [source] = read_sources(hiding.data, hiding.file)
    assert CANARY not in source.text
    assert "previous instructions" not in source.text
    assert any(note.startswith("hidden or white text was left out") for note in source.notes)
    assert all(seen in " ".join(source.text.split()) for seen in SEEN)


@pytest.mark.parametrize("shown", OPEN, ids=lambda shown: shown.name)
def test_what_readers_see_is_kept_whatever_its_colour(shown: Hiding) -> None:
    [source] = read_sources(shown.data, shown.file)
    assert "Apply by e-mail." in source.text
    assert source.notes == ()


@pytest.mark.parametrize(("file", "data"), [("job.docx", word()), ("job.pdf", pdf())])
def test_a_plain_document_has_no_note(file: str, data: bytes) -> None:
    [source] = read_sources(data, file)
    assert source.notes == ()


@pytest.mark.parametrize("hiding", [HIDINGS[0], HIDINGS[3], HIDINGS[16], HIDINGS[25]], ids=lambda hiding: hiding.name)
@each_way
def test_a_claude_that_obeys_never_hears_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, httpx2_mock: respx.Router, hiding: Hiding, way: Way
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-ant-canary-000000")
    Path(hiding.file).write_bytes(hiding.data)
    sent: list[str] = []

    def obeying(request: httpx2.Request) -> respx.MockResponse:
        body: dict[str, Any] = json.loads(request.content)
        sent.append(json.dumps(body, ensure_ascii=False))
        text = body["messages"][0]["content"]
        said = "".join(block["text"] for block in text) if isinstance(text, list) else text
        return respx.MockResponse(200, json=message(json.dumps(reply_to(said, way, CANARY))))

    httpx2_mock.post(MESSAGES).mock(side_effect=obeying)
    result = CliRunner().invoke(main, ["rewrite", "--anyway", hiding.file])
    assert result.exit_code == ExitCode.DONE, result.output
    assert "hidden or white text was left out" in result.stderr
    assert sent
    assert not any(CANARY in body or "previous instructions" in body for body in sent[:1])
    draft = Path(f".postwright/{hiding.file}/draft.md").read_text()
    assert all(CANARY not in line or "[confirm c" in line for line in draft.splitlines())
    assert all(seen in " ".join(draft.split()) for seen in SEEN)


def test_a_scan_whose_text_nobody_sees_is_refused_as_a_scan() -> None:
    data = pdf().replace(b"BT /F1 11 Tf 14 TL 40 760 Td", b"BT /F1 11 Tf 3 Tr  40 760 Td ")
    with pytest.raises(PostingUnreadable, match="is a scan: its text is not what its readers see"):
        read_sources(data, "job.pdf")


def test_a_page_of_endless_pieces_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_objects, "MOST_OBJECTS", 50)
    with pytest.raises(PostingUnreadable, match="more than 50 pieces"):
        pages_of(pdf("BT /F1 11 Tf " + "40 1 Td (x) Tj " * 60 + "ET"), "job.pdf")


def test_forms_in_forms_that_unfold_without_end_are_refused_in_time() -> None:
    with pytest.raises(PostingUnreadable, match="more time or memory"):
        read_sources(pdf_of_forms(levels=9, width=10), "job.pdf")


def test_nothing_is_imported_from_the_folder_of_a_pdf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "json.py").write_text("raise SystemExit(7)")
    [source] = read_sources(pdf(), "job.pdf")
    assert source.notes == ()
