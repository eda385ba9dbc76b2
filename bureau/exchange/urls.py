from django.urls import path

from bureau.exchange.views import columns, export, listing, preview, result, undo, upload

app_name = "exchange"
urlpatterns = [
    path("", listing.ListView.as_view(), name="list"),
    path("<int:pk>/", result.DetailView.as_view(), name="import-detail"),
    path("<int:pk>/columns/", columns.ColumnsView.as_view(), name="columns"),
    path("<int:pk>/preview/", preview.PreviewView.as_view(), name="preview"),
    path("<int:pk>/effects/", preview.EffectsView.as_view(), name="effects"),
    path("<int:pk>/resume/", result.ResumeView.as_view(), name="resume"),
    path("<int:pk>/undo/", undo.UndoView.as_view(), name="undo"),
    path("<int:pk>/errors/", result.ErrorWorkbookView.as_view(), name="errors"),
    path("<int:pk>/file/", result.FileView.as_view(), name="file"),
    path("<slug:key>/upload/", upload.UploadView.as_view(), name="upload"),
    path("<slug:key>/template/", export.TemplateView.as_view(), name="template"),
    path("<slug:key>/export/", export.ExportView.as_view(), name="export"),
]
