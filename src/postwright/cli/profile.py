"""The employer's profile at the terminal: the interview of `postwright init`, and what is wrong with the facts."""

from datetime import UTC, datetime
from pathlib import Path

import click

from postwright.domain.config import Config, Employer, ProfileFact
from postwright.domain.errors import UsageProblem
from postwright.reading.screening.hidden import HIDDEN
from postwright.storage.files import shown
from postwright.workflows.profiling import QUESTIONS, Asked, employer_of, fact_of, refuse_wrong, remarks_on


def interview() -> tuple[Employer, tuple[ProfileFact, ...]]:
    """What a person at the terminal states for all postings. What is wrong with an answer is said, and asked again."""
    click.echo("\nWhat holds for all your postings? Enter skips a question.")
    answers: dict[str, str] = {}
    facts: list[ProfileFact] = []
    for asked in QUESTIONS:
        answer, fact = _answered(asked, facts)
        if answer:
            answers[asked.key] = answer
        if fact is not None:
            facts.append(ProfileFact(fact.text, fact.sections, f"p{len(facts) + 1}"))
    return employer_of(answers), tuple(facts)


def _answered(asked: Asked, before: list[ProfileFact]) -> tuple[str, ProfileFact | None]:
    today = datetime.now(tz=UTC).date()
    while True:
        said = click.prompt(f"  {asked.ask}", default="", show_default=False)
        answer = " ".join(HIDDEN.sub("", said).split())
        if not answer:
            return "", None
        try:
            fact = fact_of(asked, answer)
        except UsageProblem as error:
            click.echo(f"  {error.says}; {error.hint}")
            continue
        remarks = remarks_on([*before, fact or ProfileFact(answer)], today)
        for remark in remarks[:3]:
            click.echo(f"  {'no' if remark.stops else 'note'}: this {remark.says}")
        if not any(remark.stops for remark in remarks):
            return answer, fact


def look_at_profile(config: Config, *, quiet: bool) -> None:
    """Before anything is made of the facts. Raises UsageProblem for what may not be sent or published."""
    if not config.profile:
        return
    for note in refuse_wrong(config.profile, datetime.now(tz=UTC).date(), shown(Path(config.where))):
        if not quiet:
            click.echo(f"note: {note}", err=True)
