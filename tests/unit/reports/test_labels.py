"""Plain words for everything that is shown."""

from enum import Enum

import pytest

from postwright.domain.critique import AnswerStatus, Verdict
from postwright.domain.draft import DecisionKind, Fate, LineKind
from postwright.domain.finding import Layer, Severity
from postwright.domain.posting import NoticeKind
from postwright.reports import labels


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        (labels.VERDICTS, Verdict),
        (labels.LAYERS, Layer),
        (labels.LAYER_QUESTIONS, Layer),
        (labels.SEVERITIES, Severity),
        (labels.FATES, Fate),
        (labels.LINES, LineKind),
        (labels.NOTICES, NoticeKind),
        (labels.STATUSES, AnswerStatus),
        (labels.CONSEQUENCES, DecisionKind),
    ],
)
def test_every_kind_has_its_words(words: dict[Enum, object], kinds: type[Enum]) -> None:
    assert set(words) == set(kinds)


def test_every_kind_of_decision_has_a_weight() -> None:
    assert sorted(labels.WEIGHT) == sorted(DecisionKind)


def test_numbers_agree_with_their_words() -> None:
    assert [labels.counted(n, "fix", "fixes") for n in (0, 1, 1204)] == ["0 fixes", "1 fix", "1,204 fixes"]
