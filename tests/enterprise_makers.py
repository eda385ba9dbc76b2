"""Makers of rows about an enterprise of their own: ``(make_enterprise, by=…, **values) -> saved row``."""

from datetime import date

from django.contrib.contenttypes.models import ContentType

from bureau import records
from bureau.models import Attachment
from enterprises.models import Contact, Enterprise, EnterpriseKindSince, EnterpriseStaff, FormerName


def make_kind_since(make_enterprise, *, by=None, **values):
    defaults = {"kind_id": "key_energy", "begins_on": date(2016, 1, 1)}
    return _of_an_enterprise(EnterpriseKindSince, make_enterprise, {**defaults, **values}, by)


def make_former_name(make_enterprise, *, by=None, **values):
    defaults = {"name": "某某衡器厂", "until_on": date(2016, 5, 9)}
    return _of_an_enterprise(FormerName, make_enterprise, {**defaults, **values}, by)


def make_staff_file(make_enterprise, *, by=None, **values):
    enterprise = values.pop("enterprise", None) or make_enterprise(by=by)
    office = values.pop("office", enterprise.office)
    defaults = {
        "name": "计量员",
        "file_no": f"{EnterpriseStaff.objects.count() + 1:04}",
        "archived_on": date(2016, 5, 10),
        "office": office,
        "region_id": office.region_id,
    }
    return _of_an_enterprise(EnterpriseStaff, make_enterprise, {**defaults, **values, "enterprise": enterprise}, by)


def _of_an_enterprise(model, make_enterprise, values, by):
    row = model(**{"enterprise": values.pop("enterprise", None) or make_enterprise(by=by), **values})
    return records.save(row, by=by or row.enterprise.created_by)


def make_contact(make_enterprise, *, by=None, **values):
    return _of_an_enterprise(Contact, make_enterprise, {"name": "联系人", "phone": "1", **values}, by)


def make_paper(make_enterprise, *, by=None, **values):
    """A paper of the enterprise's own; ``object_id`` is the enterprise."""
    enterprise = values.pop("object_id", None) or make_enterprise(by=by)
    paper = Attachment(
        content_type=ContentType.objects.get_for_model(Enterprise),
        object_id=enterprise.pk,
        **{"name": "营业执照.pdf", "media_type": "application/pdf", "size": 4, "sha256": "0" * 64, **values},
    )
    paper.file.name = "attachments/none.pdf"
    return records.save(paper, by=by or enterprise.created_by)
