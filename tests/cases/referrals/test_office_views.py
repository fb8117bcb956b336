"""The advisor's way from the case to a referral: offer, fields, consent, question; and taking consent back."""

import uuid

import pytest

from cases.files.enums import CaseState
from cases.files.models import Case, Founder, TimelineEntry
from cases.referrals import services
from cases.referrals.enums import ConsentWay, ReferralRefusal
from cases.referrals.models import Consent, Referral
from cases.referrals.rules import MINIMAL, PRESETS
from gruendungswerkstatt.common.ids import new_uuid
from tests.cases.referrals.conftest import address
from tests.factories.directory import OfferFactory, ServiceTopicFactory
from tests.factories.files import CaseFactory
from tests.factories.people import MembershipFactory
from tests.factories.referrals import ConsentFactory, ReferralFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def advisor(scene, signed_in):
    return signed_in(scene.advisor)


def new_url(scene, **kwargs):
    return address("referrals:referral_new", scene.case.uuid, **kwargs)


def fields_url(scene):
    return address("referrals:consent_fields", scene.case.uuid, scene.offer.uuid)


def consent_url(scene, fields=MINIMAL, **kwargs):
    base = address("referrals:consent_new", scene.case.uuid, scene.offer.uuid, **kwargs)
    return f"{base}?" + "&".join(f"field={field}" for field in fields)


def send_url(scene, consent):
    return address("referrals:referral_send", scene.case.uuid, scene.offer.uuid, consent.uuid)


def case_url(scene):
    return address("cases:case_detail", scene.case.uuid)


def yes(**changes):
    return {
        "form_token": new_uuid(),
        "given_by": "in_person",
        "interpreted_by": "",
        "decision": "yes",
    } | changes


# --- Choosing an offer ------------------------------


def test_the_directory_is_searched_inside_the_case_without_own_offers(scene, advisor):
    own = OfferFactory(organisation=scene.office, title="Eigene Beratung")
    page = advisor.get(new_url(scene), {"q": "Beratung"})
    assert [offer.code for offer in page.context["page"].rows] == [scene.offer.code]
    assert own.title not in page.content.decode()
    assert fields_url(scene) in page.content.decode()


def test_the_founders_own_topics_come_first(scene, advisor):
    from tests.factories.intake import SubmissionFactory

    topics = [ServiceTopicFactory(code=code, name=code) for code in ("handwerksrecht", "anerkennung", "coaching")]
    scene.offer.topics.set(topics[:1])
    submission = SubmissionFactory(persona=8, office=scene.office)
    Case.objects.filter(pk=scene.case.pk).update(submission=submission)
    page = advisor.get(new_url(scene))
    assert {topic.code for topic in page.context["suggested"]} == {"handwerksrecht", "anerkennung"}
    page = advisor.get(new_url(scene), {"topic": "handwerksrecht"})
    assert [offer.code for offer in page.context["page"].rows] == [scene.offer.code]
    page = advisor.get(new_url(scene), {"topic": "coaching"})
    assert "Keine Partnerstelle bietet das an" in page.content.decode()


def test_hints_of_the_case_suggest_topics_until_they_are_done(scene, advisor):
    from gruendungswerkstatt.common import clock
    from intake import hints
    from tests.factories.files import PlanStepFactory

    hint = hints.by_code("already_trading")
    ServiceTopicFactory(code=hint.topics[0])
    step = PlanStepFactory(case=scene.case, hint_code=hint.code, text="")
    assert [t.code for t in advisor.get(new_url(scene)).context["suggested"]] == [hint.topics[0]]
    step.done_at = clock.now()
    step.save()
    assert advisor.get(new_url(scene)).context["suggested"] == []


@pytest.mark.parametrize("query", [{"q": "x" * 300}, {"topic": "nonsense"}, {"cursor": "!!"}, {"q": "%\x00😀"}])
def test_a_wild_search_answers_with_a_page(scene, advisor, query):
    assert advisor.get(new_url(scene), query).status_code == 200


def test_choosing_costs_the_same_for_few_and_many_offers(scene, advisor, django_assert_num_queries):
    advisor.get(new_url(scene))
    with django_assert_num_queries(11):  # the last one, after the page: who has seen the file
        advisor.get(new_url(scene))
    for _number in range(20):
        OfferFactory(topics=[ServiceTopicFactory()])
    with django_assert_num_queries(11):
        advisor.get(new_url(scene))


# --- Fields ------------------------------


def test_a_chamber_of_crafts_is_proposed_more_fields(scene, advisor):
    page = advisor.get(fields_url(scene))
    assert page.context["preset"] == "minimal"
    scene.offer.topics.set([ServiceTopicFactory(code="handwerksrecht")])
    page = advisor.get(fields_url(scene))
    assert page.context["preset"] == "crafts"
    assert page.context["form"].initial["fields_to_give"] == PRESETS["crafts"]
    assert advisor.get(fields_url(scene), {"preset": "minimal"}).context["preset"] == "minimal"
    assert advisor.get(fields_url(scene), {"preset": "everything"}).context["preset"] == "crafts"


def test_the_chosen_fields_are_the_next_address(scene, advisor):
    response = advisor.get(fields_url(scene), {"fields_to_give": ["name", "contact"], "choose": "1"})
    assert response.url == consent_url(scene, ["name", "contact", "question"])


@pytest.mark.parametrize("chosen", [[], ["passport"]])
def test_no_field_or_an_unknown_one_is_a_message(scene, advisor, chosen):
    page = advisor.get(fields_url(scene), {"fields_to_give": chosen, "choose": "1"})
    assert page.status_code == 200
    assert page.context["form"].errors["fields_to_give"]


def test_a_consent_that_stands_is_offered(scene, advisor):
    standing = ConsentFactory(founder=scene.case.founder, partner=scene.partner)
    older = ConsentFactory(founder=scene.case.founder, partner=scene.partner, notice_version="2020-01")
    page = advisor.get(fields_url(scene)).content.decode()
    assert send_url(scene, standing) in page
    assert send_url(scene, older) not in page


# --- Yes and no ------------------------------


def test_the_sentence_is_said_in_the_founders_language_and_in_german(scene, advisor):
    page = advisor.get(consent_url(scene)).content.decode()
    assert "Wir geben an Handwerkskammer weiter: Ihren Namen, Ihre Telefonnummer, Ihre Sprache, Ihre Frage." in page
    assert "ننقل إلى غرفة الحرف (Handwerkskammer) ما يلي: اسمك، رقم هاتفك، لغتك، سؤالك." in page
    assert 'lang="ar" dir="rtl"' in page
    assert "keine Folgen für Ihre Leistungen" in page
    assert "لا تأثير لذلك على المساعدات المالية" in page
    assert scene.office.notice_version in page


def test_the_sentence_names_the_contact_it_means(scene, advisor):
    Founder.objects.filter(pk=scene.case.founder_id).update(contact_way="email", language="de")
    page = advisor.get(consent_url(scene)).content.decode()
    assert "Ihre E-Mail-Adresse" in page
    assert "Telefonnummer" not in page.split("<main")[1].split("</main>")[0]
    assert page.count("Sie entscheiden.") == 1  # one language is said once


def test_yes_and_no_look_the_same(scene, advisor):
    page = advisor.get(consent_url(scene)).content.decode()
    buttons = [part.split(">")[0] for part in page.split("<button ")[1:] if 'name="decision"' in part.split(">")[0]]
    assert len(buttons) == 2
    assert buttons[0].replace('value="yes"', "") == buttons[1].replace('value="no"', "")


def test_a_yes_is_recorded_and_leads_to_the_question(scene, advisor):
    response = advisor.post(consent_url(scene), yes(given_by="phone", interpreted_by="Frau Aydın"))
    consent = Consent.objects.get()
    assert response.url == send_url(scene, consent)
    assert (consent.fields, consent.given_by) == ([str(f) for f in MINIMAL], "phone")
    assert consent.interpreted_by == "Frau Aydın"


def test_a_no_leaves_nothing_behind(scene, advisor):
    before = TimelineEntry.objects.count()
    response = advisor.post(consent_url(scene), {"form_token": new_uuid(), "decision": "no"})
    assert response.url == case_url(scene)
    assert not Consent.objects.exists()
    assert TimelineEntry.objects.count() == before


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"given_by": ""}, "given_by"),
        ({"given_by": "telepathy"}, "given_by"),
        ({"interpreted_by": "x" * 10_000}, "interpreted_by"),
        ({"decision": ""}, "__all__"),
        ({"decision": "maybe"}, "decision"),
        ({"form_token": "x"}, "form_token"),
        ({"form_token": ""}, "form_token"),
    ],
)
def test_bad_input_is_named_and_what_was_typed_is_kept(scene, advisor, changes, field):
    data = yes(interpreted_by="Frau Aydın") | changes
    page = advisor.post(consent_url(scene), data)
    assert page.status_code == 200
    assert page.context["form"].errors[field]
    assert "Fehler" in page.content.decode()
    assert data["interpreted_by"] in page.content.decode()
    assert not Consent.objects.exists()


def test_sending_the_yes_twice_records_it_once(scene, advisor):
    data = yes()
    first, second = advisor.post(consent_url(scene), data), advisor.post(consent_url(scene), data)
    assert first.url == second.url
    assert Consent.objects.count() == 1
    third = advisor.post(consent_url(scene), yes())  # another window
    assert third.url == first.url
    assert Consent.objects.count() == 1


def test_without_fields_the_way_leads_back_to_choosing_them(scene, advisor):
    assert advisor.get(consent_url(scene, [])).url == fields_url(scene)
    assert advisor.get(consent_url(scene, ["passport"])).status_code == 200  # only the question is left of it


def test_a_refusal_by_the_service_is_said(scene, advisor):
    scene.office.notice_version = ""
    scene.office.save()
    page = advisor.post(consent_url(scene), yes())
    assert str(ReferralRefusal.NO_NOTICE.label) in page.content.decode()


# --- The question ------------------------------


@pytest.fixture
def consent(scene):
    return services.give_consent(scene.case, scene.advisor, scene.partner, MINIMAL, way=ConsentWay.IN_PERSON)


def test_the_advisor_sees_what_the_partner_will_see(scene, advisor, consent):
    page = advisor.get(send_url(scene, consent)).content.decode()
    assert "Rim Darwisch" in page
    assert "0171 3920006" in page
    assert "noch niemand" not in page


def test_a_partner_without_readers_is_said(scene, advisor, consent):
    scene.reader.ended_at = consent.given_at
    scene.reader.save()
    assert "noch niemand" in advisor.get(send_url(scene, consent)).content.decode()


def test_the_question_is_passed_on_once(scene, advisor, consent):
    data = {"form_token": new_uuid(), "question": "هل أحتاج إلى Meister؟"}
    first, second = advisor.post(send_url(scene, consent), data), advisor.post(send_url(scene, consent), data)
    assert first.url == second.url == case_url(scene)
    assert Referral.objects.get().question == "هل أحتاج إلى Meister؟"
    another_window = advisor.post(send_url(scene, consent), data | {"form_token": new_uuid()})
    assert str(ReferralRefusal.ALREADY_SENT.label) in another_window.content.decode()
    assert data["question"] in another_window.content.decode()


@pytest.mark.parametrize("question", ["", "   ", "x" * 10_000, "\x00"])
def test_a_question_has_words_and_an_end(scene, advisor, consent, question):
    page = advisor.post(send_url(scene, consent), {"form_token": new_uuid(), "question": question})
    assert page.context["form"].errors["question"]
    assert question.strip("\x00") in page.content.decode()
    assert not Referral.objects.exists()


def test_a_consent_withdrawn_in_another_window_stops_the_referral(scene, advisor, consent):
    services.withdraw_consent(consent, scene.advisor, way=ConsentWay.PHONE)
    page = advisor.post(send_url(scene, consent), {"form_token": new_uuid(), "question": "Noch da?"})
    assert str(ReferralRefusal.NO_CONSENT.label) in page.content.decode()
    assert "Noch da?" in page.content.decode()
    assert advisor.get(send_url(scene, consent)).url == fields_url(scene)
    assert not Referral.objects.exists()


def test_a_consent_for_somebody_else_is_not_found(scene, advisor):
    foreign = ConsentFactory(founder=scene.case.founder)
    other = ConsentFactory(partner=scene.partner)
    for wrong in (foreign, other):
        assert advisor.get(send_url(scene, wrong)).status_code == 404


# --- Nothing is passed on ------------------------------


@pytest.mark.parametrize("language", ["de", "ar", "en"])
def test_under_18_every_step_says_kindly_why_not(scene, advisor, consent, language):
    Founder.objects.filter(pk=scene.case.founder_id).update(is_adult=False)
    for url in (new_url(scene), fields_url(scene), consent_url(scene), send_url(scene, consent)):
        page = advisor.get(url.replace("/de/", f"/{language}/"))
        assert page.status_code == 200
        assert page.context["refusal"] == ReferralRefusal.UNDER_AGE
        assert "form" not in page.context
    assert advisor.post(consent_url(scene), yes()).context["refusal"] == ReferralRefusal.UNDER_AGE


def test_a_closed_case_is_not_referred(scene, advisor):
    Case.objects.filter(pk=scene.case.pk).update(state=CaseState.HANDED_OVER)
    assert advisor.get(new_url(scene)).context["refusal"] == ReferralRefusal.CASE_NOT_OPEN


# --- Withdrawal ------------------------------


def test_a_consent_is_withdrawn_after_asking_once_more(scene, advisor, consent):
    url = address("referrals:consent_withdraw", consent.uuid)
    assert "Handwerkskammer" in advisor.get(url).content.decode()
    page = advisor.post(url, {"form_token": new_uuid()})
    assert page.context["form"].errors["withdrawn_by"]
    data = {"form_token": new_uuid(), "withdrawn_by": "phone"}
    assert advisor.post(url, data).url == case_url(scene)
    assert advisor.post(url, data).url == case_url(scene)
    consent.refresh_from_db()
    assert (consent.withdrawn_by, consent.withdrawal_recorded_by) == ("phone", scene.advisor)
    assert advisor.get(url).url == case_url(scene)


# --- Access ------------------------------


def office_urls(scene, consent):
    return [
        new_url(scene),
        fields_url(scene),
        consent_url(scene),
        send_url(scene, consent),
        address("referrals:consent_withdraw", consent.uuid),
    ]


def test_strangers_are_asked_to_sign_in(scene, client, consent):
    for url in office_urls(scene, consent):
        response = client.get(url)
        assert response.status_code == 302
        assert "/accounts/login/" in response.url


@pytest.mark.parametrize("who", ["partner", "other_office", "administrator"])
def test_everybody_else_gets_404(scene, consent, signed_in, who):
    members = {
        "partner": scene.reader,
        "other_office": MembershipFactory(),
        "administrator": MembershipFactory(organisation=scene.office, role="administrator"),
    }
    client = signed_in(members[who])
    for url in office_urls(scene, consent):
        assert client.get(url).status_code == 404
        assert client.post(url, yes()).status_code in (404, 405)


def test_a_team_lead_may_refer_too(scene, signed_in, consent):
    client = signed_in(MembershipFactory(organisation=scene.office, team_lead=True))
    for url in office_urls(scene, consent):
        assert client.get(url).status_code == 200


def test_unknown_and_unpublished_offers_are_not_found(scene, advisor):
    own = OfferFactory(organisation=scene.office)
    gone = OfferFactory(is_published=False)
    for offer_uuid in (own.uuid, gone.uuid, uuid.uuid4()):
        assert advisor.get(address("referrals:consent_fields", scene.case.uuid, offer_uuid)).status_code == 404
    assert advisor.get(address("referrals:referral_new", uuid.uuid4())).status_code == 404


def test_cases_of_the_same_office_do_not_mix(scene, advisor):
    other = ReferralFactory(consent__founder=CaseFactory(founder__office=scene.office).founder)
    assert advisor.get(send_url(scene, other.consent)).status_code == 404
