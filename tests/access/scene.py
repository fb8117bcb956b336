"""Two offices with everything in them, each thing with a word of its office, and a browser for every role."""

from dataclasses import dataclass
from datetime import timedelta
from http.cookies import SimpleCookie

from django.test import Client

from cases.appointments.models import Appointment
from cases.desk.models import SavedView
from cases.desk.services import save_view
from cases.files import asking_back, labels, merging
from cases.files.merging import Seen
from cases.files.models import (
    AskBack,
    Case,
    Deadline,
    FollowUp,
    Funding,
    Label,
    Merge,
    PlanStep,
    StepTemplate,
    TextBlock,
)
from cases.files.opening import open_case
from cases.files.services import add_note
from cases.referrals.models import Consent, ConsentRequest, Referral
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.content import services as content
from gruendungswerkstatt.content.models import Feedback, Page
from gruendungswerkstatt.content.pages import LANGUAGES, Text
from gruendungswerkstatt.documents import services as documents
from gruendungswerkstatt.documents.models import Document, DocumentRequest
from gruendungswerkstatt.messaging.models import Message, MessageText
from intake.enums import Channel
from intake.models import OfficeHint, Submission
from intake.pins import hashed
from network.directory.models import Offer
from network.people.enums import Role
from network.people.models import Invitation, Leave, Membership, Organisation
from network.people.selectors import SESSION_KEY
from tests.factories.appointments import AppointmentFactory
from tests.factories.content import FeedbackFactory
from tests.factories.directory import OfferFactory
from tests.factories.documents import checked
from tests.factories.files import (
    CaseFactory,
    DeadlineFactory,
    FollowUpFactory,
    FounderFactory,
    FundingFactory,
    LabelFactory,
    PlanStepFactory,
    StepTemplateFactory,
    TextBlockFactory,
)
from tests.factories.intake import CODE, SHORT_WAY, SubmissionFactory
from tests.factories.messaging import MessageFactory
from tests.factories.people import LeaveFactory, MembershipFactory, MunicipalityFactory, OrganisationFactory
from tests.factories.referrals import ConsentFactory, ConsentRequestFactory, ReferralFactory
from tests.factories.statistics import closed_year

PIN = "482913"
HERE, THERE = "Zebrafink7731", "Nachtigall4410"


@dataclass
class House:
    """An office and all that hangs on it; `word` stands in every text that belongs to it."""

    word: str
    office: Organisation
    advisor: Membership
    team_lead: Membership
    administrator: Membership
    colleague: Membership  # nobody signs in as them: their name is a text of the office
    leave: Leave  # the colleague's
    partner: Membership
    offer: Offer
    draft: Submission
    waiting: Submission
    entered: Submission  # typed in by the office, not confirmed yet
    enquiry: Submission  # with code and PIN
    case: Case
    label: Label
    template: StepTemplate
    block: TextBlock
    twin: Case  # maybe the same person
    merge: Merge  # of two further cases
    asked_back: AskBack  # waits for the founder
    answered_back: AskBack  # nobody has read the answer
    view: SavedView  # shared by the advisor
    step: PlanStep
    deadline: Deadline
    follow_up: FollowUp
    funding: Funding
    appointment: Appointment
    consent: Consent
    question: ConsentRequest
    referral: Referral
    message: Message
    failed_message: Message
    invitation: Invitation
    asked: DocumentRequest  # a document with a file
    wanted: DocumentRequest  # one without
    document: Document
    page: Page
    feedback: Feedback


def page(office: Organisation, word: str, by: Membership) -> Page:
    """A page that was published once and is being changed."""
    content.save_draft(office, "offer", texts(word), version=0)
    content.publish(office, "offer", by, version=1)
    return content.save_draft(office, "offer", texts(f"{word} neu"), version=1)


def texts(word: str) -> dict[str, Text]:
    return {language: Text("Was wir anbieten", "", f"Beratung {word}") for language in LANGUAGES}


def a_merge(office: Organisation, word: str, by: Membership) -> Merge:
    """Two cases that are one since today."""
    source, target = (CaseFactory(founder=FounderFactory(office=office, name=f"Doppelt {word}")) for _ in range(2))
    return merging.merge(source, target, by, from_source=(), seen=Seen.of(source, target))


def house(word: str, town: str) -> House:
    """One office with one of everything."""
    office = OrganisationFactory(office=True)
    municipality = MunicipalityFactory(code=town, office=office)
    advisor = MembershipFactory(organisation=office)
    partner = MembershipFactory(partner=True)
    answers = SHORT_WAY | {"municipality": town, "name": word, "idea": f"{word} verkaufen"}
    enquiry = SubmissionFactory(municipality=municipality, answers=answers, pin_hash=hashed(PIN))
    case = open_case(enquiry, advisor, advisor)
    add_note(case, advisor, f"Notiz {word}")
    consent = ConsentFactory(founder=case.founder, partner=partner.organisation, recorded_by=advisor)
    appointment = AppointmentFactory(case=case, advisor=advisor, topic=f"Thema {word}", address=f"{word}straße 1")
    mail = {
        "office": office,
        "subject_uuid": appointment.uuid,
        "recipient_uuid": case.founder.uuid,
        "kind": "appointment_reminder",
        "title": f"Titel {word}",
        "body": f"Text {word}",
        "sent_at": clock.now(),
    }
    team_lead = MembershipFactory(organisation=office, team_lead=True)
    MessageText.objects.create(
        office=office,
        kind="appointment_reminder",
        channel="sms",
        language="de",
        body=f"{word} {{time}}",
        changed_by=team_lead,
    )
    OfficeHint.objects.create(
        office=office,
        hint_code="alcohol",
        texts={"de": {"title": word, "text": f"Bitte klären Sie das mit {word}.", "shipped": ""}},
        changed_by=team_lead,
    )
    closed_year(office, sector=word)
    asked = documents.ask(office.pk, case.uuid, advisor, "cv", f"Bitte {word} schicken")
    documents.receive(asked, [checked(word.encode(), f"{word}.jpg")])
    asked.refresh_from_db()
    label = LabelFactory(office=office, name=f"Schlagwort {word}")
    labels.put_on(case, advisor, label)
    colleague = MembershipFactory(organisation=office, user__name=f"Kollegin {word}")
    return House(
        word=word,
        office=office,
        advisor=advisor,
        team_lead=team_lead,
        administrator=MembershipFactory(organisation=office, role=Role.ADMINISTRATOR),
        colleague=colleague,
        leave=LeaveFactory(membership=colleague, deputy=team_lead),
        partner=partner,
        offer=OfferFactory(organisation=partner.organisation),
        draft=SubmissionFactory(draft=True, municipality=municipality, answers=answers),
        waiting=SubmissionFactory(municipality=municipality, answers=answers),
        entered=SubmissionFactory(municipality=municipality, answers=answers, channel=Channel.DESK, entered_by=advisor),
        enquiry=enquiry,
        case=case,
        label=label,
        block=TextBlockFactory(office=office, name=f"Baustein {word}"),
        template=StepTemplateFactory(office=office, texts=dict.fromkeys(("de", "ar", "en"), f"Vorlage {word}")),
        twin=CaseFactory(founder=FounderFactory(office=office, name=f"Zwilling {word}")),
        asked_back=asking_back.ask_in_case(case, advisor, text=f"Was ist mit {word}?"),
        answered_back=asking_back.answer(
            asking_back.ask_in_case(case, advisor, block="idea"), f"Ich verkaufe {word}", "ar"
        ),
        merge=a_merge(office, word, advisor),
        view=save_view(advisor, f"Ansicht {word}", "phase=access", is_shared=True),
        step=PlanStepFactory(case=case, text=f"Schritt {word}"),
        deadline=DeadlineFactory(case=case, kind="other", text=f"Frist {word}"),
        follow_up=FollowUpFactory(case=case, text=f"Nachfrage {word}"),
        funding=FundingFactory(case=case, kind="other", text=f"Stiftung {word}"),
        appointment=appointment,
        consent=consent,
        question=ConsentRequestFactory(case=case, partner=partner.organisation, asked_by=advisor),
        referral=ReferralFactory(
            consent=consent, case=case, offer=OfferFactory(organisation=partner.organisation), question=f"Frage {word}"
        ),
        message=MessageFactory(sent=True, **mail),
        failed_message=MessageFactory(failed=True, **mail, offset_minutes=60),
        invitation=Invitation.objects.create(
            office=office,
            organisation=office,
            role=Role.ADVISOR,
            email=f"{word.lower()}@example.org",
            name=word,
            language="de",
            invited_by=team_lead,
            expires_at=clock.now() + timedelta(days=7),
            delete_after_on=clock.today() + timedelta(days=30),
        ),
        asked=asked,
        wanted=documents.ask(office.pk, case.uuid, advisor, "insurance", f"Auch {word}"),
        document=asked.documents.get(),
        page=page(office, word, team_lead),
        feedback=FeedbackFactory(office=office, text=f"Der Knopf {word} ist zu klein."),
    )


class Scene:
    """Both offices, and the cookies of every role."""

    def __init__(self) -> None:
        self.here, self.there = house(HERE, "kamen"), house(THERE, "unna")
        here, there = self.here, self.there
        former = MembershipFactory(organisation=here.office, ended_at=clock.now())
        elsewhere = MembershipFactory(organisation=here.office)
        self._cookies = {
            "anonymous": Client(),
            "draft": founder(here.draft),
            "founder": founder(here.enquiry),
            "founder_pin": founder(here.enquiry, pin=True),
            "other_founder": founder(there.enquiry, pin=True),
            "partner": signed_in(here.partner),
            "other_partner": signed_in(there.partner),
            "advisor": signed_in(here.advisor),
            "team_lead": signed_in(here.team_lead),
            "administrator": signed_in(here.administrator),
            "other_advisor": signed_in(there.advisor),
            "other_team_lead": signed_in(there.team_lead),
            "other_administrator": signed_in(there.administrator),
            "former": signed_in(former),
            "two_offices": signed_in(elsewhere, acting_in=there.office),
        }

    def browser(self, role: str) -> Client:
        """A browser of its own for `role`: what a request does to its cookies does not stay."""
        client = Client()
        client.cookies = SimpleCookie()
        for name, morsel in self._cookies[role].cookies.items():
            client.cookies[name] = morsel.value
        return client


def founder(submission: Submission, *, pin: bool = False) -> Client:
    """A browser in which number and code, and if wanted the PIN, were typed."""
    client = Client()
    assert client.post("/de/status/", {"reference": submission.reference, "code": CODE}).status_code == 302
    if pin:
        assert client.post("/de/status/pin/", {"pin": PIN}).status_code == 302
    return client


def signed_in(membership: Membership, *, acting_in: Organisation | None = None) -> Client:
    """A browser of the member; with `acting_in`, of somebody with a second membership there who acts in that one."""
    client = Client()
    client.force_login(membership.user)
    if acting_in is not None:
        session = client.session
        session[SESSION_KEY] = str(MembershipFactory(user=membership.user, organisation=acting_in).uuid)
        session.save()
    return client
