from django.urls import path

from bureau.exchange import views

app_name = "exchange"
urlpatterns = [
    path("", views.ListView.as_view(), name="list"),
    path("<int:pk>/", views.DetailView.as_view(), name="import-detail"),
    path("<int:pk>/errors/", views.ErrorWorkbookView.as_view(), name="errors"),
    path("<int:pk>/file/", views.FileView.as_view(), name="file"),
    path("<slug:key>/upload/", views.UploadView.as_view(), name="upload"),
    path("<slug:key>/template/", views.TemplateView.as_view(), name="template"),
    path("<slug:key>/export/", views.ExportView.as_view(), name="export"),
]
