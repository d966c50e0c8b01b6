"""The hand-written replies fit their postings as they are read today: shape, ids, quotes, all units accounted for."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from postwright.domain.critique import Answer, AnswerStatus
from postwright.domain.posting import Posting, Unit, UnitKind
from postwright.domain.reply import KeepLine, Reply, TextLine
from postwright.reading.posting import read
from postwright.workflows.drafting import Prepared, draft_of, prepare, violations_of

FIXTURES = Path(__file__).parents[3] / "fixtures"
REPLIES = sorted((FIXTURES / "replies").glob("*.json"))
CAREFUL = [path for path in REPLIES if ".sloppy-" not in path.name]
SLOPPY = [path for path in REPLIES if path not in CAREFUL]


TRIAL_CHARACTERS = 15_658
"""The trial's reply to gold A as compact JSON, written before the shape kept units by id (design section 4)."""


def reply_of(path: Path) -> Reply:
    return Reply.model_validate_json(path.read_bytes())


def posting_of(path: Path) -> Posting:
    name = path.name.split(".")[0]
    source = next((FIXTURES / "postings").glob(f"{name}.*"))
    return read(source.read_text(encoding="utf-8"), source.name)


def answers() -> tuple[Answer, ...]:
    given = yaml.safe_load((FIXTURES / "answers" / "gold-a.yaml").read_text(encoding="utf-8"))
    return tuple(Answer(slot, AnswerStatus(what["status"]), what["text"]) for slot, what in given.items())


def prepared(path: Path) -> Prepared:
    """The posting of a reply with its answers, as the whole pipeline sees it."""
    posting = posting_of(path)
    given = answers() if ".answered" in path.name else ()
    return prepare(posting.source, posting.path, answers=given, as_of=date(2026, 11, 22))


def cited(reply: Reply) -> set[str]:
    lines = [line for section in reply.sections for line in section.lines]
    kept = {unit for line in lines if isinstance(line, KeepLine) for unit in line.keep}
    return kept | {unit for line in lines if isinstance(line, TextLine) for unit in line.sources}


def owed(posting: Posting) -> list[Unit]:
    """The units that a reply must account for."""
    free = {UnitKind.HEADING, UnitKind.OPAQUE}
    return [u for u in posting.units if u.kind not in free and not u.protected and u.id != posting.title_unit]


def test_there_are_careful_replies_for_most_postings_and_three_sloppy_ones() -> None:
    assert len(CAREFUL) >= 9
    assert len(SLOPPY) == 3


@pytest.mark.parametrize("path", REPLIES, ids=lambda path: path.stem)
def test_every_cited_id_exists(path: Path) -> None:
    reply = reply_of(path)
    named = cited(reply) | {unit for removal in reply.removals for unit in removal.units}
    named |= {unit for note in reply.coverage for unit in note.units} | {finding.unit for finding in reply.findings}
    named |= {section.heading for section in reply.sections if section.heading}
    assert named <= set(prepared(path).sources.by_id)


@pytest.mark.parametrize("path", CAREFUL, ids=lambda path: path.stem)
def test_a_careful_reply_accounts_for_every_unit(path: Path) -> None:
    reply, posting = reply_of(path), posting_of(path)
    told = cited(reply) | {unit for removal in reply.removals for unit in removal.units}
    assert [unit.text for unit in owed(posting) if unit.id not in told] == []


@pytest.mark.parametrize("path", CAREFUL, ids=lambda path: path.stem)
def test_a_careful_reply_removes_nothing_that_it_uses(path: Path) -> None:
    reply = reply_of(path)
    assert not cited(reply) & {unit for removal in reply.removals for unit in removal.units}


@pytest.mark.parametrize("path", CAREFUL, ids=lambda path: path.stem)
def test_a_careful_reply_quotes_letter_by_letter(path: Path) -> None:
    reply, posting = reply_of(path), posting_of(path)
    assert [f.quote for f in reply.findings if f.quote not in posting.unit(f.unit).text] == []


@pytest.mark.parametrize("path", CAREFUL, ids=lambda path: path.stem)
def test_a_careful_reply_keeps_within_what_the_prompt_allows(path: Path) -> None:
    reply = reply_of(path)
    lines = [line for section in reply.sections for line in section.lines]
    proposals = [line for line in lines if not isinstance(line, KeepLine | TextLine)]
    assert len(proposals) <= 3
    assert len(reply.questions) <= 3
    assert len(reply.findings) <= 8
    assert [note.layer.value for note in reply.coverage] == ["clinical", "integration", "compliance", "execution"]
    assert all(1 <= len(removal.group.split()) <= 4 for removal in reply.removals)
    assert len(reply.summary.split()) <= 60


@pytest.mark.parametrize("path", CAREFUL, ids=lambda path: path.stem)
def test_a_careful_reply_breaks_no_rule_and_says_nothing_that_is_withheld(path: Path) -> None:
    ready, reply = prepared(path), reply_of(path)
    assert violations_of(ready, reply) == ()
    assert draft_of(ready, reply)[0].violations == ()


@pytest.mark.parametrize("path", SLOPPY, ids=lambda path: path.stem)
def test_a_sloppy_reply_is_caught(path: Path) -> None:
    assert violations_of(prepared(path), reply_of(path))


def test_output_tokens_stay_within_six_tenths_of_the_trial() -> None:
    said = reply_of(FIXTURES / "replies" / "gold-a.json").model_dump_json()
    assert len(said) <= 0.6 * TRIAL_CHARACTERS


def test_every_fact_of_the_good_rewrite_is_reached_with_the_answers() -> None:
    path = FIXTURES / "replies" / "gold-a.answered.json"
    text = draft_of(prepared(path), reply_of(path))[0].text
    facts = (
        "Integration Engineer, EHR",
        "11 of our 14 hospitals",
        "except Hawaii and Alaska",
        "$138,000–$166,000 a year",
        "December 31, 2026",
        "R-20931",
        "Epic and Oracle Health (Cerner)",
        "120 days",
        "HL7 v2 feeds and FHIR R4 read and write-back",
        "Mirth Connect by NextGen",
        "who saw, changed and filed each note",
        "ADT or ORU",
        "HIPAA, including audit logging",
        "A degree is not required",
        "SMART on FHIR",
        "401(k) with 4% match",
        "12 weeks parental leave",
        "$1,500 yearly training budget",
        "two model engineers",
        "10:00–15:00 US Central",
        "one week in five, paid $400 per week",
        "about 20%",
        "60-minute working session",
        "10 business days",
        "not available for this role",
        "talent@halcyonchartworks.example",
        "without regard to race, color, religion",
    )
    assert [fact for fact in facts if fact not in text] == []
    assert "2 hours per day" not in text


def test_the_lost_unit_is_lost() -> None:
    path = FIXTURES / "replies" / "nurse-informaticist.sloppy-lost-unit.json"
    reply, posting = reply_of(path), posting_of(path)
    told = cited(reply) | {unit for removal in reply.removals for unit in removal.units}
    assert [u.text for u in owed(posting) if u.id not in told] == ["Track nursing satisfaction with the EHR"]
