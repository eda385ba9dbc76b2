"""At least two qualified persons, and one who is responsible: on a day, as JJF 1033 asks."""

from datetime import date as D

import pytest

from standards import staffing
from tests import standard_parts as parts
from tests.institutions import make_qualification, make_technician

pytestmark = pytest.mark.django_db


@pytest.fixture
def standard(make_standard):
    return make_standard()


class TestStaff:
    """At least two qualified persons, one of whom or besides whom one is responsible (JJF 1033)."""

    def test_two_qualified_and_one_responsible_suffice(self, cast, standard, make_standard):
        assert len(staffing.shortfall(standard, D(2016, 6, 1))) == 2
        parts.make_staff(make_standard, cast, standard)
        assert staffing.shortfall(standard, D(2016, 6, 1)) == []

    def test_a_qualification_that_ran_out_does_not_count(self, cast, standard, make_standard):
        parts.make_staff(make_standard, cast, standard)  # qualified until 31 December 2018
        assert staffing.shortfall(standard, D(2018, 12, 31)) == []
        assert len(staffing.shortfall(standard, D(2019, 1, 1))) == 1

    def test_one_person_in_two_roles_is_one(self, cast, standard, make_standard):
        technician = make_qualification(cast).technician
        for role in ("verifier", "checker", "responsible"):
            parts.make_person(make_standard, cast, standard=standard, technician=technician, role=role)
        [sentence] = staffing.shortfall(standard, D(2016, 6, 1))
        assert "1" in sentence
        assert "2" in sentence

    def test_who_left_the_standard_or_the_unit_does_not_count(self, cast, standard, make_standard):
        for left, gone in ((D(2017, 1, 1), None), (None, D(2017, 1, 1))):
            technician = make_qualification(cast, technician=make_technician(cast, ends_on=gone)).technician
            parts.make_person(make_standard, cast, standard=standard, technician=technician, ends_on=left)
        parts.make_person(make_standard, cast, standard=standard, role="responsible")
        assert staffing.shortfall(standard, D(2017, 1, 1)) == []
        assert len(staffing.shortfall(standard, D(2017, 1, 2))) == 1
