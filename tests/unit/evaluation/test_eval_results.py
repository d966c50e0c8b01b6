"""What is kept of an evaluation: small files by prompt, found by the beginning of a name, unchanged when unchanged."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from evaluation.results import FOLDER, Head, Results, find, load, save, to_json
from postwright.domain.errors import UsageProblem

HEAD = Head("0123456789ab", "0.1.0", "claude-sonnet-5-5", live=False, day="2026-11-22", commit="abc")
RESULTS = Results(HEAD, {"careful": {"b": {"cents": 1.23, "kept": None}, "a": {"cents": 2.0}}}, {"c": "no JSON"})


def test_results_come_back_as_they_were_saved(tmp_path: Path) -> None:
    path, written = save(RESULTS, tmp_path)
    assert (path.name, written) == ("0123456789ab.json", True)
    assert load(path) == RESULTS


def test_the_same_measures_leave_the_file_alone_even_on_another_day(tmp_path: Path) -> None:
    path, _ = save(RESULTS, tmp_path)
    before = path.read_bytes()
    later = replace(RESULTS, head=replace(HEAD, day="2027-01-01", commit="def"))
    assert save(later, tmp_path) == (path, False)
    assert path.read_bytes() == before


def test_other_measures_are_written(tmp_path: Path) -> None:
    save(RESULTS, tmp_path)
    path, written = save(replace(RESULTS, failed={}), tmp_path)
    assert written
    assert load(path).failed == {}


def test_a_damaged_file_is_written_anew(tmp_path: Path) -> None:
    (tmp_path / "0123456789ab.json").write_text("{", encoding="utf-8")
    assert save(RESULTS, tmp_path)[1]


def test_live_results_name_their_model_and_stand_beside_the_recorded_ones(tmp_path: Path) -> None:
    save(RESULTS, tmp_path)
    path, _ = save(replace(RESULTS, head=replace(HEAD, live=True)), tmp_path)
    assert path.name == "0123456789ab.claude-sonnet-5-5.json"


def test_each_case_has_a_line_of_its_own() -> None:
    text = to_json(RESULTS)
    assert json.loads(text)["groups"]["careful"]["a"] == {"cents": 2.0}
    assert '   "a": {"cents": 2.0},' in text.splitlines()


def test_results_are_found_by_the_beginning_of_their_name(tmp_path: Path) -> None:
    path, _ = save(RESULTS, tmp_path)
    assert find("0123", tmp_path) == find(str(path), tmp_path) == RESULTS


def test_an_unknown_name_lists_the_known_ones(tmp_path: Path) -> None:
    save(RESULTS, tmp_path)
    with pytest.raises(UsageProblem) as told:
        find("ffff", tmp_path)
    assert "no results begin with 'ffff'" in told.value.says
    assert "0123456789ab" in told.value.hint


def test_a_name_that_fits_several_is_refused(tmp_path: Path) -> None:
    save(RESULTS, tmp_path)
    save(replace(RESULTS, head=replace(HEAD, fingerprint="0123ffffffff")), tmp_path)
    with pytest.raises(UsageProblem, match="several results"):
        find("0123", tmp_path)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")), ids=lambda path: path.stem)
def test_results_in_the_repository_are_small_and_whole(path: Path) -> None:
    found = load(path)
    assert path.stem == found.head.name
    assert found.head.complete
    assert path.stat().st_size < 100_000
