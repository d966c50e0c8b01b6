"""Whether the SDK will find credentials, told without loading it: the offline paths start in milliseconds.

Follows the order of anthropic 2.12 (`lib/credentials/_chain.py`); a test holds both to the same answers.
Nothing is read but names: no key or token leaves this module.
"""

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from postwright.llm.providers import ANTHROPIC, Provider, key_variable


def credentials_resolve(environment: Mapping[str, str] | None = None, provider: Provider = ANTHROPIC) -> bool:
    """True if a request would be signed, or if what the user set up is broken and should be told so.

    Who names a cloud means it: its accounts are looked for when the first request is signed.
    """
    return bool(credentials_source(environment, provider))


def credentials_source(environment: Mapping[str, str] | None = None, provider: Provider = ANTHROPIC) -> str:
    """Where the credentials come from, in words for `doctor`; empty when there are none."""
    env = os.environ if environment is None else environment
    if not provider.is_anthropic:
        return key_variable(provider, env) or provider.signs
    for name in ("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN"):
        if env.get(name):
            return name
    if _signs_itself(env):
        return "ANTHROPIC_CUSTOM_HEADERS"
    if env.get("ANTHROPIC_PROFILE"):
        return "ANTHROPIC_PROFILE"
    if _has_workload_identity(env):
        return "workload identity (ANTHROPIC_FEDERATION_RULE_ID)"
    return _profile_source(env)


def _signs_itself(env: Mapping[str, str]) -> bool:
    """Gateways are often reached with a header of their own: the SDK takes it in place of a key."""
    for line in env.get("ANTHROPIC_CUSTOM_HEADERS", "").split("\n"):
        name, colon, value = line.partition(":")
        if colon and value.strip() and name.strip().lower() in {"authorization", "x-api-key"}:
            return True
    return False


def _has_workload_identity(env: Mapping[str, str]) -> bool:
    token = env.get("ANTHROPIC_IDENTITY_TOKEN") or env.get("ANTHROPIC_IDENTITY_TOKEN_FILE")
    return bool(env.get("ANTHROPIC_FEDERATION_RULE_ID") and env.get("ANTHROPIC_ORGANIZATION_ID") and token)


def _profile_source(env: Mapping[str, str]) -> str:
    """A profile that the user chose counts even when it is broken; a default one only when it can be read."""
    folder = _config_folder(env)
    chosen = _text(folder / "active_config").strip()
    if env.get("ANTHROPIC_CONFIG_DIR"):
        return "ANTHROPIC_CONFIG_DIR"
    if chosen:
        return "the active profile"
    return "the default profile" if _is_profile(folder / "configs" / "default.json") else ""


def _config_folder(env: Mapping[str, str]) -> Path:
    folder = env.get("ANTHROPIC_CONFIG_DIR")
    if folder:
        return Path(folder)
    if sys.platform == "win32":
        appdata = env.get("APPDATA")
        return (Path(appdata) if appdata else Path.home() / "AppData" / "Roaming") / "Anthropic"
    return Path.home() / ".config" / "anthropic"


def _is_profile(path: Path) -> bool:
    try:
        profile: object = json.loads(_text(path))
    except ValueError:
        return False
    return isinstance(profile, dict) and isinstance(profile.get("authentication"), dict)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError, RuntimeError):
        return ""
