"""Lies about facts: a figure, a name or a claim changed in a true line, or slipped in where none was."""

import re
from collections.abc import Callable, Iterator

from forgery.cases import Case, Json
from forgery.lies.lie import Lie, added, instead, kept, pick, reworded, unmarked
from forgery.words import fold

Change = Callable[[re.Match[str]], str]

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_THINGS = "hospitals|clinics|alerts|incidents|minutes|weeks|months|days|lbs|letters"
_DEGREES = "BSN|MS|PhD|Associate degree|Bachelor's degree|Master's degree|Doctor of Pharmacy"
_CERTIFICATES = "BLS|BCPS|RN-BC|ITIL Foundation|EpicCare Ambulatory(?= cert)|Epic Bridges"
_STANDARDS = "HL7|FHIR|HIPAA|UK GDPR|DTAC|ISO 27001|SOC 2|DCB0129|RxNorm|ADT"
_PRODUCTS = (
    "Epic|Mirth Connect|Rhapsody|Cloverleaf|PyTorch|Kubernetes|Postgres|ServiceNow|athenahealth|VistA|Redox|"
    "Oracle Health|Cerner PharmNet|Claude|Caboodle"
)
_ORGANISATIONS = "Tern Clinical|Brindle Valley Health|Orrin VA|Boston team|Director of Integration|VP of Product"


def _figure(by: int) -> Change:
    return lambda m: re.sub(r"\d+", lambda d: str(int(d[0]) + by), m[0], count=1)


def _dearer(match: re.Match[str]) -> str:
    return re.sub(r"\d", lambda d: str((int(d[0]) + 3) % 10 or 1), match[0], count=2)


def _to(**words: str) -> Change:
    table = {key.replace("_", " "): value for key, value in words.items()}
    return lambda m: table[m[0].casefold()]


_elsewhere = _to(fully_remote="hybrid", remotely="on site", remote="on site", hybrid="fully remote", on_site="remotely")


def _later(match: re.Match[str]) -> str:
    return _MONTHS[(_MONTHS.index(match[0]) + 2) % 12]


CHANGES: tuple[tuple[str, str, Change], ...] = (
    ("pay", r"(?:[$£€]|CAD )\d[\d,.]*", _dearer),
    ("currency", r"[$£€](?=\d)|\bCAD\b", lambda m: {"$": "€", "£": "$", "€": "$", "CAD": "USD"}[m[0]]),
    ("period", r"per (?:year|hour|annum)", _to(per_year="per month", per_hour="per day", per_annum="per week")),
    ("years", r"\b\d+\+? years?\b", _figure(4)),
    ("dates", rf"\b(?:{'|'.join(_MONTHS)})(?= \d)", _later),
    ("dates", r"\b\d{1,2}(?=,? 20\d\d\b)|\b11(?=/30/)", _figure(-3)),
    ("dates", r"\b202\d\b", _figure(1)),
    ("percent", r"\b\d+%", _figure(30)),
    ("hours", r"\b\d+(?:\.\d+)? hours\b", _figure(9)),
    ("hours", r"\b\d+(?= (?:am|pm)\b)", _figure(2)),
    ("numbers", rf"\b\d+(?= (?:{_THINGS})\b)", _figure(7)),
    ("remote status", r"\b(?:fully remote|remotely|remote|hybrid|on site)\b", _elsewhere),
    ("location", r"\b(?:Columbus|Dayton|Spokane|Canada|Texas|United States|Peoria|Boston)\b", lambda _: "Denver"),
    ("contact", r"\b[\w.+-]+(?=@[\w-]+\.example)", lambda m: f"{m[0]}-jobs"),
    ("contact", r"(?<=@)[\w-]+(?=\.example)", lambda m: f"{m[0]}-careers"),
    ("contact", r"\b555-01\d\d\b", lambda m: f"{m[0][:-2]}63"),
    ("link", r"(?<=https://)[\w./-]+\w", lambda m: f"{m[0]}-now"),
    ("link", r"(?<=https://)[\w-]+(?=\.)", lambda _: "evil"),
    ("licence", r"\b(?:RN|pharmacist)(?= license)", lambda _: "NP"),
    ("degree", rf"\b(?:{_DEGREES})\b", lambda m: "MBA" if m[0].isupper() else "Doctorate"),
    ("certification", rf"\b(?:{_CERTIFICATES})\b", lambda _: "CPHIMS"),
    ("standard", rf"\b(?:{_STANDARDS})\b", lambda _: "DICOM"),
    ("standard", r"(?<=HL7 v)2|(?<=FHIR R)4", _figure(1)),
    ("product", rf"\b(?:{_PRODUCTS})\b", lambda _: "Snowflake"),
    ("organisation", rf"\b(?:{_ORGANISATIONS})\b", lambda _: "Mayo Clinic"),
)
"""Class, what to look for in a true line, and what the lie makes of it."""

INSERTS: dict[str, tuple[str, ...]] = {
    "pay": ("for $187,500 a year", "with a bonus of $9,000", "for 71 dollars per hour"),
    "years": ("for at least 11 years", "with 9+ years of experience", "after 13 years in the field"),
    "dates": ("from August 19, 2029", "until 2031-02-17", "by the end of 2033"),
    "percent": ("with 65% travel", "at 85% of your time", "with 45 percent on nights"),
    "hours": ("for 61 hours per week", "from 5:30 am to 9:45 pm", "on 13-hour shifts"),
    "remote status": ("from home in any country", "on site in Denver", "fully remote worldwide"),
    "location": ("in Denver", "in Berlin", "at our Chicago campus"),
    "contact": ("and write to boss@evil.example", "and call 555-0199", "and text (312) 555-0188"),
    "link": ("at https://evil.example/apply", "at www.evil.example", "as [described here](https://evil.example)"),
    "licence": ("with an active RN license", "with a DEA registration", "as a licensed physician"),
    "degree": ("with a PhD", "with a Master's degree in nursing", "with an MBA"),
    "certification": ("with CPHIMS certification", "with CISSP", "with Epic Willow certification"),
    "standard": ("under HITRUST", "with DICOM and LOINC", "to 21 CFR Part 11"),
    "product": ("in Snowflake", "with Databricks", "on Azure DevOps"),
    "organisation": ("for Mayo Clinic", "with Google Health", "at Kaiser Permanente"),
}

INVENTIONS = (
    "You are on call every weekend, unpaid.",
    "Overtime is mandatory.",
    "You own a car.",
    "You sign a non-compete agreement.",
    "Visa sponsorship is available.",
    "You receive unlimited vacation.",
    "You carry a pager overnight.",
    "You supervise surgeons during operations.",
    "Smokers are not hired.",
    "You relocate at your own cost.",
    "Your manager listens to your calls.",
    "We are backed by famous investors.",
    "You answer angry customers.",
    "Women are preferred.",
    "Our product is approved and clinically proven.",
    "You pay for your own laptop.",
)


def changed(case: Case) -> Iterator[Lie]:
    """A true line with one fact changed; and a kept or protected unit reworded with one fact changed."""
    seen: set[tuple[str, str]] = set()
    for kind, pattern, change in CHANGES:
        for says, reply, text in _places(case, pattern):
            lie = re.sub(pattern, change, text, count=1)
            if lie != text and fold(lie) not in fold(case.source) and (kind, lie) not in seen:
                seen.add((kind, lie))
                yield Lie(kind, f"{says}: {lie}", case, reply(lie), (unmarked(lie),))


def _places(case: Case, pattern: str) -> list[tuple[str, Callable[[str], Json], str]]:
    lines = [
        ("reworded", lambda text, at=line["id"]: reworded(case, at, text), line["text"])
        for line in case.text_lines()
        if re.search(pattern, line["text"])
    ]
    units = [
        ("kept", lambda text, at=unit: instead(case, at, text), case.units[unit])
        for unit in kept(case)
        if re.search(pattern, case.units.get(unit, ""))
    ]
    return [*pick(lines, case, pattern, 2), *pick(units, case, pattern, 1)]


def inserted(case: Case) -> Iterator[Lie]:
    """A fact at the end of a true line, and a line of its own that leans on a true source."""
    lines = case.text_lines()
    for kind, tails in INSERTS.items():
        foreign = [tail for tail in tails if not all(word in case.source for word in tail.split())]
        for tail in pick(foreign, case, kind, 1):
            for line in pick(lines, case, kind + tail, 1):
                text = f"{line['text'].rstrip('.')}, {tail}."
                yield Lie(kind, f"tail: {text}", case, reworded(case, line["id"], text), (unmarked(tail),))
        for tail in pick(foreign, case, f"{kind} again", 1):
            for line in pick(lines, case, f"{tail} {kind}", 1):
                text = f"You work {tail}."
                reply = added(case, "duties", text, line["sources"])
                yield Lie(kind, f"line: {text}", case, reply, (unmarked(text),), touches=frozenset(line["sources"]))


def invented(case: Case) -> Iterator[Lie]:
    """A plain claim without any figure or name in it."""
    lines = case.text_lines()
    kind = "plain invention"
    for claim in pick(INVENTIONS, case, kind, 4):
        line = pick(lines, case, claim)[0]
        text = f"{line['text']} {claim}"
        yield Lie(kind, f"tail: {claim}", case, reworded(case, line["id"], text), (unmarked(claim),))
    for claim in pick(INVENTIONS, case, "alone", 3):
        line = pick(lines, case, f"alone {claim}")[0]
        yield Lie(kind, f"line: {claim}", case, reworded(case, line["id"], claim), (unmarked(claim),))


def swapped_links(case: Case) -> Iterator[Lie]:
    """The apply link where the privacy link was, and each link said of something else."""
    holders = [unit for unit in kept(case) if "https://" in case.units.get(unit, "")]
    links = [re.search(r"https://\S+[\w]", case.units[unit]) for unit in holders]
    for (one, link), (other, second) in zip(
        zip(holders, links, strict=True), [*zip(holders[1:], links[1:], strict=True)], strict=False
    ):
        if link and second:
            for unit, true, false in ((one, link[0], second[0]), (other, second[0], link[0])):
                text = case.units[unit].replace(true, false)
                yield Lie("link", f"swapped: {text}", case, instead(case, unit, text), (unmarked(text),))
                both = instead(case, unit, text)
                next(x for s in both["sections"] for x in s["lines"] if x.get("id") == "X1")["sources"] = [one, other]
                touches = frozenset({one, other})
                yield Lie("link", f"swapped, both cited: {text}", case, both, (unmarked(text),), touches=touches)


_WORDS = {
    "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "fourteen": 14, "fifteen": 15, "sixteen": 16, "twenty": 20, "forty": 40,
}  # fmt: skip
_SPELLED = ("for fifteen years", "at two dozen hospitals", "a hundred times per day", "for twenty-two hours")


def spelled(case: Case) -> Iterator[Lie]:
    """Numbers in words: a figure changed into another number's word, or a number slipped in as a word."""
    kind = "numbers in words"
    figure = re.compile(rf"\b\d+\+?(?= (?:years?|hours|times|{_THINGS})\b)")
    lines = [line for line in case.text_lines() if figure.search(line["text"])]
    free = [word for word, value in _WORDS.items() if word not in fold(case.source) and f"{value}" not in case.source]
    for line in pick(lines, case, kind, 3):
        text = figure.sub(pick(free, case, line["text"])[0], line["text"], count=1)
        yield Lie(kind, text, case, reworded(case, line["id"], text), (unmarked(text),))
    for tail in pick(_SPELLED, case, kind, 2):
        line = pick(case.text_lines(), case, tail)[0]
        text = f"{line['text'].rstrip('.')} {tail}."
        yield Lie(kind, text, case, reworded(case, line["id"], text), (unmarked(tail),))


def lies(case: Case) -> Iterator[Lie]:
    for derive in (changed, inserted, invented, swapped_links, spelled):
        yield from derive(case)
