from enterprises.models.award import DemonstrationAward
from enterprises.models.award_criterion import AwardCriterion
from enterprises.models.c_mark import CMarkDeclaration, CMarkProduct
from enterprises.models.campaign_report import CampaignReport
from enterprises.models.certificate import ManagementSystemCertificate
from enterprises.models.consumption import EnergyConsumption, EnergyProduct, EnergyYear
from enterprises.models.contact import Contact
from enterprises.models.contact_point import ContactPoint
from enterprises.models.conversion_factor import Basis, ConversionFactor
from enterprises.models.energy_edition import EnergyEdition
from enterprises.models.energy_kind import EnergyKind
from enterprises.models.energy_site import EnergyDepartment, EnergyEquipment
from enterprises.models.energy_unit import EnergyConnection, EnergyUnit
from enterprises.models.enterprise import Enterprise
from enterprises.models.equipping import EquippingRequirement, EquippingThreshold
from enterprises.models.former_name import FormerName
from enterprises.models.industry import IndustryClass
from enterprises.models.kind import EnterpriseKind
from enterprises.models.kind_since import EnterpriseKindSince
from enterprises.models.licence import Licence
from enterprises.models.listed import ListedEnterprise
from enterprises.models.merge import EnterpriseMerge, MergeStep
from enterprises.models.meter_accuracy import MeterAccuracyRequirement, MeterUse
from enterprises.models.metered_energy import Level, MeteredEnergy
from enterprises.models.outreach import OutreachAward, OutreachEvent
from enterprises.models.outreach_grade import OutreachGrade
from enterprises.models.pledge import Pledge
from enterprises.models.pledge_text import PledgeText
from enterprises.models.sector import Sector
from enterprises.models.service_activity import ServiceActivity
from enterprises.models.service_campaign import ServiceCampaign, ServiceCampaignSector
from enterprises.models.service_team import ServiceTeam
from enterprises.models.service_visit import ServiceVisit, VisitActivity
from enterprises.models.spot_check import PledgeSpotCheck
from enterprises.models.staff import EnterpriseStaff
from enterprises.models.time_limit import TimeLimit
from enterprises.models.training import Training, TrainingEnterprise
from enterprises.models.volunteer import CampaignVolunteer
from enterprises.models.withdrawal_reason import WithdrawalReason

__all__ = [
    "AwardCriterion",
    "Basis",
    "CMarkDeclaration",
    "CMarkProduct",
    "CampaignReport",
    "CampaignVolunteer",
    "Contact",
    "ContactPoint",
    "ConversionFactor",
    "DemonstrationAward",
    "EnergyConnection",
    "EnergyConsumption",
    "EnergyDepartment",
    "EnergyEdition",
    "EnergyEquipment",
    "EnergyKind",
    "EnergyProduct",
    "EnergyUnit",
    "EnergyYear",
    "Enterprise",
    "EnterpriseKind",
    "EnterpriseKindSince",
    "EnterpriseMerge",
    "EnterpriseStaff",
    "EquippingRequirement",
    "EquippingThreshold",
    "FormerName",
    "IndustryClass",
    "Level",
    "Licence",
    "ListedEnterprise",
    "ManagementSystemCertificate",
    "MergeStep",
    "MeterAccuracyRequirement",
    "MeterUse",
    "MeteredEnergy",
    "OutreachAward",
    "OutreachEvent",
    "OutreachGrade",
    "Pledge",
    "PledgeSpotCheck",
    "PledgeText",
    "Sector",
    "ServiceActivity",
    "ServiceCampaign",
    "ServiceCampaignSector",
    "ServiceTeam",
    "ServiceVisit",
    "TimeLimit",
    "Training",
    "TrainingEnterprise",
    "VisitActivity",
    "WithdrawalReason",
]
