"""ATS exports: one JSON with many jobs is many postings, each with its id and the encoding of its HTML.

Shapes: Greenhouse (`jobs[].content`, escaped once), Lever (a list with `text` and `lists`), Ashby
(`jobs[].descriptionHtml`), Workday (`jobPostingInfo.jobDescription`), Remotive (`jobs[].description`). Fields that
are not named here are allowed and left alone.
"""

import html
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from postwright.domain.errors import PostingUnreadable
from postwright.formats.front import front_of
from postwright.formats.html_page import fragment, hidden_notes, unescaped
from postwright.formats.json_values import items, mapping, text_of
from postwright.formats.marks import escaped
from postwright.formats.source import Form, Origin, Source, bounded, safe_key, title_of

MOST_JOBS = 5_000
_EARLIEST, _LATEST = 10**11, 10**13
"""Numbers between these are moments in milliseconds (1973 to 2286), as Lever writes them; an id has fewer digits."""

Job = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class System:
    """How one ATS writes a job. `front` maps what it states beside the text to front matter keys."""

    name: str
    fits: Callable[[Job], bool]
    id: str
    title: str
    field: str
    front: Mapping[str, str]  # front matter key -> path in the job, with dots
    folded: tuple[str, ...] = ()
    always: tuple[tuple[str, str], ...] = ()  # what is true of all its jobs


SYSTEMS = (
    System(
        "greenhouse",
        lambda job: "content" in job and "internal_job_id" in job,
        "id",
        "title",
        "content",
        {
            "company": "company_name",
            "location": "location.name",
            "requisition_id": "requisition_id",
            "date_posted": "first_published",
            "valid_through": "application_deadline",
            "url": "absolute_url",
        },
    ),
    System(
        "lever",
        lambda job: "text" in job and "lists" in job,
        "id",
        "text",
        "description",
        {
            "location": "categories.location",
            "country": "country",
            "employment_type": "categories.commitment",
            "workplace": "workplaceType",
            "date_posted": "createdAt",
            "url": "hostedUrl",
        },
        ("lists", "additional"),
    ),
    System(
        "ashby",
        lambda job: "descriptionHtml" in job,
        "id",
        "title",
        "descriptionHtml",
        {
            "location": "location",
            "country": "address.postalAddress.addressCountry",
            "employment_type": "employmentType",
            "workplace": "workplaceType",
            "date_posted": "publishedAt",
            "url": "jobUrl",
        },
    ),
    System(
        "workday",
        lambda job: "jobDescription" in job,
        "id",
        "title",
        "jobDescription",
        {
            "company": "hiringOrganization.name",
            "location": "location",
            "country": "country.descriptor",
            "employment_type": "timeType",
            "requisition_id": "jobReqId",
            "date_posted": "startDate",
            "valid_through": "endDate",
            "url": "externalUrl",
        },
    ),
    System(
        "remotive",
        lambda job: "candidate_required_location" in job and "description" in job,
        "id",
        "title",
        "description",
        {
            "company": "company_name",
            "applicant_location": "candidate_required_location",
            "employment_type": "job_type",
            "date_posted": "publication_date",
            "salary": "salary",
            "url": "url",
        },
        always=(("workplace", "remote"),),  # it lists no others
    ),
)


def board(value: object, name: str) -> tuple[Source, ...] | None:
    """The postings of an ATS export, or None for JSON of another shape. Raises PostingUnreadable."""
    jobs = list(_jobs(value))
    systems = [next((system for system in SYSTEMS if system.fits(job)), None) for job in jobs]
    if not jobs or systems[0] is None:
        return None
    if len(jobs) > MOST_JOBS:
        raise PostingUnreadable(f"{name} holds more than {MOST_JOBS:,} jobs", hint="split it")
    sources: list[Source] = []
    taken: set[str] = set()
    for number, (job, system) in enumerate(zip(jobs, systems, strict=True), 1):
        if system is None:
            raise PostingUnreadable(f"job {number} of {name} has no known shape", hint="export the board again")
        source = _source(job, system, f"job {number} of {name}")
        if source.key in taken:
            raise PostingUnreadable(f"{name} holds the id {source.key!r} twice", hint="export the board again")
        taken.add(source.key)
        sources.append(source)
    return tuple(sources)


def _jobs(value: object) -> Iterator[Job]:
    whole = mapping(value)
    if info := mapping(whole.get("jobPostingInfo")):
        yield {**info, "hiringOrganization": whole.get("hiringOrganization")}
        return
    found = value if isinstance(value, list) else items(whole.get("jobs") or whole.get("data"))
    if not found and whole:
        found = [whole]
    for job in found:
        if isinstance(job, dict):
            inner = mapping(job.get("jobPostingInfo"))
            yield {**inner, "hiringOrganization": job.get("hiringOrganization")} if inner else job


def _source(job: Job, system: System, name: str) -> Source:
    job_id = text_of(job.get(system.id))
    if not job_id:
        raise PostingUnreadable(f"{name} has no id", hint="export the board again")
    written_title = job.get(system.title)
    title = title_of(written_title) if isinstance(written_title, str) else ""
    value = job.get(system.field)
    raw = value if isinstance(value, str) else ""
    markup, escapes = unescaped(bounded(raw, name))
    written = fragment(bounded(markup + _folded(job, system), name))
    front = front_of({**dict(system.always), **{key: _at(job, path) for key, path in system.front.items()}})
    heading = f"# {escaped(title)}\n\n" if title else ""
    if not written.blocks:
        raise PostingUnreadable(f"{name} ({title or job_id}) has no description", hint="export it with its content")
    kept = {name: job.get(name) for name in system.folded}
    rest = json.dumps(kept, ensure_ascii=False, sort_keys=True) if kept else ""
    origin = Origin(
        system.name, job_id, str(written_title or ""), system.field, raw, escapes, system.folded, rest, system.title
    )
    return Source(front + heading + written.markdown, Form.ATS, safe_key(job_id), origin, hidden_notes(written.hidden))


def _folded(job: Job, system: System) -> str:
    """Lever keeps its lists and its closing apart from the description: one posting all the same."""
    out = ""
    for name in system.folded:
        for part in items(job.get(name)):
            if isinstance(part, str):
                out += f"<div>{part}</div>"
            else:
                entry = mapping(part)
                content = entry.get("content")
                out += f"<h3>{html.escape(text_of(entry.get('text')))}</h3>"
                out += f"<ul>{content if isinstance(content, str) else ''}</ul>"
    return out


def _at(job: Job, path: str) -> str:
    value: object = job
    for step in path.split("."):
        value = mapping(value).get(step)
    if isinstance(value, int) and value > _EARLIEST:
        return datetime.fromtimestamp(value / 1000, tz=UTC).date().isoformat() if value < _LATEST else ""
    return ", ".join(filter(None, map(text_of, value))) if isinstance(value, list) else text_of(value)
