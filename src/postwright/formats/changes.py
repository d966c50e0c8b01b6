"""Back to the ATS: a JSON line for each settled, changed posting, one to undo it, and a check for stale ones."""

import html
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from postwright.formats.source import Origin, Source, title_of
from postwright.formats.to_html import html_body
from postwright.formats.writing import refuse_pending


@dataclass(frozen=True, slots=True)
class Change:
    """A posting of an ATS before and after. `html` is in the encoding in which the old text came."""

    origin: Origin
    title: str
    html: str

    @property
    def after(self) -> Origin:
        """The entry as the ATS will hold it once the change is loaded."""
        rest = json.dumps(dict.fromkeys(self.origin.folded), sort_keys=True) if self.origin.folded else ""
        return replace(self.origin, title=self.title, value=self.html, rest=rest)


def change_of(source: Source, settled: str, path: str) -> Change | None:
    """The change that puts the settled text in place of the source; None when nothing changed or it is no ATS's.

    Raises UsageProblem for text with pending marks.
    """
    refuse_pending(settled, path)
    origin = source.origin
    if origin is None or settled == source.text:
        return None
    title, body = html_body(settled, path)
    for _ in range(origin.escapes):
        body = html.escape(body)
    return Change(origin, _title(title, origin), body)


def _title(settled: str, origin: Origin) -> str:
    """The title in the encoding in which the old one came, and its very bytes when it says the same."""
    if not settled or settled == title_of(origin.title):
        return origin.title
    return html.escape(settled, quote=False) if html.unescape(origin.title) != origin.title else settled


def changes_jsonl(changes: Iterable[Change]) -> str:
    """`changes.jsonl`: what to load, and the hash of what it replaces."""
    return "".join(_line(c.origin, c.title, c.html, c.origin.digest, dict.fromkeys(c.origin.folded)) for c in changes)


def rollback_jsonl(changes: Iterable[Change]) -> str:
    """`rollback.jsonl`: the same postings as they were, and the hash of what the change made of them."""
    return "".join(
        _line(c.origin, c.origin.title, c.origin.value, c.after.digest, json.loads(c.origin.rest or "{}"))
        for c in changes
    )


def _line(origin: Origin, title: str, text: str, replaces: str, rest: Mapping[str, object]) -> str:
    entry = {
        "system": origin.system,
        "id": origin.id,
        "replaces_sha256": replaces,
        "fields": {origin.title_field: title, origin.field: text, **rest},
    }
    return json.dumps(entry, ensure_ascii=False) + "\n"


def still_current(change: Change, fresh: Iterable[Source]) -> bool:
    """True if a fresh export holds the posting exactly as it was when the change was made."""
    return any(
        source.origin is not None
        and (source.origin.system, source.origin.id) == (change.origin.system, change.origin.id)
        and source.origin.digest == change.origin.digest
        for source in fresh
    )
