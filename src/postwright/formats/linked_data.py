"""schema.org JobPosting as JSON-LD, alone in a file or in a page's script: its text and its facts."""

import html
import re
from collections.abc import Iterator, Mapping

from postwright.domain.errors import PostingUnreadable
from postwright.formats.front import front_of
from postwright.formats.html_page import fragment, hidden_notes, unescaped
from postwright.formats.html_text import Written
from postwright.formats.json_values import items, loaded, mapping, text_of
from postwright.formats.marks import escaped
from postwright.formats.source import Form, Source, bounded, safe_key

_WRAPPING = re.compile(r"^\s*(?://)?\s*(?:<!\[CDATA\[|<!--)|(?://)?\s*(?:\]\]>|-->)\s*$")
_SECTIONS = {
    "responsibilities": "Responsibilities",
    "qualifications": "Qualifications",
    "educationRequirements": "Education",
    "experienceRequirements": "Experience",
    "skills": "Skills",
    "jobBenefits": "Benefits",
    "benefits": "Benefits",
    "incentiveCompensation": "Incentives",
    "workHours": "Hours",
    "physicalRequirement": "Physical requirements",
}

Node = Mapping[str, object]


def job_postings(value: object) -> list[Node]:
    """Every JobPosting in JSON-LD: plain, in an array or in a graph; the type may be one of several."""
    return [node for node in _nodes(value) if any(text_of(t).endswith("JobPosting") for t in items(node.get("@type")))]


def _nodes(value: object) -> Iterator[Node]:
    for part in items(value):
        if node := mapping(part):
            yield node
            yield from _nodes(node.get("@graph"))


def in_page(text: str, name: str) -> list[Node]:
    """The JobPostings in a page's scripts. A script that is no JSON is passed over: the page has its text too."""
    found: list[Node] = []
    for script in _scripts(text):
        try:
            found += job_postings(loaded(_WRAPPING.sub("", script), name))
        except PostingUnreadable:
            continue
    return found


def _scripts(text: str) -> Iterator[str]:
    """The contents of the JSON-LD scripts, found in one pass."""
    low, start = text.lower(), 0
    while (script := low.find("<script", start)) >= 0:
        inside = low.find(">", script) + 1
        start = low.find("</script", inside)
        if inside == 0 or start < 0:
            return
        if "application/ld+json" in low[script:inside]:
            yield text[inside:start]


def linked_sources(nodes: list[Node], name: str) -> tuple[Source, ...]:
    """Each JobPosting as a source. Raises PostingUnreadable for one that holds no text."""
    alone = len(nodes) == 1
    sources: list[Source] = []
    taken: set[str] = set()
    for number, node in enumerate(nodes, 1):
        key = "" if alone else safe_key(_identifier(node) or f"posting-{number}")
        key = f"{key}-{number}" if key in taken else key
        taken.add(key)
        sources.append(_source(node, key, name if alone else f"posting {number} of {name}"))
    return tuple(sources)


def _source(node: Node, key: str, name: str) -> Source:
    title = html.unescape(text_of(node.get("title")) or text_of(node.get("name")))
    body = _fragment(node.get("description"), name)
    blocks = list(body.blocks)
    told = _flat("\n".join(blocks))
    for field, heading in _SECTIONS.items():
        part = _fragment(_text(node.get(field)), name)
        body.hidden.extend(part.hidden)
        if part.blocks and _flat("\n".join(part.blocks)) not in told:
            blocks += [f"## {heading}", *part.blocks]
    if not blocks:
        raise PostingUnreadable(f"{name} holds a JobPosting without a description", hint="name the page itself")
    text = front_of(_facts(node)) + (f"# {escaped(title)}\n\n" if title else "") + Written(blocks).markdown
    return Source(bounded(text, name), Form.JSONLD, key, notes=hidden_notes(body.hidden))


def _fragment(value: object, name: str) -> Written:
    if not isinstance(value, str) or not value.strip():
        return Written()
    markup, _ = unescaped(bounded(value, name))
    if "<" not in markup:  # plain text: its line ends are all the structure there is
        markup = html.escape(html.unescape(markup), quote=False).replace("\n", "<br>")
    return fragment(markup)


def _text(value: object) -> object:
    """A property as text: itself, its name, or a list of these."""
    if isinstance(value, list):
        return "<br>".join(text for item in value if isinstance(text := _text(item), str))
    node = mapping(value)
    return text_of(node.get("name") or node.get("credentialCategory") or node.get("description")) if node else value


def _flat(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _identifier(node: Node) -> str:
    value = node.get("identifier")
    return text_of(mapping(value).get("value")) or text_of(value)


def _facts(node: Node) -> dict[str, str]:
    facts = {
        "company": _name(node.get("hiringOrganization")),
        "location": "; ".join(filter(None, map(_place, items(node.get("jobLocation"))))),
        "location_type": text_of(node.get("jobLocationType")),
        "employment_type": ", ".join(filter(None, map(text_of, items(node.get("employmentType"))))),
        "salary": _salary(node),
        "date_posted": text_of(node.get("datePosted")),
        "valid_through": text_of(node.get("validThrough")),
        "requisition_id": _identifier(node),
    }
    return {key: html.unescape(value) for key, value in facts.items()}


def _name(value: object) -> str:
    return text_of(mapping(value).get("name")) or text_of(value)


def _place(value: object) -> str:
    address = mapping(mapping(value).get("address") or value)
    if not address:
        return text_of(mapping(value).get("address")) or text_of(value)
    parts = ("addressLocality", "addressRegion", "addressCountry")
    return ", ".join(filter(None, (_name(address.get(part)) for part in parts)))


def _salary(node: Node) -> str:
    pay = node.get("baseSalary")
    amount = mapping(mapping(pay).get("value")) or mapping(pay)
    low, high = text_of(amount.get("minValue")), text_of(amount.get("maxValue"))
    figures = f"{low}-{high}" if low and high and low != high else low or high or text_of(pay)
    currency = text_of(mapping(pay).get("currency")) or text_of(node.get("salaryCurrency"))
    unit = text_of(amount.get("unitText")).lower()
    return " ".join(filter(None, (currency, figures, f"per {unit}" if unit and figures else ""))) if figures else ""
