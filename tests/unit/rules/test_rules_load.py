"""Hidden load: one finding for each sentence, over all that it asks for."""

from datetime import date

import pytest

from postwright.reading.posting import read
from postwright.rules.engine import judge


def loads(*duties: str) -> list[str]:
    text = "# Integration Engineer\n\n## Duties\n\n" + "".join(f"- {duty}\n" for duty in duties)
    return [found.quote for found in judge(read(text, "x.md"), as_of=date(2026, 11, 22)) if found.rule == "hidden-load"]


def test_nights_weekends_and_holidays_of_one_sentence_are_one_finding() -> None:
    assert loads("Cover nights, weekends and bank holidays") == ["nights, weekends and bank holidays"]


def test_each_sentence_with_a_load_has_its_own_finding() -> None:
    assert loads("Some weekend work", "Carry a pager") == ["weekend work", "Carry a pager"]


def test_a_rhythm_in_another_line_explains_on_call_but_not_the_weekends_beside_it() -> None:
    assert loads("Join the on-call rota, and work weekends at go-lives", "On call: one week in eight") == ["weekends"]


@pytest.mark.parametrize("clean", ["Nurses work nights; you read their notes", "Weekend admissions, shown by shift"])
def test_the_hours_of_others_are_no_load(clean: str) -> None:
    assert loads(clean) == []
