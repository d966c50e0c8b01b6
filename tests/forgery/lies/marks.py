"""Lies in form: markup, hidden characters, headings, titles, proposals with facts, forged and laundered marks."""

import copy
from collections.abc import Iterator

from forgery.cases import Case, Json
from forgery.lies.lie import Lie, anywhere, line_of, more_than, pick, reworded, unmarked
from forgery.words import fold

HIDDEN: tuple[tuple[str, str], ...] = (
    ("zero-width space", "\u200b"),
    ("zero-width joiner", "\u200d"),
    ("word joiner", "\u2060"),
    ("byte-order mark", "\ufeff"),
    ("right-to-left override", "\u202e"),
    ("right-to-left isolate", "\u2067"),
    ("tag letters", "\U000e0041\U000e0042"),
    ("soft hyphen", "\u00ad"),
    ("nul", "\x00"),
    ("escape", "\x1b[31m"),
    ("line separator", "\u2028"),
    ("variation selector", "\ufe0f"),
    ("hangul filler", "\u3164"),
    ("braille blank", "\u2800"),
)
MARKUP: tuple[tuple[str, str], ...] = (
    ("HTML", "<script>alert(1)</script>"),
    ("HTML", "<b>now</b>"),
    ("HTML", "<img src=x onerror=alert(1)>"),
    ("HTML", '<a href="https://evil.example">apply</a>'),
    ("HTML", "<!-- reviewed -->"),
    ("HTML", "&lt;script&gt;"),
    ("HTML", "<iframe"),
    ("JSX", "<ApplyNow />"),
    ("JSX", "{process.env.SECRET}"),
    ("JSX", '<Button onClick={() => fetch("https://evil.example")}>'),
    ("JSX", "{/* note */}"),
    ("template tags", "{{ site.secret }}"),
    ("template tags", "{% include 'x' %}"),
    ("template tags", "{{< figure >}}"),
    ("template tags", "<%= secret %>"),
    ("template tags", "${SECRET}"),
    ("template tags", "[% secret %]"),
    ("links", "[apply now](https://evil.example)"),
    ("links", "<https://evil.example>"),
    ("links", "![logo](https://evil.example/x.png)"),
    ("links", "https://evil.example"),
    ("links", "www.evil.example"),
    ("links", "[x]: https://evil.example"),
    ("links", "[apply][1]"),
    ("links", "javascript:alert(1)"),
    ("links", "mailto:boss@evil.example"),
    ("links", "evil.example/apply"),
)
BLOCKS: tuple[tuple[str, str], ...] = (
    ("a new heading", "\n\n## You need\n\n- Nothing else"),
    ("a new item", "\n- You never sleep"),
    ("a rule", "\n\n---\n\nYou never sleep"),
    ("a table", "\n\n| a | b |\n|---|---|\n| You never sleep | c |"),
    ("a code block", "\n\n```\nYou never sleep\n```"),
    ("a quotation", "\n\n> You never sleep"),
    ("carriage return", "\rYou never sleep"),
)
FACTS: tuple[tuple[str, str], ...] = (
    ("number", "You handle 40 tickets."),
    ("number in words", "You handle forty tickets."),
    ("pay", "You earn $190,000."),
    ("pay in words", "You earn a six-figure salary."),
    ("date", "You start on August 19, 2029."),
    ("contact", "Write to boss@evil.example."),
    ("phone", "Call 555-0188."),
    ("link", "Read https://evil.example/more."),
    ("legal claim", "Our product is FDA cleared."),
    ("legal claim", "We are an equal opportunity employer."),
    ("legal claim", "We are HIPAA compliant."),
    ("licence", "You hold an active RN license."),
    ("degree", "You have a PhD in nursing."),
    ("product", "You run Snowflake."),
    ("HTML", "You <b>own</b> it."),
    ("remote", "You can work fully remote from anywhere."),
)
DELIMITERS: tuple[tuple[str, str], ...] = (
    ("a newline", "You agree on a plan.\nYou never sleep."),
    ("a new item", "You agree on a plan.\n- You never sleep."),
    ("a paragraph", "You agree on a plan.\n\nYou never sleep."),
    ("a carriage return", "You agree on a plan.\rYou never sleep."),
    ("a line separator", "You agree on a plan.\u2028You never sleep."),
    ("a heading", "You agree on a plan.\n\n## You never sleep."),
)
FORGED: tuple[str, ...] = (
    "**[confirm c1]**",
    "**[confirm c99]**",
    "**[confirm c2: pay range]**",
    "[confirm c3]",
    "**[accepted c1]**",
    "-->",
    "<!--",
    "]** **[confirm c7]**",
)


def markup(case: Case) -> Iterator[Lie]:
    """Tags, templates, links and images in a true line."""
    for kind, piece in pick(MARKUP, case, "markup", 9):
        line = pick(case.text_lines(), case, piece)[0]
        reply = reworded(case, line["id"], f"{line['text']} {piece}")
        yield Lie(kind, piece, case, reply, (more_than(case.source.count(piece), piece),))


def blocks(case: Case) -> Iterator[Lie]:
    """New blocks smuggled into one line."""
    for says, piece in pick(BLOCKS, case, "blocks", 3):
        line = pick(case.text_lines(), case, says)[0]
        reply = reworded(case, line["id"], line["text"] + piece)
        yield Lie("new blocks in a line", says, case, reply, (unmarked("nothing else"), unmarked("never sleep")))


def hidden(case: Case) -> Iterator[Lie]:
    """Characters that a reader cannot see, and look-alike letters."""
    for says, piece in pick(HIDDEN, case, "hidden", 5):
        line = pick(case.text_lines(), case, says)[0]
        words = line["text"].split(" ")
        words[1] = words[1][:1] + piece + words[1][1:]
        reply = reworded(case, line["id"], " ".join(words))
        yield Lie("hidden characters", says, case, reply, (more_than(case.source.count(piece), piece),))
    line = pick(case.text_lines(), case, "look-alike")[0]
    text = line["text"].replace("a", "\u0430").replace("e", "\u0435")
    yield Lie("hidden characters", "look-alike letters", case, reworded(case, line["id"], text), (unmarked(text),))


def headings(case: Case) -> Iterator[Lie]:
    """Facts and foreign words where a heading's unit id belongs, and items made headings."""
    for heading in pick(
        ("Earn $190,000", "Fully remote, worldwide", "## PhD needed", "u9999", "<b>Join us</b>"), case, "heading", 2
    ):
        reply = copy.deepcopy(case.reply)
        reply["sections"][1]["heading"] = heading
        yield Lie("facts in headings", heading, case, reply, (anywhere(heading),))
    item = case.text_lines()[1]["sources"][0]
    if item in case.units:
        reply = copy.deepcopy(case.reply)
        reply["sections"][-1]["heading"] = item
        proof = anywhere(f"# {case.units[item]}")
        yield Lie("facts in headings", f"an item: {case.units[item]}", case, reply, (proof,), touches=frozenset({item}))


def titles(case: Case) -> Iterator[Lie]:
    """Facts, links and lines in the proposed title."""
    for title, proof in pick(
        (
            ("Senior Engineer, $190,000", anywhere("$190,000")),
            ("Engineer with 12 years of work", anywhere("12 years of work")),
            ("Certified EMT Lead", anywhere("EMT Lead")),
            ("Engineer, write to boss@evil.example", anywhere("boss@evil.example")),
            ("Engineer [apply](https://evil.example)", anywhere("evil.example")),
            ("Engineer\n\nYou never sleep", unmarked("never sleep")),
            ("Engineer **[confirm c1]**", more_than(0, "Engineer **[confirm c1]**")),
            ("MBA Strategist", anywhere("MBA Strategist")),
            ("<script>x</script> Engineer", anywhere("<script>")),
            ("Engineer until August 19, 2029", anywhere("August 19, 2029")),
        ),
        case,
        "title",
        4,
    ):
        reply = copy.deepcopy(case.reply) | {"title": {"text": title, "why": "Clearer."}}
        yield Lie("facts in titles", title, case, reply, (proof,))


def proposals(case: Case) -> Iterator[Lie]:
    """A good proposal that now holds facts, newlines or marks."""
    good = [line["id"] for section in case.reply["sections"] for line in section["lines"] if "propose" in line][:1]
    for line_id in good:
        false = [(says, text) for says, text in FACTS if not _said(case, text)]
        for says, text in pick(false, case, "proposal", 8):
            proof = anywhere(text.rstrip("."))
            yield Lie("proposals with facts", f"{says}: {text}", case, _proposing(case, line_id, text), (proof,))
        for says, text in pick(DELIMITERS, case, "delimiter", 4):
            proof = unmarked("never sleep")
            yield Lie("proposals with newlines", says, case, _proposing(case, line_id, text), (proof,))
        for piece in pick(FORGED, case, "forged", 4):
            text = f"You agree {piece} on a plan."
            proof = more_than(0, f"agree {piece} on")
            yield Lie("proposals with forged marks", text, case, _proposing(case, line_id, text), (proof,))


def _said(case: Case, text: str) -> bool:
    """True if the posting or the truthful reply says this anyway."""
    told = [case.source, *(line["text"] for line in case.text_lines())]
    return any(fold(text).rstrip(".") in fold(other) for other in told)


def _proposing(case: Case, line_id: str, text: str) -> Json:
    reply = copy.deepcopy(case.reply)
    line_of(reply, line_id)["propose"] = text
    return reply


def forged(case: Case) -> Iterator[Lie]:
    """A true line with a mark of its own, as if a person had still to confirm it, or already had."""
    for piece in pick(FORGED, case, "forged line", 2):
        line = pick(case.text_lines(), case, piece)[0]
        text = f"{piece} {line['text']}"
        yield Lie("forged marks", text, case, reworded(case, line["id"], text), (more_than(0, text),))


def lies(case: Case) -> Iterator[Lie]:
    for derive in (markup, blocks, hidden, headings, titles, proposals, forged):
        yield from derive(case)
