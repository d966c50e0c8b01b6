"""What goes to the model: units with contacts as placeholders bound to them, without hidden characters.

Quotes and facts compare in the sent view; what is written uses the source's own characters, through `restore` and
the offset map behind `locate`.
"""

import hashlib
import re
from dataclasses import dataclass, field

from postwright.domain.posting import FactKind, Posting, Span, Unit, UnitKind
from postwright.reading.facts import facts_in
from postwright.reading.hidden import HIDDEN
from postwright.reading.words import fold

OPAQUE_NOTE = "[code kept in place]"
_OPEN, _CLOSE = "\u27e6", "\u27e7"
_PLACEHOLDER = re.compile(f"{_OPEN}([^{_OPEN}{_CLOSE}]*){_CLOSE}")


@dataclass(frozen=True, slots=True)
class _Sent:
    """A unit as it is sent: its text, and for each of its characters where it stands in the unit's own text."""

    text: str
    places: tuple[int, ...]  # one more than characters: the last is the end


@dataclass(frozen=True, slots=True)
class SentView:
    """A posting as the model sees it."""

    nonce: str
    _sent: dict[str, _Sent] = field(repr=False)
    _units: dict[str, Unit] = field(repr=False)
    _contacts: dict[str, tuple[str, str]] = field(repr=False)  # placeholder -> (unit id, contact as written)

    def text_of(self, unit_id: str) -> str:
        """The unit's text as it is sent. Raises KeyError for an unknown id."""
        return self._sent[unit_id].text

    def locate(self, unit_id: str, quote: str) -> Span | None:
        """Where a quote of the sent text stands in the source; white space, quotation marks and dashes aside."""
        sent, pieces = self._sent.get(unit_id), fold(quote).split()
        if sent is None or not pieces:
            return None
        found = re.search(r"\s+".join(re.escape(p) for p in pieces), fold(sent.text))
        if found is None:
            return None
        start, end = sent.places[found.start()], sent.places[found.end() - 1] + 1
        return Span(start, max(end, sent.places[found.end()] if sent.text[found.end() - 1] == _CLOSE else end)).shift(
            self._units[unit_id].span.start
        )

    def restore(self, text: str, cited: tuple[str, ...]) -> str:
        """The text with its contacts put back exactly.

        Raises ValueError for a placeholder that is unknown, altered, or bound to a unit that is not cited.
        """

        def contact(match: re.Match[str]) -> str:
            known = self._contacts.get(match.group())
            if known is None:
                raise ValueError("a placeholder that was never sent")
            if known[0] not in cited:
                raise ValueError(f"a contact of {known[0]}, which is not cited")
            return known[1]

        restored = _PLACEHOLDER.sub(contact, text)
        if self.nonce and self.nonce in restored:
            raise ValueError("an altered placeholder")
        return restored


def sent_view(posting: Posting, *, send_contacts: bool = False, nonce: str = "") -> SentView:
    """The view of a posting. The nonce comes from its text, so that the same posting makes the same request."""
    nonce = nonce or _nonce(posting.source)
    sent: dict[str, _Sent] = {}
    contacts: dict[str, tuple[str, str]] = {}
    for unit in posting.units:
        if unit.kind is UnitKind.OPAQUE:
            sent[unit.id] = _Sent(OPAQUE_NOTE, (*(0 for _ in OPAQUE_NOTE), len(unit.text)))
        else:
            sent[unit.id] = _sent_unit(unit, nonce, contacts, send_contacts=send_contacts)
    return SentView(nonce, sent, {u.id: u for u in posting.units}, contacts)


def _sent_unit(unit: Unit, nonce: str, contacts: dict[str, tuple[str, str]], *, send_contacts: bool) -> _Sent:
    text = unit.text
    spans = [] if send_contacts else sorted(f.span for f in facts_in(text) if f.kind is FactKind.CONTACT)
    parts: list[str] = []
    places: list[int] = []
    at = 0
    for span in (*spans, Span(len(text), len(text))):
        if span.start < at:
            continue
        for place in range(at, span.start):
            if not HIDDEN.match(text[place]) and text[place] not in _OPEN + _CLOSE:
                parts.append(text[place])
                places.append(place)
        if span.start < span.end:
            placeholder = f"{_OPEN}{nonce}-{len(contacts) + 1}{_CLOSE}"
            contacts[placeholder] = (unit.id, span.of(text))
            parts.append(placeholder)
            places += [span.start] * len(placeholder)
        at = span.end
    places.append(len(text))
    return _Sent("".join(parts), tuple(places))


def _nonce(text: str) -> str:
    turn = 0
    while (nonce := "c" + hashlib.sha256(f"{turn}{text}".encode("utf-8", "surrogatepass")).hexdigest()[:5]) in text:
        turn += 1
    return nonce
