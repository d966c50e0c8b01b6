"""What was said about a text, kept so that the same text need not be judged again on the same day."""

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, NamedTuple

from postwright.domain.checked import Place, Remark, Standing
from postwright.domain.config import Config
from postwright.domain.finding import Finding, Layer, Severity
from postwright.domain.posting import Span
from postwright.storage.cache import Cache

_SCREENS = frozenset({"secret-in-text", "patient-data"})


class Said(NamedTuple):
    """What the rules say about a text, wherever it stands."""

    remarks: tuple[Remark, ...] = ()
    notes: tuple[str, ...] = ()  # what could not be judged
    page: str = ""  # why this is no posting, in one sentence

    @property
    def may_be_kept(self) -> bool:
        """False where an error is: it may quote a secret or a patient, which we leave nowhere else."""
        return not any(remark.finding.severity is Severity.ERROR for remark in self.remarks)


def is_screened(select: Iterable[str], ignored: Iterable[str]) -> bool:
    """True if secrets and patients are looked for: what nobody looked into may hold one, and is kept nowhere."""
    wanted, left_out = frozenset(select), frozenset(ignored)
    chosen = not wanted or "safety" in wanted or wanted >= _SCREENS
    return chosen and not left_out & (_SCREENS | {"safety"})


def key_of(text: str, file_name: str, config: Config, ignored: tuple[str, ...], *, fingerprints: bool) -> str:
    """All that what is said hangs on, as hex digits. The config must name its day."""
    from hashlib import blake2b  # noqa: PLC0415 - a few ms that a single file does not need

    settings = replace(config, where="", baseline="", exclude=(), ignore=(), per_file_ignores={})
    asked = f"{file_name}\0{settings}\0{ignored}\0{fingerprints}\0{text}"
    return blake2b(asked.encode("utf-8", "surrogatepass"), digest_size=20).hexdigest()


def keep(cache: Cache, key: str, said: Said) -> None:
    if said.may_be_kept:
        rows = [_row(remark) for remark in said.remarks]
        cache.put(key, json.dumps((rows, said.notes, said.page)).encode())


def recalled(cache: Cache, key: str) -> Said | None:
    """What was said under this key, or None: an entry that makes no sense counts as none."""
    entry = cache.get(key)
    try:
        if entry is None:
            return None
        rows, notes, page = json.loads(entry)
        return Said(tuple(map(_remark, rows)), tuple(notes), page)
    except (ValueError, TypeError, LookupError):
        return None


def _row(remark: Remark) -> tuple[object, ...]:
    finding = remark.finding
    about = (finding.rule, finding.severity, finding.unit, finding.span.start, finding.span.end, finding.quote)
    said = (finding.why, finding.fix, finding.replacement, finding.layer, finding.group)
    return about, said, remark.place, remark.fingerprint, remark.standing, remark.reason, remark.fails


def _remark(row: list[Any]) -> Remark:
    (rule, severity, unit, start, end, quote), said, place, fingerprint, standing, reason, fails = row
    why, fix, replacement, layer, group = said
    finding = Finding(
        rule,
        Severity(severity),
        unit,
        Span(start, end),
        quote,
        why,
        fix,
        replacement,
        Layer(layer) if layer else None,
        group,
    )
    return Remark(finding, Place(*place), fingerprint, Standing(standing), reason, fails)
