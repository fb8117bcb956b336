"""Where an enquiry stands, in the founder's words: level 1 of rule 13, no more than the next step, time and place."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.appointments.models import Appointment
from cases.files.enums import CaseState, Phase
from cases.files.models import Case
from gruendungswerkstatt.common.dates import day_words
from gruendungswerkstatt.common.templatetags.bidi import bdi
from intake.enums import ClosingReason, SubmissionState
from intake.models import Submission
from intake.rules import call_by, is_unreachable


class Mark(TextChoices):
    """How far a station of the way is."""

    DONE = "done", pgettext_lazy("station", "Done")
    NOW = "now", _("This is where it stands")
    LATER = "later", pgettext_lazy("station", "Later")


@dataclass(frozen=True)
class Station:
    """One station of the way."""

    title: Any
    text: Any
    mark: Mark


@dataclass(frozen=True)
class Standing:
    """The stations, what comes next, and who has to act."""

    stations: tuple[Station, ...]
    next_step: Any
    who_acts: Any


WE = _("We act. You need not do anything.")
YOU = _("Now it is your turn.")
NOBODY = _("Nothing has to be done.")


def standing(
    submission: Submission,
    case: Case | None,
    appointments: Sequence[Appointment],
    *,
    has_question: bool = False,
    wants_documents: bool = False,
    handed_to: str = "",
) -> Standing:
    """Where a sent `submission` stands, with the `case` opened from it and its coming `appointments`.

    `has_question`: a question waits on the person's own page; what it is about is not for level 1.
    `handed_to`: the place that goes on instead of us.
    """
    if submission.state == SubmissionState.CLOSED or (case is not None and case.state != CaseState.OPEN):
        return _ended(submission, case, handed_to)
    if case is None and has_question:
        question = _("A question for you waits on your own page. Please open it with your PIN.")
        return Standing(_stations(submission, at=1), question, YOU)
    if case is None and is_unreachable(submission.answers):
        return Standing(
            _stations(submission, at=1),
            _("An advisor reads your answers until %(day)s. Then please come to our office or call us.")
            % {"day": day_words(call_by(submission.sent_at))},
            YOU,
        )
    if case is None:
        return Standing(
            _stations(submission, at=1),
            _("An advisor reads your answers and calls you or writes to you until %(day)s at the latest.")
            % {"day": day_words(call_by(submission.sent_at))},
            WE,
        )
    at = 3 if case.phase == Phase.ACCESS else 4  # the phase of access is left once the first talk took place
    if has_question:
        question = _("A question for you waits on your own page. Please open it with your PIN.")
        return Standing(_stations(submission, at=at), question, YOU)
    if appointments:
        return Standing(_stations(submission, at=at), _("Your next appointment stands below."), YOU)
    if wants_documents:
        return Standing(_stations(submission, at=at), _("We need documents from you. They stand below."), YOU)
    return Standing(_stations(submission, at=at), _("Your advisor arranges an appointment with you."), WE)


def _stations(submission: Submission, at: int) -> tuple[Station, ...]:
    texts = (
        (_("Enquiry received"), day_words(submission.sent_at)),
        (_("An advisor reads your answers"), ""),
        (_("An advisor is there for you"), ""),
        (_("First talk"), ""),
        (_("Your advisor goes on with you, step by step"), ""),
    )
    return tuple(Station(title, text, _mark(index, at)) for index, (title, text) in enumerate(texts))


def _mark(index: int, at: int) -> Mark:
    return Mark.NOW if index == at else Mark.DONE if index < at else Mark.LATER


def _ended(submission: Submission, case: Case | None, handed_to: str) -> Standing:
    received = Station(_("Enquiry received"), day_words(submission.sent_at), Mark.DONE)
    if case is not None and case.state == CaseState.RESTING:
        pause = Station(_("Pause"), "", Mark.NOW)
        return Standing(
            (received, pause), _("We have agreed on a pause. Call us when you would like to go on."), NOBODY
        )
    end = Station(_("Finished"), "", Mark.NOW)
    if handed_to:
        words = _("With your yes we have handed your enquiry over to: {place}. Please ask there how it goes on.")
        return Standing((received, end), format_html(str(words), place=bdi(handed_to)), NOBODY)
    if case is None and submission.closing_reason == ClosingReason.DUPLICATE:
        twice = _("You have sent two enquiries. We go on with the newer one: please use its number and its code.")
        return Standing((received, end), twice, NOBODY)
    return Standing((received, end), _("Your enquiry is finished. Do you have questions? Please call us."), NOBODY)
