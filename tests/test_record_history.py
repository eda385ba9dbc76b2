"""The history page says what changed in the words of the form."""

from datetime import date

import pytest

from bureau import records

pytestmark = pytest.mark.django_db


def test_changes_are_readable(client, cast, make_standard):
    standard = make_standard(by=cast.clerk_a, tier="municipal", place="")
    standard.tier, standard.place, standard.valid_until = "county", "三号楼", date(2022, 1, 1)
    records.save(standard, by=cast.clerk_a)
    client.force_login(cast.clerk_a)
    page = client.get(f"/standards/measurementstandard/{standard.pk}/history/").content.decode()
    assert "市级" in page and "县级" in page and "municipal" not in page
    assert "—" in page and "三号楼" in page
    assert "None" not in page
