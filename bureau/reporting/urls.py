from django.urls import path

from bureau.reporting.views.checking import CheckView
from bureau.reporting.views.decomposing import DecomposeView
from bureau.reporting.views.drilldown import DrillDownView
from bureau.reporting.views.frozen import FrozenFigureView, FrozenRecordsView, FrozenYearsView, FrozenYearView
from bureau.reporting.views.marks import MarksView
from bureau.reporting.views.office_templates import FillView, TemplateFileView, TemplatesView
from bureau.reporting.views.summary import DownloadView, SummaryView
from bureau.reporting.views.targets import TargetsView
from bureau.reporting.views.year_report import YearReportsView, YearReportView
from bureau.reporting.views.year_text import YearTextView

app_name = "reporting"

urlpatterns = [
    path("reports/", SummaryView.as_view(), name="summary"),
    path("reports/summary.<str:format>", DownloadView.as_view(), name="download"),
    path("reports/text/", YearTextView.as_view(), name="year-text"),
    path("reports/marks/", MarksView.as_view(), name="marks"),
    path("reports/forms/", TemplatesView.as_view(), name="templates"),
    path("reports/forms/<str:key>/filled/", FillView.as_view(), name="fill"),
    path("reports/forms/<str:key>/form/", TemplateFileView.as_view(), name="template-file"),
    path("reports/check/", CheckView.as_view(), name="check"),
    path("reports/targets/", TargetsView.as_view(), name="targets"),
    path("reports/targets/<int:pk>/", DecomposeView.as_view(), name="decompose"),
    path("reports/frozen/", FrozenYearsView.as_view(), name="frozen-years"),
    path("reports/frozen/<int:pk>/", FrozenYearView.as_view(), name="frozen-year"),
    path("reports/frozen/<int:pk>/records/", FrozenRecordsView.as_view(), name="frozen-records"),
    path("reports/frozen/<int:pk>/<str:key>/", FrozenFigureView.as_view(), name="frozen-figure"),
    path("reports/years/", YearReportsView.as_view(), name="year-reports"),
    path("reports/years/<int:pk>/", YearReportView.as_view(), name="year-report"),
    path("figures/<str:key>/", DrillDownView.as_view(), name="drilldown"),
]
