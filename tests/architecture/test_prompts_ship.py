"""The prompts work from a checkout, from an editable install and from a built wheel."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import postwright
from postwright.prompting.library import Prompts, prompts_folder

ROOT = Path(__file__).parents[2]
ASK = (
    "from postwright.prompting.library import Prompts; import postwright; "
    "print(Prompts().fingerprint(), postwright.__file__)"
)


def test_a_checkout_uses_the_prompts_beside_its_sources() -> None:
    assert prompts_folder(ROOT / "src" / "postwright") == ROOT / "prompts"


def test_an_installed_package_prefers_the_prompts_inside_it(tmp_path: Path) -> None:
    inside = tmp_path / "postwright" / "_prompts"
    inside.mkdir(parents=True)
    (inside / "system.j2").write_text("x")
    assert prompts_folder(tmp_path / "postwright") == inside


def test_this_install_sees_the_templates_it_was_made_from() -> None:
    done = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, cwd=ROOT.anchor, check=True)
    assert done.stdout.split()[0] == Prompts().fingerprint()
    assert Path(done.stdout.split()[1]).samefile(postwright.__file__)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    return next(out.glob("*.whl"))


def test_a_wheel_carries_the_same_prompts_and_uses_them(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    assert (tmp_path / "postwright" / "_prompts" / "system.j2").is_file()
    script = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); {ASK}"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=tmp_path, check=True)
    fingerprint, where = done.stdout.split()
    assert fingerprint == Prompts().fingerprint()
    assert str(tmp_path) in where


def test_a_wheel_carries_its_data_and_pages(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for folder in ("knowledge/compiled", "reports"):
        kept = {
            p.relative_to(ROOT / "src").as_posix() for p in (ROOT / "src/postwright" / folder).rglob("*") if p.is_file()
        }
        assert {n for n in kept if "__pycache__" not in n} <= names
