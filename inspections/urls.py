from django.urls import path

from inspections.views import (
    appointment,
    audit,
    audit_round,
    booking,
    case,
    catalogue,
    equipping,
    label,
    meter_label,
    spreading,
)

app_name = "inspections"
urlpatterns = [
    path("inspections/catalogue/import/", catalogue.ImportView.as_view(), name="catalogue-import"),
    path("inspections/findings/<int:pk>/file-case/", case.FileCaseView.as_view(), name="file-case"),
    path("inspections/appointments/book/", booking.DueHoldersView.as_view(), name="due-holders"),
    path("inspections/appointments/spread/", spreading.SpreadView.as_view(), name="spread"),
    path("inspections/appointments/book/<int:pk>/", booking.BookView.as_view(), name="book"),
    path("inspections/appointments/<int:pk>/", appointment.PageView.as_view(), name="appointment"),
    path("inspections/appointments/<int:pk>/form/", appointment.PaperView.as_view(), name="submission-form"),
    path("inspections/appointments/<int:pk>/move/", booking.MoveView.as_view(), name="move-appointment"),
    path("inspections/appointments/<int:pk>/confirm/", appointment.ConfirmView.as_view(), name="confirm-appointment"),
    path("inspections/appointments/<int:pk>/receive/", appointment.ReceiveView.as_view(), name="receive-appointment"),
    path("inspections/appointments/<int:pk>/cancel/", appointment.CancelView.as_view(), name="cancel-appointment"),
    path("inspections/energy/equipping/", equipping.UnitsView.as_view(), name="equipping-units"),
    path("inspections/energy/labels/", meter_label.SheetView.as_view(), name="meter-labels"),
    path("inspections/energy/<int:pk>/equipping/", equipping.EquippingView.as_view(), name="equipping"),
    path("inspections/audits/round/", audit_round.RoundView.as_view(), name="audit-round"),
    path("inspections/audits/plans/<int:pk>/open/", audit.OpenPlannedView.as_view(), name="open-planned-audits"),
    path("inspections/audits/<int:pk>/", audit.PageView.as_view(), name="audit"),
    path("inspections/audits/<int:pk>/chapter/<str:chapter>/", audit.ChapterView.as_view(), name="audit-chapter"),
    path("inspections/audits/<int:pk>/step/<str:step>/", audit.StepView.as_view(), name="audit-step"),
    path("inspections/audits/<int:pk>/declared/", audit.DeclaredView.as_view(), name="audit-declared"),
    path("inspections/audits/<int:pk>/report.<str:format>", audit.DownloadView.as_view(), name="audit-download"),
    path("inspections/labels/", label.SheetView.as_view(), name="labels"),
    path("inspections/labels/<int:pk>/", label.OneView.as_view(), name="label"),
    # Short, since it is printed: a shorter address is a coarser code, which is read from farther away.
    path("i/<str:code>/", label.ScanView.as_view(), name="scan"),
]
