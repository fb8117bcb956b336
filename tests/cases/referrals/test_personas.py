"""Four of the synthetic founders (personas 7, 8, 10, 11) on their way to a partner and back."""

import unicodedata

import pytest
from django.urls import reverse

from cases.files.opening import open_case
from cases.referrals.enums import ReferralRefusal
from cases.referrals.models import Consent, Referral
from gruendungswerkstatt.audit.models import ViewLog
from gruendungswerkstatt.common.ids import new_uuid
from network.directory.models import Offer
from network.directory.services import load_network
from network.people.models import Organisation
from tests.cases.referrals.conftest import address
from tests.factories.intake import SubmissionFactory
from tests.factories.people import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(db):
    load_network()
    return Organisation.objects.get(code="jobcenter-kreis-unna")


@pytest.fixture
def advisor(office):
    return MembershipFactory(organisation=office)


@pytest.fixture
def open_for(advisor):
    """The case of a persona, opened by the advisor."""
    return lambda number: open_case(SubmissionFactory(persona=number), advisor, advisor)


def reader_of(code):
    return MembershipFactory(partner=True, organisation=Organisation.objects.get(code=code))


def refer(client, case, offer_code, question, **consent):
    """From the choice of fields to the sent question, as the advisor's browser does it."""
    offer = Offer.objects.get(code=offer_code)
    proposed = client.get(address("referrals:consent_fields", case.uuid, offer.uuid)).context["form"].initial
    chosen = {
        "fields_to_give": [str(f) for f in proposed["fields_to_give"] if f != "question"],
        "choose": "1",
    }
    asking = client.get(address("referrals:consent_fields", case.uuid, offer.uuid), chosen).url
    notice = client.get(asking)
    yes = {
        "form_token": new_uuid(),
        "given_by": "in_person",
        "interpreted_by": "",
        "decision": "yes",
    } | consent
    sending = client.post(asking, yes).url
    done = client.post(sending, {"form_token": new_uuid(), "question": question})
    assert done.url == reverse("cases:case_detail", args=[case.uuid])
    return Referral.objects.get(case=case), notice.content.decode()


def test_7_bilals_mixed_words_arrive_as_written(open_for, advisor, signed_in):
    case = open_for(7)
    question = "أريد فتح Food-Truck (Falafel) في Kamen مع 2 موظفين، ~15.000 €"
    referral, notice = refer(signed_in(advisor), case, "ihk-anmeldung-erlaubnisse", question)
    assert "ننقل إلى غرفة الصناعة والتجارة في دورتموند (IHK zu Dortmund) ما يلي:" in notice
    assert Consent.objects.get().notice_language == "ar"
    page = signed_in(reader_of("ihk-dortmund")).get(address("referrals:referral_detail", referral.uuid))
    assert f'<p class="gw-own-words" dir="auto">{question}</p>' in page.content.decode()
    panel = signed_in(advisor).get(address("referrals:case_referrals", case.uuid)).content.decode()
    assert question in panel


def test_8_serin_is_proposed_the_chamber_of_crafts(open_for, advisor, signed_in):
    case = open_for(8)
    client = signed_in(advisor)
    suggested = client.get(address("referrals:referral_new", case.uuid)).context["suggested"]
    assert {"handwerksrecht", "anerkennung"} <= {topic.code for topic in suggested}
    question = "Darf ich in meinem Salon in Schwerte auch färben? Şêrîn"
    referral, notice = refer(client, case, "hwk-handwerksrolle", unicodedata.normalize("NFD", question))
    assert referral.question == question  # NFD in, NFC kept
    assert "Ihre Branche und Ihr Handwerk, Ihre Berufserfahrung in Jahren, Ihre Qualifikation." in notice
    page = signed_in(reader_of("hwk-dortmund")).get(address("referrals:referral_detail", referral.uuid))
    html = page.content.decode()
    for expected in (
        "Şêrîn Xelîlo",
        "0171 3920008",
        "Kurdisch (Kurmandschi)",
        "Mehr als 5 Jahre",
        "Berufsausbildung",
    ):
        assert expected in html
    assert "شێرین" not in html


def test_10_cagri_takes_it_back_and_the_log_stays(open_for, advisor, signed_in):
    case = open_for(10)
    referral, _notice = refer(signed_in(advisor), case, "hwk-handwerksrolle", "Reichen meine Zeugnisse?")
    reader = reader_of("hwk-dortmund")
    partner = signed_in(reader)
    page = address("referrals:referral_detail", referral.uuid)
    assert "Çağrı Işıldak" in partner.get(page).content.decode()
    partner.post(
        address("referrals:referral_answer", referral.uuid, "accept"),
        {"form_token": new_uuid(), "version": 1},
    )
    withdrawal = address("referrals:consent_withdraw", referral.consent.uuid)
    signed_in(advisor).post(withdrawal, {"form_token": new_uuid(), "withdrawn_by": "phone"})
    assert partner.get(page).status_code == 404
    listed = partner.get(address("referrals:referral_list")).content.decode()
    assert "Işıldak" not in listed
    assert "Bitte löschen Sie Ihre Notizen" in listed
    logged = ViewLog.objects.get(subject_uuid=referral.uuid)
    assert (logged.viewer, logged.purpose) == (reader.user, "referral")
    case_page = signed_in(advisor).get(address("cases:case_detail", case.uuid)).content.decode()
    assert "Einwilligung widerrufen" in case_page
    assert "Telefonisch" in signed_in(advisor).get(address("referrals:case_referrals", case.uuid)).content.decode()


def test_11_jwan_is_under_18_and_nothing_leaves_the_house(open_for, advisor, signed_in):
    case = open_for(11)
    client = signed_in(advisor)
    refused = client.get(address("referrals:referral_new", case.uuid))
    assert refused.context["refusal"] == ReferralRefusal.UNDER_AGE
    offer = Offer.objects.get(code="ihk-erste-beratung")
    asking = f"{address('referrals:consent_new', case.uuid, offer.uuid)}?field=name"
    client.post(asking, {"form_token": new_uuid(), "given_by": "in_person", "decision": "yes"})
    assert not Consent.objects.exists()
    panel = client.get(address("cases:case_detail", case.uuid)).content.decode()
    assert str(ReferralRefusal.UNDER_AGE.label) in panel
    assert address("referrals:referral_new", case.uuid) not in panel
