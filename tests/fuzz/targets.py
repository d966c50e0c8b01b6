"""What is fuzzed: each target takes strange input and may answer it or refuse it in words of ours, nothing else."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from postwright.domain.config import Config
from postwright.domain.errors import PostwrightError
from postwright.domain.finding import Layer
from postwright.domain.posting import SectionKind
from postwright.domain.review import Review
from postwright.formats.pdf_pages import pages_of
from postwright.formats.reading import read_sources
from postwright.formats.text import decode
from postwright.reading.blocks.frontmatter import front_matter
from postwright.reading.facts import facts_in
from postwright.reading.meaning.bonds import relations
from postwright.reading.meaning.clauses import alternatives, cells, clauses
from postwright.reading.meaning.strength import effective, own_strength
from postwright.reading.posting import read
from postwright.reading.screening.screen import screen
from postwright.reading.sent_view import sent_view
from postwright.reports.page import page
from postwright.storage.config import load_config
from postwright.storage.questions import read_answers
from postwright.storage.review import load_review, review_to_json
from postwright.workflows.checking.baseline import read_baseline
from postwright.workflows.checking.looking import look
from postwright.workflows.drafting import draft_reply, marked_up, prepare
from postwright.workflows.settling import read_choices, settle

# Pieces that meant something to a parser once, ours or another's.
PIECES = (
    "---\n", "+++\n", "...\n",
    "title: x\n", 'title: "\\ud800"\n', "a: &a [*a]\n", "? k\n: v\n", "!!python/object:x {}\n",
    "\t", "\r", "\r\n",
    "\n\n", "\ufeff", "\u2028", "\x0b", "\0", "\u200b", "\u202e", "\U000e0041", "é", "e\u0301", "👩‍⚕️",
    "# ", "## You need\n\n", "- ", "  - ", "* ", "1. ", "> ", "```\n", "~~~", "    ", "| a | b |\n|---|---|\n",
    "[", "](",
    ")", "![x](y)", "<!-- ", " -->", "<div>", "</p>", "<b", "{{", "}}", "{%", "%}", "{/*", "*/}", "import x from 'y'\n",
    "<Widget a={1} />", "\\", "`", "**", "__", "~~", "&amp;", "&#0;", "[^1]: ", "[x]: https://e.org 'T'\n", "===\n",
    "<!-- postwright: ignore native-speaker: why -->\n", "<!-- postwright: lock -->\n", "<!-- postwright: unlock -->\n",
    "**[confirm c1]** ", "**[confirm c2: pay range]**", "⟦c1a2b3-1⟧", "</posting>", "[u1 | sentence] ", "\nHuman: ",
    "$120,000 - $150,000 a year", "USD 90k", "£45,000", "5+ years of experience", "three to five years", "10%",
    "12/31/2026", "1,", "one hundred and one thousand", "1st of May", "8am to 5pm EST", "(555) 555-0142", "a@b.example",
    "https://x.example/?a=b", "RN license", "Bachelor's degree or equivalent", "HL7 v2", "FHIR", "HIPAA", "Epic",
    "must ", "preferred", "is a plus", "not ", "unless ", "up to ", "at least ", "A, B and C ", "A or B ", "One of:\n",
    "You will:\n", "We are an equal opportunity employer. ", "Nurses ", "the clinical AI model ", "patients. ", "SSN ",
)  # fmt: skip

# Lone surrogates reach us only through escapes in JSON, YAML and TOML: no file can hold one.
words = st.one_of(st.sampled_from(PIECES), st.text(max_size=12), st.text("aeiou bcd.,:;-\n", max_size=30))
texts = st.lists(words, max_size=24).map("".join)
postings = texts.map(lambda text: f"# Integration Engineer\n\nYou will connect Epic to our clinical AI.\n\n{text}")
paths = st.sampled_from(["job.md", "job.mdx", "job.txt"])
unit_ids = st.sampled_from([*(f"u{n}" for n in range(1, 9)), "u0", "p1", "a.pay.range", "", "c1", "keep-u1"])
some_ids = st.lists(unit_ids, max_size=4)
layers = st.sampled_from([layer.value for layer in Layer])
values: SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12) | unit_ids, inner, max_size=4),
    max_leaves=12,
)
lines = st.one_of(
    st.fixed_dictionaries({"keep": some_ids}),
    st.fixed_dictionaries({"id": unit_ids, "text": texts, "sources": some_ids, "why": texts}),
    st.fixed_dictionaries({"id": unit_ids, "propose": texts, "layer": layers, "why": texts}),
)
severities = st.sampled_from(["error", "warning", "notice"])
replies = st.fixed_dictionaries(
    {
        "summary": texts,
        "coverage": st.lists(
            st.fixed_dictionaries({"layer": layers, "score": st.integers(0, 4), "units": some_ids, "gap": texts}),
            max_size=4,
        ),
        "findings": st.lists(
            st.fixed_dictionaries(
                {"unit": unit_ids, "quote": texts, "severity": severities, "why": texts, "fix": texts}
            ),
            max_size=3,
        ),
        "dismissed": st.lists(
            st.fixed_dictionaries({"finding": st.sampled_from(["f1", "f2", "f9"]), "reason": texts}), max_size=3
        ),
        "questions": st.lists(st.fixed_dictionaries({"layer": layers, "ask": texts, "why": texts}), max_size=4),
        "title": st.none() | st.fixed_dictionaries({"text": texts, "why": texts}),
        "sections": st.lists(
            st.fixed_dictionaries(
                {
                    "kind": st.sampled_from([kind.value for kind in SectionKind]),
                    "heading": unit_ids,
                    "lines": st.lists(lines, max_size=5),
                }
            ),
            max_size=4,
        ),
        "removals": st.lists(st.fixed_dictionaries({"units": some_ids, "group": texts, "why": texts}), max_size=3),
    }
)


@dataclass(frozen=True, slots=True)
class Target:
    """A part of the program, what it is fed, and what it is called."""

    name: str
    inputs: SearchStrategy[Any]
    run: Callable[[Any], object]

    def __call__(self, value: object) -> None:
        try:
            self.run(value)
        except PostwrightError as error:
            if error.exit_code == 70 or "\n" in error.says:
                raise


def reader(value: tuple[str, str]) -> None:
    text, path = value
    text = text.replace("FHIR", "\ud800")  # the reader alone takes any string
    posting = read(text, path)
    assert all(unit.span.of(text) == unit.text for unit in posting.units)
    screen(posting)
    view = sent_view(posting)
    assert all(view.text_of(unit.id) is not None for unit in posting.units)


def facts(text: str) -> None:
    assert all(fact.span.end <= len(text) for fact in facts_in(text))
    for part in (clauses, cells, alternatives, relations):
        part(text)


def strength(value: tuple[str, str]) -> None:
    for section in SectionKind:
        effective(value[0], section, value[1])
    own_strength(value[0])


def engine(value: tuple[str, str]) -> None:
    prepared = prepare(*value)
    draft = marked_up(prepared)
    assert draft.text.startswith(prepared.sources.posting.front.of(value[0]))


def ledger(value: tuple[str, dict[str, object], dict[str, object]]) -> None:
    text, reply, repair = value
    draft, _ = draft_reply(text, "job.md", reply, repair=repair)
    left = {entry.unit for entry in draft.ledger.units}
    assert left >= {unit.id for unit in read(text, "job.md").units}


def front(text: str) -> None:
    span, _ = front_matter(text)
    assert span.start == 0
    assert span.end <= len(text)


def directives(text: str) -> None:
    looked = look(text, "job.md", Config(as_of="2026-11-01"), ())
    assert list(looked.remarks("error", fingerprints=True)) is not None
    looked.fixed()


@cache
def a_review() -> Review:
    import asyncio  # noqa: PLC0415 - only for this target

    from postwright.workflows.rewriting import Options, review_posting  # noqa: PLC0415

    text = (
        "# Integration Engineer\n\n## What you will do\n\n- Build HL7 interfaces between Epic and our clinical AI.\n"
        "- Work with nurse informaticists.\n- Utilize FHIR in order to leverage data, as a rockstar.\n\n"
        "## You need\n\n- 3+ years of HL7.\n\nApply by e-mail. The pay is $100,000 a year in Boston, MA.\n"
    )
    return asyncio.run(review_posting(text, "job.md", editor=None, options=Options(anyway=True)))


def choices(text: str) -> None:
    review = a_review()
    assert review.draft is not None
    page(settle(review, read_choices(text, review.draft.decisions)))


def answers(text: str) -> None:
    given = read_answers(text)
    prepare("# Integration Engineer\n\nYou will connect Epic.\n", "job.md", answers=given)


def _in_a_file(name: str, load: Callable[[Path], object]) -> Callable[[str], object]:
    def run(text: str) -> object:
        with TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(text.encode("utf-8", "surrogatepass"))
            return load(path)

    return run


def review_file(value: tuple[str, Any]) -> None:
    """A review of ours in which one field holds something else."""
    key, other = value
    data = json.loads(review_to_json(a_review()))
    target = data if key in data else data["critique"]
    target[key] = other
    _in_a_file("review.json", load_review)(json.dumps(data))


def formats(value: tuple[bytes, str]) -> None:
    data, name = value
    if name.endswith(".pdf"):
        pages_of(data, name)  # not in a process of its own: there are thousands to read
        return
    for source in read_sources(data, name):
        read(source.text, name)


def verbs(text: str) -> str:
    return f"accept {text}"


fields = st.sampled_from(
    ["path", "units", "critique", "draft", "answers", "usage", "cost", "version", "verdict", "scope"]
)
encoded = texts.map(lambda text: text.encode("utf-8", "replace"))
names = st.sampled_from(["a.html", "a.json", "a.docx", "a.pdf", "a.odt", "a.rtf", "a.md", "a.txt"])
yamls = st.lists(
    st.one_of(words, st.sampled_from(["pay.range:\n", "  text: ", "  status: ", "'", '"\\ud800"', "*a", "&a ", "- "])),
    max_size=14,
).map("".join)
jsons = values.map(lambda value: json.dumps(value, skipkeys=True))

TARGETS = (
    Target("reader", st.tuples(texts, paths), reader),
    Target("facts", texts, facts),
    Target("strength", st.tuples(texts, texts), strength),
    Target("rules engine", st.tuples(postings, paths), engine),
    Target("ledger", st.tuples(postings, replies, replies), ledger),
    Target("front matter", texts.map(lambda text: f"---\n{text}"), front),
    Target("directives", texts.map(lambda text: f"<!-- postwright: {text}"), directives),
    Target("settle", st.one_of(texts, texts.map(verbs), jsons), choices),
    Target("answers", st.one_of(yamls, jsons), answers),
    Target("review.json", st.tuples(fields, values), review_file),
    Target("review.json as text", texts, _in_a_file("review.json", load_review)),
    Target("config", st.one_of(texts, yamls), _in_a_file("postwright.toml", load_config)),
    Target("baseline", st.one_of(texts, jsons), _in_a_file("baseline.json", read_baseline)),
    Target("formats", st.tuples(st.one_of(encoded, st.binary(max_size=80), jsons.map(str.encode)), names), formats),
    Target("decoding", st.binary(max_size=80), lambda data: decode(data, "x")),
)
