from django.urls import path

from enterprises.views import campaign, doubles, merge, page, pledge, public_list

app_name = "enterprises"
urlpatterns = [
    path("<int:pk>/", page.PageView.as_view(), name="page"),
    path("doubles/", doubles.DoublesView.as_view(), name="doubles"),
    path("merge/", merge.MergeView.as_view(), name="merge"),
    path("merges/<int:pk>/undo/", merge.UndoView.as_view(), name="undo-merge"),
    path("pledges/<int:pk>/paper/", pledge.PaperView.as_view(), name="pledge-paper"),
    path("pledges/<int:pk>/criteria/", pledge.CriteriaView.as_view(), name="criteria"),
    path("public-list/", public_list.PublicListView.as_view(), name="public-list"),
    path("campaigns/<int:pk>/", campaign.ReportView.as_view(), name="campaign-report"),
    path("campaigns/<int:pk>/report.<str:format>", campaign.DownloadView.as_view(), name="campaign-download"),
    path("campaigns/<int:pk>/ask/", campaign.AskView.as_view(), name="campaign-ask"),
]
