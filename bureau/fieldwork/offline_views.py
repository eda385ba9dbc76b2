"""What makes an app of the pages: manifest, service worker, and the page that takes a rescue file back."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from bureau.fieldwork import offline
from bureau.fieldwork.views import FieldworkView

COLOUR = "#0f6cbd"  # of the icon
SIZES = (192, 512)


class WorkerView(FieldworkView):
    """Served under /fieldwork/, which is what it may reach."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse(offline.worker(), content_type="text/javascript; charset=utf-8")


class ManifestView(FieldworkView):
    def get(self, request: HttpRequest) -> JsonResponse:
        start = reverse("fieldwork:list")
        icons = [
            {"src": static(f"bureau/fieldwork/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
            for size in SIZES
        ]
        about = {
            "id": start,
            "name": _("Metrology fieldwork"),
            "short_name": _("Fieldwork"),
            "lang": get_language(),
            "start_url": start,
            "scope": start,
            "display": "standalone",
            "theme_color": COLOUR,
            "background_color": "#ffffff",
            "icons": [{**icon, "purpose": purpose} for icon in icons for purpose in ("any", "maskable")],
        }
        return JsonResponse(about, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})


class RescueView(FieldworkView):
    """A rescue file is read by the browser and sent as what is kept on the device is sent."""

    title = gettext_lazy("Take a rescue file back")

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "fieldwork/rescue.html", self.shell())
