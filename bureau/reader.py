"""Asks ``reader_process`` for the cells of a workbook that a stranger sent; the answers hold plain values only."""

import json
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from bureau.archives import BadFile, damaged, encrypted, too_large_inside

CPU_SECONDS = 300


class Reader:
    """One file in a process of its own; ``close`` ends it. Every method may raise ``BadFile``.

    ``unpacked``: how many bytes the file may unpack to, ``IMPORT_MAX_UNPACKED_BYTES`` without it.
    """

    def __init__(self, path: Path, *, unpacked: int | None = None, seconds: int = CPU_SECONDS) -> None:
        memory = (unpacked or settings.IMPORT_MAX_UNPACKED_BYTES) * 2 + (1 << 29)
        script = Path(__file__).with_name("reader_process.py")
        command = [sys.executable, "-I", str(script), str(path), str(memory), str(seconds)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def ask(self, *command: Any) -> Any:
        try:
            self._process.stdin.write(json.dumps(command).encode() + b"\n")  # type: ignore[union-attr]
            self._process.stdin.flush()  # type: ignore[union-attr]
            answer = _Plain(self._process.stdout).load()  # type: ignore[arg-type]
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            # The process ended: its memory or time was used up, or the reader's library gave up on a broken file.
            raise BadFile(
                _("The file could not be read: it is damaged or much too large. Save it in Excel again, or split it.")
            ) from error
        if isinstance(answer, tuple) and answer and answer[0] == "error":
            raise _bad_file(answer[1])
        return answer

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()


class _Plain(pickle.Unpickler):
    """Takes plain values and days only, so that nothing can be made of what a file holds but cells."""

    def find_class(self, module: str, name: str) -> Any:
        if module == "datetime":
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


def _bad_file(error: str) -> BadFile:
    if error == "PasswordError":
        return encrypted()
    return too_large_inside() if error == "MemoryError" else damaged()
