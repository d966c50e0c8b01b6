"""Real files of every format, opt-in: POSTWRIGHT_FORMATS names a folder with an INDEX.tsv of `path` and `kind`.

With POSTWRIGHT_CORPUS, a folder of real postings in Markdown, these are written as Word files and as JSON-LD, too.
"""

import csv
import html
import io
import json
import os
import re
import sys
import zipfile
from calendar import month_abbr
from collections import Counter
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path

import pypdfium2
import pytest

from postwright.domain.errors import PostingUnreadable
from postwright.domain.posting import UnitKind
from postwright.formats.linked_check import problems_of
from postwright.formats.reading import read_sources
from postwright.formats.stated import Given
from postwright.formats.to_docx import docx_bytes
from postwright.formats.to_jsonld import job_posting
from postwright.reading.posting import read
from support.job_validator import faults

FOLDER = os.environ.get("POSTWRIGHT_FORMATS", "")
CORPUS = os.environ.get("POSTWRIGHT_CORPUS", "")
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


TEXTS = (
    "title|name|description|responsibilities|qualifications|educationRequirements|experienceRequirements|skills"
    "|jobBenefits|physicalRequirement"
)


class _Shown(HTMLParser):
    """The words of a page between tags, without scripts and styles: the plainest extraction there is."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the library's own signature
        self._silent += tag in {"script", "style", "nav", "footer", "form"}

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in {"script", "style", "nav", "footer", "form"} and self._silent > 0

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words += _words(data)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _shown(markup: str) -> list[str]:
    for _ in range(3):
        if "<" in markup or "&lt;" not in markup:
            break
        markup = html.unescape(markup)
    parser = _Shown()
    parser.feed(markup)
    return parser.words


def _reference(path: str, data: bytes) -> list[str]:
    """The words of a file, taken out of it by other means than the program's."""
    if path.endswith(".docx"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            xml = packed.read("word/document.xml").decode()
        paragraphs = re.split(r"</w:p>", xml)
        return _words("\n".join("".join(re.findall(r"<w:t(?:\s[^>]*)?>([^<]*)</w:t>", one)) for one in paragraphs))
    if path.endswith(".pdf"):
        pages = pypdfium2.PdfDocument(data)
        return _words("\n".join(page.get_textpage().get_text_range() for page in pages))
    if path.endswith(".json"):
        value = json.loads(data)
        jobs = value.get("jobs") or [value.get("jobPostingInfo") or value] if isinstance(value, dict) else value
        fields = ("description", "content", "jobDescription", "descriptionHtml")
        return [word for job in jobs for field in fields for word in _shown(str(job.get(field) or ""))]
    text = data.decode()
    if not (shown := _shown(text)):  # all is in its data
        shown = _words(" ".join(re.findall(rf'"(?:{TEXTS})"\s*:\s*"([^"]*)"', text)))
    main = re.search(r"<main\b.*?</main>", text, re.DOTALL)
    return _shown(main.group()) if main else shown


def _recall(path: str) -> tuple[int, int]:
    """How many words of the reference are in units, and how many it has."""
    data = (Path(FOLDER) / path).read_bytes()
    reference = Counter(_reference(path, data))
    found: Counter[str] = Counter()
    for source in read_sources(data, path):
        posting = read(source.text, "a.md")
        said = " ".join([*(html.unescape(unit.text) for unit in posting.units), *posting.front_values.values()])
        found.update(_words(re.sub(r"\\(?=[^\w\s])", "", said)))
    return sum((reference & found).values()), sum(reference.values())


LEAST = {"ats-json": 0.99, "docx": 0.99, "html": 0.97, "jsonld": 0.97, "pdf": 0.97}


@pytest.mark.parametrize("kind", LEAST)
def test_the_words_of_the_files_are_in_units(kind: str) -> None:
    told = [(path, *_recall(path)) for path in _paths() if path.startswith(kind) and not _refused(path)]
    for path, found, whole in told:
        sys.stdout.write(f"{found / max(whole, 1):7.2%}  {found:6,} of {whole:6,}  {path}\n")
    found, whole = sum(row[1] for row in told), sum(row[2] for row in told)
    sys.stdout.write(f"{found / whole:7.2%}  {kind}: {found:,} of {whole:,} words in {len(told)} files\n")
    assert found >= LEAST[kind] * whole


def _refused(path: str) -> bool:
    return any(name in path for names in REFUSED.values() for name in names)


STATED = {
    "18f-": Given(employer="General Services Administration", country="US", date_posted="2023-04-03"),
    "greenhouse": Given(places=("London, GB",)),
    "vele616": Given(date_posted="2021-05-03"),  # its own dates were masked when the postings were collected
}
"""What a config or a command line states for the postings of one employer, by a piece of their path."""
DERIVED = {
    "us",
    "gb",
    "jp",
    "br",
    "usd",
    "full_time",
    "part_time",
    "temporary",
    "contractor",
    "telecommute",
    "requisition",
}
"""What a value may hold that the posting says in other words: codes of countries, currencies and types."""


def _real_postings() -> Iterator[tuple[str, str, Given | None]]:
    """The name and text of every real posting, first by itself, then with what its employer states beside it."""
    files = [(path, Path(FOLDER) / path) for path in _paths() if not _refused(path)]
    corpus = [(str(path), path) for path in sorted(Path(CORPUS).rglob("*.md"))] if CORPUS else []
    for name, path in [*files, *corpus]:
        given = next((given for piece, given in STATED.items() if piece in name), None)
        for source in read_sources(path.read_bytes(), name):
            yield f"{name}/{source.key}", source.text, None
            if given is not None:
                yield f"{name}/{source.key}", source.text, given


def test_twenty_real_postings_give_valid_json_ld_that_says_what_they_say() -> None:
    alone: set[str] = set()
    stated: set[str] = set()
    for name, text, given in _real_postings():
        data = job_posting(text, "posting.md", given).data
        if not problems_of(data):
            assert faults(data) == [], name
            assert _unsaid(data, text, given) == set(), name
            (stated if given else alone).add(name)
    sys.stdout.write(f"valid by themselves: {len(alone)}; with what their employer states: {len(alone | stated)}\n")
    assert len(alone) >= 11
    assert not CORPUS or len(alone | stated) >= 20


def _unsaid(data: Mapping[str, object], text: str, given: Given | None) -> set[str]:
    """Words of the data that neither the posting nor its employer says."""
    beside = f"{given.employer} {given.country} {given.date_posted} {' '.join(given.places)}" if given else ""
    known = {*_words(html.unescape(text)), *_words(beside), *DERIVED}
    said = {word for key, value in data.items() if key != "description" for word in _values(value)}
    return {word for word in said - known if word.lstrip("0") not in known and not _same_number(word, text)}


def _values(value: object) -> list[str]:
    if isinstance(value, dict):
        return [word for key, part in value.items() if key[0] != "@" and key != "unitText" for word in _values(part)]
    if isinstance(value, list):
        return [word for part in value for word in _values(part)]
    text = str(value)
    return [] if text.startswith("https://schema.org") or text == "JobPosting" else _words(text)


def _same_number(word: str, text: str) -> bool:
    """The month of a date in words, and an amount with a comma."""
    named = word.isdigit() and 1 <= int(word) <= 12 and month_abbr[int(word)].lower() in text.lower()
    return named or (word.isdigit() and (word == "0" or word in text.replace(",", "")))


OF_THE_PAGE = re.compile(r"""\{\{-?\s*page(?:\.([\w-]+)|\[["']([^"'\n]+)["']\])\s*-?\}\}""")


def _as_read(text: str) -> str:
    """A unit as a reader sees it: links that lead out of the document by their address, all others by their words."""
    text = re.sub(r'<a[^<>]*href="([^"]*)"[^<>]*>(.*?)</a>', r"[\2](\1)", html.unescape(text))
    text = re.sub(r"<(https?:[^<>]*)>", r"[\1](\1)", text)
    text = re.sub(r"<[^<>]*>|\[\]\([^)]*\)", "", text)
    text = re.sub(r"!\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"\[([^\]]*)\]\((?!https?:|mailto:|tel:)(?:[^()]|\([^()]*\))*\)", r"\1", text)
    text = re.sub(r"(?m)^\s*(?:[-*+•]|\d+[.)])\s+", "", text.replace("%28", "(").replace("%29", ")"))
    return " ".join(re.sub(r"\\(?=[^\w\s]|_)|[*_`]{1,3}", "", text).split())


def _units(text: str, name: str) -> Counter[tuple[str, str]]:
    """The units as a reader sees them, with the page's own front matter in the place of its tags."""
    posting = read(text, name)

    def filled(tag: re.Match[str]) -> str:
        return posting.front_values.get(tag[1] or tag[2], "").strip() or tag.group()

    prose = (unit for unit in posting.units if unit.kind is not UnitKind.OPAQUE)
    seen = ((u.kind.value, _as_read(OF_THE_PAGE.sub(filled, u.text))) for u in prose)
    return Counter(one for one in seen if one[1])


@pytest.mark.skipif(not CORPUS, reason="POSTWRIGHT_CORPUS names no folder")
def test_markdown_to_word_and_back_keeps_the_units_of_real_postings() -> None:
    paths = [path for path in sorted(Path(CORPUS).rglob("*")) if path.suffix in {".md", ".mdx", ".txt", ".markdown"}]
    lost = []
    for path in paths:
        text = path.read_text(errors="replace")
        (source,) = read_sources(docx_bytes(text, path.name), "a.docx")
        if missing := _units(text, path.name) - _units(source.text, "a.md"):
            lost.append(f"{path.name}: {list(missing)[:2]}")
    sys.stdout.write(f"{len(paths) - len(lost)} of {len(paths)} postings keep every unit\n" + "\n".join(lost) + "\n")
    assert len(lost) <= 0.04 * len(paths)
