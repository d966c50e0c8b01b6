"""Patient data and secrets in many hands: each stops the posting, and clean text that looks like it is sent."""

import pytest

from hostile.leak_cases import CLEAN, PATIENT_DATA, SECRETS
from hostile.postings import posting
from postwright.reading.posting import read
from postwright.reading.screening.leaks import leaks
from postwright.reading.screening.screen import screen


@pytest.mark.parametrize("text", PATIENT_DATA)
def test_patient_data_stops_a_posting_however_it_is_written(text: str) -> None:
    whole = posting(text)
    alarms = [alarm for alarm in screen(read(whole, "job.md")) if alarm.stops]
    assert {alarm.kind for alarm in alarms} == {"patient-data"}
    digits = "".join(filter(str.isdigit, text))
    assert all(digits not in alarm.says or len(digits) < 5 for alarm in alarms), "an alarm repeats what it found"
    assert all(alarm.span.of(whole) in text for alarm in alarms)


@pytest.mark.parametrize("text", SECRETS)
def test_a_secret_stops_a_posting_whoever_issued_it(text: str) -> None:
    alarms = [alarm for alarm in screen(read(posting(text), "job.md")) if alarm.stops]
    assert "secret" in {alarm.kind for alarm in alarms}


@pytest.mark.parametrize("text", CLEAN)
def test_what_only_looks_like_it_stops_nothing(text: str) -> None:
    assert list(leaks(text)) == []
    assert not [alarm for alarm in screen(read(posting(text), "job.md")) if alarm.stops]


@pytest.mark.parametrize(
    "bait", ["sk-", "xai-", "eyJ-", "a_", "Bearer ", "patient Aa ", "1 ", "MRN ", "x://a:", "?token="]
)
def test_bait_for_the_patterns_is_read_in_linear_time(bait: str) -> None:
    triggers = " password secret token patient: ssn mrn born 19 :// api_key key= sk- member id"
    assert len(list(leaks((bait * 50_000)[:100_000] + triggers))) < 50_000
