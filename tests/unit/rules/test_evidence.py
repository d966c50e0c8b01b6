"""What is asked of one posting again and again is worked out once."""

from postwright.domain.posting import Posting
from postwright.reading.posting import read
from postwright.rules.evidence import remembered


def test_what_is_remembered_of_a_posting_is_worked_out_once_for_each_question() -> None:
    asked = []

    @remembered
    def titled(posting: Posting, mark: str) -> str:
        asked.append(mark)
        return f"{posting.title}{mark}"

    posting = read("# Nurse\n\nYou lead go-lives.\n", "job.md")
    assert [titled(posting, mark) for mark in "!?!?"] == ["Nurse!", "Nurse?", "Nurse!", "Nurse?"]
    assert asked == ["!", "?"]


def test_what_is_remembered_of_one_posting_is_not_told_of_another() -> None:
    @remembered
    def title(posting: Posting) -> str:
        return posting.title

    postings = [read(f"# Nurse {number}\n\nYou lead go-lives.\n", "job.md") for number in range(9)]
    assert [title(posting) for posting in postings * 2] == [posting.title for posting in postings * 2]
