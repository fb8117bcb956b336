"""All that is kept about one person, beginning at the enquiry that was opened with code and PIN."""

import uuid
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Exists, OuterRef, QuerySet

from cases.appointments import selectors as appointments
from cases.appointments.models import Appointment
from cases.files import asking_back
from cases.files.enums import CaseState
from cases.files.models import AskBack, Case, Deadline, ErasureRequest, FollowUp, Founder, Funding, PlanStep
from cases.files.rules import WORKED_ON
from cases.files.selectors import (
    case_of_submission,
    cases_of_submission,
    deadlines,
    follow_ups,
    funding_columns,
    funding_of,
    label_names,
    next_steps,
    shells_of,
    steps,
)
from cases.referrals import handovers
from cases.referrals import selectors as referrals
from cases.referrals.models import Consent, ConsentRequest, Handover, Referral
from gruendungswerkstatt.audit.selectors import Views, views_of
from gruendungswerkstatt.documents import selectors as documents
from gruendungswerkstatt.documents.models import Document, DocumentRequest
from gruendungswerkstatt.messaging.enums import MessageState
from gruendungswerkstatt.messaging.models import Message
from intake.models import Submission

# Planned ones are rows for every channel of which most are never wanted; void ones were never sent.
SHOWN_STATES = (MessageState.SENT, MessageState.CLAIMED, MessageState.FAILED)


@dataclass(frozen=True)
class Person:
    """Who opened the own page: by `submission`; with `founder` and all their `cases` once an advisor opened one."""

    submission: Submission
    founder: Founder | None = None
    cases: tuple[Case, ...] = field(default=())

    @cached_property
    def submissions(self) -> list[Submission]:
        """Every enquiry of the person that is known as theirs."""
        opened = [case.submission for case in self.cases if case.submission]
        added = [enquiry.submission for case in self.cases for enquiry in case.added_enquiries.all()]
        return [*opened, *added] or [self.submission]

    @cached_property
    def appointments(self) -> list[Appointment]:
        """All appointments of the person's cases, latest first."""
        found = [appointment for case in self.cases for appointment in appointments.for_case(case)]
        return sorted(found, key=lambda appointment: appointment.starts_at, reverse=True)

    @cached_property
    def referrals(self) -> list[Referral]:
        """All referrals of the person's cases, newest first in each."""
        return [referral for case in self.cases for referral in referrals.for_case(case)]

    @cached_property
    def questions(self) -> list[AskBack]:
        """What the office asked the person, newest first."""
        submissions = [*self.submissions, self.submission]
        return list(asking_back.to_person(self.submission.office_id, self.cases, submissions))

    @cached_property
    def handovers(self) -> list[Handover]:
        """To which places the person's enquiries and cases were handed over, newest first."""
        submissions = [*self.submissions, self.submission]
        return handovers.of_person(self.submission.office_id, self.cases, submissions)

    @property
    def case(self) -> Case | None:
        """The case of the enquiry that was opened."""
        return next((case for case in self.cases if self.submission.pk in _enquiries_of(case)), None)


def _enquiries_of(case: Case) -> set[int | None]:
    return {case.submission_id, *(enquiry.submission_id for enquiry in case.added_enquiries.all())}


def person_of(submission: Submission) -> Person:
    """The person behind a sent `submission`; an advisor may have put several cases together under one founder."""
    case = case_of_submission(submission)
    if case is None:
        return Person(submission)
    cases = Case.objects.for_office(case.office_id).filter(founder=case.founder_id).select_related("submission")
    cases = cases.exclude(state=CaseState.MERGED)
    cases = cases.annotate(label_names=label_names(), funding_columns=funding_columns()).prefetch_related(
        "added_enquiries__submission"
    )
    return Person(submission, case.founder, tuple(cases.order_by("-opened_at", "-id")))


def case_on_status(submission: Submission) -> tuple[Case | None, list[DocumentRequest]]:
    """The case of a sent `submission`, and in the same query what level 1 may know of documents asked for in it.

    The case knows whether a question waits, for a consent or another one: `has_question`. A case that has ended asks
    for no documents.
    """
    waiting = ConsentRequest.objects.standing().filter(case=OuterRef("pk"))
    is_asked = Exists(waiting) | asking_back.waiting_for("case")
    cases = cases_of_submission(submission)
    case = cases.annotate(has_question=is_asked, asked_documents=documents.asked_in("uuid")).first()
    if case is None or case.state not in WORKED_ON:
        return case, []
    return case, documents.read_asked(case.asked_documents)


def has_question(submission: Submission, case: Case | None) -> bool:
    """Whether a question waits on the person's own page; `case` as `case_on_status` gives it."""
    return asking_back.has_waiting(submission) if case is None else case.has_question


def question_to(person: Person, ask_back_uuid: uuid.UUID) -> AskBack | None:
    """One of them; None for everybody else's."""
    return next((asked for asked in person.questions if asked.uuid == ask_back_uuid), None)


def document_asked(submission: Submission, request_uuid: uuid.UUID) -> tuple[Case, DocumentRequest] | None:
    """What was asked for in the open case of `submission`, with the case; None for everything else."""
    case = cases_of_submission(submission).filter(state__in=WORKED_ON).first()
    asked = documents.request_for(case.office_id, case.uuid, request_uuid) if case else None
    return (case, asked) if asked else None


def documents_asked_of(person: Person) -> list[DocumentRequest]:
    """All that the person was asked for, with the files that are there."""
    subjects = [case.uuid for case in person.cases]
    return list(documents.requests_of_subjects(person.submission.office_id, subjects))


def documents_of(person: Person) -> list[Document]:
    """Files of all cases of the person that are there, newest first."""
    subjects = [case.uuid for case in person.cases]
    return list(documents.documents_of_subjects(person.submission.office_id, subjects))


def document_of(person: Person, document_uuid: uuid.UUID) -> Document | None:
    """One of them; None for everybody else's."""
    return next((document for document in documents_of(person) if document.uuid == document_uuid), None)


def steps_of(person: Person) -> list[PlanStep]:
    """Suggested and agreed steps of the person's cases."""
    return [step for case in person.cases for step in steps(case)]


def next_steps_of(person: Person) -> list[PlanStep]:
    """What the person does next in the cases that are worked on, the nearest day first in each."""
    return [step for case in person.cases if case.state in WORKED_ON for step in next_steps(case)]


def deadlines_of(person: Person) -> list[Deadline]:
    """Days that the office watches for the person's cases."""
    return [deadline for case in person.cases for deadline in deadlines(case)]


def follow_ups_of(person: Person) -> list[FollowUp]:
    """What the office asks, or has asked, some months after the start."""
    return [follow_up for case in person.cases for follow_up in follow_ups(case)]


def fundings_of(person: Person) -> list[Funding]:
    """What the person asked for, and what became of it."""
    return [funding for case in person.cases for funding in funding_of(case)]


def consents_of(person: Person) -> list[Consent]:
    """What the person agreed to, withdrawn ones too."""
    return list(referrals.consents_of(person.founder)) if person.founder else []


def requests_to(person: Person) -> list[ConsentRequest]:
    """Questions for a consent that wait for the person's answer."""
    return list(referrals.requests_to(person.founder)) if person.founder else []


def request_to(person: Person, request_uuid: uuid.UUID) -> ConsentRequest | None:
    """One of them; None for everybody else's, and for what was answered."""
    return referrals.requests_to(person.founder).filter(uuid=request_uuid).first() if person.founder else None


def consent_of(person: Person, consent_uuid: uuid.UUID) -> Consent | None:
    """One consent of the person; None for everybody else's."""
    return referrals.consents_of(person.founder).filter(uuid=consent_uuid).first() if person.founder else None


def messages_to(person: Person) -> QuerySet[Message]:
    """What was sent to the person or tried, newest first."""
    recipients = [submission.uuid for submission in person.submissions]
    subjects = [*recipients, *(case.uuid for case in person.cases)]
    if person.founder:
        recipients.append(person.founder.uuid)
        subjects += [appointment.uuid for appointment in person.appointments]
    subjects += [asked.uuid for asked in person.questions]
    # The index is on the subject; the recipient makes sure that it was this person who got it.
    found = Message.objects.for_office(person.submission.office_id).filter(subject_uuid__in=subjects)
    return found.filter(recipient_uuid__in=recipients, state__in=SHOWN_STATES).order_by("-due_at", "-id")


def views_on(person: Person) -> list[Views]:
    """Which body looked at the person's data, in which role, on which day and what for; no names (rule 14)."""
    subjects = {submission.uuid for submission in person.submissions}
    subjects |= {case.uuid for case in person.cases} | {referral.uuid for referral in person.referrals}
    subjects |= {shell.uuid for shell in shells_of(case.pk for case in person.cases)}
    return views_of(person.submission.office_id, subjects)


def erasure_request_of(person: Person) -> ErasureRequest | None:
    """What the person last asked to be deleted."""
    if person.case is None:
        return None
    requests = ErasureRequest.objects.for_office(person.case.office_id).filter(case=person.case)
    return requests.order_by("-requested_at", "-id").first()
