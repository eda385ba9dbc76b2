from enterprises.models.award import DemonstrationAward
from enterprises.models.award_criterion import AwardCriterion
from enterprises.models.c_mark import CMarkDeclaration, CMarkProduct
from enterprises.models.certificate import ManagementSystemCertificate
from enterprises.models.contact import Contact
from enterprises.models.enterprise import Enterprise
from enterprises.models.former_name import FormerName
from enterprises.models.industry import IndustryClass
from enterprises.models.kind import EnterpriseKind
from enterprises.models.kind_since import EnterpriseKindSince
from enterprises.models.licence import Licence
from enterprises.models.listed import ListedEnterprise
from enterprises.models.merge import EnterpriseMerge, MergeStep
from enterprises.models.pledge import Pledge
from enterprises.models.pledge_text import PledgeText
from enterprises.models.sector import Sector
from enterprises.models.spot_check import PledgeSpotCheck
from enterprises.models.staff import EnterpriseStaff
from enterprises.models.time_limit import TimeLimit
from enterprises.models.withdrawal_reason import WithdrawalReason

__all__ = [
    "AwardCriterion",
    "CMarkDeclaration",
    "CMarkProduct",
    "Contact",
    "DemonstrationAward",
    "Enterprise",
    "EnterpriseKind",
    "EnterpriseKindSince",
    "EnterpriseMerge",
    "EnterpriseStaff",
    "FormerName",
    "IndustryClass",
    "Licence",
    "ListedEnterprise",
    "ManagementSystemCertificate",
    "MergeStep",
    "Pledge",
    "PledgeSpotCheck",
    "PledgeText",
    "Sector",
    "TimeLimit",
    "WithdrawalReason",
]
