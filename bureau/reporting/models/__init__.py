from bureau.reporting.models.defined import DefinedIndicator
from bureau.reporting.models.entered_value import EnteredValue
from bureau.reporting.models.frozen_year import FrozenYear
from bureau.reporting.models.office_template import OfficeTemplate
from bureau.reporting.models.summary_text import SummaryText
from bureau.reporting.models.target import Target
from bureau.reporting.models.year_report import YearReport, YearReportStep

__all__ = [
    "DefinedIndicator",
    "EnteredValue",
    "FrozenYear",
    "OfficeTemplate",
    "SummaryText",
    "Target",
    "YearReport",
    "YearReportStep",
]
