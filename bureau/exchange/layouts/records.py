"""The records under the header of one sheet: the same for a first look at a file and for its import."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from bureau.exchange.files.parts import Merge
from bureau.exchange.files.reading import Cells
from bureau.exchange.layouts.filling import Filling
from bureau.exchange.layouts.layout import Layout, Part
from bureau.exchange.layouts.sieve import BLANK, HEADER, RECORD, Sieve
from bureau.exchange.sheets import Sheet

# Is told of a row that is none, with its kind.
LeaveOut = Callable[[int, str, Cells], None]


def records(
    rows: Iterable[tuple[int, Cells]],
    sheet: Sheet,
    layout: Layout,
    part: Part,
    merges: Sequence[Merge],
    leave_out: LeaveOut,
) -> Iterator[tuple[int, Cells]]:
    """Records with the values of merged cells; ``rows`` are those of the whole sheet, by Excel's numbers from 1."""
    sieve, filling = Sieve(sheet, layout), _filling(layout, part, merges)
    width = max(len(layout.headings), *(position + 1 for position in layout.places), 0)
    is_plain = None
    for number, cells in rows:
        if number <= part.last:
            if sieve.learn(cells) and number < part.first:
                leave_out(number, HEADER, cells)
            continue
        if len(cells) < width:
            cells += [""] * (width - len(cells))
        filled = filling.fill(number, cells)
        is_plain = is_plain or sieve.quick_test()
        if filling.starting or not is_plain(cells):
            kind = sieve.kind_of(cells, filled, filling.starting)
            if kind not in (RECORD, BLANK):
                leave_out(number, kind, cells)
            if kind != RECORD:
                continue
        yield number, filling.fill_down(filled)


def _filling(layout: Layout, part: Part, merges: Sequence[Merge]) -> Filling:
    read = {position: place for position, place in layout.places.items() if place.column}
    down = [position for position, place in read.items() if place.fill_down]
    return Filling(merges, read, down, after=part.last)
