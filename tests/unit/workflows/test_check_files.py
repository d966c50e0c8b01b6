"""Files under their settings: the nearest config, what is excluded, failures, positions, and fixes."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postwright.domain.checked import CheckedFile, Place
from postwright.domain.config import Config
from postwright.domain.errors import UsageProblem
from postwright.domain.posting import Span
from postwright.workflows.checking.files import Checker, Fixing, Task, check_one
from postwright.workflows.checking.looking import look, mended, rule_names
from postwright.workflows.checking.placing import Lines
from postwright.workflows.checking.settings import Overrides, Settings, as_toml

BAD = "# Nurse\n\n- Native English speaker\n"
CONFIG = Config(as_of="2026-11-22")


def check(folder: Path, overrides: Overrides | None = None, fixing: Fixing = Fixing.LEAVE) -> dict[str, CheckedFile]:
    run = Checker(Settings(overrides or Overrides(), rule_names(), "2026-11-22"), fixing=fixing)
    return {Path(checked.path).name: checked for checked in run.paths([folder])}


def rules(checked: CheckedFile) -> set[str]:
    return {remark.finding.rule for remark in checked.remarks}


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_each_file_has_the_nearest_config_above_it(tmp_path: Path) -> None:
    write(tmp_path, "postwright.toml", 'select = ["native-speaker"]\n')
    write(tmp_path, "old/postwright.toml", 'ignore = ["native-speaker"]\nfail-on = "never"\n')
    write(tmp_path, "new/a.md", BAD)
    write(tmp_path, "old/deep/b.md", BAD)
    seen = check(tmp_path)
    assert rules(seen["a.md"]) == {"native-speaker"}
    assert "native-speaker" not in rules(seen["b.md"])
    assert [r.fails for r in seen["a.md"].remarks] == [True]


def test_globs_start_from_the_folder_of_their_config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "postwright.toml", 'exclude = ["jobs/old/*"]\n[per-file-ignores]\n"jobs/*.md" = ["origin"]\n')
    write(tmp_path, "jobs/a.md", BAD)
    write(tmp_path, "jobs/old/b.md", BAD)
    monkeypatch.chdir(tmp_path / "jobs")
    seen = check(tmp_path / "jobs")
    assert list(seen) == ["a.md"]
    assert "native-speaker" not in rules(seen["a.md"])


def test_the_command_line_selects_anew_and_ignores_more(tmp_path: Path) -> None:
    write(tmp_path, "postwright.toml", 'select = ["hype"]\nignore = ["age"]\n')
    config = Settings(Overrides(select=("origin",), ignore=("gender",)), rule_names(), "2026-11-22").of(tmp_path)
    assert (config.select, config.ignore) == (("origin",), ("age", "gender"))


def test_an_unknown_rule_on_the_command_line_names_the_nearest_one() -> None:
    with pytest.raises(UsageProblem, match="names no rule") as caught:
        Settings(Overrides(select=("nativ-speaker",)), rule_names(), "2026-11-22")
    assert "native-speaker" in caught.value.hint


def test_without_a_day_in_the_config_today_counts_and_is_recorded(tmp_path: Path) -> None:
    write(tmp_path, "a.md", BAD)
    assert check(tmp_path)["a.md"].as_of == "2026-11-22"
    assert check(tmp_path, Overrides(as_of="2025-01-01"))["a.md"].as_of == "2025-01-01"


def test_a_file_that_cannot_be_read_is_a_failure_and_the_others_are_checked(tmp_path: Path) -> None:
    write(tmp_path, "b.md", BAD)
    (tmp_path / "a.md").write_bytes(b"caf\xe9")
    (tmp_path / "c.md").write_bytes(b"a\0b")
    (tmp_path / "d.md").symlink_to(tmp_path / "nowhere")
    seen = check(tmp_path)
    assert {name for name, checked in seen.items() if checked.failure} == {"a.md", "c.md", "d.md"}
    assert "native-speaker" in rules(seen["b.md"])


def test_an_empty_file_is_read_and_is_no_posting(tmp_path: Path) -> None:
    write(tmp_path, "a.md", " \n")
    checked = check(tmp_path)["a.md"]
    assert (checked.page, checked.failure, checked.remarks) == ("The file is empty.", "", ())


def test_a_page_that_is_no_posting_is_not_asked_for_what_a_posting_needs(tmp_path: Path) -> None:
    prose = "This handbook says how we hold our weekly retrospectives and who takes the notes. " * 12
    write(tmp_path, "CONTRIBUTING.md", f"# How we work\n\n{prose}\n\nWe are revolutionary and world-class.\n")
    checked = check(tmp_path)["CONTRIBUTING.md"]
    assert checked.page
    assert {r.finding.rule for r in checked.remarks if r.finding.unit == "u1"} == set()
    assert "hype" in rules(checked)


def test_a_file_named_twice_is_checked_once(tmp_path: Path) -> None:
    path = write(tmp_path, "a.md", BAD)
    run = Checker(Settings(Overrides(), rule_names(), "2026-11-22"))
    assert len(list(run.paths([path, tmp_path, path]))) == 1


def test_the_settings_print_as_the_toml_they_came_from(tmp_path: Path) -> None:
    write(tmp_path, "postwright.toml", 'ignore = ["hype"]\n[per-file-ignores]\n"a \\"b\\".md" = ["age"]\n')
    config = Settings(Overrides(), rule_names(), "2026-11-22").of(tmp_path)
    table = tomllib.loads("\n".join(as_toml(config)))
    assert table["ignore"] == ["hype"]
    assert table["per-file-ignores"] == {'a "b".md': ["age"]}


@pytest.mark.parametrize(
    ("text", "span", "place"),
    [
        ("ab\ncd", Span(3, 5), Place(2, 1, 2, 3)),
        ("ab\r\ncd\rü€f", Span(7, 10), Place(3, 1, 3, 4)),
        ("😀x", Span(1, 2), Place(1, 2, 1, 3)),
        ("\ufeffab", Span(1, 2), Place(1, 1, 1, 2)),
        ("\ufeffab", Span(0, 1), Place(1, 1, 1, 1)),
        ("", Span(0, 0), Place(1, 1, 1, 1)),
        ("ab\n", Span(3, 3), Place(2, 1, 2, 1)),
    ],
)
def test_lines_and_columns_count_from_one_in_code_points(text: str, span: Span, place: Place) -> None:
    assert Lines(text).place(span) == place


FRONT = """---
title:   "Nurse"   # HIPPA stays as it is, he says
long: >-
  a folded
  value     # and a long comment about HIPPA
---
"""
INLINE = (
    "`HIPPA`", "``a HIPPA ` tick``", "[ours](https://x.org/HIPPA)", "<HIPPA@x.org>", '<a title="HIPPA">',
    "{{ HIPPA }}", "https://x.org/HIPPA", "<!-- HIPPA -->", "![x](HIPPA.png)", "{% HIPPA %}",
)  # fmt: skip
EEO = (
    "We are an equal opportunity employer. All qualified applicants receive consideration for employment without "
    "regard to race, color, religion, sex, national origin, disability or HIPPA status."
)
BLOCKS = ("```\nHIPPA\n```", "<div>HIPPA</div>", "<!-- HIPPA -->", "<pre>\nHIPPA\n</pre>", "{% HIPPA %}", EEO)
BODY = f"{FRONT}\n# Nurse\n\nHe keeps our HIPPA records.\n\n"


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_fixes_change_the_quotes_and_no_other_byte(newline: str, start: str, tmp_path: Path) -> None:
    text = BODY + "".join(f"Read {markup} there.\n\n" for markup in INLINE) + "\n\n".join(BLOCKS)
    source = (start + text.replace("\n", newline)).encode()
    path = tmp_path / "a.md"
    path.write_bytes(source)
    checked = check(tmp_path, fixing=Fixing.WRITE)["a.md"]
    assert checked.change is not None
    expected = source.replace(b"He keeps our HIPPA records", b"You keep our HIPAA records")
    assert path.read_bytes() in {expected, source.replace(b"our HIPPA records", b"our HIPAA records")}


def test_fixing_twice_changes_nothing_the_second_time(tmp_path: Path) -> None:
    path = write(tmp_path, "a.md", BODY)
    check(tmp_path, fixing=Fixing.WRITE)
    once = path.read_bytes()
    assert check(tmp_path, fixing=Fixing.WRITE)["a.md"].change is None
    assert path.read_bytes() == once


def test_showing_fixes_writes_nothing(tmp_path: Path) -> None:
    path = write(tmp_path, "a.md", BODY)
    checked = check(tmp_path, fixing=Fixing.SHOW)["a.md"]
    assert checked.change is not None
    assert path.read_text() == BODY
    assert "wrong-clinical-term" in rules(checked)


def test_what_a_comment_sets_aside_is_not_fixed(tmp_path: Path) -> None:
    text = "# Nurse\n\n- Our HIPPA records <!-- postwright: ignore wrong-clinical-term: its name -->\n- HIPPA again\n"
    path = write(tmp_path, "a.md", text)
    check(tmp_path, fixing=Fixing.WRITE)
    assert path.read_text() == text.replace("HIPPA again", "HIPAA again")


def test_a_file_that_may_not_be_written_is_a_failure(tmp_path: Path) -> None:
    path = write(tmp_path, "a.md", BODY)
    path.chmod(0o444)
    assert "cannot be written" in check(tmp_path, fixing=Fixing.WRITE)["a.md"].failure
    assert path.read_text() == BODY


WORDS = [
    "He ",
    "she ",
    "his ",
    "HIPPA",
    "the candidate ",
    " designs ",
    ".\n",
    "- ",
    "# ",
    "`HIPPA`",
    "&amp; ",
    "*",
    "HL-7 ",
]
WORDS += ["```\n", "---\n", "<!-- x -->", "| ", "\r\n", "Epic EHR ", "must ", "himself", "\u00a0", "[he](x) "]


@settings(max_examples=150)
@given(st.lists(st.sampled_from(WORDS), max_size=25).map("".join))
def test_mended_texts_are_settled_and_differ_in_the_quotes_only(text: str) -> None:
    before = look(text, "a.md", CONFIG, ())
    after, fixes = mended(before, "a.md", CONFIG, ())
    assert mended(after, "a.md", CONFIG, ())[1] == 0
    assert (after.text == text) == (fixes == 0)


@settings(max_examples=60)
@given(st.text(max_size=200))
def test_any_text_is_checked_and_every_quote_stands_where_it_is_said_to(text: str) -> None:
    task = Task(Path("a.mdx"), "a.mdx", "a.mdx", replace(CONFIG, fail_on="notice"), text=text)
    for remark in check_one(task).remarks:
        assert remark.finding.span.of(text) == remark.finding.quote
