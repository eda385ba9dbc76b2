from django.urls import path

from bureau.due import views

app_name = "due"

urlpatterns = [
    path("", views.ListView.as_view(), name="list"),
    path("list.xlsx", views.WorkbookView.as_view(), name="workbook"),
    path("notices/", views.NoticesView.as_view(), name="notices"),
    path("calendar.ics", views.CalendarView.as_view(), name="calendar"),
]
