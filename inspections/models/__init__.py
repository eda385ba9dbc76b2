from inspections.models.appointment import Appointment, AppointmentItem, Stage
from inspections.models.assignment import Assignment
from inspections.models.audit_finding import AuditFinding
from inspections.models.audit_item import AuditItem
from inspections.models.audit_number import AuditedEquipping, DeclaredNumber
from inspections.models.audit_plan import AuditPlan, PlannedAudit
from inspections.models.audit_rule import AuditRule
from inspections.models.booking_rule import BookingRule
from inspections.models.campaign import CampaignSector, InspectionCampaign
from inspections.models.capacity import Capacity
from inspections.models.case import ViolationCase
from inspections.models.category import InstrumentCategory
from inspections.models.cause import ViolationCause
from inspections.models.checklist import ChecklistItem
from inspections.models.complaint import Complaint
from inspections.models.doubt import Doubt
from inspections.models.draw import Draw
from inspections.models.energy_audit import AuditMember, AuditState, EnergyAudit
from inspections.models.energy_meter import EnergyMeter
from inspections.models.examined_meter import ExaminedMeter
from inspections.models.finding import Finding
from inspections.models.inspection import CheckedItem, InspectedInstruments, SiteInspection
from inspections.models.instrument import Instrument, LegalKind, Purpose
from inspections.models.instrument_kind import Catalogue, CatalogueEntry, InstrumentKind
from inspections.models.lot import NetContentLot
from inspections.models.metering_point import MeteringPoint
from inspections.models.nonconformity import Nonconformity
from inspections.models.subject import InspectionSubject
from inspections.models.tally import DueTally, UseTally, VerificationTally
from inspections.models.use_period import InstrumentStop, UsePeriod
from inspections.models.verification import Verification

__all__ = [
    "Appointment",
    "AppointmentItem",
    "Assignment",
    "AuditFinding",
    "AuditItem",
    "AuditMember",
    "AuditPlan",
    "AuditRule",
    "AuditState",
    "AuditedEquipping",
    "BookingRule",
    "CampaignSector",
    "Capacity",
    "Catalogue",
    "CatalogueEntry",
    "CheckedItem",
    "ChecklistItem",
    "Complaint",
    "DeclaredNumber",
    "Doubt",
    "Draw",
    "DueTally",
    "EnergyAudit",
    "EnergyMeter",
    "ExaminedMeter",
    "Finding",
    "InspectedInstruments",
    "InspectionCampaign",
    "InspectionSubject",
    "Instrument",
    "InstrumentCategory",
    "InstrumentKind",
    "InstrumentStop",
    "LegalKind",
    "MeteringPoint",
    "NetContentLot",
    "Nonconformity",
    "PlannedAudit",
    "Purpose",
    "SiteInspection",
    "Stage",
    "UsePeriod",
    "UseTally",
    "Verification",
    "VerificationTally",
    "ViolationCase",
    "ViolationCause",
]
