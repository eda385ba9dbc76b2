from django.urls import path

from bureau.views.files import DownloadView

app_name = "files"
urlpatterns = [path("<int:pk>/", DownloadView.as_view(), name="download")]
