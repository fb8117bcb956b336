"""Two windows, two people, one row: what happens at the same moment, with real transactions."""

import threading
from collections.abc import Callable
from contextvars import copy_context

import pytest
from django.db import connections

from cases.files.models import Case
from cases.referrals import services
from cases.referrals.enums import ConsentWay, ReferralState
from cases.referrals.models import Consent, Referral, ReferralStatusChange
from cases.referrals.rules import MINIMAL
from cases.referrals.services import ConsentEnded, ReferralRefused
from gruendungswerkstatt.common.abstract import StaleVersion

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls: Callable[[], object]) -> list[object]:
    """Run the calls in threads that start together; gives what each returned or raised."""
    results: list[object] = [None] * len(calls)
    start = threading.Barrier(len(calls))

    def run(number: int, call: Callable[[], object]) -> None:
        try:
            start.wait()
            results[number] = call()
        except (ReferralRefused, ConsentEnded, StaleVersion) as error:
            results[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=copy_context().run, args=(run, n, c)) for n, c in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def give(scene):
    case = Case.objects.select_related("office", "founder").get(pk=scene.case.pk)
    return services.give_consent(case, scene.advisor, scene.partner, MINIMAL, way=ConsentWay.IN_PERSON)


def test_the_same_yes_in_four_windows_is_one_consent(scene):
    results = at_once(*[lambda: give(scene)] * 4)
    assert len({consent.pk for consent in results}) == 1
    assert Consent.objects.count() == 1


def test_the_same_question_in_four_windows_is_one_referral(scene):
    consent = give(scene)
    at_once(*[lambda: services.refer(scene.case, scene.advisor, scene.offer, consent, "Meister?")] * 4)
    assert Referral.objects.count() == 1


def test_four_people_answer_and_one_answer_stands(scene):
    referral = services.refer(scene.case, scene.advisor, scene.offer, give(scene), "Meister?")
    results = at_once(*[lambda: services.answer(referral, scene.reader, ReferralState.ACCEPTED, version=1)] * 4)
    assert sum(isinstance(result, StaleVersion) for result in results) == 3
    assert ReferralStatusChange.objects.count() == 1


@pytest.mark.parametrize("_round", range(5))
def test_an_answer_and_a_withdrawal_come_one_after_the_other(scene, _round):
    referral = services.refer(scene.case, scene.advisor, scene.offer, give(scene), "Meister?")
    answered, _withdrawn = at_once(
        lambda: services.answer(referral, scene.reader, ReferralState.ACCEPTED, version=1),
        lambda: services.withdraw_consent(referral.consent, scene.advisor, way=ConsentWay.PHONE),
    )
    assert not Consent.objects.get().is_valid
    assert ReferralStatusChange.objects.count() == (0 if isinstance(answered, ConsentEnded) else 1)
