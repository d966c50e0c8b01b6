"""What goes to the model: units with contacts as placeholders bound to them, without hidden characters.

Quotes and facts compare in the sent view; what is written uses the source's own characters, through `restore` and
the map behind `locate`.
"""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from postwright.domain.posting import Fact, FactKind, Posting, Span, Unit, UnitKind
from postwright.reading.facts import facts_in
from postwright.reading.meaning.words import fold
from postwright.reading.screening.hidden import HIDDEN

OPAQUE_NOTE = "[code kept in place]"
OPEN, CLOSE = "\u27e6", "\u27e7"

_BRACKETED = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
_PERSONAL = ("linkedin.com/in/", "calendly.com/", "cal.com/", "wa.me/", "t.me/", "m.me/")
_MAYBE_CONTACT = re.compile(r"[@/]|\d{3}|\+\d|tel:|[\[({]\s?at\b", re.IGNORECASE)
"""What every contact and every link holds some of. Reading the facts of all sentences takes a third of the time."""
_BLANKS = re.compile(r"[\s\u23ce]+")  # the prompt shows line ends as U+23CE
_QUOTES = "\"'"


class _Piece(NamedTuple):
    """A stretch of the sent text from `at` on, and where it stands in the unit's own text.

    A copied piece maps character by character, any other (a placeholder, a note) as a whole.
    """

    at: int
    text: str
    raw: Span
    copied: bool


class _Sent(NamedTuple):
    """A unit as it is sent."""

    text: str
    pieces: tuple[_Piece, ...]  # none: the text is the unit's own
    start: int  # of the unit in the source

    def span(self, start: int, end: int) -> Span:
        """Where a non-empty stretch of the sent text stands in the source."""
        if not self.pieces:
            return Span(start, end).shift(self.start)
        first, last = self._piece(start), self._piece(end - 1)
        raw_start = first.raw.start + (start - first.at if first.copied else 0)
        raw_end = last.raw.start + (end - last.at) if last.copied else last.raw.end
        return Span(raw_start, raw_end).shift(self.start)

    def _piece(self, at: int) -> _Piece:
        return self.pieces[bisect_right(self.pieces, at, key=lambda piece: piece.at) - 1]


class _Contact(NamedTuple):
    unit: str
    written: str


@dataclass(frozen=True, slots=True)
class SentView:
    """A posting as the model sees it. The nonce stands in every placeholder and nowhere in the posting."""

    nonce: str
    _sent: dict[str, _Sent] = field(repr=False)
    _contacts: dict[str, _Contact] = field(repr=False)  # by placeholder

    def text_of(self, unit_id: str) -> str:
        """The unit's text as it is sent. Raises KeyError for an unknown id."""
        return self._sent[unit_id].text

    def masked(self, text: str) -> str:
        """`text` (a finding's quote, a pin) as it may be sent: contacts as their placeholders, no hidden character."""
        plain = HIDDEN.sub("", text)
        if not self._contacts:
            return plain
        known = {contact.written: placeholder for placeholder, contact in reversed(self._contacts.items())}
        parts, done = [], 0
        for span in _contact_spans(plain):
            parts += [plain[done : span.start], known.get(span.of(plain), f"{OPEN}contact{CLOSE}")]
            done = span.end
        return "".join(parts) + plain[done:]

    def locate(self, unit_id: str, quote: str) -> Span | None:
        """Where a quote of the sent text stands in the source; white space, letter case, quotes and dashes aside."""
        sent = self._sent.get(unit_id)
        if sent is None:
            return None
        text, places = _normal(sent.text)
        for wanted in _wordings(quote):
            found = text.find(wanted)
            if found >= 0:
                return sent.span(places[found], places[found + len(wanted) - 1] + 1)
        return None

    def restore(self, text: str, cited: tuple[str, ...]) -> str:
        """The text with its contacts put back exactly.

        Raises ValueError for a placeholder that is unknown, altered, or bound to a unit that is not cited.
        """
        own = "\n".join(self._sent[unit].text for unit in cited if unit in self._sent)

        def contact(found: re.Match[str]) -> str:
            known = self._contacts.get(found.group())
            if known is None:
                return self._own(found.group(), own)
            if known.unit not in cited:
                msg = f"a contact of {known.unit}, which is not cited"
                raise ValueError(msg)
            return known.written

        restored = _BRACKETED.sub(contact, text)
        self._check(_BRACKETED.sub("", text), own)
        return restored

    def _own(self, bracketed: str, own: str) -> str:
        """A bracketed text that the source itself holds stays; our brackets around anything else are forged."""
        if bracketed not in own or self.nonce.lower() in bracketed.lower():
            raise ValueError("a placeholder that was never sent")
        return bracketed

    def _check(self, rest: str, own: str) -> None:
        """What is left of a text without its placeholders may hold no piece of one."""
        loose = any(bracket in rest and bracket not in _BRACKETED.sub("", own) for bracket in (OPEN, CLOSE))
        if loose or self.nonce.lower() in rest.lower():
            raise ValueError("an altered placeholder")


def sent_view(
    posting: Posting, *, send_contacts: bool = False, nonce: str = "", extra: Iterable[Unit] = ()
) -> SentView:
    """The view of a posting, and of `extra` units (answers) that are sent with it.

    Without a nonce one is derived from the posting, so that the same posting makes the same request. Raises
    ValueError for a nonce that the posting holds, because its text could then pass for a placeholder.
    """
    extra = tuple(extra)
    everything = "\n".join((posting.source, *(unit.text for unit in extra)))
    if nonce and nonce.lower() in everything.lower():
        raise ValueError("the nonce stands in the posting")
    contacts: dict[str, _Contact] = {}
    maker = _Maker(nonce or _nonce(everything), contacts, send_contacts=send_contacts)
    sent = {unit.id: maker.sent(unit) for unit in (*posting.units, *extra)}
    return SentView(maker.nonce, sent, contacts)


class _Maker:
    """Makes sent units, and numbers their contacts in reading order."""

    def __init__(self, nonce: str, contacts: dict[str, _Contact], *, send_contacts: bool) -> None:
        self.nonce = nonce
        self._contacts = contacts
        self._send_contacts = send_contacts

    def sent(self, unit: Unit) -> _Sent:
        whole = Span(0, len(unit.text))
        if unit.kind is UnitKind.OPAQUE:
            return _Sent(OPAQUE_NOTE, (_Piece(0, OPAQUE_NOTE, whole, copied=False),), unit.span.start)
        shown = _shown(unit.text)
        if shown == [whole] and (self._send_contacts or not _contact_spans(unit.text)):  # as nearly all are
            return _Sent(unit.text, (), unit.span.start)
        plain = "".join(shown_span.of(unit.text) for shown_span in shown)
        hidden = [] if self._send_contacts else _contact_spans(plain)
        pieces: list[_Piece] = []
        at = 0
        for text, raw, copied in self._parts(unit, plain, shown, hidden):
            pieces.append(_Piece(at, text, raw, copied))
            at += len(text)
        return _Sent("".join(piece.text for piece in pieces), tuple(pieces), unit.span.start)

    def _parts(self, unit: Unit, plain: str, shown: list[Span], hidden: list[Span]) -> Iterator[tuple[str, Span, bool]]:
        """The pieces of a unit in order: its own text in stretches without hidden characters, and placeholders."""
        origin = _Origin(shown)
        done = 0
        for span in (*hidden, Span(len(plain), len(plain))):
            for stretch in origin.stretches(Span(done, span.start)):
                yield stretch.of(unit.text), stretch, True
            if span.start < span.end:
                yield self._placeholder(unit.id, span.of(plain)), origin.raw(span), False
            done = span.end

    def _placeholder(self, unit_id: str, written: str) -> str:
        placeholder = f"{OPEN}{self.nonce}-{len(self._contacts) + 1}{CLOSE}"
        self._contacts[placeholder] = _Contact(unit_id, written)
        return placeholder


class _Origin:
    """Maps places of a text without hidden characters to the text with them."""

    def __init__(self, shown: list[Span]) -> None:
        self._shown = shown
        self._starts = [0]
        for span in shown:
            self._starts.append(self._starts[-1] + span.end - span.start)

    def _of(self, place: int) -> int:
        index = min(bisect_right(self._starts, place) - 1, len(self._shown) - 1)
        return self._shown[index].start + place - self._starts[index]

    def raw(self, span: Span) -> Span:
        """The stretch of the raw text behind a non-empty stretch of the plain one, hidden characters included."""
        return Span(self._of(span.start), self._of(span.end - 1) + 1)

    def stretches(self, span: Span) -> Iterator[Span]:
        """The same, cut at hidden characters."""
        done = span.start
        while done < span.end:
            index = bisect_right(self._starts, done) - 1
            end = min(span.end, self._starts[index + 1])
            yield Span(self._of(done), self._of(end - 1) + 1)
            done = end


def _shown(text: str) -> list[Span]:
    """The stretches between hidden characters."""
    spans, done = [], 0
    for found in HIDDEN.finditer(text):
        if found.start() > done:
            spans.append(Span(done, found.start()))
        done = found.end()
    if done < len(text):
        spans.append(Span(done, len(text)))
    return spans


def _contact_spans(text: str) -> list[Span]:
    """Contacts and personal pages, in order, not overlapping."""
    spans: list[Span] = []
    if not _MAYBE_CONTACT.search(text):
        return spans
    for fact in facts_in(text):
        if _is_contact(fact) and (not spans or spans[-1].end <= fact.span.start):
            spans.append(fact.span)
    return spans


def _is_contact(fact: Fact) -> bool:
    return fact.kind is FactKind.CONTACT or (fact.kind is FactKind.LINK and fact.norm.lower().startswith(_PERSONAL))


def _nonce(text: str) -> str:
    low, turn = text.lower(), 0
    while (nonce := "c" + hashlib.sha256(f"{turn}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()[:5]) in low:
        turn += 1
    return nonce


def _normal(text: str) -> tuple[str, list[int]]:
    """Folded, with runs of white space as one blank, and where each character comes from."""
    folded = fold(text)
    parts: list[str] = []
    places: list[int] = []
    done = 0
    for blanks in _BLANKS.finditer(folded):
        parts += [folded[done : blanks.start()], " "]
        places += [*range(done, blanks.start()), blanks.start()]
        done = blanks.end()
    places += range(done, len(folded))
    return "".join(parts) + folded[done:], places


def _wordings(quote: str) -> Iterator[str]:
    """The quote as it may stand in the text: as given, and without quotation marks around it."""
    wanted = _normal(quote)[0].strip()
    if wanted:
        yield wanted
    if len(wanted) > 2 and wanted[0] in _QUOTES and wanted[-1] in _QUOTES:
        yield wanted[1:-1].strip()
