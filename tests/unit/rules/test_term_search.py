"""Terms are searched where their words stand, and found as a search of the whole text finds them."""

import re2
from hypothesis import given, settings
from hypothesis import strategies as st

from postwright.knowledge.loader import load
from postwright.reading.searching.wordbook import Search
from postwright.rules.rule import rules
from postwright.rules.searching import pattern

RULES = [rule for rule in rules() if rule.terms]
FINDS = [("(?m)" if term.cased else "(?im)") + term.find for rule in RULES for term in rule.terms]
SEARCH = Search([pattern(find) for find in FINDS].__getitem__, [f"rules/{rule.id}" for rule in RULES])
TEXTS = [text for rule in RULES for text in (*rule.flags, *rule.allows) if len(text) < 2_000]
FILED = load("needs")["words"]
NEEDED = sorted(
    {*FILED["whole"], *FILED["letters"]}
    | {word for table in ("begin", "end", "within") for near in FILED[table].values() for word in near}
)
LINES = st.lists(st.sampled_from(NEEDED), min_size=1, max_size=8).map(" ".join) | st.sampled_from(TEXTS)
PAGES = st.lists(LINES, max_size=12).flatmap(
    lambda lines: st.sampled_from(["\n", "\n- ", " ", ". ", "\r\n", "\n\n\n**", " \u2013 ", "\u00a0"]).map(
        lambda joint: joint.join(lines)
    )
)


@settings(max_examples=25, deadline=None)
@given(PAGES)
def test_what_is_found_by_words_is_what_the_whole_text_holds(text: str) -> None:
    found = {number: SEARCH.spans(number, text, lines) for number, lines in SEARCH.possible(text).items()}
    for number, find in enumerate(FINDS):
        whole = [span for match in re2.finditer(find, text) if (span := match.span())[0] < span[1]]
        assert found.get(number, []) == whole, find
