from standards.models.event import StandardEvent
from standards.models.field import MeasurementField
from standards.models.interval import InForceInterval
from standards.models.rule import LifecycleRule
from standards.models.standard import MeasurementStandard

__all__ = ["InForceInterval", "LifecycleRule", "MeasurementField", "MeasurementStandard", "StandardEvent"]
