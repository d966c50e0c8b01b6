"""Compiles `data`, YAML and TOML, to `compiled/*.json` and `*.jsonl`, which load in a few milliseconds.

Run `python -m postwright.knowledge.build` after each change of the data; a test holds both equal.
"""

import json
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from postwright.knowledge.build_shapes import DERIVED, LINES, SHAPES

HERE = Path(__file__).parent


def sources(data: Path = HERE / "data") -> dict[str, dict[str, Any]]:
    """Every data file by its name without suffix. Raises ValueError when two files share a name.

    The rules stand in a folder, a file for each family.
    """
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(data.iterdir()):
        if path.suffix not in {".yaml", ".toml"}:
            continue
        if path.stem in found:
            msg = f"two data files are named {path.stem}"
            raise ValueError(msg)
        text = path.read_text(encoding="utf-8")
        found[path.stem] = tomllib.loads(text) if path.suffix == ".toml" else yaml.safe_load(text)
    if "rules" in found:
        found["rules"]["rules"] = list(_rules(data / "rules", found["rules"].pop("families")))
    return found


def _rules(folder: Path, families: Sequence[str]) -> Iterator[dict[str, Any]]:
    """The rules in the order of their families. Raises ValueError for a file that no family names."""
    files = {path.stem: path for path in folder.iterdir()}
    if forgotten := files.keys() - set(families):
        msg = f"no family is named {', '.join(sorted(forgotten))}"
        raise ValueError(msg)
    for family in families:
        for rule in yaml.safe_load(files[family].read_text(encoding="utf-8")):
            yield {"family": family, **rule}


def compiled(data: Path = HERE / "data") -> dict[str, str]:
    """The text of every compiled file by its name. Dates become ISO text."""
    raw = sources(data)
    pieces = {name: SHAPES[name](piece) if name in SHAPES else piece for name, piece in raw.items()}
    pieces |= {name: derive(raw) for name, derive in DERIVED.items()}
    objects = {f"{name}.json": _text(piece) for name, piece in pieces.items()}
    return objects | {f"{name}.jsonl": "".join(map(_line, rows(raw))) for name, rows in LINES.items()}


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def _text(piece: dict[str, Any]) -> str:
    """One line per top-level key, so that a change shows as a small diff."""
    lines = (
        f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False, default=str, separators=(',', ':'))}"
        for key, value in piece.items()
    )
    return "{\n" + ",\n".join(lines) + "\n}\n"


def main() -> None:
    target = HERE / "compiled"
    target.mkdir(exist_ok=True)
    texts = compiled()
    for stale in target.glob("*.json*"):
        if stale.name not in texts:
            stale.unlink()
    for name, text in texts.items():
        (target / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
