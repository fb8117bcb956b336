"""Lines of a case's timeline in words. Each room writes codes and moments, read here in the active language."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from django.db.models import TextChoices
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from cases.appointments.enums import AppointmentState, CancelledBy
from cases.files.enums import (
    AskBackBlock,
    CaseState,
    DeadlineKind,
    Need,
    Outcome,
    Phase,
    Proof,
    ShortMessage,
    TimelineKind,
)
from cases.files.models import Case
from cases.files.presenters import received_words
from cases.referrals.enums import DeclineReason, ReferralState
from gruendungswerkstatt.common.dates import day_short, moment_words
from gruendungswerkstatt.common.lists import listed
from gruendungswerkstatt.common.rows import row_url
from gruendungswerkstatt.common.templatetags.bidi import bdi, ltr
from gruendungswerkstatt.documents.enums import DocumentKind, ReturnReason
from gruendungswerkstatt.messaging.enums import Channel as Way
from intake import office_hints, questions
from intake.enums import Channel, ConfirmationWay

from . import followups
from .funding import funding_told
from .moves import change_words
from .words import language_name

Params = Mapping[str, Any]
OFFICE = "office_id"  # whose words count where a line has only a code


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what happened, in which detail, somebody's words; `said` is when, by whom, and the way to its memo."""

    kind: str
    title: str
    detail: SafeString | str
    text: str
    said: SafeString


def timeline_lines(case: Case, rows: Iterable[Any]) -> list[Line]:
    """Rows of cases.files.selectors.timeline_rows in words. The organisation is named if it is not the case's office.

    What is the same in all lines is looked up once.
    """
    titles = {kind.value: str(kind.label) for kind in TimelineKind}
    memo_url, memo = row_url("cases:memo_detail", case.uuid), _("Memo")
    return [_line(row, titles, memo_url, memo) for row in rows]


def detail_of(kind: str, params: Params, office_id: int) -> SafeString | str:
    """What a line of this kind says besides its title; "" for one that says nothing more."""
    detail = _DETAILS.get(kind)
    return detail({**params, OFFICE: office_id}) if detail else ""


def _line(row: Any, titles: Mapping[str, str], memo_url: str, memo: str) -> Line:
    title, moment, at = titles.get(row.kind, row.kind), moment_words(row.happened_at), row.happened_at.isoformat()
    who = row.author__user__name or ""
    where = row.organisation_name if row.author__organisation_id not in (None, row.office_id) else ""
    return Line(
        kind=row.kind,
        title=title,
        detail=detail_of(row.kind, row.params, row.office_id),
        text=row.text,
        said=format_html(
            _SAID[bool(who), bool(where)], at, moment, memo_url, quote(at, safe=""), memo, title, who, where
        ),
    )


_WHEN = '<time datetime="{0}">{1}</time>'
_MEMO = ' · <a class="kern-link gw-no-print" href="{2}?at={3}">{4}<span class="kern-sr-only">: {5}, {1}</span></a>'
# (whether the author is known, whether the organisation is named) → how a line ends
_SAID = {
    (False, False): _WHEN + _MEMO,
    (False, True): _WHEN + _MEMO,
    (True, False): _WHEN + " · <bdi>{6}</bdi>" + _MEMO,
    (True, True): _WHEN + " · <bdi>{6}</bdi> (<bdi>{7}</bdi>)" + _MEMO,
}


def _label(choices: type[TextChoices], code: Any) -> str:
    """The label of a code; a code that no longer exists is shown as it is."""
    try:
        return str(choices(code).label)
    except ValueError:
        return str(code or "")


def _moment(value: Any, words: Callable[[datetime], str] = moment_words) -> str:
    try:
        return words(datetime.fromisoformat(value))
    except (TypeError, ValueError):
        return ""


def _listed(*parts: Any) -> SafeString:
    return format_html_join(" · ", "{}", ((part,) for part in parts if part))


def _nothing(params: Params) -> str:
    return ""


def _conditions(params: Params) -> list[str]:
    """Which papers were seen with a move, and what a team lead went over."""
    seen = listed(_label(Proof, code) for code in params.get("seen", ()))
    overridden = " ".join(_label(Need, code) for code in params.get("overridden", ()))
    return [
        *([_("Seen: %(papers)s") % {"papers": seen}] if seen else []),
        *([_("Decided by the team lead although: %(needs)s") % {"needs": overridden}] if overridden else []),
    ]


def _undone(params: Params) -> str:
    return change_words(params.get("about", ""), params.get("before", ""), params.get("after", ""))


def _phase(params: Params) -> SafeString:
    words = {name: _label(Phase, params.get(name)) for name in ("before", "after")}
    return _listed(_("%(after)s (before: %(before)s)") % words, *_conditions(params))


def _state(params: Params) -> SafeString:
    outcome = params.get("outcome")
    state = _label(CaseState, params.get("after"))
    return _listed(state, _label(Outcome, outcome) if outcome else "", *_conditions(params))


def _advisor(params: Params) -> SafeString | str:
    return bdi(params.get("advisor")) or pgettext("advisor", "Nobody")


def _appointment(params: Params) -> SafeString:
    before, by = _moment(params.get("before")), params.get("cancelled_by")
    return _listed(
        _moment(params.get("starts_at")),
        _("before: %(moment)s") % {"moment": before} if before else "",
        _label(CancelledBy, by) if by else "",
        _label(AppointmentState, params["outcome"]) if params.get("outcome") else "",
        bdi(params["advisor"]) if params.get("advisor") else "",
    )


def _in_language(text: Mapping[str, str] | str | None) -> str:
    """A name that was written down in all languages; older lines have one only."""
    if not isinstance(text, Mapping):
        return text or ""
    return text.get(get_language() or "") or next(iter(text.values()), "")


def _partner(params: Params) -> SafeString:
    answer, reason = params.get("answer"), params.get("reason")
    return _listed(
        bdi(_in_language(params.get("partner"))),
        bdi(_in_language(params.get("offer"))),
        _label(ReferralState, answer) if answer else "",
        _label(DeclineReason, reason) if reason else "",
    )


def _step(params: Params) -> SafeString | str:
    words = office_hints.words_of(params[OFFICE], params.get("hint", ""))
    return format_html("{}", words.title) if words else ""


def _application(params: Params) -> SafeString:
    answer = _("Yes") if params.get("application") == "yes" else _("No")
    return _listed(answer, _moment(params.get("received_at"), received_words))


def _day(value: Any) -> str:
    try:
        return day_short(date.fromisoformat(value))
    except (TypeError, ValueError):
        return ""


def _deadline(params: Params) -> SafeString:
    before = _day(params.get("before"))
    return _listed(
        _label(DeadlineKind, params.get("about")),
        _day(params.get("due_on")),
        _("before: %(moment)s") % {"moment": before} if before else "",
    )


def _follow_ups(params: Params) -> SafeString:
    return _listed(*(_day(day) for day in params.get("days", ())))


def _follow_up(params: Params) -> SafeString:
    return _listed(*followups.told(params))


def _call(params: Params) -> SafeString:
    return _listed(
        _("Second try") if params.get("is_second_try") else "",
        _("Again on %(day)s") % {"day": _day(params["again_on"])} if params.get("again_on") else "",
    )


def _document(params: Params) -> SafeString:
    reason, count = params.get("reason"), params.get("count")
    return _listed(
        _label(DocumentKind, params.get("document")),
        ngettext("%(n)s file", "%(n)s files", count) % {"n": count} if count else "",
        _label(ReturnReason, reason) if reason else "",
    )


def _came_in(params: Params) -> SafeString:
    confirmed = params.get("confirmed")
    return _listed(
        _label(Channel, params["channel"]) if params.get("channel") else "",
        _label(ConfirmationWay, confirmed) if confirmed else "",
        ltr(params["reference"]) if params.get("reference") else "",
    )


def _merged(params: Params) -> SafeString | str:
    reference = ltr(params.get("reference"))
    if params.get("role") == "merged":
        return format_html("{}: {}", _("Everything lies in the case"), reference)
    return format_html("{}: {}", _("Other case"), reference)


def _translated(params: Params) -> SafeString:
    question = questions.QUESTIONS.get(params.get("question", ""))
    return _listed(question.title if question else "", language_name(params.get("language", "")))


def _asked_back(params: Params) -> str:
    return _label(AskBackBlock, params["block"]) if params.get("block") else ""


def _short_message(params: Params) -> SafeString:
    channels = listed(_label(Way, code) for code in params.get("channels", ()))
    return _listed(_label(ShortMessage, params.get("message")), channels)


def _place(params: Params) -> SafeString | str:
    return bdi(params.get("place"))


_DETAILS: dict[str, Callable[[Params], SafeString | str]] = {
    TimelineKind.CASE_OPENED: _came_in,
    TimelineKind.ENQUIRY_ADDED: _came_in,
    TimelineKind.ENQUIRY_CONFIRMED: _came_in,
    TimelineKind.PHASE_CHANGED: _phase,
    TimelineKind.STATE_CHANGED: _state,
    TimelineKind.ADVISOR_CHANGED: _advisor,
    TimelineKind.CHANGE_UNDONE: _undone,
    TimelineKind.APPOINTMENT_PLANNED: _appointment,
    TimelineKind.APPOINTMENT_MOVED: _appointment,
    TimelineKind.APPOINTMENT_CANCELLED: _appointment,
    TimelineKind.APPOINTMENT_HANDED_ON: _appointment,
    TimelineKind.APPOINTMENT_ENDED: _appointment,
    TimelineKind.CONSENT_GIVEN: _partner,
    TimelineKind.CONSENT_WITHDRAWN: _partner,
    TimelineKind.REFERRED: _partner,
    TimelineKind.REFERRAL_ANSWERED: _partner,
    TimelineKind.STEP_ADDED: _step,
    TimelineKind.STEP_DONE: _step,
    TimelineKind.APPLICATION_RECORDED: _application,
    TimelineKind.DEADLINE_SET: _deadline,
    TimelineKind.DEADLINE_CHANGED: _deadline,
    TimelineKind.DEADLINE_DONE: _deadline,
    TimelineKind.DEADLINE_REOPENED: _deadline,
    TimelineKind.CALL_REACHED: _call,
    TimelineKind.CALL_MISSED: _call,
    TimelineKind.FUNDING_RECORDED: funding_told,
    TimelineKind.FUNDING_CHANGED: funding_told,
    TimelineKind.FOLLOW_UPS_PLANNED: _follow_ups,
    TimelineKind.FOLLOW_UP_RECORDED: _follow_up,
    TimelineKind.FOLLOW_UP_MISSED: _follow_up,
    TimelineKind.REFERRAL_REMINDED: _partner,
    TimelineKind.DOCUMENT_ASKED: _document,
    TimelineKind.DOCUMENT_WITHDRAWN: _document,
    TimelineKind.DOCUMENT_RECEIVED: _document,
    TimelineKind.DOCUMENT_ACCEPTED: _document,
    TimelineKind.DOCUMENT_SENT_BACK: _document,
    TimelineKind.DOCUMENT_DELETED: _document,
    TimelineKind.DOCUMENT_INFECTED: _document,
    TimelineKind.CASES_MERGED: _merged,
    TimelineKind.MERGE_UNDONE: _merged,
    TimelineKind.SHORT_MESSAGE: _short_message,
    TimelineKind.PLACE_SHOWN: _place,
    TimelineKind.ASKED_BACK: _asked_back,
    TimelineKind.ASK_BACK_ANSWERED: _asked_back,
    TimelineKind.ASK_BACK_WITHDRAWN: _asked_back,
    TimelineKind.WORDS_TRANSLATED: _translated,
}
