"""Findings as SARIF 2.1.0 (OASIS), for code scanning. What the baseline or a comment knows is marked, never dropped."""

import os
from pathlib import PurePath
from urllib.parse import quote

from postwright import __version__
from postwright.domain.checked import CheckedFile, Place, Remark, Standing, Totals
from postwright.domain.finding import Severity
from postwright.reports.findings.json_ import dumped
from postwright.rules.engine import all_rules
from postwright.rules.rule import Rule

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
ROOT = "SRCROOT"
FINGERPRINT = "postwrightSentence/v1"

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "note"}


class Report:
    """Results stream out first; the rules they name come after, in the order they were met."""

    def __init__(self) -> None:
        self._first = True
        self._rules: dict[str, Remark] = {}
        self._index: dict[str, int] = {}
        self._failures: list[dict[str, object]] = []

    def opening(self) -> str:
        head = {
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {ROOT: {"description": {"text": "The folder that check was run in."}}},
        }
        return f'{{"$schema": {dumped(SCHEMA)}, "version": "2.1.0", "runs": [{dumped(head)[:-1]}, "results": ['

    def file(self, checked: CheckedFile) -> str:
        if checked.failure:
            self._failures.append(_notification(checked))
        where = location(checked.path)
        seen: dict[str, int] = {}
        pieces = []
        for remark in checked.remarks:
            times = seen[remark.fingerprint] = seen.get(remark.fingerprint, 0) + 1
            rule = remark.finding.rule
            self._rules.setdefault(rule, remark)
            result = _result(remark, where, self._index.setdefault(rule, len(self._index)), times)
            if checked.baseline and remark.standing is not Standing.IGNORED:
                result["baselineState"] = "new" if remark.standing is Standing.NEW else "unchanged"
            pieces.append(("\n" if self._first else ",\n") + dumped(result))
            self._first = False
        return "".join(pieces)

    def closing(self, totals: Totals) -> str:
        known = {rule.id: rule for rule in all_rules()}
        rules = [_rule(rule, remark, known.get(rule)) for rule, remark in self._rules.items()]
        driver = {"name": "postwright", "version": __version__, "semanticVersion": __version__, "rules": rules}
        invocation: dict[str, object] = {"executionSuccessful": totals.failed == 0}
        if self._failures:
            invocation["toolExecutionNotifications"] = self._failures
        return f'\n], "tool": {dumped({"driver": driver})}, "invocations": [{dumped(invocation)}]}}]}}\n'


def location(path: str) -> dict[str, object]:
    """An artifact location: relative to the root where it is inside, percent-encoded byte by byte."""
    whole = PurePath(path)
    uri = quote(os.fsencode(path.replace(os.sep, "/")), safe="/")
    if whole.is_absolute():
        return {"uri": f"file://{'' if uri.startswith('/') else '/'}{uri}"}
    # A first segment with a colon would read as a scheme; quote() has encoded it.
    return {"uri": uri, "uriBaseId": ROOT}


def _region(place: Place) -> dict[str, int]:
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }


def _result(remark: Remark, where: dict[str, object], index: int, times: int) -> dict[str, object]:
    finding = remark.finding
    region: dict[str, object] = {**_region(remark.place), "snippet": {"text": finding.quote}}
    result: dict[str, object] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{finding.why} Fix: {finding.fix}"},
        "locations": [{"physicalLocation": {"artifactLocation": where, "region": region}}],
        "partialFingerprints": {FINGERPRINT: f"{remark.fingerprint}:{times}"},
    }
    if remark.standing is Standing.IGNORED:
        result["suppressions"] = [{"kind": "inSource", "status": "accepted", "justification": remark.reason}]
    if finding.replacement is not None:
        replacement = {"deletedRegion": _region(remark.place), "insertedContent": {"text": finding.replacement}}
        change = {"artifactLocation": where, "replacements": [replacement]}
        result["fixes"] = [{"description": {"text": finding.fix}, "artifactChanges": [change]}]
    return result


def _rule(rule_id: str, remark: Remark, rule: Rule | None) -> dict[str, object]:
    """The rule as its data has it, or what a remark says about it for the rules on comments."""
    finding = remark.finding
    why, fix = (rule.why, rule.fix) if rule else (finding.why, finding.fix)
    severity = rule.severity if rule else finding.severity
    described: dict[str, object] = {
        "id": rule_id,
        "shortDescription": {"text": finding.group or rule_id},
        "fullDescription": {"text": why},
        "help": {"text": f"{why} {fix}" + (f" Source: {rule.source}" if rule else "")},
        "defaultConfiguration": {"level": _LEVELS[severity]},
    }
    if rule:
        described["properties"] = {"tags": [rule.family], "evidence": rule.evidence}
    return described


def _notification(checked: CheckedFile) -> dict[str, object]:
    return {
        "level": "error",
        "message": {"text": f"{checked.failure}. {checked.hint}".strip()},
        "locations": [{"physicalLocation": {"artifactLocation": location(checked.path)}}],
    }
