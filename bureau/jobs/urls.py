from django.urls import path

from bureau.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.ListView.as_view(), name="list"),
    path("<int:pk>/", views.DetailView.as_view(), name="detail"),
    path("<int:pk>/state/", views.StateView.as_view(), name="state"),
    path("<int:pk>/cancel/", views.CancelView.as_view(), name="cancel"),
    path("<int:pk>/download/", views.DownloadView.as_view(), name="download"),
]
