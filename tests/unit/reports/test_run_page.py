"""The run page as a file: rows, worklist, charts, and nothing that runs but its own script."""

import re
from html import unescape

from postwright.reports.run_page import page_link, run_page
from support.runs import RUN, Alike, failed, many, posting


def rows_of(html: str) -> list[str]:
    table = html.partition('<table class="board">')[2].partition("</table>")[0]
    return re.findall(r"<tr data-department.*?</tr>", table)


def test_every_posting_has_a_row_and_failures_come_first() -> None:
    html = run_page(RUN, [posting("jobs/a.md", open=1), posting("jobs/b.md", open=5), failed("jobs/c.md")])
    first, second, third = rows_of(html)
    assert "c.md" in first
    assert "larger than 2,000,000 bytes" in first
    assert ("b.md" in second, "a.md" in third) == (True, True)


def test_a_row_opens_its_page_and_only_what_has_one() -> None:
    html = run_page(RUN, [posting("jobs/a b#1.md"), posting("jobs/c.md", status="free"), failed("jobs/d.md")])
    assert re.findall(r'href="(\.\./[^"]*)"', html) == ["../../jobs/a%20b%231.md/review.html"]


def test_a_link_never_leaves_the_folder_of_work_files_by_a_scheme() -> None:
    assert page_link("javascript:alert(1)") == "../../javascript%3Aalert%281%29/review.html"
    assert page_link("jobs/\udcff.md") == "../../jobs/%FF.md/review.html"


def test_what_needed_nothing_asks_for_nothing() -> None:
    (row,) = rows_of(run_page(RUN, [posting("jobs/a.md", status="free", verdict="ready", open=0)]))
    assert "To decide" not in row
    assert "To answer" not in row


def test_what_was_not_judged_shows_no_layers() -> None:
    html = run_page(RUN, [posting("jobs/a.md", status="free", verdict="out of scope")])
    assert 'id="layers"' not in html
    assert "<b class=" not in html.partition("<table")[2]


def test_alike_decisions_are_one_line_under_their_group() -> None:
    places = [(f"jobs/{n}.md", "c1") for n in range(7)]
    html = run_page(
        RUN, [posting("jobs/a.md")], [Alike("10 years of FHIR", places=places), Alike("old", state="accepted")]
    )
    assert "Impossible years" in html
    assert "In 7 postings:" in html
    assert "and 2 more" in html
    assert "old" not in html.partition('id="decide"')[2].partition("</section>")[0]


def test_a_worklist_too_long_for_a_page_says_where_the_rest_is() -> None:
    html = run_page(RUN, [posting("jobs/a.md")], [Alike(f"change {n}") for n in range(305)])
    assert "And 5 more, in decisions.csv beside this page." in html
    assert '<a href="#decide">Decide <span class="count">305</span>' in html


def test_the_layers_of_the_folder_count_only_jobs_that_should_own_them() -> None:
    html = run_page(RUN, [posting("jobs/a.md"), posting("jobs/b.md")])
    chart = html.partition('id="layers"')[2].partition("</section>")[0]
    assert "2 part of the work" in chart
    assert "no job here should own it" in chart


def test_findings_are_ranked_with_the_postings_they_are_in() -> None:
    html = run_page(RUN, [posting("jobs/a.md"), posting("jobs/b.md", findings={"pay": 9})])
    chart = html.partition('id="findings"')[2]
    assert re.findall(r'<small>([a-z]+)</small></th><td class="number">(\d+)</td><td class="number">(\d+)', chart) == [
        ("pay", "10", "2"),
        ("hype", "2", "1"),
    ]


def test_the_head_tells_state_engine_and_cost() -> None:
    html = run_page(RUN, [posting("jobs/a.md")])
    assert "Finished, but some postings failed. 2026-11-22 09:20 UTC, by claude-sonnet-5-5." in html
    assert "<b>$1.50</b>cost, 90% of the tokens read from the cache" in html


def test_a_run_by_rules_alone_names_no_cost() -> None:
    html = run_page({**RUN, "engine": "rules"}, [posting("jobs/a.md", usd=None)])
    assert "by rules alone, no model was used" in html
    assert "cost," not in html.lower()


def test_a_model_in_no_price_table_costs_an_unknown_sum() -> None:
    assert "<b>unknown</b>" in run_page({**RUN, "cost": {"usd": None}}, [posting("jobs/a.md")])


def test_one_department_needs_no_filter() -> None:
    one, two = posting("a/1.md", department="a"), posting("b/1.md", department="b")
    assert 'data-filter="department"' not in run_page(RUN, [one])
    assert 'data-filter="department"' in run_page(RUN, [one, two])


def test_a_run_over_nothing_is_a_page_too() -> None:
    assert "0 postings" in run_page({}, [])


def test_a_hostile_posting_leaves_no_markup_behind() -> None:
    bad = '"><script>alert(1)</script>\u202e'
    html = run_page(
        {**RUN, "src": bad},
        [posting(bad, title=bad, department=bad), failed(f"{bad}2", bad)],
        [Alike(bad, group=bad, why=bad, places=[(bad, "c1")])],
    )
    assert html.count("<script") == 1
    assert "\u202e" not in html
    assert "script-src 'sha256-" in unescape(html)
    assert not re.search(r"\ssrc=|@import|url\(|\sstyle=", html)


def test_three_thousand_rows_stay_a_small_file() -> None:
    html = run_page(RUN, many(3000))
    assert len(rows_of(html)) == 3000
    assert len(html) < 4_000_000
