"""The config: found upward, read strictly, every mistake named with the nearest valid word."""

from pathlib import Path

import pytest

from postwright.domain.config import Config, Employer, ProfileFact
from postwright.domain.errors import UsageProblem
from postwright.domain.posting import SectionKind
from postwright.storage.config import find_config, load_config

RULES = ["impossible-years", "gendered-pronoun"]


def written(folder: Path, text: str, name: str = "postwright.toml") -> Path:
    path = folder / name
    path.write_text(text)
    return path


def test_a_config_is_found_upward_from_the_file_and_not_above_the_repository(tmp_path: Path) -> None:
    outer = written(tmp_path, "")
    (tmp_path / "repo" / "jobs").mkdir(parents=True)
    assert find_config(tmp_path / "repo" / "jobs" / "a.md") == outer
    (tmp_path / "repo" / ".git").mkdir()
    assert find_config(tmp_path / "repo" / "jobs" / "a.md") is None


def test_pyproject_counts_only_with_a_table_of_ours(tmp_path: Path) -> None:
    written(tmp_path, "[tool.other]\n", "pyproject.toml")
    assert find_config(tmp_path) is None
    path = written(tmp_path, '[tool.postwright]\nfail-on = "warning"\n', "pyproject.toml")
    assert find_config(tmp_path) == path
    assert load_config(path).fail_on == "warning"


def test_every_setting_reads_as_written(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        """
        ignore = ["impossible-years"]
        as-of = 2026-11-22
        provided-elsewhere = ["pay"]
        [per-file-ignores]
        "old/*" = ["gendered-pronoun"]
        [profile]
        facts = ["We use Epic.", {text = "12 weeks leave", sections = ["offer"]}]
        """,
    )
    config = load_config(path, RULES)
    assert config.ignore == ("impossible-years",)
    assert config.as_of == "2026-11-22"
    assert config.per_file_ignores == {"old/*": ("gendered-pronoun",)}
    assert config.profile == (ProfileFact("We use Epic."), ProfileFact("12 weeks leave", (SectionKind.OFFER,)))


def test_the_profile_holds_the_employer_its_places_and_facts_with_ids(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        """
        [profile]
        employer = "Acme Health"
        places = ["Boston, MA", "Denver, CO"]
        country = "US"
        facts = [{id = "p7", text = "We use Epic.", sections = ["integration", "about"]}, "We are a nonprofit."]
        [front-matter]
        opens = "date_posted"
        """,
    )
    config = load_config(path, RULES)
    assert config.employer == Employer("Acme Health", ("Boston, MA", "Denver, CO"), "US")
    assert config.profile[0] == ProfileFact("We use Epic.", (SectionKind.INTEGRATION, SectionKind.ABOUT), "p7")
    assert config.front_matter == {"opens": "date_posted"}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[profile]\nemployr = "x"', "did you mean 'employer'"),
        ("[profile]\nemployer = 3", "profile.employer must be a string"),
        ('[profile]\nfacts = [{text = "x", section = []}]', "did you mean 'sections'"),
        ('[profile]\nfacts = [{text = "x", sections = ["ofer"]}]', "did you mean 'offer'"),
        ('[profile]\nfacts = [{text = " "}]', "needs a text"),
        ('[profile]\nfacts = [{text = "x", id = "ehr"}]', "must be p1, p2"),
        (
            '[profile]\nfacts = [{text = "x", id = "p1"}, {text = "y", id = "p1"}]',
            "two facts in profile have the id 'p1'",
        ),
        ('[front-matter]\nopens = "date-posted"', "did you mean 'date_posted'"),
        ("[front-matter]\nopens = 3", "must be a table such as"),
        ('ingore = ["x"]', "did you mean 'ignore'"),
        ('ignore = ["imposible-years"]', "did you mean 'impossible-years'"),
        ('fail-on = "eror"', "did you mean 'error'"),
        ('provided-elsewhere = ["pays"]', "did you mean 'pay'"),
        ('as-of = "soon"', "must be a date"),
        ("select = 3", "must be a list of strings"),
        ("= nonsense", "not valid TOML"),
    ],
)
def test_a_mistake_is_an_error_that_names_the_nearest_valid_word(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(UsageProblem, match=says):
        load_config(written(tmp_path, text), RULES)


def test_all_mistakes_are_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match="and 1 more"):
        load_config(written(tmp_path, "selekt = []\nfail-on = 3\n"))


def test_without_a_file_the_defaults_fail_on_errors_only() -> None:
    assert Config().fail_on == "error"
