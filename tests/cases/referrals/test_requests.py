"""Asking the founder on the own page: yes makes a consent, "no" leaves nothing behind (rule 7)."""

import pytest

from cases.files.enums import CaseState
from cases.files.models import Case, TimelineEntry
from cases.referrals import selectors, services
from cases.referrals.enums import ConsentWay, ReferralRefusal
from cases.referrals.models import Consent, ConsentRequest
from cases.referrals.rules import MINIMAL, PRESETS
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.ids import new_uuid
from intake.pins import hashed
from tests.cases.referrals.conftest import address
from tests.factories.intake import SubmissionFactory
from tests.factories.people import MembershipFactory, MunicipalityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(scene):
    """The scene with a founder who has a PIN."""
    town = MunicipalityFactory(office=scene.office)
    scene.case.submission = SubmissionFactory(municipality=town, pin_hash=hashed("4829"))
    scene.case.save()
    return scene


@pytest.fixture
def asked(scene):
    return services.ask_for_consent(scene.case, scene.advisor, scene.partner, MINIMAL)


def answerable(asked) -> ConsentRequest:
    """As the founder's page finds it."""
    return selectors.requests_to(asked.case.founder).get(uuid=asked.uuid)


def test_a_yes_makes_the_consent_that_was_asked_for(scene, asked):
    consent = services.answer_request(answerable(asked), is_yes=True)
    assert (consent.partner, consent.fields) == (scene.partner, asked.fields)
    assert (consent.given_by, consent.recorded_by) == (ConsentWay.PORTAL, scene.advisor)
    assert (consent.notice_version, consent.notice_language) == (asked.notice_version, asked.notice_language)
    assert not ConsentRequest.objects.exists()
    line = TimelineEntry.objects.get(kind="consent_given")
    assert (line.author, line.params["way"]) == (None, "portal")
    assert list(selectors.valid_consents(scene.case, scene.partner)) == [consent]


def test_a_no_leaves_nothing_behind(asked):
    lines = TimelineEntry.objects.count()
    assert services.answer_request(answerable(asked), is_yes=False) is None
    assert not ConsentRequest.objects.exists()
    assert not Consent.objects.exists()
    assert TimelineEntry.objects.count() == lines


@pytest.mark.parametrize(("first", "then"), [(True, False), (False, True)])
def test_of_two_answers_the_first_counts(asked, first, then):
    here, there = answerable(asked), answerable(asked)
    services.answer_request(here, is_yes=first)
    with pytest.raises(services.RequestGone):
        services.answer_request(there, is_yes=then)
    assert Consent.objects.exists() is first


def test_asking_again_asks_once(scene, asked):
    assert services.ask_for_consent(scene.case, scene.advisor, scene.partner, reversed(MINIMAL)) == asked
    services.ask_for_consent(scene.case, scene.advisor, scene.partner, PRESETS["crafts"])
    assert ConsentRequest.objects.count() == 2


def test_what_was_agreed_to_before_is_not_asked(scene):
    services.give_consent(scene.case, scene.advisor, scene.partner, MINIMAL, way=ConsentWay.PHONE)
    with pytest.raises(services.ReferralRefused) as refused:
        services.ask_for_consent(scene.case, scene.advisor, scene.partner, MINIMAL)
    assert refused.value.reason == ReferralRefusal.ALREADY_AGREED


def test_a_yes_in_the_talk_answers_the_question_on_the_page(scene, asked):
    services.give_consent(scene.case, scene.advisor, scene.partner, MINIMAL, way=ConsentWay.IN_PERSON)
    assert not ConsentRequest.objects.exists()


def test_without_a_pin_nobody_could_answer(scene):
    scene.case.submission.pin_hash = ""
    scene.case.submission.save()
    with pytest.raises(services.ReferralRefused) as refused:
        services.ask_for_consent(scene.case, scene.advisor, scene.partner, MINIMAL)
    assert refused.value.reason == ReferralRefusal.NO_PIN


def test_under_18_nothing_is_asked_and_a_yes_from_before_is_refused(scene, asked):
    founder = scene.case.founder
    founder.is_adult = False
    founder.save()
    with pytest.raises(services.ReferralRefused):
        services.ask_for_consent(scene.case, scene.advisor, scene.partner, PRESETS["crafts"])
    with pytest.raises(services.ReferralRefused):
        services.answer_request(answerable(asked), is_yes=True)
    assert not Consent.objects.exists()


def test_a_no_is_possible_after_the_case_was_closed(asked):
    found = answerable(asked)
    Case.objects.update(state=CaseState.CLOSED, outcome="withdrawn", closed_at=clock.now())
    services.answer_request(found, is_yes=False)
    assert not ConsentRequest.objects.exists()


def test_a_newer_notice_makes_the_question_void(scene, asked):
    office = scene.case.office
    office.notice_version = "2027-01"
    office.save()
    assert not selectors.requests_to(scene.case.founder).exists()
    assert not selectors.requests_of(scene.case).exists()


class TestPages:
    def test_the_advisor_asks_and_takes_it_back(self, scene, signed_in):
        client = signed_in(scene.advisor)
        page = address("referrals:consent_new", scene.case.uuid, scene.offer.uuid) + "?field=name&field=question"
        assert "Auf der eigenen Seite fragen" in client.get(page).content.decode()
        ask = address("referrals:request_new", scene.case.uuid, scene.offer.uuid) + "?field=name&field=question"
        token = str(new_uuid())
        for _click in range(2):
            response = client.post(ask, {"form_token": token})
            assert response.url == address("cases:case_detail", scene.case.uuid) + "#referrals"
        asked = ConsentRequest.objects.get()
        assert asked.fields == ["name", "question"]
        panel = client.get(address("cases:case_detail", scene.case.uuid)).content.decode()
        assert "Fragen, die auf die Person warten" in panel
        client.post(address("referrals:request_end", asked.uuid), {"form_token": str(new_uuid())})
        assert not ConsentRequest.objects.exists()

    def test_without_a_pin_the_page_says_so(self, scene, signed_in):
        scene.case.submission.pin_hash = ""
        scene.case.submission.save()
        page = address("referrals:consent_new", scene.case.uuid, scene.offer.uuid) + "?field=name"
        found = signed_in(scene.advisor).get(page).content.decode()
        assert "Das geht, sobald die Person eine PIN hat." in found
        assert "Auf der eigenen Seite fragen" not in found

    @pytest.mark.parametrize("fields", ["", "?field=nothing"])
    def test_nothing_is_asked_without_fields(self, scene, signed_in, fields):
        ask = address("referrals:request_new", scene.case.uuid, scene.offer.uuid) + fields
        assert signed_in(scene.advisor).post(ask, {"form_token": str(new_uuid())}).status_code == 302
        assert not ConsentRequest.objects.exists()

    def test_forms_without_a_token_change_nothing(self, scene, signed_in, asked):
        client = signed_in(scene.advisor)
        ask = address("referrals:request_new", scene.case.uuid, scene.offer.uuid) + "?field=name"
        assert client.post(ask).status_code == client.post(address("referrals:request_end", asked.uuid)).status_code
        assert list(ConsentRequest.objects.all()) == [asked]

    def test_another_office_finds_nothing(self, asked, signed_in):
        stranger = signed_in(MembershipFactory())
        assert stranger.post(address("referrals:request_end", asked.uuid)).status_code == 404
