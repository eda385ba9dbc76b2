from standards.models.administrator import Administrator
from standards.models.authorisation import Authorisation
from standards.models.authorised_item import AuthorisedItem
from standards.models.comparison import Comparison
from standards.models.comparison_follow_up import ComparisonFollowUp
from standards.models.comparison_participant import ComparisonParticipant
from standards.models.comparison_point import ComparisonPoint
from standards.models.comparison_result import ComparisonResult
from standards.models.comparison_rule import ComparisonRule
from standards.models.device import StandardDevice
from standards.models.document import DocumentKind
from standards.models.event import StandardEvent
from standards.models.examination import ChecklistItem, Examination, ExaminationFinding, ExaminationMember
from standards.models.field import MeasurementField
from standards.models.institution import Institution
from standards.models.interval import InForceInterval, ServicePeriod
from standards.models.item import StandardItem
from standards.models.paper import EventDevice, EventPaper, PaperRule
from standards.models.person import StandardPerson
from standards.models.qualification import Qualification
from standards.models.reference_material import ReferenceMaterialProduct
from standards.models.repeatability import RepeatabilityTest
from standards.models.requirement import StandardRequirement
from standards.models.rule import LifecycleRule
from standards.models.specification import Specification
from standards.models.specification_review import SpecificationReview
from standards.models.spot_check import SpotCheck
from standards.models.stability import StabilityCheck
from standards.models.standard import MeasurementStandard
from standards.models.technician import Technician
from standards.models.trace import DeviceTrace

__all__ = [
    "Administrator",
    "Authorisation",
    "AuthorisedItem",
    "ChecklistItem",
    "Comparison",
    "ComparisonFollowUp",
    "ComparisonParticipant",
    "ComparisonPoint",
    "ComparisonResult",
    "ComparisonRule",
    "DeviceTrace",
    "DocumentKind",
    "EventDevice",
    "EventPaper",
    "Examination",
    "ExaminationFinding",
    "ExaminationMember",
    "InForceInterval",
    "Institution",
    "LifecycleRule",
    "MeasurementField",
    "MeasurementStandard",
    "PaperRule",
    "Qualification",
    "ReferenceMaterialProduct",
    "RepeatabilityTest",
    "ServicePeriod",
    "Specification",
    "SpecificationReview",
    "SpotCheck",
    "StabilityCheck",
    "StandardDevice",
    "StandardEvent",
    "StandardItem",
    "StandardPerson",
    "StandardRequirement",
    "Technician",
]
