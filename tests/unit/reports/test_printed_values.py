"""What the templates print: every value is shown as the words that it is, whatever was printed before it."""

from dataclasses import replace
from html import unescape

from hypothesis import given, settings
from hypothesis import strategies as st

from postwright.domain.review import Review
from postwright.reports.markup import LONGEST_KEPT, visible
from postwright.reports.page import page
from support.odd_reviews import HOSTILE
from support.reviews import harbor_review

_WORDS = st.lists(
    st.sampled_from([*HOSTILE, "&amp;", "'", "\u202e", "\x00", "\ud800", "\ue000", "word ", "9"]), min_size=1
)


def _titled(title: str, review: Review | None = None) -> str:
    html = page(replace(review or harbor_review(), title=title))
    html.encode()  # no half of a surrogate pair is left
    return html.partition('<h1 dir="auto">')[2].partition("</h1>")[0]


@settings(max_examples=60)
@given(_WORDS.map("".join), st.sampled_from([1, 1 + LONGEST_KEPT]))
def test_a_value_is_printed_as_its_visible_words_and_holds_no_markup(words: str, times: int) -> None:
    printed = _titled((words * times)[: 2 * LONGEST_KEPT])
    assert not set("<>\"'") & set(printed)
    assert unescape(printed) == visible((words * times)[: 2 * LONGEST_KEPT])


def test_words_that_spell_markup_of_ours_are_escaped_before_and_after_it_was_printed() -> None:
    review = harbor_review()
    first = replace(review.units[1], text="**Pay**", pins=())
    marked = replace(review, units=(review.units[0], first, *review.units[2:]))
    ours = "<strong>Pay</strong>"
    escaped = "&lt;strong&gt;Pay&lt;/strong&gt;"
    assert _titled(ours) == escaped
    assert ours in page(marked)
    assert _titled(ours, marked) == escaped


def test_a_number_is_printed_as_it_is_and_a_number_that_is_text_too() -> None:
    assert _titled("12") == "12"
    assert _titled("1 > 2") == "1 &gt; 2"


def test_half_a_pair_of_surrogates_is_no_character_of_a_page() -> None:
    assert visible("a\ud800b\udcff") == "a?b?"
