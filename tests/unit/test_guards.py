"""The guards around every test hold."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from anthropic.lib.credentials import default_credentials


def test_no_test_can_open_a_socket() -> None:
    with pytest.raises(UserWarning, match="tried to use socket"):
        socket.create_connection(("127.0.0.1", 9), timeout=1)


@pytest.mark.usefixtures("loopback")
def test_a_test_that_asks_may_talk_to_this_machine_only() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname(), timeout=5):
        pass
    with pytest.raises(UserWarning, match=r"192\.0\.2\.1"):
        socket.create_connection(("192.0.2.1", 9), timeout=1)


def test_no_credentials_of_a_developer_are_in_reach() -> None:
    assert default_credentials() is None
    assert not [name for name in os.environ if name.startswith(("ANTHROPIC_", "AWS_"))]


def test_a_program_that_a_test_starts_has_no_real_home_either() -> None:
    program = "from pathlib import Path; print(Path.home())"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert not list(Path(done.stdout.strip()).iterdir())
