"""Stops, days in use and dues of pieces as they followed from the verifications of then (``bureau.past``)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q

from bureau import bulk, past
from bureau.past import FormerValues, Key
from inspections import succession
from inspections.models import Instrument, InstrumentStop, UsePeriod, Verification

STATES = ("state", "state_since")
DECIDING = ("verified_on", "conclusion", "kind", "valid_until", "next_due_on", "legal_kind")


@past.register
class SuccessionOfPieces(past.Derivation):
    owner = Instrument
    tables = {UsePeriod: "instrument_id", InstrumentStop: "instrument_id"}
    fields = {Verification: "instrument_id"}
    sources = {
        Instrument: ("pk", ("in_use_from", *STATES, "voided_at", *succession.PLACE)),
        Verification: ("instrument_id", ("instrument_id", "voided_at", *DECIDING)),
    }

    def matters(self, model: Any, last: date) -> Q:
        """What is made later ends no paper earlier, and makes no due of these days that was none."""
        return Q(verified_on__lte=last) if model is Verification else Q()

    def derive(self, owners: Sequence[Key], former: FormerValues) -> None:
        stops = [
            InstrumentStop(instrument_id=key, begins_on=stop.begins_on, ends_on=stop.ends_on)
            for key, states in former(Instrument, owners, STATES).items()
            for stop in succession.stops_of(states)
        ]
        bulk.insert(stops)
        succession.derive(owners)
