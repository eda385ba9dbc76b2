from bureau.models import lookups  # noqa: F401 (registers its lookups)
from bureau.models.api_token import ApiToken, TokenReader
from bureau.models.attachment import Attachment
from bureau.models.office import Office
from bureau.models.operation import Operation
from bureau.models.record import Record, RecordQuerySet, Tracked, without_index
from bureau.models.reference import ReferenceRow
from bureau.models.region import Region
from bureau.models.staff import Staff

__all__ = [
    "ApiToken",
    "Attachment",
    "Office",
    "Operation",
    "Record",
    "RecordQuerySet",
    "ReferenceRow",
    "Region",
    "Staff",
    "TokenReader",
    "Tracked",
    "without_index",
]
