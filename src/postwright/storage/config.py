"""Finds and reads `postwright.toml`, or `[tool.postwright]` in `pyproject.toml`, upward from a file.

All that is wrong with a config is said at once, each with the nearest valid word.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from postwright.domain.config import MEANINGS, PROVIDER_NAMES, Config, Employer, ProfileFact
from postwright.domain.errors import UsageProblem
from postwright.domain.posting import SectionKind
from postwright.storage.files import read_bytes, shown

OWN, SHARED = "postwright.toml", "pyproject.toml"
LARGEST = 1_000_000
"""Bytes."""
FAIL_LEVELS = ("error", "warning", "notice", "never")
ELSEWHERE = ("pay", "benefits", "eeo", "accommodation", "apply", "location", "privacy")
PROFILE = ("employer", "places", "country", "facts")
FACT = ("text", "sections", "id")


def find_config(start: Path) -> Path | None:
    """The nearest config at or above a file or folder; a repository's top or the file system's ends the search."""
    place = start if start.is_dir() else start.parent
    for folder in (place.absolute(), *place.absolute().parents):
        if (own := folder / OWN).is_file():
            return own
        shared = folder / SHARED
        if shared.is_file() and b"[tool.postwright" in read_bytes(shared, limit=LARGEST, failure=UsageProblem):
            return shared
        if (folder / ".git").exists():
            return None
    return None


def load_config(path: Path, known_rules: Iterable[str] = ()) -> Config:
    """The config in a file. Raises UsageProblem that names each unknown key or rule id and the nearest valid one."""
    import tomllib  # noqa: PLC0415 - most folders have no config

    name = shown(path)
    try:
        data = tomllib.loads(read_bytes(path, limit=LARGEST, failure=UsageProblem).decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageProblem(f"{name} is not valid TOML: {error}", hint="see the README's example") from error
    table = data.get("tool", {}).get("postwright", {}) if path.name == SHARED else data
    reader = _Reader(set(known_rules))
    config = reader.config(table, name)
    if reader.problems:
        more = (
            f" (and {len(reader.problems) - 1} more: {'; '.join(reader.problems[1:4])})" if reader.problems[1:] else ""
        )
        raise UsageProblem(f"{name}: {reader.problems[0]}{more}", hint="postwright rules lists all rules")
    return config


class _Reader:
    """Reads a table key by key and remembers everything that is wrong."""

    def __init__(self, known_rules: set[str]) -> None:
        self._rules = known_rules
        self.problems: list[str] = []

    def config(self, table: Mapping[str, Any], where: str) -> Config:
        values: dict[str, Any] = {"where": where}
        for raw, value in table.items():
            key = raw.replace("-", "_")
            if key not in _KEYS:
                self._wrong(f"unknown key {raw!r}", raw, [k.replace("_", "-") for k in _KEYS])
                continue
            values[key] = _KEYS[key](self, raw, value)
            if key == "profile":
                values["employer"] = self.employer(value)
        return Config(**{key: value for key, value in values.items() if value is not None})

    def _wrong(self, says: str, word: str, valid: Iterable[str]) -> None:
        from difflib import get_close_matches  # noqa: PLC0415 - only for a mistake

        near = get_close_matches(word, list(valid), n=1)
        self.problems.append(says + (f", did you mean {near[0]!r}?" if near else ""))

    def strings(self, key: str, value: object) -> tuple[str, ...] | None:
        if isinstance(value, list) and all(isinstance(v, str) for v in value):
            return tuple(value)
        self.problems.append(f"{key} must be a list of strings")
        return None

    def rules(self, key: str, value: object) -> tuple[str, ...] | None:
        names = self.strings(key, value)
        for name in names or ():
            if self._rules and name not in self._rules:
                self._wrong(f"unknown rule {name!r} in {key}", name, self._rules)
        return names

    def per_file(self, key: str, value: object) -> dict[str, tuple[str, ...]] | None:
        if not isinstance(value, dict):
            self.problems.append(f"{key} must be a table of globs")
            return None
        return {glob: self.rules(f"{key}.{glob}", names) or () for glob, names in value.items()}

    def elsewhere(self, key: str, value: object) -> tuple[str, ...] | None:
        names = self.strings(key, value)
        for name in names or ():
            if name not in ELSEWHERE:
                self._wrong(f"unknown {name!r} in {key}", name, ELSEWHERE)
        return names

    def text(self, key: str, value: object) -> str | None:
        if isinstance(value, str):
            return value
        self.problems.append(f"{key} must be a string")
        return None

    def level(self, key: str, value: object) -> str | None:
        if value in FAIL_LEVELS:
            return str(value)
        self._wrong(f"{key} is {value!r}", str(value), FAIL_LEVELS)
        return None

    def provider(self, key: str, value: object) -> str | None:
        if value in PROVIDER_NAMES:
            return str(value)
        self._wrong(f"{key} is {value!r}", str(value), PROVIDER_NAMES)
        return None

    def day(self, key: str, value: object) -> str | None:
        try:
            return date.fromisoformat(str(value)).isoformat()
        except ValueError:
            self.problems.append(f"{key} must be a date such as 2026-11-22")
            return None

    def table(self, key: str, value: object) -> dict[str, Any] | None:
        if isinstance(value, dict):
            return value
        self.problems.append(f"{key} must be a table")
        return None

    def front_matter(self, key: str, value: object) -> dict[str, str] | None:
        if not isinstance(value, dict) or not all(isinstance(meaning, str) for meaning in value.values()):
            self.problems.append(f"{key} must be a table such as {{opens = 'date_posted'}}")
            return None
        for meaning in value.values():
            if meaning not in MEANINGS:
                self._wrong(f"unknown meaning {meaning!r} in {key}", meaning, MEANINGS)
        return value

    def profile(self, key: str, value: object) -> tuple[ProfileFact, ...] | None:
        table = value if isinstance(value, dict) else {"facts": value}
        for name in table:
            if name not in PROFILE:
                self._wrong(f"unknown key {name!r} in {key}", name, PROFILE)
        facts = table.get("facts", [])
        if not isinstance(facts, list):
            self.problems.append(f"{key} must hold a list of facts")
            return None
        found = tuple(fact for entry in facts if (fact := self._fact(key, entry)) is not None)
        ids = [fact.id for fact in found if fact.id]
        twice = dict.fromkeys(name for name in ids if ids.count(name) > 1)
        self.problems += [f"two facts in {key} have the id {name!r}" for name in twice]
        return found

    def employer(self, value: object) -> Employer:
        """The employer's name and places, in the same table as its facts."""
        table = value if isinstance(value, dict) else {}
        name, country = (self.text(f"profile.{key}", table.get(key, "")) for key in ("employer", "country"))
        places = self.strings("profile.places", table.get("places", []))
        return Employer(name or "", places or (), country or "")

    def _fact(self, key: str, entry: object) -> ProfileFact | None:
        if isinstance(entry, str):
            entry = {"text": entry}
        if not isinstance(entry, dict) or not isinstance(entry.get("text"), str) or not entry["text"].strip():
            self.problems.append(f"a fact in {key} needs a text")
            return None
        for name in entry:
            if name not in FACT:
                self._wrong(f"unknown key {name!r} in a fact of {key}", name, FACT)
        return ProfileFact(
            entry["text"], self._sections(key, entry.get("sections", [])), self._id(key, entry.get("id"))
        )

    def _sections(self, key: str, value: object) -> tuple[SectionKind, ...]:
        found = []
        for name in self.strings(f"{key}.sections", value) or ():
            try:
                found.append(SectionKind(name))
            except ValueError:
                self._wrong(f"unknown section {name!r} in {key}", name, [s.value for s in SectionKind])
        return tuple(found)

    def _id(self, key: str, value: object) -> str:
        if value is None:
            return ""
        if isinstance(value, str) and re.fullmatch(r"p[1-9]\d{0,2}", value):
            return value
        self.problems.append(f"the id {value!r} of a fact in {key} must be p1, p2, ...")
        return ""


_KEYS: dict[str, Callable[[_Reader, str, object], object]] = {
    "select": _Reader.rules,
    "ignore": _Reader.rules,
    "per_file_ignores": _Reader.per_file,
    "fail_on": _Reader.level,
    "exclude": _Reader.strings,
    "vocabulary": _Reader.strings,
    "provided_elsewhere": _Reader.elsewhere,
    "lock": _Reader.strings,
    "baseline": _Reader.text,
    "as_of": _Reader.day,
    "provider": _Reader.provider,
    "model": _Reader.text,
    "effort": _Reader.text,
    "cache": _Reader.text,
    "prompts": _Reader.text,
    "profile": _Reader.profile,
    "front_matter": _Reader.front_matter,
    "prices": _Reader.table,
}
