"""Web server and worker in one foreground command: they begin together and end together."""

import os
import signal
import socket
from pathlib import Path

import pytest

from tests.browser.system import DEMO, STOP_SECONDS, System, left_running, manage, stops_cleanly, wait_until

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def directory(tmp_path_factory):
    """The demo province, made once for all starts."""
    directory = tmp_path_factory.mktemp("serving")
    assert manage(directory, "demo", "--no-serve").returncode == 0
    return directory


@pytest.fixture
def system(directory):
    system = System(directory, DEMO).start()
    yield system
    system.kill()


def worker_of(system):
    """The process id of the worker."""

    def find():
        for pid in left_running(system.directory):
            command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
            if b"worker" in command:
                return pid
        return None

    return wait_until(find, STOP_SECONDS, "the worker runs")


def test_a_taken_port_is_named_in_one_sentence(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = manage(tmp_path, "demo", "--port", str(port))
    assert done.returncode != 0
    assert f"Port {port} is in use" in done.stderr
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr
    # Nothing was begun: the next try, with another port, starts from nothing.
    assert not (tmp_path / "bureau.sqlite3").exists()


def test_it_greets_with_address_and_logins(system):
    said = system.said()
    assert system.url in said
    assert "Warning" not in said
    for username in ("province-clerk", "province-manager", "shenyang-inspector", "sysadmin", "secadmin", "auditor"):
        assert username in said


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM], ids=["ctrl_c", "sigterm"])
def test_a_signal_stops_both(system, signum):
    worker_of(system)
    stops_cleanly(system, signum)


def test_it_ends_when_the_worker_dies(system):
    os.kill(worker_of(system), signal.SIGKILL)
    assert system.process.wait(STOP_SECONDS) != 0
    assert not left_running(system.directory)


def test_it_ends_when_the_web_server_dies(system):
    [master] = [
        pid
        for pid in left_running(system.directory)
        if b"gunicorn" in Path(f"/proc/{pid}/cmdline").read_bytes() and parent_of(pid) == system.process.pid
    ]
    os.kill(master, signal.SIGKILL)
    assert system.process.wait(STOP_SECONDS) != 0
    wait_until(lambda: not left_running(system.directory), STOP_SECONDS, "gunicorn's workers notice that it is gone")


def parent_of(pid):
    after_name = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1]
    return int(after_name.split()[1])
