"""The days of standards in force and in service as they followed from the events of then (``bureau.past``)."""

from collections.abc import Sequence

from bureau import bulk, past
from bureau.past import FormerValues, Key
from standards.lifecycle import days_of, on_record_of
from standards.models import InForceInterval, MeasurementStandard, ServicePeriod, StandardEvent
from standards.replay import Rulebook, replay


@past.register
class DaysOfStandards(past.Derivation):
    owner = MeasurementStandard
    tables = {InForceInterval: "standard_id", ServicePeriod: "standard_id"}
    sources = {StandardEvent: ("standard_id", ("standard_id", "kind", "on", "valid_until", "voided_at"))}

    def derive(self, owners: Sequence[Key], former: FormerValues) -> None:
        book = Rulebook.load()
        standards = list(MeasurementStandard.objects.filter(pk__among=owners))
        events = on_record_of(standards)
        for standard in standards:
            for rows in days_of(standard, replay(events[standard.pk], book)):
                bulk.insert(rows)
