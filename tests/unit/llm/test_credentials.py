"""Whether credentials resolve: told without the SDK, held to what the SDK itself finds."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from anthropic import AnthropicError
from anthropic.lib.credentials import default_credentials

from postwright.llm.credentials import credentials_resolve, credentials_source
from postwright.llm.providers import PROVIDERS

PROFILE = json.dumps({"authentication": {"type": "user_oauth"}})

ENVIRONMENTS: list[dict[str, str]] = [
    {},
    {"ANTHROPIC_API_KEY": ""},
    {"ANTHROPIC_API_KEY": "k"},
    {"ANTHROPIC_AUTH_TOKEN": "t"},
    {"ANTHROPIC_PROFILE": "nonesuch"},
    {"ANTHROPIC_FEDERATION_RULE_ID": "r"},
    {"ANTHROPIC_FEDERATION_RULE_ID": "r", "ANTHROPIC_ORGANIZATION_ID": "o"},
    {"ANTHROPIC_FEDERATION_RULE_ID": "r", "ANTHROPIC_ORGANIZATION_ID": "o", "ANTHROPIC_IDENTITY_TOKEN": "t"},
    {"ANTHROPIC_FEDERATION_RULE_ID": "r", "ANTHROPIC_ORGANIZATION_ID": "o", "ANTHROPIC_IDENTITY_TOKEN_FILE": "f"},
    {"ANTHROPIC_CONFIG_DIR": "nowhere"},
]

HOMES: list[dict[str, str]] = [
    {},
    {"configs/default.json": PROFILE},
    {"configs/default.json": "not JSON"},
    {"configs/default.json": "[]"},
    {"configs/default.json": "{}"},
    {"configs/work.json": PROFILE},
    {"configs/work.json": PROFILE, "active_config": "work\n"},
    {"active_config": "gone"},
    {"active_config": "  \n"},
]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("APPDATA", str(tmp_path / "AppData"))
    return tmp_path / ("AppData/Anthropic" if sys.platform == "win32" else ".config/anthropic")


def sdk_finds_some() -> bool:
    """What the SDK would do: find credentials, or tell that those the user chose are broken."""
    try:
        return bool(os.environ.get("ANTHROPIC_API_KEY")) or default_credentials() is not None
    except AnthropicError:
        return True


def furnish(home: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text)
        (home / name).chmod(0o644)


@pytest.mark.parametrize("files", HOMES, ids=str)
@pytest.mark.parametrize("environment", ENVIRONMENTS, ids=lambda e: "+".join(e) or "bare")
def test_it_agrees_with_the_sdk(
    home: Path, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], files: dict[str, str]
) -> None:
    furnish(home, files)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert credentials_resolve() == sdk_finds_some()


def test_a_header_of_a_gateway_counts_as_a_key() -> None:
    headers = "X-Team: people-ops\nAuthorization: Bearer gateway"
    assert credentials_source({"ANTHROPIC_CUSTOM_HEADERS": headers}) == "ANTHROPIC_CUSTOM_HEADERS"
    assert not credentials_resolve({"ANTHROPIC_CUSTOM_HEADERS": "X-Team: people-ops"})


def test_the_source_is_named_and_never_the_key(home: Path) -> None:
    assert credentials_source({"ANTHROPIC_API_KEY": "sk-canary"}) == "ANTHROPIC_API_KEY"
    assert credentials_source({}) == ""
    furnish(home, {"configs/default.json": PROFILE})
    assert credentials_source({}) == "the default profile"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_profile_is_none(home: Path) -> None:
    furnish(home, {"configs/default.json": PROFILE})
    (home / "configs/default.json").chmod(0)
    assert not credentials_resolve()


def test_asking_loads_neither_the_sdk_nor_pydantic() -> None:
    program = (
        "import sys; from postwright.llm.credentials import credentials_resolve; credentials_resolve();"
        "print([m for m in ('anthropic', 'httpx2', 'pydantic', 'tenacity', 'asyncio') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"


def test_who_names_a_cloud_has_its_accounts_looked_for(home: Path) -> None:
    assert all(credentials_resolve({}, provider) for name, provider in PROVIDERS.items() if name != "anthropic")
    assert not credentials_resolve({}, PROVIDERS["anthropic"])


def test_the_key_of_a_cloud_goes_before_its_accounts() -> None:
    bedrock = PROVIDERS["bedrock"]
    assert credentials_source({"AWS_BEARER_TOKEN_BEDROCK": "canary"}, bedrock) == "AWS_BEARER_TOKEN_BEDROCK"
    assert credentials_source({"ANTHROPIC_API_KEY": "canary"}, bedrock) == "the AWS credential chain"
