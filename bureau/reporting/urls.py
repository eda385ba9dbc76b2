from django.urls import path

from bureau.reporting import views

app_name = "reporting"

urlpatterns = [
    path("reports/", views.SummaryView.as_view(), name="summary"),
    path("reports/summary.<str:format>", views.DownloadView.as_view(), name="download"),
    path("figures/<str:key>/", views.DrillDownView.as_view(), name="drilldown"),
]
