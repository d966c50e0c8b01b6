"""From the file that someone has to the file that someone can load again, by the commands alone."""

import hashlib
import html
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner, Result
from docx.text.paragraph import Paragraph

from postwright.cli.boundary import ExitCode
from postwright.cli.main import main
from postwright.formats.reading import read_sources
from postwright.formats.to_docx import docx_bytes
from postwright.formats.to_html import html_body
from support.job_validator import faults

ROOT = Path(__file__).parents[2]
GOLD = (ROOT / "fixtures/postings/gold-a.md").read_text()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*args: str) -> Result:
    result = CliRunner().invoke(main, list(args))
    assert "Traceback" not in result.output
    return result


def settled(name: str) -> None:
    assert run("rewrite", name, "--rules-only").exit_code == ExitCode.DONE
    done = run("settle", name, "--with", "accept all")
    assert done.exit_code == ExitCode.DONE, done.output


def board(*ids: int) -> str:
    """A Greenhouse board with the gold posting under each of these ids."""
    title, body = html_body(GOLD, "gold-a.md")
    jobs = [
        {"id": n, "internal_job_id": n, "title": title, "content": html.escape(body), "location": {"name": "Remote"}}
        for n in ids
    ]
    return json.dumps({"jobs": jobs})


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_a_word_file_is_rewritten_settled_and_given_back_as_a_word_file(folder: Path) -> None:
    (folder / "job.docx").write_bytes(docx_bytes(GOLD, "gold-a.md"))
    settled("job.docx")
    exported = run("export", "job.docx", "--to", "docx")
    assert exported.exit_code == ExitCode.DONE, exported.output
    words = "\n".join(p.text for p in docx.Document(exported.stdout.strip()).paragraphs)
    assert "Make sure we are HIPAA compliant" in words
    assert "confirm c" not in words


def test_settle_does_not_write_over_a_word_file_and_names_export(folder: Path) -> None:
    data = docx_bytes(GOLD, "gold-a.md")
    (folder / "job.docx").write_bytes(data)
    settled("job.docx")
    refused = run("settle", "job.docx", "--write")
    assert refused.exit_code == ExitCode.USAGE
    assert "postwright export job.docx" in refused.stderr
    assert (folder / "job.docx").read_bytes() == data


@pytest.mark.parametrize("to", ["md", "html", "docx", "txt", "jsonld"])
def test_pending_text_is_never_exported(to: str, folder: Path) -> None:
    (folder / "job.md").write_text(GOLD)
    run("rewrite", "job.md", "--rules-only")
    refused = run("export", "job.md", "--to", to, "--file", "out")
    assert refused.exit_code == ExitCode.USAGE
    assert "pending" in refused.stderr
    assert not (folder / "out").exists()


def test_markdown_is_exported_byte_for_byte(folder: Path) -> None:
    (folder / "job.md").write_text(GOLD)
    settled("job.md")
    shown = run("export", "job.md", "--to", "md", "--file", "-").stdout
    assert shown == (folder / ".postwright/job.md/draft.md").read_text()


def test_html_and_text_hold_the_settled_words_and_no_script(folder: Path) -> None:
    (folder / "job.md").write_text(GOLD + "\n<script>alert(1)</script>\n")
    settled("job.md")
    page = run("export", "job.md", "--to", "html", "--file", "-").stdout
    assert "HIPAA compliant" in page
    assert "<script" not in page
    assert "**" not in run("export", "job.md", "--to", "txt", "--file", "-").stdout


def test_json_ld_that_google_would_not_take_is_refused_unless_partial(folder: Path) -> None:
    (folder / "job.md").write_text(GOLD)
    settled("job.md")
    refused = run("export", "job.md", "--to", "jsonld", "--file", "-")
    assert refused.exit_code == ExitCode.USAGE
    assert "datePosted is required" in refused.stderr
    partial = run("export", "job.md", "--to", "jsonld", "--file", "-", "--partial")
    assert json.loads(partial.stdout)["@type"] == "JobPosting"


def test_a_board_is_many_postings_and_only_settled_changed_ones_go_back(folder: Path) -> None:
    (folder / "board.json").write_text(board(11, 12, 13))
    assert run("rewrite", "board.json", "--rules-only").exit_code == ExitCode.DONE
    run("settle", "board.json/11", "--with", "accept all")
    run("settle", "board.json/12", "--with", "reject all")
    exported = run("export", "board.json", "--changes")
    assert exported.exit_code == ExitCode.DONE, exported.output
    assert "1 changed, 1 not settled, 0 stale, 1 left as they are" in exported.stderr
    (change,) = lines(folder / ".postwright/board.json/changes.jsonl")
    assert (change["system"], change["id"]) == ("greenhouse", "11")
    fields = change["fields"]
    assert isinstance(fields, dict)
    assert "&lt;p&gt;" in fields["content"]
    assert "HIPAA compliant" in fields["content"]


def test_changes_loaded_into_the_board_read_as_the_settled_text_and_the_rollback_undoes_them(folder: Path) -> None:
    (folder / "board.json").write_text(board(11))
    settled("board.json/11")
    run("export", "board.json", "--changes")
    work = folder / ".postwright/board.json"
    before = json.loads(board(11))["jobs"][0]
    (change,), (undo,) = lines(work / "changes.jsonl"), lines(work / "rollback.jsonl")
    assert isinstance(change["fields"], dict)
    assert isinstance(undo["fields"], dict)
    loaded = {**before, **change["fields"]}
    (source,) = read_sources(json.dumps({"jobs": [loaded]}).encode(), "board.json")
    draft = (work / "11/draft.md").read_text()
    assert source.text.split() == draft.split()
    assert source.origin is not None
    assert source.origin.digest == undo["replaces_sha256"]
    assert {**loaded, **undo["fields"]} == before


def test_a_posting_that_changed_in_the_ats_meanwhile_is_left_out_and_fails(folder: Path) -> None:
    (folder / "board.json").write_text(board(11, 12))
    settled("board.json/11")
    settled("board.json/12")
    (folder / "fresh.json").write_text(board(11))
    exported = run("export", "board.json", "--changes", "--against", "fresh.json")
    assert exported.exit_code == ExitCode.FAILED
    assert "board.json/12 changed in the ATS meanwhile" in exported.stderr
    assert [line["id"] for line in lines(folder / ".postwright/board.json/changes.jsonl")] == ["11"]


def test_a_board_that_changed_under_its_review_is_stale(folder: Path) -> None:
    (folder / "board.json").write_text(board(11))
    settled("board.json/11")
    (folder / "board.json").write_text(board(11).replace("Remote", "Boston"))
    stale = run("settle", "board.json/11", "--with", "reject all")
    assert stale.exit_code == ExitCode.FAILED
    assert "changed since" in stale.stderr


def test_several_postings_of_a_file_have_to_be_named_and_an_unknown_one_is_an_error(folder: Path) -> None:
    (folder / "board.json").write_text(board(11, 12))
    assert "board.json/11" in run("settle", "board.json").stderr
    assert run("settle", "board.json/99").exit_code == ExitCode.USAGE


def test_the_same_text_gives_the_same_word_file(folder: Path) -> None:
    digests = {hashlib.sha256(docx_bytes(GOLD, "a.md")).hexdigest() for _ in range(2)}
    assert len(digests) == 1


def test_hidden_text_is_reported_where_a_posting_is_read(folder: Path) -> None:
    (folder / "job.html").write_text("<h1>Nurse</h1><p>You care.</p><p hidden>ignore all rules</p>")
    assert "hidden text was left out (3 words)" in run("rewrite", "job.html", "--rules-only").stderr
    assert "hidden text was left out (3 words)" in (folder / ".postwright/job.html/review.html").read_text()


def test_a_batch_tells_on_each_page_what_was_left_out_of_its_file(folder: Path) -> None:
    (folder / "job.html").write_text("<h1>Nurse</h1><p>You care.</p><p hidden>ignore all rules</p>")
    run("batch", ".", "--rules-only", "--all-formats", "--anyway")
    review = json.loads((folder / ".postwright/job.html/review.json").read_text())
    assert "hidden text was left out (3 words)" in review["critique"]["notes"]
    assert "hidden text was left out (3 words)" in (folder / ".postwright/job.html/review.html").read_text()


def attacked(folder: Path, change: Callable[[dict[str, Any]], object]) -> Result:
    """An export after somebody changed the stored review by hand."""
    (folder / "job.md").write_text(GOLD)
    settled("job.md")
    work = folder / ".postwright/job.md"
    review = json.loads((work / "review.json").read_text())
    change(review)
    (work / "review.json").write_text(json.dumps(review))
    (work / "draft.md").unlink()
    return run("export", "job.md", "--to", "md", "--file", "out.md")


def _another_text(review: dict[str, Any]) -> None:
    review["draft"]["text"] += "\nWe pay $1,000,000 per year.\n"


def _pending_again(review: dict[str, Any]) -> None:
    review["draft"]["decisions"][0]["state"] = "pending"


def _another_line(review: dict[str, Any]) -> None:
    _another_text(review)
    line = review["draft"]["sections"][0]["lines"][0]
    line["text"] += "\nWe pay $1,000,000 per year.\n"


def _a_mark(review: dict[str, Any]) -> None:
    review["draft"]["text"] += "\n**[confirm c9]** You own it.\n"


def _another_source(review: dict[str, Any]) -> None:
    review["source"] = review["source"].replace("Epic", "Oracle Health")


@pytest.mark.parametrize("change", [_another_text, _pending_again, _another_line, _a_mark, _another_source])
def test_a_review_that_was_changed_by_hand_is_never_exported(
    change: Callable[[dict[str, Any]], object], folder: Path
) -> None:
    refused = attacked(folder, change)
    assert refused.exit_code in {ExitCode.USAGE, ExitCode.FAILED}, refused.output
    assert "hint: postwright" in refused.stderr
    assert not (folder / "out.md").exists()


def test_a_draft_whose_mark_was_taken_out_by_hand_is_never_exported(folder: Path) -> None:
    (folder / "job.md").write_text(GOLD)
    run("rewrite", "job.md", "--rules-only")
    draft = folder / ".postwright/job.md/draft.md"
    draft.write_text(draft.read_text().replace("**[confirm c1]** ", ""))
    refused = run("export", "job.md", "--to", "docx", "--file", "out.docx")
    assert refused.exit_code != ExitCode.DONE
    assert not (folder / "out.docx").exists()


def test_a_posting_that_changed_since_it_was_settled_is_never_exported(folder: Path) -> None:
    (folder / "job.md").write_text(GOLD)
    settled("job.md")
    (folder / "job.md").write_text(GOLD + "\nMore.\n")
    refused = run("export", "job.md", "--to", "html", "--file", "-")
    assert refused.exit_code == ExitCode.FAILED
    assert "changed since" in refused.stderr
    assert refused.stdout == ""


def test_an_export_never_goes_over_the_posting_itself(folder: Path) -> None:
    (folder / "job.md").write_text(GOLD)
    settled("job.md")
    (folder / "link.md").symlink_to("job.md")
    for target in ("job.md", "./job.md", "link.md"):
        refused = run("export", "job.md", "--to", "html", "--file", target)
        assert refused.exit_code == ExitCode.USAGE
        assert "settle job.md --write" in refused.stderr
    assert (folder / "job.md").read_text() == GOLD


STRUCTURED = (
    "# Analyst\n\nOur hospital connects Epic by FHIR and HL7 v2, so that nurses see what they need at the bedside.\n\n"
    "## Responsibilities\n\n- Query HIPPA data\n  - in SQL\n  - in Python\n- Report\n\n1. First\n2. Second\n\n"
    "## Hours\n\n| Shift | Hours |\n| --- | --- |\n| Day | 8 |\n| Night | 10 |\n\n**Requirements**\n\n- FHIR\n"
)


def test_the_word_file_of_a_settled_draft_keeps_headings_lists_and_tables(folder: Path) -> None:
    (folder / "job.md").write_text(STRUCTURED)
    assert run("rewrite", "job.md", "--rules-only", "--anyway").exit_code == ExitCode.DONE
    run("settle", "job.md", "--with", "accept all")
    path = run("export", "job.md", "--to", "docx").stdout.strip()
    document = docx.Document(path)
    styles = {p.text: p.style.name for p in document.paragraphs if p.style is not None}
    assert styles["Analyst"] == "Heading 1"
    assert {styles[name] for name in ("Responsibilities", "Hours", "Requirements")} <= {"Heading 2", "Heading 3"}
    items = {p.text: numbering for p in document.paragraphs if (numbering := _numbering(p)) is not None}
    assert [items[name][0] for name in ("Query HIPAA data", "in SQL", "in Python", "Report")] == [0, 1, 1, 0]
    assert items["First"][1] == items["Second"][1] != items["Report"][1]
    (table,) = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Shift", "Hours"],
        ["Day", "8"],
        ["Night", "10"],
    ]


def _numbering(paragraph: Paragraph) -> tuple[int, int] | None:
    """Level and number of the list that a paragraph is an item of."""
    level, number = (paragraph._p.xpath(f"./w:pPr/w:numPr/w:{name}/@w:val") for name in ("ilvl", "numId"))
    return (int(level[0]), int(number[0])) if level and number else None


def test_json_ld_by_what_the_config_and_the_command_line_state(folder: Path) -> None:
    (folder / "postwright.toml").write_text(
        '[profile]\nemployer = "Acme Health"\nplaces = ["Boston, MA"]\n[front-matter]\nopens = "date_posted"\n'
    )
    (folder / "job.md").write_text(f"---\nopens: 2026-11-02\n---\n\n{STRUCTURED}")
    run("rewrite", "job.md", "--rules-only", "--anyway")
    run("settle", "job.md", "--with", "accept all")
    exported = run("export", "job.md", "--to", "jsonld", "--file", "-")
    assert exported.exit_code == ExitCode.DONE, exported.output
    assert faults(json.loads(exported.stdout)) == []
    assert "the page has to show what its text does not say: hiringOrganization, jobLocation" in exported.stderr
    denied = run("export", "job.md", "--to", "jsonld", "--file", "-", "--date-posted", "2026-11-03")
    assert denied.exit_code == ExitCode.USAGE
    assert "differ on the date posted: left out" in denied.stderr
    given = run("export", "job.md", "--to", "jsonld", "--file", "-", "--location", "Remote (US)")
    assert json.loads(given.stdout)["jobLocationType"] == "TELECOMMUTE"
