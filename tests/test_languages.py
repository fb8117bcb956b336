"""Every page in its language: Arabic pages without Latin words, English ones without German, German without English."""

from datetime import date

import polib
import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import RequestDataTooBig
from django.db.models import Model
from django.test import Client, RequestFactory
from django.utils import translation
from django.utils.formats import number_format

from cases.appointments.models import Appointment
from cases.files.models import Case, Founder, Note, PlanStep, StatusChange, TimelineEntry
from cases.referrals.models import Consent, Referral, ReferralStatusChange
from gruendungswerkstatt.common import clock, dates, views
from gruendungswerkstatt.common.catalogues.files import path_of
from gruendungswerkstatt.content.models import Feedback
from gruendungswerkstatt.documents.models import Document, DocumentRequest
from gruendungswerkstatt.messaging.models import Message
from intake.models import Submission
from intake.neighbours import NEIGHBOURS
from intake.steps import GROUPS
from network.directory.models import Offer
from network.directory.services import load_network
from network.people.enums import Role
from network.people.models import Membership, Organisation, User
from tests.factories.content import FeedbackFactory
from tests.factories.files import LabelFactory
from tests.factories.intake import PERSONAS
from tests.factories.people import MembershipFactory
from tests.intake.conftest import Walker, page_data
from tests.languages.crawling import Crawl, own_words
from tests.languages.reading import foreign_words
from tests.lives import World, live

LANGUAGES = [code for code, _name in settings.LANGUAGES]
TYPED: tuple[type[Model], ...] = (
    *(User, Submission, Founder, Case, Note, PlanStep, StatusChange, TimelineEntry, Appointment, Consent, Referral),
    *(ReferralStatusChange, Message, Feedback, DocumentRequest, Document),
)
# As they stand in brackets beside their Arabic names.
GERMAN_PLACES = (
    "Kreis Soest", "Märkischer Kreis", "Kreis Warendorf", "Kreis Coesfeld", "Kreis Recklinghausen",
)  # fmt: skip
EVERY_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture
def world(db) -> World:
    """The network as it is, one founder who went the whole way, people of every role."""
    cache.clear()
    load_network()
    office = Organisation.objects.get(code="jobcenter-kreis-unna")
    partner = Organisation.objects.get(code="hwk-dortmund")
    made = World(
        office=office,
        advisor=MembershipFactory(organisation=office, user__name="Petra Beispiel"),
        lead=MembershipFactory(organisation=office, team_lead=True, user__name="Lea Leitung"),
        partner=MembershipFactory(organisation=partner, role=Role.PARTNER, user__name="Karla Kammer"),
        offer=Offer.objects.filter(organisation=partner).first(),
        label=LabelFactory(office=office, name="2026"),  # the office's own word, the same in every language
    )
    live(8, made)
    FeedbackFactory(office=office)
    return made


@pytest.fixture
def crawl(world):
    """`crawl("ar", membership)`: a walk of somebody who is signed in, or of a stranger."""

    def begin(language: str, member: Membership | None = None) -> Crawl:
        client = Client()
        if member is not None:
            client.force_login(member.user)
        return Crawl(client, language, own_words(*TYPED))

    return begin


def report(walk: Crawl) -> str:
    """What was found, a page a paragraph."""
    return "\n".join(f"{path}\n    " + "\n    ".join(words) for path, words in walk.found.items())


# --- Walks -----------------------------------------------------------------------------------------------------------


@pytest.mark.long
@EVERY_LANGUAGE
def test_strangers_read_their_language(crawl, language):
    walk = crawl(language)
    walk.walk("", "intake/", "status/", "network/", "accounts/login/", "pages/privacy/2026-11/", "nowhere/")
    assert {"home", "intake:start", "content:page_detail", "directory:offer_list"} <= set(walk.views)
    assert not walk.found, report(walk)


@pytest.mark.long
@EVERY_LANGUAGE
@pytest.mark.parametrize("role", ["advisor", "team_lead", "administrator", "partner"])
def test_people_who_work_here_read_their_language(crawl, world, language, role):
    members = {
        "advisor": world.advisor,
        "team_lead": world.lead,
        "partner": world.partner,
        "administrator": MembershipFactory(
            organisation=world.office, role=Role.ADMINISTRATOR, user__name="Ute Hartwig"
        ),
    }
    walk = crawl(language, members[role])
    walk.own_words |= {"Ute Hartwig", members[role].user.email}
    walk.own_words |= {name for _where, name in NEIGHBOURS} | set(GERMAN_PLACES)  # bodies' own names
    if role == "team_lead":  # the history quotes what was written into the directory, in every language
        walk.own_words |= own_words(Offer, Organisation)
    walk.walk("people/", "", "accounts/password/change/", "accounts/2fa/", "people/membership/")
    assert len(walk.views) > 5
    assert not walk.found, report(walk)


@pytest.mark.long
@EVERY_LANGUAGE
def test_founders_read_their_language_at_every_step(crawl, language):
    walk = crawl(language)
    founder = Walker(language, walk.client)
    founder.reads_notice()
    answers = PERSONAS[8]["answers"]
    walk.own_words |= {answer for answer in answers.values() if isinstance(answer, str) and " " in answer}
    for group in GROUPS.values():
        path = founder.url(f"{group.code}/")
        response = founder.get(f"{group.code}/")
        if response.status_code != 200:
            continue
        walk.own_words |= own_words(Submission)
        walk.look_at(path, response)
        walk.send(path, {})
        walk.send(path, dict.fromkeys([*group.keys, "unknown"], "\u202e" + "x" * 3000))
        founder.post(f"{group.code}/", page_data(group, answers))
    walk.own_words |= own_words(Submission)
    walk.walk("intake/tasks/", "intake/check/", "intake/more/", "intake/code/", "intake/delete/")
    founder.post("check/")
    walk.own_words |= own_words(Submission)
    walk.walk("intake/sent/", "status/", "status/detail/", "intake/place/")
    assert not walk.found, report(walk)


@pytest.mark.parametrize(
    "name", ["GET of no page", "GET of a form's address", "a broken form", "too long", "too often", "not allowed"]
)
@EVERY_LANGUAGE
def test_refusals_are_in_the_language(language, name, db):
    request = RequestFactory().get(f"/{language}/x/")
    request.membership = None
    answers = {
        "GET of no page": lambda: views.page_not_found(request),
        "GET of a form's address": lambda: views.method_not_allowed(request),
        "a broken form": lambda: views.bad_request(request),
        "too long": lambda: views.bad_request(request, RequestDataTooBig()),
        "too often": lambda: views.too_many_requests(request),
        "not allowed": lambda: views.permission_denied(request),
    }
    assert foreign_words(answers[name]().content.decode(), language) == []


@EVERY_LANGUAGE
def test_a_form_without_its_cookie_is_refused_in_the_language(language):
    request = RequestFactory().post(f"/{language}/x/", {"a": "b"})
    request.membership = None
    assert foreign_words(views.csrf_failure(request).content.decode(), language, ["b"]) == []


@EVERY_LANGUAGE
def test_the_page_for_server_errors_says_it_in_the_language_first(language):
    page = views.server_error(RequestFactory().get(f"/{language}/x/")).content.decode()
    others = {"ar": ["Das hat leider", "Sorry, this did"], "de": [], "en": []}[language]
    found = foreign_words(page, language)
    assert [word for word in found if not any(other in word for other in others)] == []


# --- Numbers, days, plural forms -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("n", "form"), [(0, 0), (1, 1), (2, 2), (3, 3), (10, 3), (11, 4), (99, 4), (100, 5), (102, 5), (103, 3), (111, 4)]
)
def test_arabic_chooses_among_six_plural_forms(n, form):
    for entry in polib.pofile(str(path_of("ar"))):
        if not entry.msgid_plural:
            continue
        with translation.override("ar"):
            shown = (
                translation.npgettext(entry.msgctxt, entry.msgid, entry.msgid_plural, n)
                if entry.msgctxt
                else translation.ngettext(entry.msgid, entry.msgid_plural, n)
            )
        assert shown == entry.msgstr_plural[form], entry.msgid


def test_days_are_written_as_people_of_the_language_write_them():
    day = date(2026, 3, 9)
    assert dates.day_short(day, "de") == "9. März 2026"
    assert dates.day_short(day, "en") == "9 March 2026"
    assert dates.day_short(day, "ar") == "9 آذار / مارس 2026"
    moment = clock.at(day, 14, 30)
    assert "14:30" in dates.moment_words(moment, "ar")
    assert dates.moment_words(moment, "de").endswith("14:30 Uhr")


@pytest.mark.parametrize(("language", "written"), [("de", "12.500,5"), ("en", "12,500.5"), ("ar", "12.500,5")])
def test_numbers_are_written_as_people_of_the_language_write_them(language, written):
    with translation.override(language):
        assert number_format(12500.5, decimal_pos=1, use_l10n=True, force_grouping=True) == written
