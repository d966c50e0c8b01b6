"""Reviews of other kinds, on the posting of `reviews` or on none: marked up, without a draft, hostile, long."""

from dataclasses import replace

from postwright.domain.critique import Critique, Question, Verdict
from postwright.domain.draft import DecisionKind, Fate, Layout, Line, LineKind
from postwright.domain.finding import Finding, Layer, LayerCoverage, Scope, Severity
from postwright.domain.posting import SectionKind, Span
from postwright.domain.review import Review
from support.desk import NEW, OLD, Desk, Sheet, sheet
from support.reviews import NOTICE_START, finding_at, harbor_critique, harbor_sheet, review_of

HOSTILE = (
    "</script><script>document.title='owned'</script>",
    '"><img src=x onerror="document.title=\'owned\'">',
    "<svg onload=document.title='owned'>",
    "[click](javascript:document.title='owned')",
    "{{ 7 * 7 }} {% raw %} ${document.title='owned'}",
    "<!-- --><iframe src='https://evil.example/'></iframe>",
    "![pixel](https://evil.example/p.png)",
    "</textarea></style><style>*{display:none}</style>",
    "hidden \u202egnp.exe\u202c and \u200bzero",
    "]]> --> */ \\u003c/script> &lt;script&gt;",
)


def marked_up_review() -> Review:
    """What the rules engine makes of the same posting: the original with three safe fixes marked."""
    made, notice = harbor_sheet()
    critique = harbor_critique(made)
    desk = Desk(made)
    desk.section(SectionKind.OTHER, "")
    at = len(made.front)
    for start, old, new, group in (
        ("We want a", "rockstar ", "", "inflated words"),
        ("Make sure", "HIPPA", "HIPAA", "misspelled law"),
        ("Native English", "Native English speaker", "Fluent in English", "native speaker demanded"),
    ):
        unit = made.by(start)
        spot = unit.span.start + unit.text.index(old)
        desk.put(_inline(made, Span(at, spot)))
        text = f'"{old}" becomes "{new}"' if new else f'"{old}" goes'
        name = desk.decide(DecisionKind.WORDING, group, text, "A safe fix.", start)
        desk.put(Line("", LineKind.KEPT, old, (unit.text,), Layout.INLINE, decision=name, shown=OLD))
        desk.put(Line("", LineKind.BLANK, new or "(leave out)", (unit.text,), Layout.INLINE, decision=name, shown=NEW))
        at = spot + len(old)
    desk.put(_inline(made, Span(at, len(made.source))))
    for unit in made.units:
        desk.fate(unit.text, Fate.PROTECTED if unit.notice else Fate.USED)
    return replace(review_of(made, desk.draft(rewritten=False), critique), notices=(notice,))


def _inline(made: Sheet, span: Span) -> Line:
    starts = tuple(u.text for u in made.units if u.id.startswith("u") and u.span.meets(span))
    return Line("", LineKind.KEPT, span.of(made.source), starts, Layout.INLINE)


def bare_review(verdict: Verdict = Verdict.READY) -> Review:
    """A review without a draft."""
    made, notice = harbor_sheet()
    critique = replace(harbor_critique(made), verdict=verdict, findings=(), questions=(), dismissed=(), notes=())
    return replace(review_of(made, None, critique), notices=(notice,))


def hostile_review() -> Review:
    """Every text that a stranger may have written is an attack."""
    body = (
        "# Title\n"
        + "".join(f"- Item {n} {text}\n" for n, text in enumerate(HOSTILE))
        + f"{NOTICE_START}\nEnd {HOSTILE[0]}\n"
    )
    made = sheet(body)
    desk = Desk(made)
    desk.section(SectionKind.DUTIES)
    for n, text in enumerate(HOSTILE):
        start = f"Item {n} "
        if n % 2:
            desk.removed(start, HOSTILE[1], text)
        else:
            desk.line(f"Now {text}", start, why=HOSTILE[0])
    for text in HOSTILE:
        desk.suggested(f"Do {text}", text, Layer.CLINICAL)
    desk.section(SectionKind.LEGAL)
    for text in HOSTILE:
        desk.put(Line("", LineKind.NOTICE, f"# {text}\n\n- {text}\n\n{text}", ("End",), Layout.RAW))
    finding = Finding("x", Severity.ERROR, "u2", Span(0, 1), HOSTILE[0], HOSTILE[1], HOSTILE[2], group=HOSTILE[3])
    questions = tuple(Question(f"open.{t}", t, t, slot=False, choices=(t,)) for t in HOSTILE)
    coverage = (LayerCoverage(Layer.CLINICAL, 1, ("u2",), HOSTILE[0], others=HOSTILE[1]),)
    scope = Scope(HOSTILE[0], "cross", (), healthcare=True, mentions_ai=False, title=HOSTILE[1])
    critique = Critique(
        Verdict.REWORK, HOSTILE[0], scope, coverage, (finding,), questions, ((finding, HOSTILE[0]),), 2, (HOSTILE[0],)
    )
    review = review_of(made, desk.draft(), critique, path=f"jobs/{HOSTILE[0]}.md")
    return replace(review, title=HOSTILE[0], engine=HOSTILE[0], profile=(HOSTILE[0],))


def long_review(items: int = 85) -> Review:
    """A rewrite of a posting of many sentences: every third left out, every third reworded."""
    words = "Coordinates the interface work of two hospitals with clinicians, vendors and the privacy office"
    body = "# Interface Analyst\n## Duties\n" + "".join(f"- {words}, part {n:03d}\n" for n in range(items - 2))
    made = sheet(body)
    desk = Desk(made)
    desk.section(SectionKind.TITLE, "")
    desk.line("Interface Analyst", "Interface Analyst", layout=Layout.TITLE)
    desk.section(SectionKind.DUTIES)
    for n in range(items - 2):
        start = next(u.text for u in made.units if u.text.endswith(f"part {n:03d}"))
        if n % 3 == 0:
            desk.line(start, start)
        elif n % 3 == 1:
            desk.line(f"You coordinate part {n:03d} of the interface work", start, why="Shorter, and it says you.")
        else:
            desk.removed(start, f"repeated duties {n % 5}", "The same work stands in another line of this posting.")
    finding = finding_at(made, words, "vendors", "HYPE", "inflated words")
    critique = replace(harbor_critique(harbor_sheet()[0]), coverage=(), findings=(finding,) * 40, dismissed=())
    return review_of(made, desk.draft(), critique, path="jobs/interface-analyst.md")
