"""QR codes as pictures of the page itself: nothing is fetched from anywhere."""

from collections.abc import Iterator
from itertools import groupby

import qrcode
from django.utils.safestring import SafeString, mark_safe

# Chosen beforehand: to find the best of the eight masks takes five times as long, and every reader knows them all.
MASK = 0


def qr_code(text: str, *, module: float = 1.4, is_quick: bool = False) -> SafeString:
    """An SVG element with the quiet zone around it; a module is ``module`` mm wide where no style sheet says else.

    15 % of the code may be worn off. ``is_quick`` is for sheets with many of them.
    """
    code = qrcode.QRCode(mask_pattern=MASK if is_quick else None)
    code.add_data(text)
    rows = code.get_matrix()
    size, width = len(rows), f"{len(rows) * module:g}mm"
    return mark_safe(  # drawn from numbers alone
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{width}" viewBox="0 0 {size} {size}" '
        f'shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{size}v{size}h-{size}z"/>'
        f'<path d="{"".join(_runs(rows))}"/></svg>'
    )


def _runs(rows: list[list[bool]]) -> Iterator[str]:
    """The dark modules of each row, neighbours in one rectangle."""
    for y, row in enumerate(rows):
        for is_dark, run in groupby(range(len(row)), key=row.__getitem__):
            places = list(run)
            if is_dark:
                yield f"M{places[0]} {y}h{len(places)}v1h-{len(places)}z"
