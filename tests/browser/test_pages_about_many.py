"""The run page and the audit's page in a browser: sorted, filtered, quick, for everyone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from postwright.domain.team import Aside, Heads, Placement, TeamLayer
from postwright.reports.run_page import run_page
from postwright.reports.team_page import team_page
from postwright.rules.team import audit
from support.opened import Opened
from support.runs import RUN, Alike, failed, many, posting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

BAD = "<img src=x onerror=alert(1)><script>alert(1)</script>"


def run_of_three() -> str:
    postings = [
        posting("jobs/a.md", title="Nurse", open=1, usd=0.5),
        posting("jobs/b.md", title="analyst", open=10, usd=None, verdict="touch up"),
        failed("jobs/c.md", BAD),
    ]
    return run_page(RUN, postings, [Alike(BAD), Alike("ten years")])


def team_of_three() -> str:
    found = [
        Placement("jobs/a.md", BAD, TeamLayer.CLINICAL, "Because.", evidence="shadow nurses", findings={"hype": 3}),
        Placement("jobs/b.md", "ML Engineer", TeamLayer.ML, "Because.", own_models="CT scans"),
    ]
    return team_page(audit(found, [Aside("c.md", "Not a healthcare job.")], Heads({TeamLayer.ML: 3})), "1.0")


PAGES = {"run": run_of_three, "team": team_of_three}


@pytest.fixture
def open_html(chromium: Browser, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    contexts = []

    def opened(html: str, **options: Any) -> Opened:  # noqa: ANN401 - passed on as they are
        file = tmp_path / "page.html"
        file.write_text(html, encoding="utf-8")
        context = chromium.new_context(reduced_motion="reduce", **options)
        contexts.append(context)
        found = Opened(context.new_page())
        found.page.on("request", lambda request: found.requests.append(request.url))
        found.page.on("console", lambda message: found.problems.append(message.text))
        found.page.on("pageerror", lambda error: found.problems.append(str(error)))
        found.page.on("dialog", lambda dialog: found.problems.append(f"dialog: {dialog.message}"))
        found.page.goto(file.as_uri())
        return found

    yield opened
    for context in contexts:
        context.close()


def titles(opened: Opened) -> list[str]:
    return [text.strip() for text in opened.page.locator(".board tbody th > :first-child").all_text_contents()]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("kind", PAGES)
def test_axe_finds_nothing_on_pages_about_many(
    kind: str, width: int, theme: str, open_html: Callable[..., Opened]
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    opened = open_html(PAGES[kind](), color_scheme=theme, viewport={"width": width, "height": 900})
    opened.page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
    found = axe.Axe().run(
        opened.page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}
    )
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found.response["violations"]] == []


@pytest.mark.parametrize("kind", PAGES)
def test_a_hostile_posting_runs_nothing_and_nothing_is_asked_for(kind: str, open_html: Callable[..., Opened]) -> None:
    opened = open_html(PAGES[kind]())
    assert opened.problems == []
    assert len(opened.requests) == 1


@pytest.mark.parametrize("kind", PAGES)
def test_pages_about_many_stay_on_the_smallest_screen(kind: str, open_html: Callable[..., Opened]) -> None:
    opened = open_html(PAGES[kind](), viewport={"width": 320, "height": 640})
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_heading_sorts_and_sorts_the_other_way(open_html: Callable[..., Opened]) -> None:
    opened = open_html(run_of_three())
    opened.page.get_by_role("button", name="To decide").click()
    assert titles(opened) == ["analyst", "Nurse", "c.md"]
    opened.page.get_by_role("button", name="To decide").click()
    assert titles(opened) == ["Nurse", "analyst", "c.md"]
    assert opened.page.locator("th[aria-sort=ascending]").count() == 1


def test_an_unknown_cost_comes_last_either_way(open_html: Callable[..., Opened]) -> None:
    opened = open_html(run_of_three())
    for _ in range(2):
        opened.page.get_by_role("button", name="Cost").click()
        assert titles(opened)[0] == "Nurse"


def test_titles_sort_without_regard_to_case(open_html: Callable[..., Opened]) -> None:
    opened = open_html(run_of_three())
    opened.page.get_by_role("button", name="Posting").click()
    assert titles(opened) == ["analyst", "c.md", "Nurse"]


def test_filters_work_together_and_say_what_is_left(open_html: Callable[..., Opened]) -> None:
    opened = open_html(run_of_three())
    opened.page.get_by_label("With open decisions").check()
    assert opened.page.locator("#shown").text_content() == "2 of 3 postings"
    opened.page.get_by_label("Verdict").select_option("touch up")
    assert titles(opened) == ["analyst"]
    opened.page.get_by_label("Find").fill("nobody")
    assert opened.page.locator("#shown").text_content() == "0 of 3 postings"


def test_the_table_works_by_keyboard(open_html: Callable[..., Opened]) -> None:
    opened = open_html(run_of_three())
    opened.page.get_by_role("button", name="To decide").focus()
    opened.page.keyboard.press("Enter")
    assert titles(opened)[0] == "analyst"


def test_without_scripts_every_row_is_there(open_html: Callable[..., Opened]) -> None:
    opened = open_html(run_page(RUN, many(150)), java_script_enabled=False)
    assert opened.page.locator(".board tbody tr:visible").count() == 150
    assert not opened.page.locator("#find").is_visible()


def test_three_thousand_rows_load_and_sort_at_once(open_html: Callable[..., Opened]) -> None:
    opened = open_html(run_page(RUN, many(3000)))
    page = opened.page
    loaded = page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
    sort = "const t = performance.now(); document.querySelector('[data-sort=usd]').click(); document.body.offsetHeight;"
    sorted_in = page.evaluate(f"() => {{ {sort} return performance.now() - t }}")
    assert (loaded < 2000, sorted_in < 500) == (True, True), (loaded, sorted_in)
    assert page.locator(".board tbody tr").count() == 100
    page.get_by_role("button", name="Show 100 more").click()
    assert page.locator(".board tbody tr").count() == 200
