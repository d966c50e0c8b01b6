"""Opt-in: judgements on a folder of real postings, named by POSTWRIGHT_CORPUS."""

import os
from collections import Counter
from pathlib import Path

import pytest

from postwright.domain.critique import Verdict
from postwright.reading.posting import read
from postwright.rules.critique import critique

pytestmark = pytest.mark.corpus


def test_every_real_posting_gets_a_verdict_and_the_verdicts_differ() -> None:
    folder = Path(os.environ["POSTWRIGHT_CORPUS"])
    files = [path for path in folder.rglob("*") if path.suffix in {".md", ".mdx", ".txt"}]
    counts: Counter[Verdict] = Counter()
    for path in files:
        text = path.read_bytes().decode("utf-8", errors="replace")
        counts[critique(read(text, str(path)), ()).verdict] += 1
    assert counts.total() == len(files) > 0
    assert max(counts.values()) < len(files)
