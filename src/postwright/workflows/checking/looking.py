"""One text judged under its settings: findings with what a comment sets aside, and the safe fixes."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from typing import NamedTuple

from postwright.domain.checked import Remark, Standing
from postwright.domain.config import Config
from postwright.domain.finding import Finding, Severity
from postwright.domain.posting import Posting
from postwright.reading.posting import read
from postwright.rules.engine import all_rules, judged
from postwright.rules.pages import why_not_a_posting
from postwright.rules.rule import Rule
from postwright.workflows.checking.ignores import OWN_RULES, Ignore, Ignores, ignores_in, without_words
from postwright.workflows.checking.placing import Lines, fingerprint

_RANK = {"error": 0, "warning": 1, "notice": 2, "never": -1}
_TOO_SHORT = "too short"
_MOST_ROUNDS = 5
"""A fix may lay bare another; real texts settle after one."""


@cache
def known_rules() -> dict[str, Rule]:
    """Every rule that `check` knows, its own rules about comments last."""
    return {rule.id: rule for rule in (*all_rules(), *OWN_RULES)}


@cache
def families() -> dict[str, str]:
    """The family of each rule."""
    return {rule.id: rule.family for rule in known_rules().values()}


@cache
def rule_names() -> frozenset[str]:
    """Ids and families: what `select` and `ignore` may name."""
    return frozenset(families()) | frozenset(families().values())


class Looked(NamedTuple):
    """A text and what the rules say about it. `aside` holds the reasons of findings that a comment sets aside."""

    text: str
    posting: Posting
    findings: tuple[Finding, ...]
    aside: dict[Finding, str]
    page: str  # why this is no posting, or empty
    notes: tuple[str, ...]  # what could not be judged, in plain words

    def remarks(self, fail_on: str, *, fingerprints: bool) -> Iterator[Remark]:
        """The findings with their places. Fingerprints cost a little, and only baselines and machines need them."""
        lines = Lines(self.text)
        for finding in self.findings:
            reason = self.aside.get(finding)
            yield Remark(
                finding,
                lines.place(finding.span),
                fingerprint(finding, self.posting) if fingerprints else "",
                Standing.NEW if reason is None else Standing.IGNORED,
                reason or "",
                fails=reason is None and _RANK[finding.severity] <= _RANK[fail_on],
            )

    def fixed(self) -> tuple[str, int]:
        """The text after one round of safe fixes, and their number. What a comment sets aside stays."""
        from postwright.rules.fixes import fixed, safe_fixes  # noqa: PLC0415 - the hook only looks
        from postwright.workflows.checking.untouchable import is_untouchable  # noqa: PLC0415

        mendable = (f for f in self.findings if f.replacement is not None and f not in self.aside)
        wanted = [f for f in mendable if not is_untouchable(self.posting, f)]
        fixes = safe_fixes(self.posting, wanted) if wanted else ()
        return (fixed(replace(self.posting, source=self.text), fixes), len(fixes)) if fixes else (self.text, 0)


def look(text: str, name: str, config: Config, ignored: Iterable[str]) -> Looked:
    """Judge a text by the rules that the config selects, less those `ignored`. The config must name its day."""
    orders = ignores_in(text)
    posting = read(without_words(text, orders) if orders else text, name, locked=config.lock)
    without = frozenset(ignored)
    said = judged(
        posting,
        as_of=date.fromisoformat(config.as_of),
        select=config.select,
        ignore=without,
        vocabulary=config.vocabulary,
        provided_elsewhere=config.provided_elsewhere,
    )
    found = said.findings
    why_not = why_not_a_posting(posting)
    page = "" if _TOO_SHORT in why_not else why_not  # a few sentences are judged like any others
    if page:
        found = tuple(finding for finding in found if not _asks_for_a_posting(finding, posting))
    if not orders:
        return Looked(text, posting, found, {}, page, said.notes)
    findings, aside = _set_aside(text, posting, found, orders, frozenset(config.select), without)
    return Looked(text, posting, findings, aside, page, said.notes)


def mended(looked: Looked, name: str, config: Config, ignored: Iterable[str]) -> tuple[Looked, int]:
    """The text with all its safe fixes, judged again, and how many fixes that were."""
    fixes = 0
    for _ in range(_MOST_ROUNDS):
        text, done = looked.fixed()
        if not done:
            break
        fixes += done
        looked = look(text, name, config, ignored)
    return looked, fixes


def _asks_for_a_posting(finding: Finding, posting: Posting) -> bool:
    """True for remarks on the posting as a whole, which a page that is none cannot satisfy."""
    whole = not finding.unit or finding.unit == posting.title_unit
    return whole and finding.severity is not Severity.ERROR


def _set_aside(
    text: str,
    posting: Posting,
    found: Iterable[Finding],
    orders: tuple[Ignore, ...],
    select: frozenset[str],
    without: frozenset[str],
) -> tuple[tuple[Finding, ...], dict[Finding, str]]:
    """All findings, those about the comments too, and the reasons of those that a comment sets aside."""
    ignores = Ignores(orders, posting, families())
    kept = [finding for finding in found if not any(finding.span.meets(order.span) for order in orders)]
    aside = {finding: reason for finding in kept if (reason := ignores.reason_for(finding)) is not None}
    active = {
        rule
        for rule, family in families().items()
        if not {rule, family} & without and (not select or {rule, family} & select)
    }
    ran = active if posting.language == "en" else frozenset()
    own = [finding for finding in ignores.findings(text, ran) if finding.rule in active]
    return tuple(sorted([*kept, *own], key=lambda f: (f.span.start, f.span.end, f.rule))), aside
