"""Two processes' worth of writers at one row, with real transactions: one wins, the other is told, nothing is lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from bureau import records
from standards.models import MeasurementStandard
from tests.contracts import page


@pytest.mark.django_db(transaction=True)
def test_of_two_savers_one_wins(cast, make_standard):
    standard = make_standard(remark="原")
    together = Barrier(2)

    def save(person):
        try:
            row = MeasurementStandard.objects.get(pk=standard.pk)
            together.wait(10)
            row.remark = person.username
            with transaction.atomic():
                records.save(row, by=person)
            return person.username
        except records.Outdated as outdated:
            return outdated
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(save, [cast.clerk_a, cast.manager_a]))
    winner = next(result for result in results if isinstance(result, str))
    loser = next(result for result in results if isinstance(result, records.Outdated))
    stored = MeasurementStandard.objects.get(pk=standard.pk)
    assert (stored.remark, stored.version) == (winner, standard.version + 1)
    assert loser.current.remark == winner
    assert stored.history.count() == standard.history.count()


@pytest.mark.django_db(transaction=True)
def test_a_failed_save_leaves_nothing_half_written(cast, make_standard, monkeypatch):
    """An error after the row but before its events: neither stands."""
    from standards import lifecycle

    def broken(*args, **kwargs):
        raise RuntimeError("power cut")

    monkeypatch.setattr(lifecycle, "derive", broken)
    with pytest.raises(RuntimeError), transaction.atomic():
        make_standard()
    assert MeasurementStandard.objects.count() == 0
    assert MeasurementStandard.history.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_record_is_voided_and_restored(client, cast, make_standard):
    """Rights are asked for before the transaction begins: there nothing may be locked."""
    standard = make_standard()
    client.force_login(cast.clerk_a)
    address = page(standard, "change")
    for name, is_voided in (("void", True), ("unvoid", False)):
        response = client.post(address.replace("change/", f"{name}/"), {"reason": "重复录入"})
        assert response.status_code == 302
        standard.refresh_from_db()
        assert standard.is_voided is is_voided
    assert client.post(address.replace("change/", "history/")).status_code == 200
