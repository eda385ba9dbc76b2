from inspections.models.assignment import Assignment
from inspections.models.campaign import CampaignSector, InspectionCampaign
from inspections.models.case import ViolationCase
from inspections.models.category import InstrumentCategory
from inspections.models.cause import ViolationCause
from inspections.models.checklist import ChecklistItem
from inspections.models.complaint import Complaint
from inspections.models.draw import Draw
from inspections.models.finding import Finding
from inspections.models.inspection import CheckedItem, InspectedInstruments, SiteInspection
from inspections.models.lot import NetContentLot
from inspections.models.subject import InspectionSubject

__all__ = [
    "Assignment",
    "CampaignSector",
    "CheckedItem",
    "ChecklistItem",
    "Complaint",
    "Draw",
    "Finding",
    "InspectedInstruments",
    "InspectionCampaign",
    "InspectionSubject",
    "InstrumentCategory",
    "NetContentLot",
    "SiteInspection",
    "ViolationCase",
    "ViolationCause",
]
