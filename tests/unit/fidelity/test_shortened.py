"""What a rewording leaves out is told in the posting's own words."""

import pytest

from postwright.domain.posting import SectionKind, Span, Strength, Unit, UnitKind
from postwright.fidelity.shortened import left_out
from postwright.fidelity.sources import Sources
from postwright.reading.posting import read

SOURCES = Sources(read("# Interface Analyst\n", "any.md"))


def unit(text: str) -> Unit:
    return Unit("u1", UnitKind.ITEM, Span(0, len(text)), text, section=SectionKind.DUTIES, strength=Strength.DUTY)


@pytest.mark.parametrize(
    ("source", "line", "gone"),
    [
        ("Map feeds with nurses in Toledo", "You map feeds.", "nurses, Toledo"),
        ("Map feeds &amp; alerts for onsite&#x2F;remote staff", "You map feeds & alerts for onsite/remote staff.", ""),
    ],
)
def test_dropped_words_are_told_and_entities_are_none(source: str, line: str, gone: str) -> None:
    assert left_out(unit(source), [line], SOURCES) == gone
