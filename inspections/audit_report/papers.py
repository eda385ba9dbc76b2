"""The papers and photos behind the report of an audit: a list of all, and the photos themselves."""

from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from bureau import documents
from bureau.models import Attachment
from bureau.word import Picture
from inspections.audit_documents import photo_of
from inspections.audit_forms import AuditForms
from inspections.models import AuditItem, EnergyAudit, Nonconformity

PICTURES = ("image/jpeg", "image/png")
# A photo on the page, in cm: two of them go under each other.
WIDTH, HEIGHT = 15, 9.5
# What the report takes in of photos; the others are named in its list. A telephone's photo has 3 to 6 MB.
MOST_BYTES = 60_000_000
REPORT = "report"  # the signed report itself


def papers_of(forms: AuditForms) -> dict[str, Any]:
    """``papers``: kind, file name, remark and photo number of each; ``photos``: number, caption and picture."""
    papers: list[dict[str, Any]] = []
    photos: list[dict[str, Any]] = []
    room = MOST_BYTES
    items = {photo_of(item): str(item) for item in AuditItem.objects.filter(edition=forms.audit.edition)}
    for paper, kind in _found(forms):
        picture = _picture(paper, room=room)
        said = "；".join(filter(None, (items.get(paper.kind, kind), paper.remark)))
        if picture:
            room -= len(picture.content)
            photos.append({"number": len(photos) + 1, "caption": said or paper.name, "picture": picture})
        papers.append(
            {
                "number": len(papers) + 1,
                "kind": kind,
                "name": paper.name,
                "remark": paper.remark,
                "photo": f"照片{len(photos)}" if picture else "",
            }
        )
    return {"papers": papers, "photos": photos}


def _found(forms: AuditForms) -> Iterator[tuple[Attachment, str]]:
    """With what each paper is: those of the audit in the order of their kinds, then those of its nonconformities."""
    audit = forms.audit
    kinds = dict(documents.kinds_of(EnergyAudit, audit))
    order = list(kinds)
    of_audit = _attached(forms, EnergyAudit, [audit.pk]).exclude(kind=REPORT)
    for paper in sorted(of_audit, key=lambda each: order.index(each.kind) if each.kind in kinds else len(order)):
        yield paper, kinds.get(paper.kind, "")
    numbers = {row.pk: f"不符合项{audit.number}/{row.number}" for row in audit.nonconformities.not_voided()}
    of_rows = _attached(forms, Nonconformity, list(numbers))
    for paper in sorted(of_rows, key=lambda each: list(numbers).index(each.object_id)):
        yield paper, numbers[paper.object_id]


def _attached(forms: AuditForms, model: Any, keys: list[int]) -> Any:
    of = Q(content_type=ContentType.objects.get_for_model(model), object_id__in=keys)
    return forms.scoped(Attachment.objects.not_voided().filter(of)).order_by("pk")


def _picture(paper: Attachment, *, room: int) -> Picture | None:
    """None for a paper that is no photo, cut off, lost, or too large for what room is left (bytes)."""
    if paper.media_type not in PICTURES or paper.size > room:
        return None
    try:
        with paper.file.open() as file:
            return Picture.within(file.read(), width=WIDTH, height=HEIGHT)
    except OSError:
        return None
