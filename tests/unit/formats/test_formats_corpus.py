"""Real files of every format, opt-in: POSTWRIGHT_FORMATS names a folder with an INDEX.tsv of `path` and `kind`."""

import csv
import os
from pathlib import Path

import pytest

from postwright.domain.errors import PostingUnreadable
from postwright.formats.reading import read_sources
from postwright.reading.posting import read

FOLDER = os.environ.get("POSTWRIGHT_FORMATS", "")
REFUSED = {
    "unknown shape": ("hn_hiring",),  # a forum's comments are no ATS export
    "without a description": ("example-04", "example-05", "example-11"),
}

pytestmark = [pytest.mark.corpus, pytest.mark.skipif(not FOLDER, reason="POSTWRIGHT_FORMATS names no folder")]


def _paths() -> list[str]:
    if not FOLDER:
        return []
    with (Path(FOLDER) / "INDEX.tsv").open(newline="") as index:
        return [row["path"] for row in csv.DictReader(index, delimiter="\t")]


@pytest.mark.parametrize("path", _paths())
def test_every_real_file_reads_or_is_refused_as_expected(path: str) -> None:
    expected = next((why for why, names in REFUSED.items() if any(name in path for name in names)), "")
    data = (Path(FOLDER) / path).read_bytes()
    if expected:
        with pytest.raises(PostingUnreadable, match=expected):
            read_sources(data, path)
        return
    for source in read_sources(data, path):
        assert read(source.text, "a.md").units
