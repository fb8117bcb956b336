"""The whole way of a synthetic founder through the portal: everything that leaves something behind.

Pages are used where a page writes of its own (who looked, form tokens, contexts of the history), services elsewhere.
"""

from dataclasses import dataclass, field, replace
from datetime import timedelta

from django.test import Client, TestCase
from django.urls import reverse

from cases.appointments import services as appointments
from cases.files import asking_back, documents, followups, funding, labels, translating
from cases.files import services as files
from cases.files.adding import add_enquiry
from cases.files.erasure_requests import request_erasure
from cases.files.models import Case, Founder, Label, Note
from cases.files.names import write_keys
from cases.files.opening import open_case
from cases.referrals import services as referrals
from cases.referrals.enums import ConsentWay, ReferralState
from cases.referrals.models import Consent, Referral
from cases.referrals.rules import PRESETS
from gruendungswerkstatt.audit.models import ViewPurpose
from gruendungswerkstatt.audit.services import log_views
from gruendungswerkstatt.common import clock, codes
from gruendungswerkstatt.common.ids import new_uuid
from gruendungswerkstatt.content.shipped import NOTICE_VERSION
from gruendungswerkstatt.messaging.sending import send_due
from intake import services as intake
from intake.models import Submission
from intake.passes import Pass
from intake.steps import CLOSING, FIRST, GROUPS
from network.directory.models import Offer
from network.people.models import Membership
from tests.factories.directory import OfferFactory
from tests.factories.documents import checked
from tests.factories.files import FollowUpFactory, LabelFactory
from tests.factories.intake import PERSONAS
from tests.factories.people import MembershipFactory, MunicipalityFactory, OrganisationFactory
from tests.factories.referrals import ConsentFactory, ReferralFactory

from .traces import parts_of_name

ALL_TOWNS = {persona["answers"]["municipality"] for persona in PERSONAS.values()}


@dataclass
class World:
    """An office with its team, a partner with an offer, and every town of the personas."""

    office: object
    advisor: Membership
    lead: Membership
    partner: Membership
    offer: Offer
    label: Label

    @classmethod
    def make(cls) -> "World":
        office = OrganisationFactory(office=True, street="Bismarckstraße 21", postal_code="59425", place="Unna")
        for town in ALL_TOWNS:
            MunicipalityFactory(code=town, office=office)
        partner = MembershipFactory(partner=True, user__name="Karla Kammer")
        return cls(
            office=office,
            advisor=MembershipFactory(organisation=office, user__name="Petra Beispiel"),
            lead=MembershipFactory(organisation=office, team_lead=True, user__name="Lea Leitung"),
            partner=partner,
            offer=OfferFactory(organisation=partner.organisation),
            label=LabelFactory(office=office),
        )


@dataclass
class Life:
    """What a persona left: its rows, and the marks by which it is found; its number makes its words its own."""

    number: int
    submission: Submission
    case: Case | None = None
    marks: set[str] = field(default_factory=set)

    @property
    def founder(self) -> Founder:
        return self.case.founder


def browser(member: Membership) -> Client:
    client = Client()
    client.force_login(member.user)
    return client


def send_enquiry(number: int, answers: dict, language: str) -> Life:
    """Fill in the questionnaire page by page and send it with a PIN."""
    carried = Pass(new_uuid(), codes.new_code(), NOTICE_VERSION, language)
    draft = intake.begin(carried, {key: answers[key] for key in FIRST.keys if key in answers}, language)
    for group in GROUPS.values():
        if given := {key: answers[key] for key in group.keys if key in answers}:
            intake.save_answers(draft, group, given, language)
    intake.keep_longer(draft)
    intake.send(draft, {key: answers[key] for key in CLOSING.keys if key in answers}, CLOSING, language, "286 415")
    names = [answers[key] for key in ("name", "name_latin", "name_original") if key in answers]
    marks = {mark for name in names for mark in parts_of_name(name)}
    marks |= {answers[key] for key in ("idea", "own_word", "phone", "email", "helper_name") if key in answers}
    return Life(number, draft, marks=marks | {str(draft.uuid), draft.reference})


def live(number: int, world: World) -> Life:
    """The whole way of persona `number`, up to the wish to be deleted."""
    persona = PERSONAS[number]
    # Every channel is wanted, so that the ledger holds every address.
    reachable = {"phone": f"+4917139299{number:02}", "email": f"mail-of-{number}@example.org"}
    answers = reachable | persona["answers"] | {"wants_sms": "yes", "wants_email": "yes"}
    life = send_enquiry(number, answers, persona["language"])
    office = browser(world.advisor)
    office.get(reverse("cases:submission_detail", args=[life.submission.uuid]))
    life.case = open_case(life.submission, world.lead, world.advisor)
    Founder.objects.filter(pk=life.case.founder_id).update(email=answers["email"], phone=answers["phone"])
    _write_again(life, world, answers, persona["language"])
    _work_on(life, world, office)
    labels.put_on(life.case, world.advisor, world.label)
    _follow_up(life, world)
    _fund(life, world)
    _meet(life, world)
    _send_documents(life, world)
    if persona["answers"]["is_adult"] == "yes":
        _refer(life, world)
    _ask_back(life, world)
    _translate(life, world)
    _take_back(life, world)
    request_erasure(life.case)
    _collect_marks(life)
    return life


def _work_on(life: Life, world: World, office: Client) -> None:
    case, name = life.case, life.submission.answers["name"]
    address = reverse("cases:note_create", args=[case.uuid])
    told = f"Kaffeesatz{life.number:02}: {name} hat den Schlüssel {case.reference} verlegt."
    office.post(address, {"text": told, "form_token": new_uuid()})
    begun = f"Seifenblase{life.number:02} {name}"
    office.post(reverse("cases:note_draft", args=[case.uuid]), {"text": begun, "page": "p"})
    life.marks |= {begun, f"Seifenblase{life.number:02}"}
    office.get(reverse("cases:case_detail", args=[case.uuid]))
    life.marks |= {told, f"Kaffeesatz{life.number:02}", f"Wunderkerze{life.number:02}"}
    step = files.add_step(case, world.advisor, f"Wunderkerze{life.number:02} mit {name} besorgen")
    files.set_step_done(step, world.advisor, True)
    case.refresh_from_db()
    case = files.record_application(case, world.advisor, True, version=case.version)
    life.case = files.move_phase(case, world.advisor, "orientation", reason=f"{name} will", version=case.version)
    life.founder.name_latin = f"Vormals {name}"
    life.founder.save()
    write_keys(life.founder)


def _ask_back(life: Life, world: World) -> None:
    asked = asking_back.ask_in_case(life.case, world.advisor, text=f"Lampenfieber{life.number:02}?")
    send_due()
    asking_back.answer(asked, f"Sternschnuppe{life.number:02}", "de")
    life.marks |= {f"Lampenfieber{life.number:02}", f"Sternschnuppe{life.number:02}"}


def _translate(life: Life, world: World) -> None:
    """Those who wrote what their idea is; twice, so that its history tells of both."""
    words = translating.words_of(life.submission, "idea")
    if words is not None:
        for version in (0, 1):
            told = f"Drachenschnur{life.number:02}-{version}"
            translating.translate(
                life.submission, "idea", "en", world.advisor, text=told, source=words.digest, version=version
            )
            life.marks.add(told)


def _follow_up(life: Life, world: World) -> None:
    """Somebody asked how the business goes; it was opened again since."""
    row = FollowUpFactory(case=life.case)
    followups.record(row, world.advisor, "yes", text=f"Sternwarte{life.number:02} läuft", version=1)
    life.case.refresh_from_db()
    life.marks.add(f"Sternwarte{life.number:02}")


def _fund(life: Life, world: World) -> None:
    """Something else than the usual was asked for, and put right."""
    facts = funding.Facts(kind="other", text=f"Sparschwein{life.number:02}", asked_on=clock.today())
    row = funding.add(life.case, world.advisor, facts)
    funding.change(row, world.advisor, replace(facts, text=f"Sparstrumpf{life.number:02}"), version=1)
    life.marks |= {f"Sparschwein{life.number:02}", f"Sparstrumpf{life.number:02}"}


def _meet(life: Life, world: World) -> None:
    first = appointments.plan(
        life.case,
        world.advisor,
        advisor=world.advisor,
        starts_at=clock.now() + timedelta(days=4),
        topic=f"Zuckerwatte{life.number:02} am Stand",
    )
    send_due()
    with clock.frozen(first.starts_at - timedelta(days=1)):
        send_due()
    with clock.frozen(first.ends_at + timedelta(hours=1)):
        appointments.record_outcome(first, world.advisor, outcome="took_place", version=first.version)
        missed = appointments.plan(
            life.case, world.advisor, advisor=world.advisor, starts_at=clock.now() + timedelta(days=3)
        )
    with clock.frozen(missed.ends_at + timedelta(hours=1)):
        appointments.record_outcome(missed, world.advisor, outcome="no_show", version=missed.version)
    life.marks |= {f"Zuckerwatte{life.number:02}", str(first.uuid), str(missed.uuid)}


def _send_documents(life: Life, world: World) -> None:
    """One document with two files, one of which is deleted at once; another that is still waited for."""
    name = life.submission.answers["name"]
    asked = documents.ask(
        life.case, world.advisor, "cv", f"Bitte den Lebenslauf von {name}, Kupferkanne{life.number:02}"
    )
    kept = [checked(f"Seite {n} von {name}".encode(), f"Kupferkanne{life.number:02}-{n}.jpg") for n in (1, 2)]
    first, _second = documents.receive(life.case, asked, kept).kept
    office, address = browser(world.advisor), [life.case.uuid, first.uuid]
    b"".join(office.get(reverse("cases:document_download", args=address)).streaming_content)
    with TestCase.captureOnCommitCallbacks(execute=True):
        office.post(reverse("cases:document_delete", args=address), {"form_token": new_uuid()})
    asked.refresh_from_db()
    documents.send_back(life.case, asked, world.advisor, "other", f"{name} soll sie drehen", version=asked.version)
    documents.ask(life.case, world.advisor, "eks")
    life.marks |= {f"Kupferkanne{life.number:02}", str(asked.uuid), str(first.uuid)}


def _refer(life: Life, world: World) -> None:
    consent = referrals.give_consent(
        life.case, world.advisor, world.partner.organisation, PRESETS["minimal"], way=ConsentWay.IN_PERSON,
        interpreted_by=f"Dolmetscher Quittengelee{life.number:02}",
    )  # fmt: skip
    referrals.ask_for_consent(life.case, world.advisor, world.partner.organisation, PRESETS["crafts"])
    referral = referrals.refer(life.case, world.advisor, world.offer, consent, f"Wie geht Pusteblume{life.number:02}?")
    browser(world.partner).get(reverse("referrals:referral_detail", args=[referral.uuid]))
    referral.refresh_from_db()
    referrals.answer(
        referral,
        world.partner,
        ReferralState.ACCEPTED,
        version=referral.version,
        text=f"Blaubeere{life.number:02} geht",
    )
    referrals.withdraw_consent(consent, world.advisor, way=ConsentWay.PHONE)
    life.marks |= {f"Quittengelee{life.number:02}", f"Pusteblume{life.number:02}", f"Blaubeere{life.number:02}"}


def _take_back(life: Life, world: World) -> None:
    """Rows that go long before the person does: only their history is left, and looks at them."""
    case, name = life.case, life.submission.answers["name"]
    note = Note.objects.create(case=case, office=case.office, author=world.advisor, text=f"{name}: Seifenblase")
    step = files.add_step(case, world.advisor, f"Regenschirm für {name}")
    later = clock.now() + timedelta(days=40)
    meeting = appointments.plan(case, world.advisor, advisor=world.advisor, starts_at=later, topic=f"Mit {name}")
    consent = ConsentFactory(
        founder=life.founder,
        partner=world.partner.organisation,
        interpreted_by=f"Tante von {name}",
        recorded_by=world.advisor,
    )
    referral = ReferralFactory(case=case, consent=consent, offer=world.offer, question=f"Geht das für {name}?")
    log_views(world.advisor, [(case.office_id, "referral", referral.uuid, ViewPurpose.REFERRAL)])
    for row in (note, step, meeting, referral, consent):
        life.marks.add(str(row.uuid))
        row.delete()


def _write_again(life: Life, world: World, answers: dict, language: str) -> None:
    """The number is forgotten and the form sent once more; the advisor sees who it is."""
    again = send_enquiry(life.number, answers, language)
    again.submission.refresh_from_db()
    versions = {"version": again.submission.version, "case_version": life.case.version}
    life.case = add_enquiry(again.submission, life.case, world.advisor, **versions)
    life.marks |= again.marks


def _collect_marks(life: Life) -> None:
    case, founder = life.case, life.founder
    life.marks |= {str(case.uuid), str(founder.uuid), case.reference, founder.phone, founder.email}
    life.marks |= {str(row.uuid) for row in (*case.notes.all(), *case.steps.all(), *case.erasure_requests.all())}
    for model, owner in ((Referral, {"case": case}), (Consent, {"founder": founder})):
        life.marks |= {str(one) for one in model.objects.filter(**owner).values_list("uuid", flat=True)}
    life.marks.discard("")
