"""What happened to each persona until today, told through the portal's own services.

Every persona is one transaction, so a seed that was stopped half-way is finished by the next one. What had to be said
in the past was said then: the ledger sends with the clock set back.
"""

import uuid
from datetime import datetime, timedelta

from django.db import transaction

from cases.appointments import services as appointments
from cases.appointments.enums import AppointmentState
from cases.files import calls, deadlines, documents
from cases.files import services as files
from cases.files.enums import CaseState, DeadlineKind, Outcome, Phase, Proof
from cases.files.models import Case
from cases.files.opening import open_case
from cases.referrals import services as referrals
from cases.referrals.enums import ConsentWay, ReferralState
from cases.referrals.rules import PRESETS
from gruendungswerkstatt.audit.models import ViewPurpose
from gruendungswerkstatt.audit.services import log_views
from gruendungswerkstatt.common import clock, codes
from gruendungswerkstatt.common.ids import new_uuid
from gruendungswerkstatt.content.shipped import NOTICE_VERSION
from gruendungswerkstatt.documents.enums import DocumentKind, ReturnReason
from gruendungswerkstatt.documents.inspection import Checked
from gruendungswerkstatt.documents.models import DocumentRequest
from gruendungswerkstatt.messaging.sending import send_due
from intake import confirming, entering
from intake import services as intake
from intake.confirming import Notice
from intake.enums import Channel, Signer
from intake.models import Submission
from intake.passes import Pass
from intake.steps import CLOSING, FIRST, GROUPS
from network.directory.models import Offer

from . import papers
from .accounts import DEMO_ACCOUNTS
from .offices import membership
from .personas import NEIGHBOUR, PERSONAS, Persona

SATURDAY = 5
NAMESPACE = uuid.UUID("0192f3a0-0000-7000-8000-000000000001")
LEAD, FIRST_ADVISOR, SECOND_ADVISOR, STRANGER, CRAFTS, *_OTHERS = (account.email for account in DEMO_ACCOUNTS)


class Story:
    """The ways of all personas, as seen from the moment `present`."""

    def __init__(self, present: datetime):
        self.present = present

    def at(self, days: int, hour: int, minute: int = 0) -> datetime:
        """`days` from today at this time of the office's clock, on a working day: before a weekend if it is past."""
        day = clock.local(self.present).date() + timedelta(days=days)
        while day.weekday() >= SATURDAY:
            day += timedelta(days=-1 if days < 0 else 1)
        return clock.at(day, hour, minute)

    def is_told(self) -> bool:
        """Whether a seed has come to its end before."""
        return Submission.objects.filter(uuid=uuid.uuid5(NAMESPACE, PERSONAS[-1].key)).exists()

    def tell(self, persona: Persona) -> bool:
        """Let `persona` send its enquiry and go its way; False if it has done so before."""
        key = uuid.uuid5(NAMESPACE, persona.key)
        if Submission.objects.filter(uuid=key).exists():
            return False
        with clock.frozen(self.at(-persona.days_ago, 9, 20)), transaction.atomic():
            if persona.channel.is_office:
                submission = self.type_in(persona, key)
            else:
                submission = self.send_enquiry(persona, Pass(key, codes.new_code(), NOTICE_VERSION, persona.language))
            getattr(self, f"_{persona.key}", self._waits)(submission)
        return True

    def send_enquiry(self, persona: Persona, carried: Pass) -> Submission:
        """Fill in the questionnaire page by page and send it, as the founder would."""
        answers = {name: value for name, value in persona.answers.items() if value}
        first = {name: answers[name] for name in FIRST.keys if name in answers}
        with clock.frozen(clock.now() - timedelta(minutes=8)):
            draft = intake.begin(carried, first, persona.language)
        for group in GROUPS.values():
            given = {name: answers[name] for name in group.keys if name in answers}
            if given:
                intake.save_answers(draft, group, given, persona.language)
        draft.text_languages = dict.fromkeys(draft.text_languages, persona.text_language)
        closing = {name: answers[name] for name in CLOSING.keys if name in answers}
        intake.send(draft, closing, CLOSING, persona.language)
        return draft

    def type_in(self, persona: Persona, key: uuid.UUID) -> Submission:
        """An advisor types it: somebody comes in or calls, or a paper form arrives and nobody has confirmed it yet."""
        submission = entering.enter(
            submission_uuid=key,
            channel=persona.channel,
            by=membership(FIRST_ADVISOR),
            answers={name: value for name, value in persona.answers.items() if value},
            language=persona.language,
            words_language=persona.text_language,
            signed_by=Signer.FOUNDER if persona.channel == Channel.PAPER else "",
        )
        notice = Notice(NOTICE_VERSION, persona.language)
        if persona.channel == Channel.DESK:
            confirming.confirm(key, notice, reminders={}, language=persona.language, fresh=new_uuid())
        elif persona.channel == Channel.PHONE:
            confirming.record_by_phone(submission, membership(FIRST_ADVISOR), notice, version=submission.version)
        submission.refresh_from_db()
        return submission

    # --- The ways they went ---
    def _waits(self, submission: Submission) -> None:
        """Lies in the inbox."""

    def _case(self, submission: Submission, advisor: str | None = FIRST_ADVISOR, *, days_later: int = 1) -> Case:
        with clock.frozen(clock.now() + timedelta(days=days_later)):
            responsible = membership(advisor) if advisor else None
            return open_case(submission, membership(LEAD), responsible)

    def _phases(self, case: Case, *targets: Phase) -> Case:
        """The first talk and what followed, a week for each phase."""
        for weeks, target in enumerate(targets, start=1):
            with clock.frozen(case.opened_at + timedelta(days=7 * weeks)):
                case = self._ready_for(case, target)
                seen = [Proof.VIABILITY] if target == Phase.START else []
                case = files.move_phase(case, membership(FIRST_ADVISOR), target, seen=seen, version=case.version)
        return case

    def _ready_for(self, case: Case, target: Phase) -> Case:
        """Record what has to be true before a phase."""
        if target == Phase.PLANNING:
            calls.log(case, membership(FIRST_ADVISOR), is_reached=True)
        if target == Phase.START and case.has_application is None:
            case = files.record_application(case, membership(FIRST_ADVISOR), False, version=case.version)
        return case

    def _note(self, case: Case, text: str, days_ago: int, by: str = FIRST_ADVISOR) -> None:
        with clock.frozen(self.at(-days_ago, 11, 5)):
            files.add_note(case, membership(by), text)

    def _meets(self, case: Case, starts_at: datetime, *, planned_days_ago: int = 6, by: str = FIRST_ADVISOR, **more):
        """Plan an appointment some days ago; what was due until now is sent once the persona's way is told."""
        with clock.frozen(min(self.at(-planned_days_ago, 10, 0), starts_at - timedelta(days=5))):
            advisor = membership(by)
            return appointments.plan(case, advisor, advisor=advisor, starts_at=starts_at, **more)

    def _refers(self, case: Case, code: str, preset: str, question: str, days_ago: int, by: str = FIRST_ADVISOR):
        with clock.frozen(self.at(-days_ago, 13, 30)):
            advisor = membership(by)
            offer = Offer.objects.select_related("organisation").filter(organisation__code=code).order_by("id").first()
            consent = referrals.give_consent(
                case, advisor, offer.organisation, PRESETS[preset], way=ConsentWay.IN_PERSON, interpreted_by=""
            )
            return referrals.refer(case, advisor, offer, consent, question)

    def _asks(self, case: Case, kind: DocumentKind, days_ago: int, note: str = "") -> DocumentRequest:
        with clock.frozen(self.at(-days_ago, 11, 30)):
            return documents.ask(case, membership(FIRST_ADVISOR), kind, note)

    def _sends(self, case: Case, asked: DocumentRequest, days_ago: int, *given: Checked) -> DocumentRequest:
        """The founder's files, as they came to the status page."""
        with clock.frozen(self.at(-days_ago, 18, 40)):
            documents.receive(case, asked, given)
            asked.refresh_from_db()
            return asked

    def _soon_tomorrow(self) -> datetime:
        """The next working day, a little before this time of day: the last reminder is due by now or soon."""
        here = clock.local(self.present)
        return self.at(1, min(max(here.hour, 8), 17), here.minute // 15 * 15)

    def _gulalai(self, submission: Submission) -> None:
        case = self._phases(self._case(submission), Phase.ORIENTATION)
        self._note(
            case,
            "Erstgespräch mit Sprachmittlerin (Dari). Eigene Nähmaschinen, sucht einen kleinen Laden.",
            30,
        )
        with clock.frozen(self.at(-30, 11, 20)):
            files.add_step(case, membership(FIRST_ADVISOR), "Mietangebote in Bergkamen sammeln", self.at(7, 9).date())
        self._meets(case, self._soon_tomorrow(), topic="Businessplan, Mietkosten")
        description = self._asks(case, DocumentKind.BUSINESS_DESCRIPTION, 29, "Eine Seite genügt. Gern auf Dari.")
        description = self._sends(case, description, 9, papers.photo("Gulalai", "IMG_2041.jpg", is_sharp=False))
        with clock.frozen(self.at(-8, 9, 15)):
            advisor = membership(FIRST_ADVISOR)
            documents.send_back(case, description, advisor, ReturnReason.UNREADABLE, version=description.version)

    def _abdurrahman(self, submission: Submission) -> None:
        case = self._phases(self._case(submission), Phase.ORIENTATION, Phase.PLANNING)
        with clock.frozen(self.at(-12, 11)):
            case = files.record_application(case, membership(FIRST_ADVISOR), True, version=case.version)
        self._note(case, "Finanzplan besprochen. Es fehlt noch das Angebot für die Ladeneinrichtung.", 10)
        self._meets(case, self.at(3, 14, 0), topic="Tragfähigkeitsbescheinigung")
        cv = self._sends(
            case,
            self._asks(case, DocumentKind.CV, 12),
            11,
            papers.photo("Lebenslauf", "Lebenslauf 1.jpg"),
            papers.photo("Lebenslauf (2)", "Lebenslauf 2.jpg"),
        )
        with clock.frozen(self.at(-10, 11, 20)):
            documents.accept(case, cv, membership(FIRST_ADVISOR), version=cv.version)
        plan = self._asks(case, DocumentKind.FINANCING_PLAN, 10, "Bitte mit dem Angebot für die Ladeneinrichtung.")
        self._sends(case, plan, 1, papers.pdf("Finanzierungsplan", "Finanzplan.pdf"))
        self._asks(case, DocumentKind.LIQUIDITY_PLAN, 10)
        with clock.frozen(self.at(-12, 11, 30)):
            deadlines.add(case, membership(FIRST_ADVISOR), DeadlineKind.RESIDENCE, self.at(9, 9).date())

    def _ahmad_kamen(self, submission: Submission) -> None:
        self._case(submission, None)

    def _tesfalem(self, submission: Submission) -> None:
        case = self._phases(self._case(submission, SECOND_ADVISOR), Phase.ORIENTATION)
        self._note(
            case,
            "Telefonisch erreicht (Tigrinya). Bruder klärt noch seine Arbeitszeiten.",
            20,
            SECOND_ADVISOR,
        )
        with clock.frozen(self.at(-20, 11, 20)):
            files.change_state(
                case,
                membership(SECOND_ADVISOR),
                CaseState.RESTING,
                reason="Wartet auf die Entscheidung des Bruders.",
                version=case.version,
            )

    def _rim(self, submission: Submission) -> None:
        case = self._phases(self._case(submission, SECOND_ADVISOR), Phase.ORIENTATION)
        self._meets(case, self.at(0, 15, 30), by=SECOND_ADVISOR, topic="Kindertagespflege")
        self._refers(
            case,
            "familienbande-kamen",
            "minimal",
            "Welche Räume passen für eine Kindertagespflege?",
            3,
            SECOND_ADVISOR,
        )

    def _serin(self, submission: Submission) -> None:
        case = self._phases(self._case(submission), Phase.ORIENTATION, Phase.PLANNING)
        referral = self._refers(
            case, "hwk-dortmund", "crafts", "Welcher Weg führt ohne Meisterprüfung in die Handwerksrolle?", 12
        )
        with clock.frozen(self.at(-10, 9, 45)):
            partner = membership(CRAFTS)
            referrals.open_referral(referral)
            log_views(partner, [(referral.office_id, "referral", referral.uuid, ViewPurpose.REFERRAL)])
            referrals.answer(referral, partner, ReferralState.ACCEPTED, version=referral.version)
        self._meets(case, self.at(2, 9, 30), topic="Antwort der Handwerkskammer")

    def _asmaa(self, submission: Submission) -> None:
        case = self._phases(self._case(submission), Phase.ORIENTATION, Phase.PLANNING, Phase.START)
        appointment = self._meets(case, self.at(-3, 10, 0), planned_days_ago=10, topic="Anmeldung beim Finanzamt")
        with clock.frozen(appointment.ends_at + timedelta(minutes=10)):
            appointments.record_outcome(
                appointment, membership(FIRST_ADVISOR), outcome=AppointmentState.TOOK_PLACE, version=appointment.version
            )
        self._note(case, "Fragebogen zur steuerlichen Erfassung ist abgegeben.", 2)
        with clock.frozen(self.at(-2, 11, 40)):
            six_months_ago = self.at(-180, 9).date()
            by = membership(FIRST_ADVISOR)
            deadlines.add(case, by, DeadlineKind.COOPERATION_PLAN, six_months_ago, "KP 2026-114")

    def _cagri(self, submission: Submission) -> None:
        case = self._phases(self._case(submission), Phase.ORIENTATION)
        referral = self._refers(
            case, "hwk-dortmund", "crafts", "Ist eine Ausübungsberechtigung nach § 7b HwO möglich?", 15
        )
        with clock.frozen(self.at(-5, 16, 0)):
            referrals.withdraw_consent(referral.consent, membership(FIRST_ADVISOR), way=ConsentWay.PHONE)

    def _oleksandra(self, submission: Submission) -> None:
        case = self._phases(self._case(submission), Phase.ORIENTATION)
        with clock.frozen(self.at(-20, 12, 0)):
            files.change_state(
                case,
                membership(FIRST_ADVISOR),
                CaseState.CLOSED,
                outcome=Outcome.MOVED_AWAY,
                reason="Umzug nach Hamm; die Stelle dort wurde ihr genannt.",
                version=case.version,
            )

    def _neighbour(self, submission: Submission) -> None:
        self._case(submission, STRANGER)

    def say_what_was_due(self, days: int = 30) -> None:
        """Send, day by day with the clock set back, what was due before today; the rest is left to the worker."""
        for back in range(days, 0, -1):
            with clock.frozen(clock.at(clock.local(self.present).date() - timedelta(days=back), 18)):
                send_due()

    def tell_all(self) -> int:
        """Every persona's way; how many are new."""
        new = sum(self.tell(persona) for persona in (NEIGHBOUR, *PERSONAS))
        if new:
            self.say_what_was_due()
        return new
