import math
from datetime import date
from functools import cache

import pytest
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from bureau.models import region_tree
from bureau.models.region import clear_region_cache
from tests.api_calls import read, refused, secret  # noqa: F401 (fixtures)
from tests.booking_makers import house, on_a_monday, pieces  # noqa: F401 (fixtures)
from tests.importing import take  # noqa: F401 (a fixture)
from tests.office_forms import counted  # noqa: F401 (a fixture)
from tests.planted import every_page, planted  # noqa: F401 (fixtures)
from tests.returned import ledger, returned  # noqa: F401 (fixtures)
from tests.uploading import confirm, imported, upload  # noqa: F401 (fixtures)

# How long an example takes is the benchmarks' question: a busy machine fails no test.
hypothesis_settings.register_profile("bureau", deadline=None)
hypothesis_settings.load_profile("bureau")


@pytest.fixture(autouse=True)
def _quick_and_private(settings, tmp_path):
    """Weak password hashes are quick; every test has its own place for files and begins in Chinese."""
    translation.activate(settings.LANGUAGE_CODE)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, tmp_path_factory):
    """On SQLite a file, as in use: several connections wait for their turn, which a database in memory cannot show."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        # Nothing here has to outlive a power cut.
        database["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
        database.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database with regions and rule tables, as every real one has them."""
    from bureau.reference_data import load_all

    with django_db_blocker.unblock():
        load_all()


@pytest.fixture
def reference(db):
    """Regions, rule tables and roles, put back where a test with real transactions emptied the tables."""
    from bureau.models import Region
    from bureau.reference_data import load_all
    from bureau.roles import grant_permissions

    if not Region.objects.exists():
        load_all()
        grant_permissions()
    # Reading the table anew for every test took longer than most tests; what one of them changed was rolled back.
    region_tree._cached = _tree(), math.inf


@cache
def _tree():
    clear_region_cache()
    return region_tree.region_tree()


@pytest.fixture
def cast(reference):
    from tests.cast import assemble

    return assemble()


@pytest.fixture
def make_standard(cast):
    """A standard with its events and intervals, as the admin would store it: ``make_standard(office=…, tier=…)``."""
    from bureau import records
    from standards import lifecycle
    from standards.models import MeasurementStandard

    def make(*, by=None, **values):
        make.number += 1
        by = by or cast.clerk_a
        office = values.pop("office", by.office)
        issued_on = values.pop("issued_on", date(2016, 5, 10))
        defaults = {
            "name": f"计量标准装置{make.number}",
            "kind": "public",
            "tier": "municipal",
            "grade": "working",
            "field_id": "12",
            "holder": "计量技术机构",
            "measuring_range": "(0～100) kg",
            "uncertainty": "0.05级",
            "issuing_authority": "省市场监督管理局",
            "certificate_no": f"[2016] 量标 证字第 {make.number:04} 号",
            "valid_until": issued_on and issued_on.replace(year=issued_on.year + 5),
            "established_on": issued_on,
            "region_id": office.region_id,
        }
        standard = MeasurementStandard(office=office, issued_on=issued_on, **{**defaults, **values})
        records.save(standard, by=by)
        lifecycle.follow([standard], by=by)
        return standard

    make.number = 0
    return make


@pytest.fixture
def make_enterprise(cast):
    """An enterprise with a right credit code of its own: ``make_enterprise(office=…, name=…, kinds=("fuel",))``."""
    from bureau import credit_code, records
    from enterprises.models import Enterprise, EnterpriseKindSince

    def make(*, by=None, kinds=(), **values):
        make.number += 1
        by = by or cast.clerk_a
        office = values.pop("office", by.office)
        defaults = {
            "name": f"某某计量器具有限公司{make.number}",
            "credit_code": credit_code.completed(f"91210100{make.number:08}"),
            "region_id": office.region_id,
        }
        enterprise = records.save(Enterprise(office=office, **{**defaults, **values}), by=by)
        for kind in kinds:
            since = EnterpriseKindSince(enterprise=enterprise, kind_id=kind, begins_on=date(2016, 1, 1))
            records.save(since, by=by)
        return enterprise

    make.number = 0
    return make
