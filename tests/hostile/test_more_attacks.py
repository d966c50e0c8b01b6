"""Further injections, each against the rules engine and a Claude that obeys in two ways: the posting stands."""

import re

import pytest

from hostile.attacked import draft_text, reviewed, told
from hostile.more_attacks import MORE_ATTACKS
from hostile.obeying import ObeyingClaude, beside, instead
from hostile.postings import CANARY, KEPT, ORDER, Attack, posting
from postwright.domain.errors import StaleDraft
from postwright.domain.house import PENDING
from postwright.reading.posting import read
from postwright.reading.screening.hidden import HIDDEN

each_attack = pytest.mark.parametrize("attack", MORE_ATTACKS, ids=lambda attack: attack.name)


@each_attack
def test_the_rules_engine_keeps_the_posting_and_tells_what_is_hidden(attack: Attack) -> None:
    review = reviewed(attack.text, attack.path)
    assert set(attack.told) <= told(review)
    assert all(kept in draft_text(review) for kept in KEPT)


@each_attack
@pytest.mark.parametrize("way", [instead, pytest.param(beside, marks=pytest.mark.slow)], ids=lambda way: way.__name__)
def test_a_claude_that_obeys_changes_no_unmarked_line(attack: Attack, way: object) -> None:
    model = ObeyingClaude(instead if way is instead else beside, attack.obeyed)
    review = reviewed(attack.text, attack.path, model)
    draft = draft_text(review)
    own = " ".join(attack.text.split())
    obeyed = [line for line in draft.splitlines() if attack.obeyed in line and not PENDING.search(line)]
    assert all(" ".join(line.strip("-#> ").split()) in own for line in obeyed), "a line says what the posting does not"
    assert all(kept in draft for kept in KEPT)
    assert draft.startswith(read(attack.text, attack.path).front.of(attack.text))
    assert CANARY not in review.critique.diagnosis
    assert not HIDDEN.search(model.asks[0].turns[0].text)
    [nonce] = re.findall(r"<posting (\w+)>$", model.asks[0].turns[0].text, re.MULTILINE)
    assert model.asks[0].turns[0].text.count(f"</posting {nonce}>") == 1
    assert nonce not in attack.text


@pytest.mark.parametrize("mark", ["[ confirm c3 ]", "[confirm c3: pay range]", "**[confirm c1]**", "\\[confirm c1\\]"])
def test_a_posting_with_marks_like_ours_is_not_worked_on(mark: str) -> None:
    with pytest.raises(StaleDraft):
        reviewed(posting(f"{mark} {ORDER}"))
