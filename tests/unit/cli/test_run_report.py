"""run.html beside run.json: it links what is there."""

import json
import re
from pathlib import Path

import pytest

from postwright.cli.run_report import write_run_page
from support.runs import RUN, Alike, posting


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a run, with the work files of two postings."""
    for name, file in (("jobs/a.md", "review.html"), ("jobs/a.md", "draft.md"), ("jobs/b c.md", "draft.md")):
        place = tmp_path / ".postwright" / name
        place.mkdir(parents=True, exist_ok=True)
        (place / file).write_text("x")
    run = tmp_path / ".postwright/runs/20261122"
    run.mkdir(parents=True)
    postings = [posting("jobs/a.md"), posting("jobs/b c.md"), posting("jobs/none.md")]
    (run / "run.json").write_text(json.dumps({**RUN, "postings": postings}))
    return run


def links(folder: Path, *worklist: Alike) -> list[str]:
    html = write_run_page(folder, folder.parents[1], "jobs", worklist).read_text(encoding="utf-8")
    return re.findall(r'href="(\.\.[^"]*)"', html)


def test_a_row_opens_its_page_else_its_draft_and_what_is_not_there_is_no_link(folder: Path) -> None:
    assert links(folder) == ["../../jobs/a.md/review.html", "../../jobs/b%20c.md/draft.md"]


def test_the_worklist_names_postings_within_the_folder_of_the_run(folder: Path) -> None:
    assert links(folder, Alike("ten years", places=[("a.md", "c1")]))[-1] == "../../jobs/a.md/review.html"


def test_every_link_leads_to_a_file(folder: Path) -> None:
    assert all((folder / link.replace("%20", " ")).is_file() for link in links(folder))
