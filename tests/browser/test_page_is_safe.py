"""A hostile posting executes nothing, and no request ever leaves the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.odd_reviews import HOSTILE, hostile_review, marked_up_review
from support.reviews import harbor_review

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.opened import Opened


def test_a_hostile_posting_executes_nothing(open_page: Callable[..., Opened]) -> None:
    opened = open_page(hostile_review())
    opened.choose(2, "Reject")
    opened.answer(1, HOSTILE[0])
    opened.page.locator(".line").first.hover()
    opened.page.wait_for_timeout(300)
    assert opened.page.title() != "owned"
    assert opened.page.evaluate("document.title") != "owned"
    assert opened.page.locator("iframe, img, svg, object, embed, link[rel=stylesheet], form").count() == 0
    assert opened.page.locator("script").count() == 2
    assert opened.page.locator("style").count() == 1
    assert opened.problems == []


def test_an_answer_or_an_edit_that_attacks_is_only_text(open_page: Callable[..., Opened]) -> None:
    opened = open_page(harbor_review())
    for attack in HOSTILE:
        opened.write(2, attack)
        opened.answer(2, attack)
    assert opened.page.title() != "owned"
    assert opened.page.locator("iframe, img, svg").count() == 0
    assert opened.problems == []


def test_what_is_copied_from_a_hostile_posting_runs_nowhere(open_page: Callable[..., Opened]) -> None:
    opened = open_page(hostile_review(), permissions=["clipboard-read", "clipboard-write"])
    opened.page.evaluate("for (const b of document.querySelectorAll('[data-all=accepted]')) b.click()")
    opened.page.evaluate("for (const r of document.querySelectorAll('input[value=accepted]:not(:checked)')) r.click()")
    opened.page.locator("[data-export=formatted]").click()
    opened.page.get_by_role("button", name="Copied").wait_for()
    html = opened.page.evaluate(
        "async () => { const [item] = await navigator.clipboard.read();"
        " return (await item.getType('text/html')).text(); }"
    )
    active = opened.page.evaluate(
        "(html) => [...new DOMParser().parseFromString(html, 'text/html').body.querySelectorAll('*')]"
        ".filter((e) => /^(script|iframe|img|svg|style|object|embed)$/i.test(e.tagName)"
        " || [...e.attributes].some((a) => /^on/i.test(a.name) || /^\\s*javascript:/i.test(a.value)))"
        ".map((e) => e.outerHTML)",
        html,
    )
    assert active == []


@pytest.mark.parametrize("make", [harbor_review, marked_up_review, hostile_review])
def test_no_request_leaves_the_page(make: Callable[[], object], open_page: Callable[..., Opened]) -> None:
    opened = open_page(make())
    opened.choose(1, "Accept")
    opened.answer(1, "An answer")
    for export in ("markdown", "decisions", "answers"):
        opened.saved(export)
    opened.page.wait_for_timeout(200)
    assert [u for u in opened.requests if not u.startswith(("file:", "blob:", "data:"))] == []
    assert sum(u.startswith("file:") for u in opened.requests) == 1


def test_a_script_that_is_not_ours_is_refused(open_page: Callable[..., Opened]) -> None:
    opened = open_page(harbor_review())
    opened.page.evaluate(
        "const s = document.createElement('script'); s.textContent = 'document.title = 1'; document.body.append(s)"
    )
    assert opened.page.title() != "1"
    assert any("Content Security Policy" in p for p in opened.problems)
