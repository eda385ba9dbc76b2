"""Reads one workbook in a process of its own: a hostile file can end this process, never the server.

Run as a script, without Django: ``reader_process.py PATH MEMORY_BYTES CPU_SECONDS``. Commands come on standard input,
one JSON list a line; each answer is one pickle of plain values and ``datetime`` objects on standard output, or
``("error", kind)``.
"""

import contextlib
import json
import os
import pickle
import resource
import sys
from itertools import islice
from typing import Any


class Reader:
    def __init__(self, path: str) -> None:
        from python_calamine import CalamineWorkbook

        self.workbook = CalamineWorkbook.from_path(path)
        self.rows: Any = iter(())

    def sheets(self) -> list[tuple[str, bool]]:
        """Name and visibility of each worksheet."""
        return [
            (sheet.name, str(sheet.visible).endswith(".Visible"))
            for sheet in self.workbook.sheets_metadata
            if str(sheet.typ).endswith(".WorkSheet")
        ]

    def open(self, name: str) -> tuple[int, int, int]:
        """Rows and columns counted from the corner of the sheet, and how many columns before the first are empty."""
        sheet = self.workbook.get_sheet_by_name(name)
        self.rows = sheet.iter_rows()
        first = sheet.start[1] if sheet.start else 0
        return sheet.total_height, sheet.total_width, first

    def take(self, count: int) -> list[list[Any]]:
        return list(islice(self.rows, count))


def main(path: str, memory: int, seconds: int) -> None:
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    out = sys.stdout.buffer
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # a panic of the reader's library is no line for the log
    reader = None
    for line in sys.stdin:
        command, *arguments = json.loads(line)
        try:
            reader = reader or Reader(path)
            answer = getattr(reader, command)(*arguments)
        except MemoryError:
            answer = ("error", "MemoryError")
        except BaseException as error:
            answer = ("error", type(error).__name__)
        pickle.dump(answer, out, protocol=pickle.HIGHEST_PROTOCOL)
        out.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
