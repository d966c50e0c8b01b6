"""Back to the ATS, for each that is known: export, rewrite, settle, changes, load, and undone again."""

import html
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from postwright.cli.boundary import ExitCode
from postwright.cli.main import main
from postwright.formats.reading import read_sources
from postwright.formats.to_html import html_body
from postwright.reading.posting import read

ROOT = Path(__file__).parents[2]
TITLE, BODY = html_body((ROOT / "fixtures/postings/gold-a.md").read_text(), "gold-a.md")
FIRST, REST = BODY[: BODY.index("<p>The Role")], BODY[BODY.index("<p>The Role") :]

Job = dict[str, Any]


@dataclass(frozen=True)
class Ats:
    """How one system exports jobs, by their ids."""

    job: Callable[[str], Job]
    whole: Callable[[list[Job]], object]
    title: str
    field: str
    unescape: int = 0

    def export(self, *ids: str) -> str:
        return json.dumps(self.whole([self.job(name) for name in ids]))


def _greenhouse(name: str) -> Job:
    return {
        "id": int(name),
        "internal_job_id": 1,
        "title": TITLE,
        "content": html.escape(BODY),
        "location": {"name": "Remote"},
        "metadata": [{"id": 3, "value": None}],
    }


def _lever(name: str) -> Job:
    return {
        "id": f"0f2-{name}",
        "text": TITLE,
        "description": FIRST,
        "lists": [{"text": "The rest", "content": "<li>One more duty</li>"}],
        "additional": REST,
        "categories": {"location": "Remote", "team": "Data"},
        "createdAt": 1_790_000_000_000,
    }


def _ashby(name: str) -> Job:
    return {"id": f"a-{name}", "title": TITLE, "descriptionHtml": BODY, "location": "Remote", "isRemote": True}


def _workday(name: str) -> Job:
    info = {
        "id": f"{name}ab",
        "title": TITLE,
        "jobDescription": BODY,
        "jobReqId": f"R-{name}",
        "location": "Boston, MA",
    }
    return {"jobPostingInfo": info, "hiringOrganization": {"name": "Acme Health"}}


def _remotive(name: str) -> Job:
    return {
        "id": int(name),
        "title": TITLE,
        "description": BODY,
        "candidate_required_location": "USA",
        "company_name": "Acme Health",
    }


def _twice_escaped(name: str) -> Job:
    return {**_greenhouse(name), "content": html.escape(html.escape(BODY))}


SYSTEMS = {
    "greenhouse": Ats(_greenhouse, lambda jobs: {"jobs": jobs, "meta": {"total": len(jobs)}}, "title", "content", 1),
    "greenhouse escaped twice": Ats(_twice_escaped, lambda jobs: {"jobs": jobs}, "title", "content", 2),
    "lever": Ats(_lever, lambda jobs: jobs, "text", "description"),
    "ashby": Ats(_ashby, lambda jobs: {"jobs": jobs, "apiVersion": "1"}, "title", "descriptionHtml"),
    "workday": Ats(_workday, lambda jobs: jobs, "title", "jobDescription"),
    "remotive": Ats(_remotive, lambda jobs: {"job-count": len(jobs), "jobs": jobs}, "title", "description"),
}


@pytest.fixture(params=SYSTEMS)
def ats(request: pytest.FixtureRequest) -> Ats:
    return SYSTEMS[request.param]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*args: str) -> Result:
    result = CliRunner().invoke(main, list(args))
    assert "Traceback" not in result.output
    return result


def settled(folder: Path, ats: Ats, *ids: str, choice: str = "accept all") -> list[str]:
    """A board with these jobs, rewritten and settled; the names of its postings."""
    (folder / "board.json").write_text(ats.export(*ids))
    assert run("rewrite", "board.json", "--rules-only").exit_code == ExitCode.DONE
    keys = [source.key for source in read_sources((folder / "board.json").read_bytes(), "board.json")]
    for key in keys:
        done = run("settle", f"board.json/{key}", "--with", choice)
        assert done.exit_code == ExitCode.DONE, done.output
    return keys


def changes(folder: Path, *more: str, code: int = ExitCode.DONE) -> tuple[list[Job], list[Job]]:
    result = run("export", "board.json", "--changes", *more)
    assert result.exit_code == code, result.output
    work = folder / ".postwright/board.json"
    found = [[json.loads(line) for line in (work / name).read_text().splitlines()] for name in FILES]
    return found[0], found[1]


FILES = ("changes.jsonl", "rollback.jsonl")


def loaded(job: Job, fields: Job) -> Job:
    """The job as the ATS holds it after its API took these fields."""
    if "jobPostingInfo" in job:
        return {**job, "jobPostingInfo": {**job["jobPostingInfo"], **fields}}
    return {**job, **fields}


def test_a_settled_change_can_be_loaded_reads_as_the_draft_and_can_be_undone(ats: Ats, folder: Path) -> None:
    (key,) = settled(folder, ats, "11")
    (change,), (undo,) = changes(folder)
    before = ats.job("11")
    after = loaded(before, change["fields"])
    (source,) = read_sources(json.dumps(ats.whole([after])).encode(), "board.json")
    draft = (folder / f".postwright/board.json/{key}/draft.md").read_text()
    assert [u.text for u in read(source.text, "a.md").units] == [u.text for u in read(draft, "a.md").units]
    assert source.origin is not None
    assert source.origin.digest == undo["replaces_sha256"]
    assert loaded(after, undo["fields"]) == before


def test_the_change_names_the_job_the_hash_of_its_old_text_and_its_fields_in_their_encoding(
    ats: Ats, folder: Path
) -> None:
    settled(folder, ats, "11")
    (old,) = read_sources((folder / "board.json").read_bytes(), "board.json")
    assert old.origin is not None
    (change,), _ = changes(folder)
    assert (change["system"], change["id"]) == (old.origin.system, old.origin.id)
    assert change["replaces_sha256"] == old.origin.digest
    assert change["fields"][ats.title] == TITLE
    written = change["fields"][ats.field]
    for _ in range(ats.unescape):
        assert "<" not in written
        written = html.unescape(written)
    assert "<p>" in written
    assert "HIPAA compliant" in written
    assert "confirm c" not in written


def test_what_was_left_as_it_is_or_waits_does_not_go_back(ats: Ats, folder: Path) -> None:
    settled(folder, ats, "11", choice="reject all")
    assert changes(folder) == ([], [])
    assert run("rewrite", "board.json", "--rules-only").exit_code == ExitCode.DONE


def test_a_job_that_changed_in_the_ats_meanwhile_is_left_out(ats: Ats, folder: Path) -> None:
    settled(folder, ats, "11", "12")
    same, other = ats.job("11"), ats.job("12")
    other = loaded(other, {ats.title: "Another title"})
    (folder / "fresh.json").write_text(json.dumps(ats.whole([same, other])))
    made, undo = changes(folder, "--against", "fresh.json", code=ExitCode.FAILED)
    kept = read_sources(ats.export("11").encode(), "board.json")[0].origin
    assert kept is not None
    assert [line["id"] for line in made] == [line["id"] for line in undo] == [kept.id]


def test_a_job_that_is_gone_from_the_ats_is_left_out(ats: Ats, folder: Path) -> None:
    settled(folder, ats, "11", "12")
    (folder / "fresh.json").write_text(ats.export("12"))
    made, _ = changes(folder, "--against", "fresh.json", code=ExitCode.FAILED)
    assert len(made) == 1


def test_nothing_goes_back_while_a_decision_is_open(ats: Ats, folder: Path) -> None:
    (folder / "board.json").write_text(ats.export("11"))
    run("rewrite", "board.json", "--rules-only")
    assert changes(folder) == ([], [])
