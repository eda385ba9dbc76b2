from django.urls import path

from inspections.views import case

app_name = "inspections"
urlpatterns = [path("findings/<int:pk>/file-case/", case.FileCaseView.as_view(), name="file-case")]
