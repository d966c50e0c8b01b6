"""The page for people without a mouse, without scripts, without sight, on a telephone, on paper, from right to left."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from postwright.domain.critique import Verdict
from support.odd_reviews import bare_review, hostile_review, long_review, marked_up_review
from support.reviews import harbor_review

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.opened import Opened

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SMALLEST: dict[str, Any] = {"viewport": {"width": 320, "height": 640}}  # WCAG 2.2, 1.4.10 Reflow
DESK: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
KINDS = {
    "a rewrite": harbor_review,
    "a marked-up original": marked_up_review,
    "no draft": lambda: bare_review(Verdict.OUT_OF_SCOPE),
    "a hostile posting": hostile_review,
}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(kind: str, screen: dict[str, Any], theme: str, open_page: Callable[..., Opened]) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    opened = open_page(KINDS[kind](), color_scheme=theme, **screen)
    opened.page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
    if opened.page.locator("#d2").count():
        opened.choose(2, "Accept")
    if opened.page.locator("#own-3").count():
        opened.write(3, "<wrong>")
    found = axe.Axe().run(
        opened.page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}
    )
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found.response["violations"]] == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_review_opens_without_a_complaint(kind: str, open_page: Callable[..., Opened]) -> None:
    opened = open_page(KINDS[kind]())
    assert opened.problems == []
    assert opened.page.locator("html.scripts").count() == 1


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_runs_out_of_the_smallest_screen(kind: str, open_page: Callable[..., Opened]) -> None:
    opened = open_page(KINDS[kind](), **SMALLEST)
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 320


def test_every_control_is_large_enough_to_hit(open_page: Callable[..., Opened]) -> None:
    opened = open_page(harbor_review(), **PHONE)
    small = opened.page.evaluate(
        "[...document.querySelectorAll('button, select, textarea, .verbs label, .button, summary, .contents a')]"
        ".filter((e) => e.checkVisibility()).map((e) => [e.outerHTML.slice(0, 60), e.getBoundingClientRect()])"
        ".filter(([, box]) => box.width < 24 || box.height < 24).map(([html]) => html)"
    )
    assert small == []


def test_a_keyboard_is_enough(open_page: Callable[..., Opened]) -> None:
    opened = open_page(replace(harbor_review(), critique=replace(harbor_review().critique, questions=())))
    keyboard = opened.page.keyboard
    keyboard.press("Tab")
    assert "Skip" in opened.page.locator(":focus").inner_text()
    keyboard.press("Enter")
    keyboard.press("Tab")
    assert opened.page.locator(":focus").get_attribute("name") == "c1"
    keyboard.press("Space")
    assert opened.state(1) == "accepted"
    keyboard.press("ArrowDown")
    assert opened.state(1) == "rejected"
    keyboard.press("ArrowDown")
    keyboard.type("Interface Engineer")
    assert opened.state(1) == "edited"
    assert b"# Interface Engineer\n" in opened.saved("markdown")


def test_where_the_keyboard_is_can_be_seen(open_page: Callable[..., Opened]) -> None:
    opened = open_page(harbor_review())
    for _ in range(40):
        opened.page.keyboard.press("Tab")
        width = opened.page.evaluate(
            "(() => { const e = document.activeElement; const shown = e.type === 'radio' ? e.nextElementSibling : e;"
            " return parseFloat(getComputedStyle(shown).outlineWidth); })()"
        )
        assert width >= 2


def test_the_next_open_place_gets_the_keyboard(open_page: Callable[..., Opened]) -> None:
    opened = open_page(harbor_review())
    opened.page.get_by_role("button", name="Next open").click()
    assert opened.page.locator(":focus").get_attribute("name") == "q1-choice"
    for question in (1, 2, 3, 4):
        opened.answer(question, "ask me")
    opened.page.get_by_role("button", name="Next open").click()
    assert opened.page.locator(":focus").get_attribute("name") == "c1"


def test_a_screen_reader_is_told_what_happened(open_page: Callable[..., Opened]) -> None:
    opened = open_page(harbor_review())
    opened.choose(2, "Accept")
    assert opened.page.get_by_role("status").last.inner_text() == "Decision 2 accepted. 1 of 23 done."
    group = opened.page.get_by_role("group", name="Decision 2 Adds You bring finished notes")
    assert group.get_by_role("radio", name="Accept · add it").is_checked()


def test_without_scripts_everything_can_be_read_and_answered_by_mail(open_page: Callable[..., Opened]) -> None:
    review = harbor_review()
    opened = open_page(review, java_script_enabled=False)
    text = opened.page.locator("body").inner_text()
    folded = opened.page.locator("body").text_content() or ""
    assert review.draft is not None
    for decision in review.draft.decisions:
        assert " ".join(decision.text.split()) in " ".join(folded.split())
    for unit in review.units:
        assert unit.text in folded
    for question in review.critique.questions:
        assert question.ask in text
    assert "accept 1,3; reject 2" in text
    assert "Accept: add it. Reject: leave it out." in text
    assert opened.page.locator("button:visible, input:visible, textarea:visible, select:visible").count() == 0


def test_pointing_at_a_line_lights_the_sentences_it_came_from_and_the_reverse(open_page: Callable[..., Opened]) -> None:
    opened = open_page(harbor_review())
    line = opened.page.locator(".line.merged").first
    line.hover()
    lit = opened.page.locator(".row.lit .words").all_inner_texts()
    assert [t.split()[0] for t in lit] == ["Help", "Work"]
    opened.page.locator(".row", has_text="Make sure we are HIPPA").hover()
    assert opened.page.locator(".line.lit .words").all_inner_texts() == ["You make sure we are HIPAA compliant"]


def test_a_link_between_the_columns_brings_its_counterpart_into_view(open_page: Callable[..., Opened]) -> None:
    opened = open_page(harbor_review())
    opened.page.locator(".line", has_text="Requisition HL-2044.").locator("a", has_text="36").focus()
    row = opened.page.locator(".row.lit")
    opened.page.wait_for_timeout(300)
    column = opened.page.locator(".column.source").bounding_box()
    place = row.bounding_box()
    assert column is not None
    assert place is not None
    assert column["y"] <= place["y"] <= column["y"] + column["height"]


def test_a_tap_on_a_telephone_shows_where_a_line_came_from(open_page: Callable[..., Opened]) -> None:
    opened = open_page(harbor_review(), **PHONE)
    opened.page.locator(".line.merged .words").first.tap()
    assert "Help with Epic" in opened.page.locator("#peek").inner_text()
    opened.page.get_by_role("button", name="Close").tap()
    assert opened.page.locator("#peek").is_hidden()


def test_text_from_right_to_left_stands_on_its_own_side(open_page: Callable[..., Opened]) -> None:
    review = harbor_review()
    arabic = "مهندس تكامل لأنظمة السجلات الصحية HL7"
    units = tuple(replace(u, text=arabic) if u.id == "u3" else u for u in review.units)
    opened = open_page(replace(review, units=units, title=arabic))
    assert opened.page.evaluate("getComputedStyle(document.querySelector('h1')).direction") == "rtl"
    directions = opened.page.evaluate(
        "[...document.querySelectorAll('.row .words')].slice(0, 4).map((e) => getComputedStyle(e).direction)"
    )
    assert directions == ["ltr", "ltr", "rtl", "ltr"]


def test_on_paper_nothing_is_folded_and_nothing_can_be_pressed(open_page: Callable[..., Opened]) -> None:
    opened = open_page(harbor_review())
    opened.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    opened.page.emulate_media(media="print")
    assert opened.page.locator("details:not([open])").count() == 0
    assert opened.page.locator("button:visible, .verbs:visible, .progress:visible").count() == 0
    assert opened.page.evaluate("getComputedStyle(document.querySelector('.column')).overflow") == "visible"
    assert opened.page.locator(".choice .scriptless").first.is_visible()


def test_a_long_posting_is_ready_to_work_on_at_once(open_page: Callable[..., Opened]) -> None:
    opened = open_page(long_review(85))
    ready = opened.page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
    assert ready < 1_000  # milliseconds, from opening the file to the end of the script
    took = opened.page.evaluate(
        "(() => { const at = performance.now(); document.querySelector('[data-all=accepted]').click();"
        " return performance.now() - at; })()"
    )
    assert took < 200
