"""Guards around every test: no network, no credentials, no real home folder."""

import os
from collections.abc import Iterator

import pytest
import pytest_socket
from hypothesis import settings

settings.register_profile("postwright", deadline=None)  # shared machines are slow at times; speed has its own tests
settings.load_profile("postwright")

_PREFIXES = ("ANTHROPIC_", "AWS_", "AZURE_", "CLAUDE_CODE_", "CLOUD_ML_", "GOOGLE_", "POSTWRIGHT_")
_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")
_HOMES = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")
_ATTACKS = {"forgery", "hostile", "fuzz", "evaluation"}
_KEPT = {"POSTWRIGHT_CORPUS", "POSTWRIGHT_FORMATS", "POSTWRIGHT_HOSTILE"}  # name the folders of the opt-in tests


def pytest_configure(config: pytest.Config) -> None:
    """pytest-httpx2 reads this marker but does not register it."""
    config.addinivalue_line("markers", "httpx2(**options): options of respx for the httpx2_mock fixture")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is attacked is not counted as covered: a lie that is blocked proves more than the lines it ran through.

    Tracing would double the time of these tests, the longest of all.
    """
    for item in items:
        if _ATTACKS & {*item.path.parts}:
            item.add_marker(pytest.mark.no_cover)


@pytest.fixture(scope="session", autouse=True)
def clean_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A developer's key, profile or proxy must not reach a test, nor a program that a test starts."""
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if (name.startswith(_PREFIXES) and name not in _KEPT) or name.upper() in _PROXIES:
                patch.delenv(name)
        for name in _HOMES:
            patch.setenv(name, str(tmp_path_factory.mktemp("home")))
        yield


@pytest.fixture(autouse=True)
def no_network(request: pytest.FixtureRequest) -> Iterator[None]:
    """Sockets refuse to open; a test that asks for `loopback` may connect to this machine."""
    if "loopback" in request.fixturenames:
        yield
        return
    pytest_socket.disable_socket(allow_unix_socket=True)  # event loops wake up through a Unix socket
    yield
    pytest_socket.enable_socket()


@pytest.fixture
def loopback() -> None:
    """Connections to this machine, and to it only. pytest-socket lifts the restriction after the test."""
    pytest_socket.socket_allow_hosts(["127.0.0.1", "::1"], allow_unix_socket=True)
