from typing import Any, ClassVar

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404

from bureau.models import Attachment
from bureau.operations import Action, log
from bureau.views.base import Permission, ScopedView, with_records


class DownloadView(ScopedView):
    """One attachment, to whoever may see the record that it belongs to."""

    permission: ClassVar[Permission | None] = with_records

    def get(self, request: HttpRequest, pk: int, **kwargs: Any) -> FileResponse:
        rows = self.scoped(Attachment.objects.filter(voided_at__isnull=True))
        attachment = get_object_or_404(rows, pk=pk)
        try:
            content = attachment.file.open("rb")
        except FileNotFoundError:
            raise Http404 from None
        log(Action.DOWNLOAD, request=request, target=attachment.name, attachment=attachment.pk)
        response = FileResponse(
            content,
            as_attachment=not attachment.media_type.startswith("image/"),
            filename=attachment.name,
            content_type=attachment.media_type,
        )
        response["X-Content-Type-Options"] = "nosniff"
        return response
