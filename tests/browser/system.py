"""A real system for the browser: web server and worker in one foreground command, on a data directory of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
DEMO = ["manage.py", "demo", "--port"]
EMPTY = ["-m", "tests.browser.empty_bureau"]
START_SECONDS = 240  # filling the demo takes most of it, on a busy machine
STOP_SECONDS = 30


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def surroundings(directory: Path, **more: str) -> dict[str, str]:
    """The environment of a trial system; never the developer's own database."""
    own = {"DEBUG": "1", "BUREAU_TESTING": "1", "BUREAU_DATA_DIR": str(directory), "DATABASE_URL": "sqlite"}
    return {**os.environ, **own, "DJANGO_SETTINGS_MODULE": "bureau.settings", **more}


def manage(directory: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess:
    """``manage.py`` on a data directory; the caller looks at the return code."""
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=surroundings(directory, **more), capture_output=True, text=True, check=False, timeout=300
    )


def left_running(directory: Path) -> list[int]:
    """Processes that work on the data directory, found by their environment; zombies have none any more."""
    mark = f"BUREAU_DATA_DIR={directory}".encode()
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                variables = (entry / "environ").read_bytes().split(b"\0")
            except OSError:
                continue
            if mark in variables:
                found.append(int(entry.name))
    return found


def wait_until(condition, seconds: float, what: str):
    """What ``condition`` gives as soon as it is true."""
    deadline = time.monotonic() + seconds
    while True:
        if value := condition():
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"Not within {seconds} s: {what}")
        time.sleep(0.05)


class System:
    """``command`` gets the port as its last argument; ``url`` answers once ``start()`` is back."""

    def __init__(self, directory: Path, command: list[str]) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self.directory, self.command, self.port = directory, command, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.output = directory / "output.txt"
        self.process: subprocess.Popen | None = None

    def start(self) -> "System":
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, *self.command, str(self.port)],
                cwd=ROOT,
                env=surroundings(self.directory, PYTHONUNBUFFERED="1"),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            wait_until(self._answers, START_SECONDS, f"{self.url} answers")
        except AssertionError as error:
            self.kill()
            raise AssertionError(f"{error}\n{self.said()}") from None
        return self

    def _answers(self) -> bool:
        assert self.process and self.process.poll() is None, f"The system ended by itself:\n{self.said()}"
        try:
            with urlopen(f"{self.url}/login/", timeout=5) as answer:
                return answer.status == 200
        except (URLError, OSError):
            return False

    def stop(self, signum: int = signal.SIGINT) -> int:
        """Ctrl-C, or another signal; the exit code."""
        assert self.process
        self.process.send_signal(signum)
        try:
            return self.process.wait(STOP_SECONDS)
        finally:
            self.kill()

    def kill(self) -> None:
        if self.process and self.process.poll() is None:
            for pid in left_running(self.directory):
                os.kill(pid, signal.SIGKILL)
            self.process.wait()

    def said(self) -> str:
        return self.output.read_text(encoding="utf-8", errors="replace")

    def manage(self, *arguments: str) -> str:
        done = manage(self.directory, *arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def summary(self, **dates: str) -> dict:
        """Figures of the province by key."""
        named = [part for name, value in dates.items() for part in (f"--{name}", value)]
        answer = json.loads(self.manage("summary", "--region", "210000", *named, "--format", "json"))
        return {figure["key"]: figure for figure in answer["figures"]}


def stops_cleanly(system: System, signum: int = signal.SIGINT) -> None:
    """Ends the system and asserts that all of it went, without complaint."""
    code = system.stop(signum)
    assert code == 0, f"exit code {code}\n{system.said()}"
    assert not left_running(system.directory)
    assert "Traceback" not in system.said(), system.said()
