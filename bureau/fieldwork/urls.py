from django.urls import path

from bureau.fieldwork import offline_views, views

app_name = "fieldwork"
DRAFT = "<slug:key>/<uuid:draft>/"
urlpatterns = [
    path("", views.ListView.as_view(), name="list"),
    path("rescue/", offline_views.RescueView.as_view(), name="rescue"),
    path("worker.js", offline_views.WorkerView.as_view(), name="worker"),
    path("app.webmanifest", offline_views.ManifestView.as_view(), name="manifest"),
    path("at/<str:row>/", views.AtView.as_view(), name="at"),
    path("<slug:key>/new/", views.NewView.as_view(), name="new"),
    path(DRAFT, views.DraftView.as_view(), name="draft"),
    path(f"{DRAFT}sync/", views.SyncView.as_view(), name="sync"),
    path(f"{DRAFT}photos/", views.AddPhotoView.as_view(), name="add-photo"),
    path(f"{DRAFT}photos/<uuid:photo>/", views.PhotoView.as_view(), name="photo"),
    path(f"{DRAFT}submit/", views.SubmitView.as_view(), name="submit"),
    path(f"{DRAFT}discard/", views.DiscardView.as_view(), name="discard"),
]
