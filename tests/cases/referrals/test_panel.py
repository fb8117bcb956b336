"""Referrals and consents on the case page, and on the page behind it."""

import pytest

from cases.referrals import selectors, services
from cases.referrals.enums import ConsentWay, DeclineReason, ReferralState
from cases.referrals.rules import MINIMAL
from tests.cases.referrals.conftest import address
from tests.factories.people import MembershipFactory
from tests.factories.referrals import ConsentFactory, ReferralFactory

pytestmark = pytest.mark.django_db


def add_referral(scene):
    partner = MembershipFactory(partner=True)
    consent = ConsentFactory(founder=scene.case.founder, partner=partner.organisation)
    referral = ReferralFactory(consent=consent, case=scene.case)
    services.answer(
        referral, partner, ReferralState.DECLINED, version=1, reason=DeclineReason.NO_CAPACITY, text="Leider"
    )
    return referral


def test_the_case_shows_where_its_referrals_stand(scene, signed_in):
    consent = services.give_consent(scene.case, scene.advisor, scene.partner, MINIMAL, way=ConsentWay.PHONE)
    referral = services.refer(scene.case, scene.advisor, scene.offer, consent, "Brauche ich den Meister?")
    client = signed_in(scene.advisor)
    on_case, url = address("cases:case_detail", scene.case.uuid), address("referrals:case_referrals", scene.case.uuid)

    def panel():
        listed = client.get(on_case).content.decode().split('id="referrals"')[1]
        assert url in listed
        whole = client.get(url).content.decode().split('id="referrals-all"')[1]
        for state in ("Gesendet", "Gesehen", "Erledigt", "Einwilligung widerrufen"):
            assert (f">{state}</span>" in listed) == (f">{state}</span>" in whole)
        return whole

    assert "Gesendet" in panel()
    assert "Brauche ich den Meister?" in panel()
    services.open_referral(referral)
    assert "Gesehen" in panel()
    services.answer(referral, scene.reader, ReferralState.ACCEPTED, version=1)
    services.answer(referral, scene.reader, ReferralState.DONE, version=2, text="Beraten, Termin am Montag.")
    assert "Erledigt" in panel()
    assert "Beraten, Termin am Montag." in panel()
    assert address("referrals:consent_withdraw", consent.uuid) in panel()
    services.withdraw_consent(consent, scene.advisor, way=ConsentWay.PHONE)
    assert "Einwilligung widerrufen" in panel()
    assert address("referrals:consent_withdraw", consent.uuid) not in panel()


def test_many_referrals_cost_what_one_costs(scene, signed_in, capture_queries):
    client = signed_in(scene.advisor)
    counts = []
    for _round in range(2):
        add_referral(scene)
        for name in ("cases:case_detail", "referrals:case_referrals"):
            with capture_queries() as queries:
                assert client.get(address(name, scene.case.uuid)).status_code == 200
            counts.append(len(queries))
        for _more in range(3):
            add_referral(scene)
    assert counts[:2] == counts[2:]


def test_the_panels_rows_are_those_of_the_case(scene):
    own = add_referral(scene)
    ReferralFactory(consent__founder__office=scene.office)
    assert list(selectors.for_case(scene.case)) == [own]
    assert list(selectors.consents_of(scene.case.founder)) == [own.consent]
