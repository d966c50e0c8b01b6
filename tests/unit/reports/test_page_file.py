"""The page as a file: whole without scripts or network, and nothing in it speaks but what we wrote."""

import base64
import hashlib
import json
import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from postwright.domain.critique import Verdict
from postwright.domain.draft import DecisionKind
from postwright.domain.review import Review
from postwright.reports.page import page
from support.odd_reviews import bare_review, hostile_review, long_review, marked_up_review
from support.reviews import harbor_review

REVIEWS = {
    "a rewrite": harbor_review(),
    "a marked-up original": marked_up_review(),
    "no draft": bare_review(Verdict.NOT_A_POSTING),
    "a hostile posting": hostile_review(),
    "a long posting": long_review(),
}
VOID = {"meta", "link", "input", "br", "hr"}


class _Page(HTMLParser):
    """Elements, attributes and text of a page, and whether its elements are closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self.headings: list[int] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        inside = self._open[-1] if self._open else ""
        if inside == "script":
            self.scripts.append(data)
        elif inside == "style":
            self.styles.append(data)
        else:
            self.text += data

    def values(self, name: str) -> list[str]:
        return [attributes[name] for _, attributes in self.elements if name in attributes]


@pytest.fixture(params=REVIEWS)
def made(request: pytest.FixtureRequest) -> tuple[Review, _Page]:
    review = REVIEWS[request.param]
    return review, _Page(page(review))


def test_the_policy_lets_only_our_style_and_our_script_in(made: tuple[Review, _Page]) -> None:
    _, found = made
    (policy,) = [a["content"] for t, a in found.elements if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    data, script = found.scripts
    assert json.loads(data)
    for text in (script, found.styles[0]):
        assert base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() in policy


def test_nothing_is_loaded_from_anywhere(made: tuple[Review, _Page]) -> None:
    _, found = made
    assert found.values("src") == []
    assert set(found.values("href")) - {"data:,"} == {h for h in found.values("href") if h.startswith("#")}
    assert not re.search(r"@import|url\(", found.styles[0])


def test_no_element_carries_a_handler_or_a_style_of_its_own(made: tuple[Review, _Page]) -> None:
    _, found = made
    names = {name for _, attributes in found.elements for name in attributes}
    assert not {n for n in names if n.startswith("on") or n == "style"}
    assert not {t for t, _ in found.elements} & {"iframe", "img", "svg", "object", "embed", "form", "base"}


def test_every_name_is_unique_and_every_link_arrives(made: tuple[Review, _Page]) -> None:
    _, found = made
    names = Counter(found.values("id"))
    assert [name for name, times in names.items() if times > 1] == []
    targets = {h[1:] for h in found.values("href") if h.startswith("#")}
    targets |= {
        i for names_ in found.values("aria-labelledby") + found.values("aria-describedby") for i in names_.split()
    }
    targets |= set(found.values("for")) | {i for links in found.values("data-links") for i in links.split()}
    assert targets <= set(names)


def test_headings_go_down_one_step_at_a_time(made: tuple[Review, _Page]) -> None:
    _, found = made
    assert found.headings[0] == 1
    assert found.headings.count(1) == 1
    assert all(b - a <= 1 for a, b in zip(found.headings, found.headings[1:], strict=False))


def test_every_sentence_question_and_decision_is_in_the_text(made: tuple[Review, _Page]) -> None:
    review, found = made
    if review.title.startswith("</script>"):
        pytest.skip("its hidden characters are named instead")
    mended = (
        {u for d in review.draft.decisions if d.kind is DecisionKind.WORDING for u in d.units}
        if review.draft
        else set()
    )
    for unit in review.units:
        assert unit.id in mended or unit.text in found.text
    for question in review.critique.questions:
        assert question.ask in found.text
    for decision in review.draft.decisions if review.draft else ():
        assert decision.kind is DecisionKind.BLANK or decision.why in found.text


def test_what_the_rules_make_is_not_called_a_draft_of_a_model() -> None:
    text = _Page(page(marked_up_review())).text
    assert "no model was used, and nothing was rewritten" in text
    assert "Source and draft" not in text


def test_a_posting_of_85_sentences_makes_a_small_page() -> None:
    assert len(page(long_review(85)).encode()) < 400_000


def test_the_same_review_makes_the_same_page() -> None:
    assert page(harbor_review()) == page(harbor_review())


def test_people_read_no_word_of_our_trade() -> None:
    words = set(re.findall(r"[a-z-]+", _Page(page(harbor_review())).text.lower()))
    assert not words & {"unit", "units", "ledger", "locked", "pinned", "span", "fate"}


def test_protected_text_says_that_it_is_kept() -> None:
    found = _Page(page(harbor_review()))
    assert "kept word for word: equal opportunity" in found.text
    assert ("b", {"class": "pin"}) in found.elements


def test_a_path_that_is_no_text_makes_a_page_all_the_same() -> None:
    page(replace(harbor_review(), path="jobs/\udcff.md", title="\ud800")).encode()


def test_an_answered_question_shows_its_answer() -> None:
    review = harbor_review()
    asked = replace(review.critique.questions[0], id="pay.range", ask="What is the pay range?")
    found = _Page(page(replace(review, critique=replace(review.critique, questions=(asked,)))))
    assert "Answered: $128,000 to $150,000 a year" in found.text


def test_no_character_on_the_page_is_hidden(made: tuple[Review, _Page]) -> None:
    _, found = made
    assert not re.search(r"[\u200b\u202a-\u202e\u2066-\u2069]", found.text + "".join(found.values("value")))
