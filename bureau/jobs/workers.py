"""The process that works: its name, whether it still lives, how it is told to stop."""

import gc
import logging
import os
import secrets
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from django.db import DatabaseError, InterfaceError, connection

logger = logging.getLogger(__name__)

HOST = socket.gethostname().replace(":", "_")[:100]
OBJECTS_BETWEEN_LOOKS = 50_000
_secrets_by_pid: dict[int, str] = {}


def _this_process() -> str:
    pid = os.getpid()
    return f"{HOST}:{pid}:{_secrets_by_pid.setdefault(pid, secrets.token_hex(8))}"


def new_token() -> str:
    """A name for one run of one job; no other run ever has it."""
    return f"{_this_process()}-{secrets.token_hex(4)}"


def is_gone(token: str) -> bool:
    """Whether the run's process has surely ended; False where that cannot be known from this host.

    In a container a restarted worker often gets the number of the one that died: the same number with another secret
    is a dead process too.
    """
    host, pid, _secret = token.rsplit(":", 2)
    if host != HOST:
        return False
    if int(pid) == os.getpid():
        return not token.startswith(_this_process())
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


@contextmanager
def ticking(seconds: float, action: Callable[[], object]) -> Iterator[None]:
    """Calls ``action`` every ``seconds`` from a thread with a database connection of its own, while in the block."""
    ended = threading.Event()

    def tick() -> None:
        while not ended.wait(seconds):
            try:
                action()
            except (DatabaseError, InterfaceError):
                # A locked or restarting database: the next tick tries again.
                logger.warning("%s could not reach the database.", action.__name__, exc_info=True)
            finally:
                connection.close()

    threading.Thread(target=tick, daemon=True, name=f"ticking-{action.__name__}").start()
    try:
        yield
    finally:
        ended.set()


@contextmanager
def undisturbed() -> Iterator[None]:
    """While a job makes rows by the ten thousand, Python does not look through the whole program for garbage each time.

    Of an import that took a fifth of the time. Rows are freed as ever: only what refers to itself waits a little.
    """
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_LOOKS, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()


@contextmanager
def told_to_stop(tell: Callable[[], None]) -> Iterator[None]:
    """Calls ``tell`` when the process is asked to stop; whoever handles the signal so far still gets it."""
    chained = {}
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            before = signal.getsignal(number)
            if callable(before):
                chained[number] = before
                signal.signal(number, _chain(tell, before))
    try:
        yield
    finally:
        for number, before in chained.items():
            signal.signal(number, before)


def _chain(
    tell: Callable[[], None], before: Callable[[int, FrameType | None], object]
) -> Callable[[int, FrameType | None], None]:
    def handle(number: int, frame: FrameType | None) -> None:
        tell()
        before(number, frame)

    return handle
