"""What is due about institutions, people and specifications: a row that is, and rows that no longer are."""

from datetime import date

import pytest

from bureau.due import kinds
from tests.institutions import (
    make_authorisation,
    make_institution,
    make_qualification,
    make_specification,
    make_specification_review,
    make_technician,
)

pytestmark = pytest.mark.django_db


def due(key, person):
    return set(kinds.find(key).rows(person))


def test_the_certificate_that_is_valid_longest(cast):
    first = make_authorisation(cast, valid_until=date(2019, 12, 31))
    renewed = make_authorisation(cast, institution=first.institution, valid_until=date(2024, 12, 31))
    closed = make_institution(cast, ends_on=date(2018, 1, 1))
    make_authorisation(cast, institution=closed, valid_until=date(2019, 12, 31))
    lasting = make_authorisation(cast, valid_until=date(2019, 12, 31))
    make_authorisation(cast, institution=lasting.institution)  # without an end
    assert due("institutions.authorisation", cast.clerk_a) == {renewed}
    assert due("institutions.authorisation", cast.clerk_b) == set()  # everyone's to see, not everyone's to see to


def test_qualifications_by_kind_of_those_on_the_staff(cast):
    person = make_technician(cast)
    make_qualification(cast, technician=person, valid_until=date(2018, 12, 31))
    renewed = make_qualification(cast, technician=person, valid_until=date(2021, 12, 31))
    other = make_qualification(cast, technician=person, kind="assessor", valid_until=date(2018, 12, 31))
    gone = make_technician(cast, ends_on=date(2018, 1, 1))
    make_qualification(cast, technician=gone, valid_until=date(2018, 12, 31))
    assert due("people.qualification", cast.clerk_a) == {renewed, other}
    assert due("people.qualification", cast.clerk_county) == set()


def test_reviews_of_what_is_in_force(cast):
    text = make_specification(cast)
    make_specification(cast, ended_on=date(2020, 1, 1), ending="abolished")
    assert [row.review_due_on for row in due("specifications.review", cast.clerk_a)] == [date(2021, 5, 10)]
    make_specification_review(cast, specification=text, on=date(2021, 4, 1))
    assert [row.review_due_on for row in due("specifications.review", cast.clerk_a)] == [date(2026, 4, 1)]


def test_projects_that_were_neither_issued_nor_dropped(cast):
    planned = {"number": "", "issued_on": None, "in_force_on": None, "due_on": date(2016, 12, 31)}
    waiting = make_specification(cast, **planned)
    make_specification(cast, **planned, ended_on=date(2016, 9, 1), ending="dropped")
    make_specification(cast, due_on=date(2016, 12, 31))
    assert due("specifications.project", cast.clerk_a) == {waiting}
