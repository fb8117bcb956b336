"""Two cases side by side: where they differ, what moves, what was written since."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from cases.files.duplicates import Likely
from cases.files.enums import CaseState, ContactWay, DatePrecision, ReminderStyle
from cases.files.merging import OF_FOUNDER, Difference
from cases.files.models import Case, Founder
from cases.files.moving import Merging
from gruendungswerkstatt.common import phones
from gruendungswerkstatt.common.lists import listed, listed_html
from gruendungswerkstatt.common.templatetags.bidi import bdi, day_short, ltr
from intake import questions
from intake.presenters import month_words

from .case import application_words
from .submission import KnownRow, known_rows


@dataclass(frozen=True)
class Choice:
    """One difference in words: what this case says and what the other one says."""

    code: str
    label: Any
    this: Any
    other: Any
    proposes_other: bool


def choices(differing: Iterable[Difference], source: Case, target: Case) -> list[Choice]:
    """`differing` (cases.files.merging.differences) for the form; what a case does not know is said so."""
    found = []
    for one in differing:
        this, other = ((case.founder, case)[one.code not in OF_FOUNDER] for case in (target, source))
        label, words = _WORDS[one.code]
        found.append(
            Choice(
                one.code,
                label,
                format_html("{}: {}", _("This case"), words(this) or _("Not known")),
                format_html("{}: {}", _("Other case"), words(other) or _("Not known")),
                one.proposes_source,
            )
        )
    return found


def candidates(likely: Iterable[Likely]) -> list[KnownRow]:
    """Cases of maybe the same person, with the reasons."""
    return known_rows(likely, {})


def side_by_side(target: Case, source: Case) -> list[tuple[Any, Any, Any]]:
    """(what, this case, other case) of what nobody chooses: it stays as this case says."""
    return [(label, words(target), words(source)) for label, words in _STANDING]


def moving_rows(merging: Merging) -> list[dict[str, Any]]:
    """How much of what moves, as rows of {% description_list %}."""
    found = []
    for model, label in _KINDS.items():
        number, twins = merging.counts[model], merging.twins[model]
        if number or twins:
            value = str(number)
            if twins:
                value = _("%(number)s; %(twins)s are the same in both and are there once") % {
                    "number": number,
                    "twins": twins,
                }
            found.append({"key": label, "value": value})
    return found


def going_back_rows(changes: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """How much of what goes back when a merge is undone."""
    counted: dict[str, int] = {}
    for entry in changes:
        if entry["is"] is None or {"case_id", "subject_uuid", "founder_id", "recipient_uuid"} & entry["was"].keys():
            counted[entry["model"]] = counted.get(entry["model"], 0) + len(entry["keys"])
    return [{"key": label, "value": str(counted[model])} for model, label in _KINDS.items() if model in counted]


_KINDS = {
    "cases_files.TimelineEntry": gettext_lazy("Lines of the history"),
    "cases_files.Note": gettext_lazy("Notes"),
    "cases_files.NoteDraft": gettext_lazy("Notes that were begun"),
    "cases_files.PlanStep": gettext_lazy("Steps"),
    "cases_files.Deadline": gettext_lazy("Deadlines"),
    "cases_appointments.Appointment": gettext_lazy("Appointments"),
    "cases_referrals.Referral": gettext_lazy("Referrals"),
    "cases_referrals.Handover": gettext_lazy("Handed over to other places"),
    "cases_referrals.Consent": gettext_lazy("Consents"),
    "cases_referrals.ConsentRequest": gettext_lazy("Questions for a consent"),
    "cases_files.AskBack": gettext_lazy("Questions to the founder"),
    "documents.DocumentRequest": gettext_lazy("Documents asked for"),
    "documents.Document": gettext_lazy("Files"),
    "messaging.Message": gettext_lazy("Messages"),
    "cases_files.CaseLabel": gettext_lazy("Labels"),
    "cases_files.AddedEnquiry": gettext_lazy("Enquiries with their number and code"),
    "cases_files.FollowUp": gettext_lazy("Follow-ups"),
    "cases_files.Funding": gettext_lazy("Funding"),
    "cases_files.ErasureRequest": gettext_lazy("Requests for deletion"),
    "cases_files.Case": gettext_lazy("Further cases of the person"),
}


def _yes_no(value: bool | None) -> str:
    if value is None:
        return ""
    return _("Yes") if value else _("No")


def _born(founder: Founder) -> str:
    if founder.born_on is None:
        return ""
    return _joined(day_short(founder.born_on), DatePrecision(founder.born_precision).label)


def _phone(founder: Founder) -> Any:
    shared = _("Others use this phone") if founder.is_phone_shared else ""
    return _joined(ltr(phones.readable(founder.phone)) if founder.phone else "", shared)


def _helper(founder: Founder) -> Any:
    may = {True: _("may be called"), False: _("may not be called"), None: ""}[founder.may_call_helper]
    return _joined(bdi(founder.helper_contact), may) if founder.helper_contact else ""


def _joined(*parts: Any) -> Any:
    return listed_html(parts)


def _labels(question: str, codes: Iterable[str]) -> str:
    return listed(questions.label(question, code) for code in codes)


_WORDS: dict[str, tuple[Any, Callable[[Any], Any]]] = {
    "name": (gettext_lazy("Name to address the person"), lambda founder: bdi(founder.name)),
    "name_latin": (gettext_lazy("Name as in the passport"), lambda founder: bdi(founder.name_latin)),
    "name_original": (gettext_lazy("Name in the original script"), lambda founder: bdi(founder.name_original)),
    "born": (gettext_lazy("Date of birth"), _born),
    "is_adult": (gettext_lazy("18 or older"), lambda founder: _yes_no(founder.is_adult)),
    "municipality": (gettext_lazy("Place of residence"), lambda founder: bdi(founder.municipality.name)),
    "language": (
        gettext_lazy("Language of pages and messages"),
        lambda founder: questions.label("languages", founder.language),
    ),
    "languages": (gettext_lazy("Languages"), lambda founder: _labels("languages", founder.languages)),
    "needs_interpreter": (gettext_lazy("Needs an interpreter"), lambda founder: _yes_no(founder.needs_interpreter)),
    "contact_way": (gettext_lazy("Wants to be reached"), lambda founder: ContactWay(founder.contact_way).label),
    "phone": (gettext_lazy("Telephone"), _phone),
    "email": (gettext_lazy("E-mail"), lambda founder: ltr(founder.email) if founder.email else ""),
    "helper": (gettext_lazy("Helper"), _helper),
    "safe_times": (gettext_lazy("Good times to call"), lambda founder: _labels("safe_times", founder.safe_times)),
    "wants_sms": (gettext_lazy("Reminders by SMS"), lambda founder: _yes_no(founder.wants_sms)),
    "wants_email": (gettext_lazy("Reminders by e-mail"), lambda founder: _yes_no(founder.wants_email)),
    "reminder_style": (gettext_lazy("Kind of reminders"), lambda founder: ReminderStyle(founder.reminder_style).label),
    "own_word": (gettext_lazy("Own word in messages"), lambda founder: bdi(founder.own_word)),
    "application": (gettext_lazy("Application"), application_words),
    "planned_start": (
        gettext_lazy("Planned start"),
        lambda case: month_words(case.planned_start_on) if case.planned_start_on else "",
    ),
    "sector": (gettext_lazy("Sector"), lambda case: questions.label("sector", case.sector) if case.sector else ""),
}
_STANDING: tuple[tuple[Any, Callable[[Case], Any]], ...] = (
    (gettext_lazy("Reference number"), lambda case: ltr(case.reference)),
    (gettext_lazy("Name"), lambda case: bdi(case.founder.display_name)),
    (gettext_lazy("State"), lambda case: CaseState(case.state).label),
    (gettext_lazy("Phase"), lambda case: case.get_phase_display()),
    (
        gettext_lazy("Advisor"),
        lambda case: bdi(case.advisor.user.name) if case.advisor else pgettext("advisor", "Nobody"),
    ),
    (gettext_lazy("Opened on"), lambda case: day_short(case.opened_at)),
    (gettext_lazy("Last contact"), lambda case: day_short(case.last_contact_at)),
)
