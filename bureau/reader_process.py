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

# Loading a sheet costs more than all the rest, so sheets stay loaded as long as they are small together.
MOST_KEPT_CELLS = 2_000_000
# More merged cells than anyone made by hand; each would cost the server memory.
MOST_MERGES = 500_000


class Reader:
    def __init__(self, path: str) -> None:
        from python_calamine import CalamineWorkbook

        # Given a path, calamine goes by the ending of its name, which often is not what the file is.
        with open(path, "rb") as file:  # noqa: PTH123
            self.workbook = CalamineWorkbook.from_filelike(file)
        self.loaded: dict[str, Any] = {}
        self.walks: list[Any] = []

    def sheets(self) -> list[tuple[str, bool]]:
        """Name and visibility of each worksheet."""
        return [
            (sheet.name, str(sheet.visible).endswith(".Visible"))
            for sheet in self.workbook.sheets_metadata
            if str(sheet.typ).endswith(".WorkSheet")
        ]

    def measure(self, name: str) -> tuple[int, int, int]:
        """The last row and column that hold anything, and how many columns before the first are empty."""
        sheet = self._sheet(name)
        if sheet.end is None:
            return 0, 0, 0
        return sheet.end[0] + 1, sheet.end[1] + 1, sheet.start[1]

    def head(self, name: str, count: int) -> list[list[Any]]:
        return list(islice(self._sheet(name).iter_rows(), count))

    def merges(self, name: str) -> list[tuple[tuple[int, int], tuple[int, int]]] | None:
        """Corners of the merged cells, counted from 0; None if the type of file does not tell."""
        ranges = self._sheet(name).merged_cell_ranges
        if ranges is not None and len(ranges) > MOST_MERGES:
            raise MemoryError
        return ranges

    def walk(self, name: str) -> int:
        """Begin to read a sheet; the answer is to be given to ``take``."""
        self.walks.append(self._sheet(name).iter_rows())
        return len(self.walks) - 1

    def take(self, walk: int, count: int) -> list[list[Any]]:
        """The next rows; none at the end, and then the walk lets go of its sheet."""
        rows = list(islice(self.walks[walk], count))
        if not rows:
            self.walks[walk] = iter(())
        return rows

    def _sheet(self, name: str) -> Any:
        if name not in self.loaded:
            sheet = self.workbook.get_sheet_by_name(name)
            if sum(_cells(other) for other in self.loaded.values()) + _cells(sheet) > MOST_KEPT_CELLS:
                self.loaded.clear()
            self.loaded[name] = sheet
        return self.loaded[name]


def _cells(sheet: Any) -> int:
    return sheet.height * sheet.width


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
