"""One value for all rows of a file: what no column of the file holds, and the clerk gives once."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from bureau.exchange.cells import text_of
from bureau.exchange.columns.base import Column
from bureau.exchange.context import Context
from bureau.exchange.layouts.layout import Place
from bureau.exchange.layouts.placing import columns_read
from bureau.exchange.sheets import Sheet


def understood(column: Column, text: str, context: Context) -> str:
    """The value as an export would write it; raises ``CellError`` if no cell of the column could hold this text."""
    value = column.read(text, context)
    column.prepare_render([value], context)
    return text_of(column.render(value, context))


def without_column(constants: Mapping[str, str], places: Mapping[int, Place], sheet: Sheet) -> dict[str, str]:
    """Those of columns that the sheet has and that no column of the file is read into."""
    read = columns_read(places, sheet)
    return {name: text for name, text in constants.items() if name in sheet.by_name and name not in read}


def with_mark(label: str) -> str:
    """The label of a column, for a sentence on its one value: no cell of the file will be found for it."""
    return _("%(column)s (one value for all rows)") % {"column": label}
