from django.urls import path

from standards.views import chain, characteristics, comparison

app_name = "standards"

urlpatterns = [
    path("<int:pk>/chain/", chain.ChainView.as_view(), name="chain"),
    path("<int:pk>/characteristics/", characteristics.CharacteristicsView.as_view(), name="characteristics"),
    path("stood/<str:key>/<int:pk>/", chain.StoodView.as_view(), name="stood"),
    path("comparisons/<int:pk>/", comparison.ComparisonView.as_view(), name="comparison"),
    path("comparisons/<int:pk>/workbook/", comparison.ComparisonWorkbookView.as_view(), name="comparison-workbook"),
]
