"""Web server and worker in one foreground command, stopped together."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
HOST, PORT = "127.0.0.1", 8000
GRACE_SECONDS = 15


def is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


# A browser opens connections in advance and leaves them idle; each holds a thread for some seconds.
THREADS = 16


def serve(host: str = HOST, port: int = PORT, *, threads: int = THREADS) -> int:
    """Run gunicorn and the worker until Ctrl-C or SIGTERM, or until one of them dies. Returns the exit code."""
    commands = (
        [
            sys.executable,
            "-m",
            "gunicorn",
            "bureau.wsgi",
            "--bind",
            f"{host}:{port}",
            "--workers",
            "1",
            "--no-control-socket",
        ]
        + ["--threads", str(threads), "--log-level", "warning"],
        [sys.executable, "manage.py", "worker"],
    )
    stopping = False

    def stop(signum: int, frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    # In sessions of their own, so that the terminal's Ctrl-C reaches them once, through us.
    processes = [subprocess.Popen(command, cwd=ROOT, start_new_session=True) for command in commands]
    while not stopping and all(process.poll() is None for process in processes):
        time.sleep(0.2)
    died = [process.returncode for process in processes if process.poll() is not None]
    for process in processes:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + GRACE_SECONDS
    for process in processes:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
    return 0 if stopping else (died[0] or 1)
