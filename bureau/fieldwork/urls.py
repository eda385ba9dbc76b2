from django.urls import path

from bureau.fieldwork import views

app_name = "fieldwork"
DRAFT = "<slug:key>/<uuid:draft>/"
urlpatterns = [
    path("", views.ListView.as_view(), name="list"),
    path("<slug:key>/new/", views.NewView.as_view(), name="new"),
    path(DRAFT, views.DraftView.as_view(), name="draft"),
    path(f"{DRAFT}value/", views.ValueView.as_view(), name="value"),
    path(f"{DRAFT}remove-row/", views.RemoveRowView.as_view(), name="remove-row"),
    path(f"{DRAFT}photos/", views.AddPhotoView.as_view(), name="add-photo"),
    path(f"{DRAFT}photos/<uuid:photo>/", views.PhotoView.as_view(), name="photo"),
    path(f"{DRAFT}photos/<uuid:photo>/remove/", views.RemovePhotoView.as_view(), name="remove-photo"),
    path(f"{DRAFT}submit/", views.SubmitView.as_view(), name="submit"),
    path(f"{DRAFT}discard/", views.DiscardView.as_view(), name="discard"),
]
