"""All data of a person in words, for reading and printing (Art. 15 GDPR)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from cases.appointments.enums import AppointmentState
from cases.appointments.models import Appointment
from cases.files.enums import AskBackBlock
from cases.files.models import AskBack, Case, Deadline, FollowUp, Founder, Funding, PlanStep
from cases.files.presenters import funding_facts, funding_title, received_words
from cases.files.step_words import words_in
from cases.founder.selectors import Person
from cases.referrals.models import Referral
from gruendungswerkstatt.common.dates import day_short, moment_words
from gruendungswerkstatt.common.templatetags.bidi import bdi, ltr, phone
from gruendungswerkstatt.documents.models import DocumentRequest
from intake import questions
from intake.enums import Channel
from intake.models import Submission
from intake.presenters import SummaryRow, month_words, summary_sections

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class DataSection:
    """A heading and rows of {% description_list %}."""

    title: str
    rows: Rows


def data_sections(
    person: Person,
    appointments: Iterable[Appointment],
    steps: Iterable[PlanStep],
    deadlines: Iterable[Deadline],
    follow_ups: Iterable[FollowUp],
    fundings: Iterable[Funding],
    referrals: Iterable[Referral],
    documents: Iterable[DocumentRequest],
    asked: Iterable[AskBack],
) -> list[DataSection]:
    """What is kept about `person`, in the active language; parts without any content are left out."""
    sections = [section for submission in person.submissions for section in _enquiry(submission)]
    if person.founder:
        sections.append(DataSection(_("What your advisor sees at the top"), _person(person.founder)))
    sections += [DataSection(_("Your case"), _case(case)) for case in person.cases]
    sections += [
        DataSection(_("Your appointments"), [_appointment(appointment) for appointment in appointments]),
        DataSection(_("Your steps"), [_step(step) for step in steps]),
        DataSection(_("Days that the office watches for you"), [_deadline(deadline) for deadline in deadlines]),
        DataSection(_("Questions to you"), [row for one in asked for row in _asked(one)]),
        DataSection(_("Money and help for your start"), [_funding(funding) for funding in fundings]),
        DataSection(_("How your business goes"), [_follow_up(follow_up) for follow_up in follow_ups]),
        DataSection(_("Documents"), [_document(request) for request in documents]),
        DataSection(_("Given to partners"), [row for referral in referrals for row in _referral(referral)]),
    ]
    return [section for section in sections if section.rows]


def _row(key: Any, value: Any, *, own_words: bool = False, lang: str = "") -> dict[str, Any]:
    return {"key": key, "value": value, "own_words": own_words, "lang": lang}


def _filled(*rows: dict[str, Any]) -> Rows:
    return [row for row in rows if row["value"]]


def _enquiry(submission: Submission) -> list[DataSection]:
    head = _filled(
        _row(_("Reference number"), ltr(submission.reference)),
        _row(pgettext("enquiry", "Sent"), moment_words(submission.sent_at)),
        _row(_("How it came in"), Channel(submission.channel).label),
        _row(_("Confirmed"), moment_words(submission.confirmed_at) if submission.confirmed_at else ""),
        _row(_("Notice about your data"), ltr(submission.notice_version)),
        _row(_("Is deleted after"), day_short(submission.delete_after_on) if submission.delete_after_on else ""),
    )
    answers = [DataSection(part.title, [_answer(row) for row in part.rows]) for part in summary_sections(submission)]
    return [DataSection(_("Your enquiry"), head), *answers]


def _answer(row: SummaryRow) -> dict[str, Any]:
    values = [ltr(value) for value in row.values] if row.is_ltr else row.values
    return _row(row.label, values, own_words=row.is_own_words, lang=row.language)


def _person(founder: Founder) -> Rows:
    return _filled(
        _row(_("Name"), founder.name, own_words=True),
        _row(_("Name as in the passport"), founder.name_latin, own_words=True),
        _row(_("Name in the original script"), founder.name_original, own_words=True),
        _row(_("Date of birth"), day_short(founder.born_on) if founder.born_on else ""),
        _row(_("Town"), bdi(founder.municipality.name)),
        _row(_("Phone"), phone(founder.phone)),
        _row(_("E-mail"), ltr(founder.email)),
        _row(_("Helper"), bdi(founder.helper_contact)),
        _row(_("Languages"), [questions.label("languages", code) for code in founder.languages]),
    )


def _case(case: Case) -> Rows:
    asked = {True: _("Yes"), False: _("No"), None: ""}[case.has_application]
    return _filled(
        _row(_("Reference number"), ltr(case.reference)),
        _row(pgettext("case", "Opened"), day_short(case.opened_at)),
        _row(_("Phase"), case.get_phase_display()),
        _row(_("State"), case.get_state_display()),
        _row(_("Outcome"), case.get_outcome_display() if case.outcome else ""),
        _row(_("Sector"), questions.label("sector", case.sector) if case.sector else ""),
        _row(_("Planned start"), month_words(case.planned_start_on) if case.planned_start_on else ""),
        _row(_("You asked for money for the start"), asked),
        _row(
            _("We got this request"),
            received_words(case.application_received_at) if case.application_received_at else "",
        ),
        _row(_("Labels"), [bdi(name) for name in case.label_names]),
        _row(_("Closed on"), day_short(case.closed_at) if case.closed_at else ""),
        _row(_("Is deleted after"), day_short(case.delete_after_on) if case.delete_after_on else ""),
    )


def _appointment(appointment: Appointment) -> dict[str, Any]:
    # Whether somebody came is for the team only and never leaves it (rule 2); that it was cancelled is known to both.
    is_cancelled = appointment.state == AppointmentState.CANCELLED
    where = [appointment.get_place_display(), bdi(appointment.address)]
    return _row(moment_words(appointment.starts_at), [*where, appointment.get_state_display() if is_cancelled else ""])


def _step(step: PlanStep) -> dict[str, Any]:
    said = words_in(step, get_language() or settings.LANGUAGE_CODE)
    state = pgettext("step", "Done") if step.done_at else pgettext("step", "Open")
    return _row(state, said.text, own_words=not said.language)


def _deadline(deadline: Deadline) -> dict[str, Any]:
    state = pgettext("deadline", "Done") if deadline.done_at else ""
    words = [deadline.get_kind_display(), deadline.text, deadline.reason, state]
    return _row(day_short(deadline.due_on), [word for word in words if word])


def _follow_up(follow_up: FollowUp) -> dict[str, Any]:
    is_asked = follow_up.is_in_business is not None
    words = [
        follow_up.get_state_display(),
        (_("Yes") if follow_up.is_in_business else _("No")) if is_asked else "",
        follow_up.get_work_display() if follow_up.work else "",
        ngettext("%(n)s employee", "%(n)s employees", follow_up.jobs) % {"n": follow_up.jobs} if follow_up.jobs else "",
        bdi(follow_up.text),
    ]
    return _row(day_short(follow_up.due_on), [word for word in words if word])


def _funding(funding: Funding) -> dict[str, Any]:
    return _row(funding_title(funding), funding_facts(funding))


def _document(request: DocumentRequest) -> dict[str, Any]:
    names = [bdi(document.original_name) for document in request.documents.all() if document.original_name]
    return _row(request.get_kind_display(), [request.get_state_display(), *names])


def _asked(asked: AskBack) -> Rows:
    block = AskBackBlock(asked.block).label if asked.block in AskBackBlock.values else ""
    question = [word for word in (block, asked.text) if word]
    answer = _row(_("Your answer"), asked.answer, own_words=True, lang=asked.answer_language)
    return [_row(day_short(asked.asked_at), question), *_filled(answer)]


def _referral(referral: Referral) -> Rows:
    said = [day_short(referral.sent_at), str(referral.status.label)]
    return [_row(bdi(referral.partner.name), said), _row(_("Question"), referral.question, own_words=True)]
