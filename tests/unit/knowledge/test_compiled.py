"""The compiled knowledge equals its sources, and says what it must."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postwright.domain.finding import Layer
from postwright.domain.posting import SectionKind
from postwright.knowledge.build import HERE, compiled, sources
from postwright.knowledge.build_synonyms import synonyms
from postwright.knowledge.build_terms import terms
from postwright.knowledge.loader import load

COMMITTED = sorted((HERE / "compiled").glob("*.json"))


@pytest.mark.no_cover  # tracing would double the longest test of the room
def test_every_compiled_file_is_what_its_sources_compile_to() -> None:
    fresh = compiled()
    committed = {path.name: path.read_text(encoding="utf-8") for path in (HERE / "compiled").glob("*.json*")}
    assert set(committed) == set(fresh)
    stale = [name for name, text in committed.items() if text != fresh[name]]
    assert stale == [], "run `python -m postwright.knowledge.build`"


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: str(path.stem))
def test_a_compiled_file_is_one_json_object(path: Path) -> None:
    assert isinstance(json.loads(path.read_text(encoding="utf-8")), dict)


def test_a_piece_is_read_once() -> None:
    assert load("terms") is load("terms")


def test_an_unknown_piece_is_not_silently_empty() -> None:
    with pytest.raises(FileNotFoundError):
        load("no_such_piece")


def test_loading_needs_no_yaml() -> None:
    program = "import sys; from postwright.knowledge.loader import load; load('terms'); print('yaml' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_two_data_files_of_one_name_are_refused(tmp_path: Path) -> None:
    (tmp_path / "law.yaml").write_text("a: 1\n")
    (tmp_path / "law.toml").write_text("a = 1\n")
    with pytest.raises(ValueError, match="two data files are named law"):
        sources(tmp_path)


def test_an_ambiguous_alias_without_a_rule_is_refused() -> None:
    raw = sources()
    raw["taxonomy_clinical"]["skills"][0]["ambiguous"] = ["nonesuch"]
    raw["taxonomy_clinical"]["skills"][0]["aliases"] = ["nonesuch"]
    with pytest.raises(ValueError, match="nonesuch"):
        terms(raw)


def test_every_cue_compiles() -> None:
    for _, _, readings in load("terms")["rules"]:
        for _, loose, exact, _ in readings:
            re.compile(f"(?i:{loose})|{exact}")


CUES = [tuple(reading[1:]) for _, _, readings in load("terms")["rules"] for reading in readings]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(CUES).flatmap(lambda cue: st.tuples(st.just(cue[2]), _texts_of(*cue[:2]))))
def test_wherever_a_cue_stands_there_is_something_that_it_holds(case: tuple[list[str], str]) -> None:
    holds, text = case
    low = text.lower().replace("\u017f", "s").replace("\u0131", "i")
    assert any(piece in low for piece in holds)


def _texts_of(loose: str, exact: str) -> st.SearchStrategy[str]:
    any_case = [st.from_regex(re.compile(loose, re.IGNORECASE))] if loose else []
    return st.one_of(*any_case, *([st.from_regex(exact)] if exact else []))


def test_every_skill_of_the_six_taxonomies_is_there() -> None:
    groups = {group for _, _, group, _ in load("terms")["skills"]}
    assert groups == {"clinical", "integration", "compliance", "ml_research", "infrastructure", "applied_llm"}
    assert len(load("terms")["skills"]) == 289


def test_synonyms_that_stand_for_two_things_are_refused() -> None:
    raw: dict[str, dict[str, Any]] = {
        "acronyms": {"acronyms": []},
        "synonyms": {"not_synonyms": [], "synonyms": {"senior": ["sr"], "sister": ["sr"]}},
    }
    with pytest.raises(ValueError, match="stands for both"):
        synonyms(raw)


def test_synonyms_that_stand_for_each_other_are_refused() -> None:
    raw: dict[str, dict[str, Any]] = {
        "acronyms": {"acronyms": []},
        "synonyms": {"not_synonyms": [], "synonyms": {"a": ["b"], "b": ["a"]}},
    }
    with pytest.raises(ValueError, match="stands for itself"):
        synonyms(raw)


def test_every_family_says_which_layers_it_owns_and_why() -> None:
    roles = {role["id"] for role in load("role_families")["roles"]}
    families = load("ownership")["families"]
    assert set(families) == roles
    assert all(family["why"] and {*family["owns"]} <= {*Layer} for family in families.values())


def test_every_slot_stands_in_a_section_of_the_house() -> None:
    slots = load("slots")["slots"]
    assert all(SectionKind(slot["section"]) for slot in slots.values())
    assert all(slot["ask"].endswith("?") and slot["why"].endswith(".") for slot in slots.values())
