"""The hand-written replies fit their postings as they are read today: shape, ids, quotes, all units accounted for."""

from pathlib import Path

import pytest
import yaml

from postwright.domain.posting import Posting, Unit, UnitKind
from postwright.domain.reply import KeepLine, Reply, TextLine
from postwright.reading.posting import read

FIXTURES = Path(__file__).parents[3] / "fixtures"
REPLIES = sorted((FIXTURES / "replies").glob("*.json"))
CAREFUL = [path for path in REPLIES if ".sloppy-" not in path.name]
SLOPPY = [path for path in REPLIES if path not in CAREFUL]


def reply_of(path: Path) -> Reply:
    return Reply.model_validate_json(path.read_bytes())


def posting_of(path: Path) -> Posting:
    name = path.name.split(".")[0]
    source = next((FIXTURES / "postings").glob(f"{name}.*"))
    return read(source.read_text(encoding="utf-8"), source.name)


def answer_ids() -> set[str]:
    """Every id under which an entry of the answers may be cited: `a.<slot>`, and `a.<slot>.<n>` for a list."""
    answers = yaml.safe_load((FIXTURES / "answers" / "gold-a.yaml").read_text(encoding="utf-8"))
    lists = {"duties", "outcomes", "must_have", "nice_to_have"}
    items = {f"a.{slot}.{n}" for slot in lists for n, _ in enumerate(answers[slot]["text"].splitlines(), 1)}
    return items | {f"a.{slot}" for slot in answers if slot not in lists}


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
    reply, posting = reply_of(path), posting_of(path)
    named = cited(reply) | {unit for removal in reply.removals for unit in removal.units}
    named |= {unit for note in reply.coverage for unit in note.units} | {finding.unit for finding in reply.findings}
    named |= {section.heading for section in reply.sections if section.heading}
    assert named <= set(posting.by_id) | answer_ids()


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


def test_the_lost_unit_is_lost() -> None:
    path = FIXTURES / "replies" / "nurse-informaticist.sloppy-lost-unit.json"
    reply, posting = reply_of(path), posting_of(path)
    told = cited(reply) | {unit for removal in reply.removals for unit in removal.units}
    assert [u.text for u in owed(posting) if u.id not in told] == ["Track nursing satisfaction with the EHR"]
