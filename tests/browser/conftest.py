"""A real browser for the review page: Debian's Chromium, driven by Playwright. Without them these tests are skipped."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from postwright.reports.page import page as page_of
from support.opened import Opened

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from postwright.domain.review import Review

_FLAGS = [
    "--no-sandbox",  # the tests may run as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "browser: needs Chromium and Playwright; skipped without them")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium for all tests of the run. CHROMIUM names another executable."""
    driver = pytest.importorskip("playwright.sync_api", reason="no browser tests: Playwright is not installed")
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("no browser tests: Chromium is not installed (apt-get install chromium)")
    with driver.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """Opens a review's page in a fresh context; keywords are those of Playwright's `new_context`."""
    contexts = []

    def opened(review: Review, *, prepare: str = "", **options: Any) -> Opened:  # noqa: ANN401 - passed on as they are
        file = tmp_path / "review.html"
        file.write_text(page_of(review), encoding="utf-8")
        options.setdefault("viewport", {"width": 1440, "height": 900})
        context = chromium.new_context(reduced_motion="reduce", **options)
        contexts.append(context)
        if prepare:
            context.add_init_script(prepare)
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
