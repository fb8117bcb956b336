"""The partner's pages: its own referrals and no others, one answer at a time."""

import uuid
from datetime import timedelta

import pytest

from cases.referrals import services
from cases.referrals.enums import ConsentWay, DeclineReason, ReferralState
from cases.referrals.models import Referral
from cases.referrals.views.partner import PAGE_SIZE
from gruendungswerkstatt.audit.models import ViewLog
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.ids import new_uuid
from tests.cases.referrals.conftest import address
from tests.factories.people import MembershipFactory
from tests.factories.referrals import ReferralFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(scene, signed_in):
    return signed_in(scene.reader)


@pytest.fixture
def referral(scene) -> Referral:
    consent = services.give_consent(
        scene.case, scene.advisor, scene.partner, ["name", "question"], way=ConsentWay.IN_PERSON
    )
    return services.refer(scene.case, scene.advisor, scene.offer, consent, "Brauche ich den Meister?")


def detail(referral):
    return address("referrals:referral_detail", referral.uuid)


def answer(referral, word):
    return address("referrals:referral_answer", referral.uuid, word)


def data(referral, **more):
    return {"form_token": new_uuid(), "version": referral.version} | more


def shown(response):
    return [row.referral.pk for row in response.context["rows"]]


LIST = "/de/referrals/"


# --- The list ------------------------------


def test_a_partner_sees_its_own_referrals_and_no_other(scene, reader, referral):
    other = ReferralFactory()
    withdrawn = ReferralFactory(consent__partner=scene.partner)
    services.withdraw_consent(withdrawn.consent, withdrawn.sent_by, way=ConsentWay.PHONE)
    of_second_office = ReferralFactory(consent__partner=scene.partner)
    assert shown(reader.get(LIST)) == [of_second_office.pk, referral.pk]
    assert reader.get(detail(other)).status_code == 404
    assert reader.get(detail(withdrawn)).status_code == 404
    assert reader.get(detail(of_second_office)).status_code == 200


@pytest.mark.parametrize("language", ["de", "ar", "en"])
def test_an_empty_list_says_what_will_come(scene, reader, language):
    page = reader.get(address("referrals:referral_list", language=language))
    assert page.status_code == 200
    assert "gw-empty" in page.content.decode()


def test_new_ones_are_marked_until_they_are_opened(reader, referral):
    assert "Neu" in reader.get(LIST).content.decode()
    reader.get(detail(referral))
    page = reader.get(LIST).content.decode()
    assert "Neu" not in page
    assert "Noch nicht beantwortet" in page


def test_pages_show_every_referral_once(scene, reader):
    now = clock.now()
    made = {
        ReferralFactory(consent__partner=scene.partner, sent_at=now - timedelta(minutes=n // 3)).pk
        for n in range(PAGE_SIZE + 5)
    }
    first = reader.get(LIST)
    second = reader.get(LIST, {"cursor": first.context["page"].older})
    assert len(shown(first)) == PAGE_SIZE
    assert {*shown(first), *shown(second)} == made
    assert len(shown(first)) + len(shown(second)) == len(made)
    assert shown(reader.get(LIST, {"cursor": second.context["page"].newer})) == shown(first)


@pytest.mark.parametrize(
    "cursor",
    ["x", "WyJvbGRlciIsIDEsIDFd", "WyJvbGRlciIsICJ5ZXN0ZXJkYXkiLCAxXQ", "WyJvbGRlciIsICJcdTAwMDAiLCAxXQ"],
)
def test_a_forged_cursor_shows_the_first_page(reader, referral, cursor):
    assert shown(reader.get(LIST, {"cursor": cursor})) == [referral.pk]


def test_the_list_costs_the_same_for_few_and_many(scene, reader, django_assert_num_queries):
    ReferralFactory(consent__partner=scene.partner)
    with django_assert_num_queries(5):  # session, user, membership, rows, what is to be deleted
        reader.get(LIST)
    for _number in range(10):
        ReferralFactory(consent__partner=scene.partner)
    with django_assert_num_queries(5):
        reader.get(LIST)


def test_notes_about_a_withdrawn_referral_are_to_be_deleted(scene, reader, referral):
    reader.get(detail(referral))
    services.withdraw_consent(referral.consent, scene.advisor, way=ConsentWay.PHONE)
    page = reader.get(LIST).content.decode()
    assert "Bitte löschen Sie Ihre Notizen" in page
    assert "Rim Darwisch" not in page
    assert str(referral.uuid) not in page


# --- Reading ------------------------------


def test_opening_is_logged_and_noted(scene, reader, referral, django_assert_num_queries):
    # session, user, membership; referral, its answers; seen; the consented fields; after the page the log
    with django_assert_num_queries(8):
        reader.get(detail(referral))
    referral.refresh_from_db()
    assert referral.seen_at is not None
    assert ViewLog.objects.get().subject_uuid == referral.uuid
    reader.get(detail(referral))
    assert ViewLog.objects.count() == 2


def test_the_page_ends_with_the_consent(scene, reader, referral):
    assert reader.get(detail(referral)).status_code == 200
    services.withdraw_consent(referral.consent, scene.advisor, way=ConsentWay.PHONE)
    for url in (
        detail(referral),
        answer(referral, "accept"),
        answer(referral, "decline"),
        answer(referral, "finish"),
    ):
        assert reader.get(url).status_code == 404
        assert reader.post(url, data(referral)).status_code in (404, 405)
    assert ViewLog.objects.filter(subject_uuid=referral.uuid).count() == 1


# --- Answering ------------------------------


def test_accept_then_done_with_a_result(reader, referral):
    page = reader.get(detail(referral)).content.decode()
    assert answer(referral, "accept") in page
    assert answer(referral, "finish") not in page
    assert reader.post(answer(referral, "accept"), data(referral)).url == detail(referral)
    referral.refresh_from_db()
    page = reader.get(detail(referral)).content.decode()
    assert answer(referral, "accept") not in page
    assert answer(referral, "finish") in page
    assert reader.post(answer(referral, "finish"), data(referral, text="تمت الاستشارة")).url == detail(referral)
    referral.refresh_from_db()
    assert referral.state == ReferralState.DONE
    page = reader.get(detail(referral)).content.decode()
    assert "تمت الاستشارة" in page
    assert "Ihre Antwort</h2>" not in page


def test_decline_with_a_reason(reader, referral):
    assert reader.get(answer(referral, "decline")).status_code == 200
    response = reader.post(answer(referral, "decline"), data(referral, reason="no_capacity", text=""))
    assert response.url == detail(referral)
    assert "Zurzeit keine Kapazität" in reader.get(detail(referral)).content.decode()


@pytest.mark.parametrize(
    ("word", "typed", "field"),
    [
        ("decline", {"text": "Kein Platz"}, "reason"),
        ("decline", {"text": "Kein Platz", "reason": "because"}, "reason"),
        ("decline", {"text": "", "reason": "other"}, "text"),
        ("decline", {"text": "x" * 10_000, "reason": "no_capacity"}, "text"),
        ("accept", {"version": "one"}, "version"),
        ("accept", {"version": ""}, "version"),
        ("accept", {"form_token": "☺"}, "form_token"),
    ],
)
def test_bad_answers_are_named_and_kept(reader, referral, word, typed, field):
    page = reader.post(answer(referral, word), data(referral) | typed)
    assert page.status_code == 200
    assert page.context["form"].errors[field]
    assert "Fehler" in page.content.decode()
    assert typed.get("text", "") in page.content.decode()
    referral.refresh_from_db()
    assert referral.state == ReferralState.SENT


@pytest.mark.parametrize("text", ["", " \n ", "\x00\x07", "x" * 1001])
def test_a_result_has_words_and_an_end(scene, reader, referral, text):
    services.answer(referral, scene.reader, ReferralState.ACCEPTED, version=1)
    page = reader.post(answer(referral, "finish"), {"form_token": new_uuid(), "version": 2, "text": text})
    assert page.context["form"].errors["text"]


def test_sending_twice_answers_once(reader, referral):
    sent = data(referral)
    assert reader.post(answer(referral, "accept"), sent).url == reader.post(answer(referral, "accept"), sent).url
    assert referral.status_changes.count() == 1


def test_two_people_answer_at_once_and_nothing_is_lost(scene, reader, referral, signed_in):
    colleague = signed_in(MembershipFactory(partner=True, organisation=scene.partner))
    colleague.post(answer(referral, "accept"), data(referral))
    typed = data(referral, reason=DeclineReason.OTHER, text="Wir sind umgezogen.")
    page = reader.post(answer(referral, "decline"), typed)
    html = page.content.decode()
    assert page.status_code == 200
    assert "Jemand aus Ihrer Stelle hat inzwischen geantwortet" in html
    assert "Wir sind umgezogen." in html
    assert "Angenommen" in html
    # The page now shows how it stands; sending again is a decision made with that in view.
    version = page.context["form"]["version"].value()
    assert reader.post(answer(referral, "decline"), typed | {"version": version}).url == detail(referral)
    referral.refresh_from_db()
    assert referral.state == ReferralState.DECLINED


def test_an_answer_that_came_too_late_keeps_its_words(scene, reader, referral):
    services.answer(referral, scene.reader, ReferralState.DECLINED, version=1, reason=DeclineReason.NO_CAPACITY)
    sent = {"form_token": new_uuid(), "version": 2, "text": "Beraten."}
    page = reader.post(answer(referral, "finish"), sent)
    assert "Beraten." in page.content.decode()
    assert "nicht mehr möglich" in page.content.decode()
    assert "nicht mehr möglich" in reader.get(answer(referral, "accept")).content.decode()


def test_unknown_answers_are_not_found(reader, referral):
    assert reader.get(answer(referral, "forward")).status_code == 404
    assert reader.get(f"{LIST}{uuid.uuid4()}/").status_code == 404


# --- Access ------------------------------


def urls(referral):
    return [LIST, detail(referral), *(answer(referral, word) for word in ("accept", "decline", "finish"))]


def test_strangers_are_asked_to_sign_in(client, referral):
    for url in urls(referral):
        assert "/accounts/login/" in client.get(url).url


@pytest.mark.parametrize("who", ["advisor", "team_lead", "administrator"])
def test_office_staff_gets_404(scene, referral, signed_in, who):
    members = {
        "advisor": scene.advisor,
        "team_lead": MembershipFactory(organisation=scene.office, team_lead=True),
        "administrator": MembershipFactory(organisation=scene.partner, role="administrator"),
    }
    client = signed_in(members[who])
    for url in urls(referral):
        assert client.get(url).status_code == 404
    assert client.post(answer(referral, "accept"), data(referral)).status_code == 404
    referral.refresh_from_db()
    assert (referral.state, referral.seen_at) == (ReferralState.SENT, None)


def test_another_partner_gets_404_for_every_referral(referral, signed_in):
    client = signed_in(MembershipFactory(partner=True))
    assert shown(client.get(LIST)) == []
    for url in urls(referral)[1:]:
        assert client.get(url).status_code == 404
        assert client.post(url, data(referral)).status_code in (404, 405)


def test_a_partner_who_left_is_a_stranger(scene, referral, reader):
    scene.reader.ended_at = clock.now()
    scene.reader.save()
    assert reader.get(LIST).status_code == 404
    assert reader.get(detail(referral)).status_code == 404


def test_before_finishing_a_referral_is_accepted(reader, referral):
    page = reader.get(answer(referral, "finish")).content.decode()
    assert "zuerst an" in page
    assert "nicht mehr möglich" not in page
    assert f'action="{answer(referral, "accept")}"' in page
    reader.post(answer(referral, "accept"), data(referral))
    referral.refresh_from_db()
    assert referral.state == ReferralState.ACCEPTED
    assert "zuerst an" not in reader.get(answer(referral, "finish")).content.decode()
