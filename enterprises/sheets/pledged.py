from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from bureau.exchange.columns.base import CellError
from enterprises.columns import EnterpriseColumn
from enterprises.models.pledge import Pledged

if TYPE_CHECKING:
    from bureau.exchange.context import Context


class PledgedColumn(EnterpriseColumn):
    """An enterprise that has a pledge in force, in the row's sector, on the day in the column ``on``.

    As the form refuses it; the pledges of a chunk cost one query.
    """

    def __init__(self, *, on: str, **kwargs: Any) -> None:
        super().__init__("enterprise", **kwargs)
        self.on = on

    def prepare(self, raws: Iterable[Any], context: "Context") -> None:
        super().prepare(raws, context)
        found = {pk for keys in self._known(context).values() for pk in keys}
        context.cache((self, "pledged"))["of"] = Pledged(found)

    def check(self, values: dict[str, Any], context: "Context") -> None:
        asked = [values.get(name) for name in (self.name, "sector", self.on)]
        if all(asked) and (problem := context.cache((self, "pledged"))["of"].problem(*asked)):
            raise CellError(problem)
