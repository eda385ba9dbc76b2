from django.urls import path

from inspections.views import appointment, booking, case, catalogue, label, spreading

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
    path("inspections/labels/", label.SheetView.as_view(), name="labels"),
    path("inspections/labels/<int:pk>/", label.OneView.as_view(), name="label"),
    # Short, since it is printed: a shorter address is a coarser code, which is read from farther away.
    path("i/<str:code>/", label.ScanView.as_view(), name="scan"),
]
