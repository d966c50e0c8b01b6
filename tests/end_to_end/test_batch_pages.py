"""After a batch, the run's page links a review page for every posting that has a result."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from postwright.cli.boundary import ExitCode
from postwright.cli.main import main

ROOT = Path(__file__).parents[2]


def test_each_row_of_the_run_opens_the_page_of_its_posting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("gold-a.md", "gold-b.md"):
        (tmp_path / "jobs" / name.removesuffix(".md")).mkdir(parents=True)
        text = (ROOT / "fixtures/postings" / name).read_text()
        (tmp_path / "jobs" / name.removesuffix(".md") / "README.md").write_text(text)
    result = CliRunner().invoke(main, ["batch", "jobs", "--rules-only"])
    assert result.exit_code == ExitCode.DONE, result.output
    (run,) = tmp_path.glob(".postwright/runs/*/run.html")
    links = re.findall(r'href="([^"]*review\.html)"', run.read_text())
    assert len(set(links)) == 2
    assert all((run.parent / link).is_file() for link in links)
