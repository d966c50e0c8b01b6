"""ATS exports and JSON-LD: many postings in one file, ids and encodings kept."""

import html
import json

import pytest

from postwright.domain.errors import PostingUnreadable
from postwright.formats.changes import change_of, rollback_jsonl
from postwright.formats.reading import read_sources
from postwright.formats.source import Form, Source, safe_key
from postwright.reading.posting import read

BODY = "<p>You join us.</p><ul><li>R&amp;D work</li></ul>"
MARKDOWN = "You join us.\n\n- R&D work\n"


def sources(value: object) -> tuple[Source, ...]:
    return read_sources(json.dumps(value).encode(), "board.json")


def greenhouse(job_id: int, content: str = BODY, title: str = "Analyst") -> dict[str, object]:
    return {
        "id": job_id,
        "internal_job_id": 1,
        "title": title,
        "content": html.escape(content),
        "location": {"name": "Boston, MA"},
        "unknown": [1, {}],
    }


def test_a_greenhouse_board_is_many_postings_with_their_ids_and_encoding() -> None:
    first, second = sources({"jobs": [greenhouse(11), greenhouse(12, title="Nurse & lead")], "meta": {"total": 2}})
    assert (first.key, second.key) == ("11", "12")
    assert first.text == f'---\nlocation: "Boston, MA"\n---\n\n# Analyst\n\n{MARKDOWN}'
    assert read(second.text, "board.json/12").title == "Nurse & lead"
    assert first.origin is not None
    assert (first.origin.system, first.origin.escapes, first.origin.field) == ("greenhouse", 1, "content")
    assert first.origin.value == html.escape(BODY)


def test_a_lever_posting_is_its_description_its_lists_and_its_closing() -> None:
    job = {"id": "ab-1", "text": "Analyst", "description": "<div>You join us.</div>", "additional": "<p>Apply.</p>"}
    (source,) = sources([{**job, "lists": [{"text": "You need", "content": "<li>SQL</li>"}], "categories": {}}])
    assert source.text == "# Analyst\n\nYou join us.\n\n### You need\n\n- SQL\n\nApply.\n"
    assert source.origin is not None
    assert source.origin.folded == ("lists", "additional")


@pytest.mark.parametrize(
    ("value", "system"),
    [
        ({"jobs": [{"id": "x", "title": "Analyst", "descriptionHtml": BODY}]}, "ashby"),
        ({"jobPostingInfo": {"id": "x", "title": "Analyst", "jobDescription": BODY}}, "workday"),
        (
            {"jobs": [{"id": "x", "title": "Analyst", "description": BODY, "candidate_required_location": ""}]},
            "remotive",
        ),
    ],
)
def test_each_system_is_told_by_its_fields(value: object, system: str) -> None:
    (source,) = sources(value)
    assert source.origin is not None
    assert source.origin.system == system
    front = '---\nworkplace: "remote"\n---\n\n' if system == "remotive" else ""  # that board lists no others
    assert source.text == f"{front}# Analyst\n\n{MARKDOWN}"


@pytest.mark.parametrize(
    "value",
    [
        {"hits": [{"comment_text": "x"}]},
        [],
        {},
        3,
        {"jobs": [greenhouse(1), greenhouse(1)]},
        {"jobs": [greenhouse(1), {"what": 1}]},
        {"jobs": [greenhouse(1, content="")]},
        {"@type": "JobPosting", "title": "Analyst"},
    ],
)
def test_json_that_holds_no_posting_we_know_is_refused_in_one_line(value: object) -> None:
    with pytest.raises(PostingUnreadable) as caught:
        sources(value)
    assert "board.json" in caught.value.says


@pytest.mark.parametrize("data", [b"{", b"[" * 100_000, b'{"a":' * 9_000, b"\xff\xfe\x00"])
def test_broken_json_is_refused(data: bytes) -> None:
    with pytest.raises(PostingUnreadable):
        read_sources(data, "board.json")


@pytest.mark.parametrize("key", ["../../etc/passwd", "a/b", "", "..", "x" * 70, "con\n", "a.b"])
def test_no_id_in_a_file_decides_where_we_write(key: str) -> None:
    assert safe_key(key).isalnum()


LINKED = {
    "@type": "JobPosting",
    "title": "Analyst",
    "description": html.escape(BODY),
    "skills": "SQL",
    "hiringOrganization": {"@type": "Organization", "name": "Acme"},
    "baseSalary": {"currency": "USD", "value": {"minValue": 90000, "maxValue": 110000, "unitText": "YEAR"}},
    "jobLocation": {"address": {"addressLocality": "Boston", "addressRegion": "MA"}},
}


def test_json_ld_gives_its_text_and_its_facts() -> None:
    (source,) = sources(LINKED)
    posting = read(source.text, "a.json")
    assert posting.body.strip() == f"# Analyst\n\n{MARKDOWN}\n## Skills\n\nSQL"
    assert posting.front_values == {
        "company": "Acme",
        "location": "Boston, MA",
        "salary": "USD 90000-110000 per year",
    }


def test_a_property_that_the_description_says_already_is_not_repeated() -> None:
    (source,) = sources({**LINKED, "skills": "R&D work"})
    assert source.text.count("R&D work") == 1


@pytest.mark.parametrize("wrapped", ["{}", "<!-- {} -->", "//<![CDATA[\n{}\n//]]>"])
def test_a_page_whose_posting_is_only_in_its_json_ld_is_read_from_there(wrapped: str) -> None:
    script = wrapped.replace("{}", json.dumps({"@graph": [{"@type": "WebSite"}, LINKED]}))
    page = f'<html><script type="application/ld+json">{script}</script><body><div id="app"></div></body></html>'
    (source,) = read_sources(page.encode(), "job.html")
    assert source.form is Form.JSONLD
    assert "- R&D work" in source.text


def test_a_page_that_shows_its_posting_is_read_as_it_shows_it() -> None:
    shown = "<main><h1>Analyst</h1><p>" + "You join a team of nurses. " * 20 + "</p></main>"
    page = f'<script type="application/ld+json">{json.dumps(LINKED)}</script>{shown}'
    (source,) = read_sources(page.encode(), "job.html")
    assert source.form is Form.HTML


@pytest.mark.parametrize("title", ["Nurse &amp; lead", "  Nurse  lead ", "Nurse\tlead", "Nurse & lead"])
def test_the_title_goes_back_as_it_came_when_it_says_the_same(title: str) -> None:
    (source,) = sources({"jobs": [greenhouse(11, title=title)]})
    change = change_of(source, source.text.replace("R&D", "R\\&D more"), "board.json/11")
    assert change is not None
    assert change.title == title
    (undo,) = map(json.loads, rollback_jsonl([change]).splitlines())
    assert undo["fields"]["title"] == title


def test_a_new_title_is_written_in_the_encoding_of_the_old_one() -> None:
    (source,) = sources({"jobs": [greenhouse(11, title="Nurse &amp; lead")]})
    change = change_of(source, source.text.replace("# Nurse & lead", "# Nurse & analyst"), "board.json/11")
    assert change is not None
    assert change.title == "Nurse &amp; analyst"
