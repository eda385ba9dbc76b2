"""An enterprise of city A with one row of every kind around it, for the walks through the project."""

from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile

from bureau import records
from bureau.models import Attachment
from enterprises import merging
from enterprises.models import Contact, Enterprise
from tests.enterprise_makers import make_former_name, make_kind_since, make_staff_file


def plant_enterprise(cast, make_enterprise, mark):
    """Who an enterprise is, everybody may see: it carries the mark only in contacts, history, papers, voided rows."""
    enterprise = make_enterprise(kinds=("key_energy",))
    records.save(enterprise, by=cast.clerk_a, reason=mark)
    records.save(Contact(enterprise=enterprise, name=mark, post=mark, phone=mark), by=cast.clerk_a)
    make_former_name(make_enterprise, enterprise=enterprise)
    make_kind_since(make_enterprise, enterprise=enterprise, kind_id="market")
    make_staff_file(
        make_enterprise, enterprise=enterprise, name=mark, file_no=mark, qualification=mark, certificate_no=mark,
        remark=mark, archived_on=date(2016, 5, 10),
    )  # fmt: skip
    paper = Attachment(
        content_type=ContentType.objects.get_for_model(Enterprise), object_id=enterprise.pk, name=f"{mark}.pdf",
        media_type="application/pdf", size=4, sha256="0" * 64, remark=mark,
    )  # fmt: skip
    paper.file.save("paper.pdf", ContentFile(b"%PDF"), save=False)
    records.save(paper, by=cast.clerk_a)
    voided = make_enterprise(name=mark, address=mark)
    records.void(voided, by=cast.clerk_a, reason=mark)
    double = make_enterprise(name=enterprise.name, credit_code="")
    records.save(Contact(enterprise=double, name=mark), by=cast.clerk_a)
    merge = merging.merge(kept=enterprise, double=double, by=cast.clerk_a, reason=mark)
    twin = make_enterprise(name=enterprise.name, credit_code="", address="另一录入")
    return {"enterprise": enterprise, "double": double, "merge": merge, "twin": twin}
