"""What the rules still say of a draft: the grave half of all that they would say."""

import pytest

from postwright.domain.finding import Severity
from postwright.reading.posting import read
from postwright.rules.engine import judge
from support.real_reviews import DAY, by_model


@pytest.mark.parametrize("name", ["fhir-engineer-startup.md", "ml-engineer-sepsis.md", "gold-a.md"])
def test_what_stays_wrong_is_all_that_every_rule_would_say_less_the_notices(name: str) -> None:
    review = by_model(name)
    assert review.draft is not None
    said = judge(read(review.draft.text, name), as_of=DAY, ignore=("pending-mark",))
    assert review.still == tuple(finding for finding in said if finding.severity is not Severity.NOTICE)
