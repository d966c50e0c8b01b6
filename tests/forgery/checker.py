"""An independent check of the promise on the bytes of a draft. It shares no code with the product: own patterns, own
words, own idea of what is protected. It is simple and strict where the product is subtle, so it sees what that misses.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from forgery.books import Books
from forgery.protected import protected_runs, sentences
from forgery.seen import LIST_MARKER, MARK, SOFT, body_of
from forgery.words import FRAME, content, fold, numbers, stem, stems
from postwright.domain.draft import DecisionKind
from postwright.domain.house import HEADINGS

_HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$")
_UNDERLINE = re.compile(r"^ {0,3}(?:-+|=+)\s*$")
_LINKS = re.compile(
    r"https?://[^\s<>()\[\]\"']+|\bwww\.[^\s<>()\[\]\"']+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\]\([^)]*\)|!\[", re.IGNORECASE
)
_PHONE = re.compile(r"(?<![\w-])(?:\+?\d{1,3}[ .-])?\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}\b|(?<![\w-])\d{3}-\d{4}\b")
_MONEY = re.compile(r"[$£€¥₹]\s?\d[\d,.]*|\b(?:USD|CAD|GBP|EUR)\s?\d[\d,.]*|\d+(?:\.\d+)?\s?%", re.IGNORECASE)
_CREDENTIAL = re.compile(
    r"\b(?:RN|LPN|NP|MD|DO|PharmD|PhD|MBA|MHA|MPH|MSN|BSN|DNP|BLS|ACLS|PALS|BCPS|CPHIMS|CISSP|PMP|CIPP|HITRUST|ITIL|FHIR|"
    r"HL7|DICOM|HIPAA|GDPR|FDA|CLIA|SOC\s?2|ISO\s?\d+|R4|R5|SNOMED|LOINC|RxNorm|Epic|Cerner|Meditech|athenahealth|"
    r"Rhapsody|Cloverleaf|Snowflake|Databricks|Kubernetes|Terraform|PyTorch|TensorFlow|AWS|Azure|GCP)\b"
)
_CODE = re.compile(
    r"<[A-Za-z!/?%][^>\n]*>?|\{\{.*?\}\}|\{%.*?%\}|\$\{[^}]*\}|\{[A-Za-z_/][^}\n]*\}|&#?\w+;|javascript:", re.IGNORECASE
)
_PROPOSED = re.compile(r"\*\*\[confirm c[1-9]\d*\]\*\*")
_FORGED = re.compile(r"\[?\s*confirm\s+c\d+", re.IGNORECASE)
_NICE_HEADING = re.compile(r"\b(?:preferred|nice to have|bonus|desir\w+|it helps|a plus|good to have)\b", re.IGNORECASE)
_MUST_HEADING = re.compile(
    r"^(?:you need|conditions of the job|requirements?|required.*|minimum.*|must.?haves?|essential.*|you must have.*)$",
    re.IGNORECASE,
)
_MUST_WORDS = re.compile(r"\b(?:must|required|mandatory|essential|you need)\b", re.IGNORECASE)
_EXTRA = frozenset(
    ["pay", "range", "benefits", "closing", "date", "closes", "hours", "travel", "call", "sponsorship", "accommodation"]
)


def check(
    source: str, draft: str, books: Books, answers: Iterable[str] = (), profile: Iterable[str] = (), labels: str = ""
) -> list[str]:
    """What is wrong with the draft of this source; nothing when the promise holds.

    `answers` and `profile` are the texts that outrank the posting, `labels` the names of typed slots that code may
    set before an answer. Each finding is one line: the invariant, what is wrong, where.
    """
    if not books.rewritten:
        return [*_marked_up(source, draft), *_marks(draft, books)]
    facts = "\n".join([source, *answers, *profile])
    said = _unmarked(draft)
    return [
        *_front(source, draft),
        *_protected(source, draft, books),
        *_facts(said, facts),
        *_words(said, f"{facts}\n{labels}"),
        *_clean(draft, facts),
        *_headings(source, draft),
        *_marks(draft, books),
        *_nothing_lost(source, body_of(draft), said, books),
        *_tiles(draft, books),
        *_strength(source, draft, books),
    ]


def unmark(text: str) -> str:
    """A marked-up original without its marks."""
    return re.sub(r" ?\*\*\[confirm c[1-9]\d*(?:: [^\]\n]*)?\]\*\*", "", text)


def _marked_up(source: str, draft: str) -> Iterator[str]:
    if unmark(draft) != source:
        yield "I9: the marked-up original is not the source with marks"


def _front(source: str, draft: str) -> Iterator[str]:
    front = source[: len(source) - len(body_of(source))]
    if not draft.startswith(front) or (not front and len(body_of(draft)) != len(draft)):
        yield "I1: front matter changed"


def _protected(source: str, draft: str, books: Books) -> Iterator[str]:
    if books.superseded:
        return
    stands = "".join(line for line in draft.splitlines(keepends=True) if not _PROPOSED.search(line))
    for kind, text in protected_runs(source):
        have, want = stands.count(text), source.count(text)
        if have != want:
            yield f"I1: {kind} stands {have}x, not {want}x: {text!r}"


def _unmarked(draft: str) -> list[str]:
    """Lines of the draft's body that state something: no headings, no pending lines, no list markers."""
    rows = []
    for line in body_of(draft).splitlines():
        pending = MARK.search(line)
        if pending and pending[2] is None:
            continue
        text = LIST_MARKER.sub("", MARK.sub("", line)).strip()
        if text and not _HEADING.match(text):
            rows.append(text)
    return rows


def _facts(said: list[str], facts: str) -> Iterator[str]:
    known, folded = numbers(facts), fold(facts)
    for row in said:
        for number in numbers(row) - known:
            yield f"I2: number {number} is in no source: {row!r}"
        for pattern in (_LINKS, _PHONE, _MONEY, _CREDENTIAL):
            for found in pattern.findall(row):
                bare = fold(found).rstrip(".,;:")
                if bare not in folded and stem(bare) not in stems(facts):
                    yield f"I2: {found!r} is in no source: {row!r}"


def _words(said: list[str], facts: str) -> Iterator[str]:
    known, whole = stems(facts), fold(facts)
    for row in said:
        for word in content(row):
            parts = {stem(word)} | {stem(part) for part in re.split("['’]", word)}
            glued = len(word) >= 4 and fold(word) in whole  # "HardyJob titleEmail": a page's lost line ends
            if not parts & known and not glued and fold(word) not in FRAME | _EXTRA:
                yield f"I2: word {word!r} is in no source: {row!r}"


def _clean(draft: str, facts: str) -> Iterator[str]:
    folded = fold(facts)
    for piece in {*_CODE.findall(draft), *_LINKS.findall(draft)}:
        if draft.count(piece) > facts.count(piece) and fold(piece).rstrip(".,;:") not in folded:
            yield f"I6: {piece!r} is in no source"
    for char in set(draft):
        hidden = unicodedata.category(char) in {"Cc", "Cf", "Zl", "Zp"} and char not in "\n\t\r"
        if hidden and char not in facts:
            yield f"I6: hidden character U+{ord(char):04X}"


def _headings(source: str, draft: str) -> Iterator[str]:
    house = {fold(heading) for heading in HEADINGS.values() if heading}
    folded = fold(source)
    for line in body_of(draft).splitlines():
        heading = _HEADING.match(line)
        if heading and fold(heading[1]) not in house and fold(MARK.sub("", heading[1])) not in folded:
            yield f"I7: heading {heading[1]!r} is in neither the house list nor the source"


def _marks(draft: str, books: Books) -> Iterator[str]:
    known = {decision: kind for decision, kind, *_ in books.decisions}
    for line in draft.splitlines():
        marks = list(MARK.finditer(line))
        if len(marks) > 1 and books.rewritten:
            yield f"I5: two marks on one line: {line!r}"
        if len(_FORGED.findall(MARK.sub("", line))):
            yield f"I5: something like a mark that is none: {line!r}"
        for mark in marks:
            if mark[1] not in known:
                yield f"I5: {mark[1]} is no decision: {line!r}"
            if books.rewritten and known.get(mark[1]) != DecisionKind.SUPERSEDED:
                yield from _pending(line, mark)


def _pending(line: str, mark: re.Match[str]) -> Iterator[str]:
    text = line[mark.end() :] if mark[2] is None else mark[2]
    if re.search(r"\d|@\w|https?:|www\.|\]\(", text):
        yield f"I5: pending text holds a fact: {line!r}"
    if mark[2] is None and LIST_MARKER.sub("", line[: mark.start()]).strip():
        yield f"I5: text before the mark: {line!r}"


def _nothing_lost(source: str, draft: str, said: list[str], books: Books) -> Iterator[str]:
    there = stems(draft) | stems(books.given_up)
    whole = fold(" ".join(said)) + fold(books.given_up)
    lines = body_of(source).splitlines()
    for line, after in zip_longest(lines, lines[1:], fillvalue=""):
        if _HEADING.match(line) or _UNDERLINE.match(after) or line.rstrip(" *").endswith(":"):
            continue
        for sentence in sentences(LIST_MARKER.sub("", line)):
            words = {stem(word) for word in content(sentence)}
            if len(words) >= 4 and fold(sentence) not in whole and len(words & there) < len(words) / 2:
                yield f"I3: nobody tells what became of {sentence!r}"


def _tiles(draft: str, books: Books) -> Iterator[str]:
    at, gaps = len(draft) - len(body_of(draft)), []
    for entry in sorted(books.entries, key=lambda entry: (entry.start, entry.end)):
        if entry.start < at and entry.end > entry.start:
            yield f"ledger: {entry.line} overlaps another line"
        gaps.append(draft[at : entry.start])
        at = max(at, entry.end)
    if at > len(draft):
        yield "ledger: a line lies beyond the draft"
    for line in "".join([*(f"{gap}\n" for gap in gaps), draft[at:]]).splitlines():
        left = LIST_MARKER.sub("", MARK.sub("", f"{line} ")).strip()
        if left and not _HEADING.match(line) and left not in {"-", "*", "#"}:
            yield f"ledger: text that no line owns: {line!r}"


def _strength(source: str, draft: str, books: Books) -> Iterator[str]:
    asks = [(words, nice) for words, nice in _source_asks(source) if len(words) >= 1]
    owned = {draft[entry.start : entry.end] for entry in books.spoken()}
    for heading, text in _draft_asks(draft):
        words = {stem(word) for word in content(text)}
        must = _MUST_WORDS.search(text) or _MUST_HEADING.match(heading)
        if not must or SOFT.search(fold(text)) or not words or not any(text in line or line in text for line in owned):
            continue
        best = max(len(words & other) / len(words | other) for other, _ in asks) if asks else 0
        tops = [nice for other, nice in asks if len(words & other) / len(words | other) == best]
        if best >= 0.5 and all(tops):
            yield f"I4: a must that the source only prefers: {text!r}"


def _source_asks(source: str) -> Iterator[tuple[set[str], bool]]:
    under_nice = False
    for line in body_of(source).splitlines():
        text = LIST_MARKER.sub("", line).strip()
        titled = _HEADING.match(line) or (text.endswith((":", "**")) and len(text) < 60)
        if titled:
            under_nice = bool(_NICE_HEADING.search(text))
        elif text:
            for sentence in sentences(text):
                yield {stem(word) for word in content(sentence)}, under_nice or bool(SOFT.search(fold(sentence)))


def _draft_asks(draft: str) -> Iterator[tuple[str, str]]:
    heading = ""
    for line in body_of(draft).splitlines():
        if found := _HEADING.match(line):
            heading = found[1]
        elif line.strip() and not MARK.search(line):
            yield heading, LIST_MARKER.sub("", line).strip()
