"""A review page that is open in a browser, and the hands that work on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page


@dataclass(slots=True)
class Opened:
    """A page in the browser, with what it asked for and what went wrong in it."""

    page: Page
    requests: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def choose(self, number: int, verb: str) -> None:
        """Press accept, reject or edit of a decision, as a mouse would."""
        self.unfold(f"#d{number}")
        self.page.locator(f"#d{number} .verbs label", has_text=verb).click()

    def write(self, number: int, words: str) -> None:
        self.choose(number, "Edit")
        self.page.locator(f"#own-{number}").fill(words)

    def answer(self, question: int, words: str) -> None:
        self.page.locator(f"#q{question}-text").fill(words)

    def saved(self, export: str) -> bytes:
        """The bytes of the file that a button of the page saves."""
        with self.page.expect_download() as waiting:
            self.page.locator(f"[data-export={export}]").click()
        return waiting.value.path().read_bytes()

    def state(self, number: int) -> str:
        return str(self.page.locator(f"#d{number}").get_attribute("data-state"))

    def unfold(self, selector: str) -> None:
        self.page.evaluate(
            "(s) => { let d = document.querySelector(s).closest('details');"
            " while (d) { d.open = true; d = d.parentElement.closest('details'); } }",
            selector,
        )
