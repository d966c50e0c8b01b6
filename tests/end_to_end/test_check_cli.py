"""`check`, `rules` and `init` as a person and a hook run them: what is printed, what is written, and the exit code."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from postwright.cli.boundary import ExitCode
from postwright.cli.main import main

ROOT = Path(__file__).parents[2]
GOOD = ROOT / "fixtures/postings/good-integration-engineer.md"
BAD = "# Nurse\n\n- Native English speaker\n- Keep our HIPPA records\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / "bad.md").write_text(BAD)
    (tmp_path / "good.md").write_text(GOOD.read_text())
    return tmp_path


def run(*args: str, stdin: str | bytes | None = None) -> Result:
    result = CliRunner().invoke(main, list(args), input=stdin)
    assert "Traceback" not in result.output
    assert not isinstance(result.exception, Exception) or isinstance(result.exception, SystemExit)
    return result


def test_findings_exit_with_one_and_clean_files_with_zero(folder: Path) -> None:
    assert run("check", "bad.md").exit_code == ExitCode.FINDINGS
    assert run("check", "good.md").exit_code == ExitCode.DONE
    assert run("check").exit_code == ExitCode.FINDINGS


@pytest.fixture
def kept(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's cache folder."""
    place = tmp_path_factory.mktemp("cache")
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(place))
    return place


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github", "markdown"])
def test_a_folder_that_did_not_change_is_reported_the_same_in_every_form(form: str, folder: Path, kept: Path) -> None:
    first = run("check", ".", "--format", form)
    assert any(kept.rglob("check/*.sqlite3"))
    assert run("check", ".", "--format", form).output == first.output
    (folder / "good.md").write_text(GOOD.read_text() + "\nYou are a rockstar.\n")
    assert run("check", ".", "--format", form).output != first.output


@pytest.mark.parametrize("args", [["bad.md"], [".", "--no-cache"], [".", "--fix"], [".", "--diff"]], ids=str)
def test_nothing_is_kept_of_single_files_of_fixes_and_where_nobody_wants_it(
    args: list[str], folder: Path, kept: Path
) -> None:
    assert run("check", *args).exit_code in {ExitCode.DONE, ExitCode.FINDINGS}
    assert not [path for path in kept.rglob("*") if path.is_file()]
    assert folder.is_dir()


@pytest.mark.parametrize(("level", "code"), [("error", 0), ("warning", 1), ("notice", 1), ("never", 0)], ids=str)
def test_the_fail_level_is_the_callers_to_choose_and_warnings_are_shown_at_any(
    level: str, code: int, folder: Path
) -> None:
    (folder / "a.md").write_text("# Nurse\n\n- Keep our HIPPA records\n")
    result = run("check", "a.md", "--fail-on", level)
    assert result.exit_code == code
    assert "warning wrong-clinical-term" in result.stdout


def test_a_file_that_cannot_be_read_is_three_and_the_others_are_checked(folder: Path) -> None:
    (folder / "latin.md").write_bytes(b"caf\xe9")
    result = run("check", "latin.md", "missing.md", "bad.md", "../outside.md")
    assert result.exit_code == ExitCode.FAILED
    assert result.stderr.count("error: ") == 3
    assert "../outside.md" in result.stderr
    assert "native-speaker" in result.stdout
    assert "3 files could not be read" in result.stdout


@pytest.mark.parametrize(
    "args",
    [
        ("check", "--select", "nativ-speaker"),
        ("check", "--fail-on", "eror"),
        ("check", "--format", "xml"),
        ("check", "--as-of", "soon"),
        ("check", "--fix", "--diff"),
        ("check", "--diff", "--format", "json"),
        ("check", "--report", "out.md"),
        ("check", "--report", "xml=out"),
        ("check", "--update-baseline"),
        ("check", "--baseline", "missing.json"),
        ("rules", "nativ-speaker"),
        ("init", "missing"),
    ],
)
def test_wrong_words_are_two(args: tuple[str, ...], folder: Path) -> None:
    result = run(*args)
    assert result.exit_code == ExitCode.USAGE
    assert result.stdout == ""


def test_a_broken_config_is_two_and_names_the_nearest_word(folder: Path) -> None:
    (folder / "postwright.toml").write_text('ignore = ["nativ-speaker"]\n')
    result = run("check")
    assert result.exit_code == ExitCode.USAGE
    assert "native-speaker" in result.stderr


def test_standard_input_has_a_name_and_the_settings_of_that_name(folder: Path) -> None:
    (folder / "postwright.toml").write_text('[per-file-ignores]\n"old/*" = ["native-speaker"]\n')
    assert run("check", "-", stdin=BAD).exit_code == ExitCode.FINDINGS
    result = run("check", "-", "--stdin-filename", "old/x.md", stdin=BAD)
    assert result.exit_code == ExitCode.DONE
    assert "old/x.md:4:" in result.stdout


def test_standard_input_that_is_no_text_is_three(folder: Path) -> None:
    assert run("check", "-", stdin=b"caf\xe9").exit_code == ExitCode.FAILED
    assert run("check", "-", stdin=b"").exit_code == ExitCode.DONE


def test_a_text_fixed_on_its_way_goes_to_stdout_alone(folder: Path) -> None:
    result = run("check", "-", "--fix", stdin=BAD)
    assert result.stdout == BAD.replace("HIPPA", "HIPAA")
    assert "native-speaker" in result.stderr


def test_select_and_ignore_take_rules_and_families(folder: Path) -> None:
    result = run("check", "bad.md", "--select", "names,origin", "--ignore", "native-speaker")
    assert re.findall(r"(?:error|warning|notice) ([\w-]+):", result.stdout) == ["wrong-clinical-term"]


def test_fix_mends_and_the_second_run_has_nothing_to_do(folder: Path) -> None:
    assert "1 fixed" in run("check", "bad.md", "--fix").stdout
    assert (folder / "bad.md").read_text() == BAD.replace("HIPPA", "HIPAA")
    assert "fixed" not in run("check", "bad.md", "--fix").stdout


def test_a_diff_writes_nothing(folder: Path) -> None:
    result = run("check", "--diff")
    assert "-- Keep our HIPPA records\n+- Keep our HIPAA records" in result.stdout
    assert (folder / "bad.md").read_text() == BAD


def test_statistics_count_by_rule(folder: Path) -> None:
    assert re.search(r"1 +0 +0  native-speaker", run("check", "--statistics").stdout)


def test_the_effective_config_is_shown(folder: Path) -> None:
    (folder / "postwright.toml").write_text('ignore = ["hype"]\n')
    result = run("check", "--show-config", "--ignore", "age", "--as-of", "2026-01-31")
    assert result.exit_code == ExitCode.DONE
    assert 'ignore = ["hype", "age"]' in result.stdout
    assert 'as-of = "2026-01-31"' in result.stdout
    assert "postwright.toml" in result.stdout


def test_several_reports_come_from_one_run(folder: Path) -> None:
    result = run("check", "--format", "github", "--report", "sarif=out.sarif", "--report", "markdown=out/../sum.txt")
    assert result.exit_code == ExitCode.FAILED  # `out` is no folder
    result = run("check", "--format", "github", "--report", "sarif=out.sarif", "--report", "markdown=sum.txt")
    assert "::error file=bad.md,line=3" in result.stdout
    assert "2 files: " in result.stdout  # what a run writes is no posting of it
    assert len(json.loads((folder / "out.sarif").read_text())["runs"][0]["results"]) > 1
    assert (folder / "sum.txt").read_text().startswith("## Postwright")


def test_quiet_prints_only_what_fails(folder: Path) -> None:
    assert run("check", "good.md", "-q").output == ""
    assert run("check", "bad.md", "-q").stdout.count("\n") == 3


def test_a_baseline_makes_old_findings_pass_and_new_ones_fail(folder: Path) -> None:
    demand = "- You must read HL7\n"
    (folder / "bad.md").write_text(BAD + demand)
    assert run("check", "--baseline", "base.json", "--update-baseline").exit_code == ExitCode.DONE
    assert run("check", "--baseline", "base.json").exit_code == ExitCode.DONE
    (folder / "bad.md").write_text(BAD + demand + "- You must be under 35 years old\n")
    result = run("check", "--baseline", "base.json")
    assert result.exit_code == ExitCode.FINDINGS
    assert re.search(r"1 new, \d+ baselined", result.stdout)
    assert "native-speaker" not in result.stdout
    sarif = json.loads(run("check", "--baseline", "base.json", "--format", "sarif").stdout)
    states = {result["ruleId"]: result["baselineState"] for result in sarif["runs"][0]["results"]}
    assert states["native-speaker"] == "unchanged"
    assert states["age-demand"] == "new"


def test_what_a_template_adds_is_not_called_missing(folder: Path) -> None:
    posting = (ROOT / "fixtures/postings/gold-a.md").read_text()
    (folder / "a.md").write_text(posting)
    assert "apply-missing" in run("check", "a.md").stdout
    (folder / "postwright.toml").write_text('provided-elsewhere = ["pay", "eeo", "apply"]\n')
    assert "apply-missing" not in run("check", "a.md").stdout


def test_rules_are_listed_and_explained(folder: Path) -> None:
    listed = run("rules").stdout.splitlines()
    assert len(listed) > 80
    assert any(line.startswith("ignore-unused ") for line in listed)
    explained = run("rules", "native-speaker").stdout
    for word in ("why", "fix", "evidence", "source", "fires on", "not on", "postwright: ignore native-speaker"):
        assert word in explained
    assert {line.split()[2] for line in run("rules", "age").stdout.splitlines()} == {"age"}


def test_rules_for_machines_say_all_that_is_known(folder: Path) -> None:
    data = json.loads(run("rules", "--format", "json").stdout)
    assert len({rule["id"] for rule in data}) == len(data)
    assert all(rule["why"] and rule["fix"] and rule["source"] and rule["fires_on"] for rule in data)


def test_init_writes_three_files_and_the_first_check_passes(folder: Path) -> None:
    (folder / "latin.md").write_bytes(b"caf\xe9")
    result = run("init")
    assert result.exit_code == ExitCode.DONE, result.output
    assert "native-speaker (1)" in result.stdout
    for name in ("postwright.toml", ".postwright-baseline.json", ".pre-commit-config.yaml"):
        assert f"wrote {name}" in result.stdout
    checked = run("check")
    assert checked.exit_code == ExitCode.DONE
    assert "0 new" in checked.stdout


def test_init_overwrites_nothing_and_says_what_to_add(folder: Path) -> None:
    run("init")
    (folder / ".pre-commit-config.yaml").write_text("repos: []\n")
    before = {path: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    result = run("init")
    assert result.exit_code == ExitCode.DONE
    assert "put this under its `repos:`" in result.stdout
    assert {path: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


def test_init_of_a_folder_puts_the_hook_where_hooks_are_read(folder: Path) -> None:
    (folder / "site/jobs").mkdir(parents=True)
    (folder / "good.md").rename(folder / "site/jobs/good.md")
    assert run("init", "site").exit_code == ExitCode.DONE
    assert "^(?:site/jobs/.*)" in (folder / ".pre-commit-config.yaml").read_text()
    assert (folder / "site/postwright.toml").exists()
    assert run("check", "site").exit_code == ExitCode.DONE


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github", "markdown"])
def test_a_hostile_file_name_and_text_print_no_order(form: str, folder: Path) -> None:
    evil = "\x1b]0;x\x07\u202e::error::x"
    (folder / f"::error file=x,{evil}.md").write_text(f"# {evil}\n\n- Native English speaker {evil}\n##[add-mask]a\n")
    done = subprocess.run(
        [sys.executable, "-m", "postwright", "check", "--format", form], capture_output=True, cwd=folder, check=False
    )
    assert done.returncode == ExitCode.FINDINGS
    for line in (done.stdout + done.stderr).decode().splitlines():
        assert line.isprintable()
        assert "##[" not in line
        assert form == "github" or not line.lstrip().startswith("::")


def test_output_survives_a_terminal_that_knows_no_unicode(folder: Path) -> None:
    (folder / "bad.md").write_text("# Nurse\n\n- Native English speaker, naïve ★\n")
    done = subprocess.run(
        [sys.executable, "-X", "utf8=0", "-m", "postwright", "check", "bad.md"],
        capture_output=True,
        cwd=folder,
        check=False,
        env={"PYTHONIOENCODING": "ascii", "PATH": ""},
    )
    assert done.returncode == ExitCode.FINDINGS
    assert done.stdout.isascii()
