"""The audit's page: one file without a script, which says what the audit says and lets nothing in."""

import re
from html import unescape

import pytest

from postwright.domain.team import Aside, Audit, Heads, Placement, TeamLayer
from postwright.reports.bars import pieces
from postwright.reports.team_page import team_page
from postwright.rules.team import audit


def posting(layer: TeamLayer, **findings: int) -> Placement:
    return Placement("jobs/a.md", "A job", layer, "Because.", findings=findings)


def whole() -> Audit:
    team = Heads({TeamLayer.CLINICAL: 1, TeamLayer.ML: 6})
    found = [posting(TeamLayer.CLINICAL, hype=3), posting(TeamLayer.ML, hype=1, pay=1)]
    return audit(found, [Aside("jobs/b.md", "Not a healthcare job.")], team)


def test_the_page_says_what_the_audit_says() -> None:
    html = team_page(whole(), "1.0")
    for words in ("2 open postings and 7 heads", "Over-indexed", "Missing layer, EHR integration", "Because.", "hype"):
        assert words in html
    assert "touched FHIR (EHR integration)" in html


def test_the_page_runs_nothing_and_loads_nothing() -> None:
    html = team_page(whole(), "1.0")
    assert "script-src 'none'" in unescape(html)
    assert "<script" not in html
    assert not re.search(r"\ssrc=|@import|url\(|style=", html)


def test_a_hostile_posting_leaves_no_markup_behind() -> None:
    bad = "<script>alert(1)</script>\u202e"
    html = team_page(audit([Placement(f"{bad}.md", bad, TeamLayer.ML, bad, own_models=bad)]), "1")
    assert "<script" not in html
    assert "\u202e" not in html


@pytest.mark.parametrize(
    "found", [audit(), audit(heads=Heads({}), looked=False), whole()], ids=["empty", "none", "all"]
)
def test_every_link_of_the_contents_leads_to_a_section(found: Audit) -> None:
    html = team_page(found, "1")
    assert set(re.findall(r'href="#([a-z]+)"', html)) <= set(re.findall(r'<section id="([a-z]+)"', html))
    assert 'id="how"' in html


def test_no_figure_of_others_marketing_is_on_the_page() -> None:
    assert not re.search(r"90 ?%|71 ?%|\$2M|science project|solved problems|complian(?:t)\b", team_page(whole(), "1"))


def test_pieces_of_a_bar_lie_side_by_side_and_empty_ones_are_left_out() -> None:
    assert [(p.start, p.width, p.look) for p in pieces([(1, "a"), (0, "b"), (3, "c")], 8)] == [
        (0.0, 12.5, "a"),
        (12.5, 37.5, "c"),
    ]
    assert pieces([(1, "a")], 0) == ()
