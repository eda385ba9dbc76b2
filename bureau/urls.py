from django.contrib import admin
from django.urls import include, path

handler500 = "bureau.views.errors.server_error"

urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("accounts/", include("bureau.views.account_urls")),
    path("files/", include("bureau.views.file_urls")),
    path("jobs/", include("bureau.jobs.urls")),
    path("exchange/", include("bureau.exchange.urls")),
    path("api/v1/", include("bureau.api.urls")),
    path("due/", include("bureau.due.urls")),
    path("standards/", include("standards.urls")),
    path("fieldwork/", include("bureau.fieldwork.urls")),
    path("enterprises/", include("enterprises.urls")),
    path("", include("inspections.urls")),
    path("", include("bureau.reporting.urls")),
    path("", admin.site.urls),
]
