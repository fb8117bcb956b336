"""Every address of the portal with its door (see `doors`) and what it says to those who get in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from cases.files.enums import CaseState, Phase
from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.ids import new_uuid
from tests.factories.appointments import days_from_now
from tests.factories.documents import photo, sent
from tests.factories.intake import CODE, SHORT_WAY

from .doors import ROLES
from .scene import PIN, House

Parameters = Callable[[House], Mapping[str, Any]]


def always(**values: Any) -> Parameters:
    """The same parameters for every office."""
    return lambda _house: values


nothing = always()


# Who has sent an enquiry, and who has no account.
SENT = ("founder", "founder_pin", "other_founder")
UNKNOWN = ("anonymous", "draft", *SENT)


@dataclass(frozen=True)
class Row:
    """One address.

    `get`, `post`: the status for who gets in; None where the view does not answer that method. `thing` gives the
    parameters of the address, `query` what stands after it, `body` what a browser would send, all for the office
    *here*. `shows`: the page names something that belongs to the office. `but`: cells that differ from the door's.
    """

    name: str
    door: str
    thing: Parameters = nothing
    get: int | tuple[int, ...] | None = 200
    post: int | tuple[int, ...] | None = None
    query: Parameters = nothing
    body: Parameters = nothing
    shows: bool = False
    but: Mapping[str, str] = field(default_factory=dict)

    def data(self, house: House) -> dict[str, Any]:
        """A valid body: with the token and the version every form carries."""
        return {"form_token": str(new_uuid()), "version": "1", **self.body(house)}


def case(house: House) -> Mapping[str, Any]:
    return {"case_uuid": house.case.uuid}


def a_label(house: House) -> Mapping[str, Any]:
    return {"label_uuid": house.label.uuid}


def a_view(house: House) -> Mapping[str, Any]:
    return {"view_uuid": house.view.uuid}


def chosen_label(house: House) -> Mapping[str, Any]:
    return {"label": str(house.label.uuid)}


def closing(house: House) -> Mapping[str, Any]:
    return {"case": str(house.case.uuid), "act": "close", "outcome": "withdrawn"}


def closing_now(house: House) -> Mapping[str, Any]:
    return {"seen": f"{house.case.uuid}:{house.case.version}", "act": "close", "outcome": "withdrawn"}


def asked(house: House) -> Mapping[str, Any]:
    return {**case(house), "request_uuid": house.asked.uuid}


def wanted(house: House) -> Mapping[str, Any]:
    return {**case(house), "request_uuid": house.wanted.uuid}


def document(house: House) -> Mapping[str, Any]:
    return {**case(house), "document_uuid": house.document.uuid}


def a_file(_house: House) -> Mapping[str, Any]:
    return {"files": sent(photo())}


def seen(house: House) -> Mapping[str, Any]:
    return {"version": str(house.asked.version)}


def offered(house: House) -> Mapping[str, Any]:
    return {"case_uuid": house.case.uuid, "offer_uuid": house.offer.uuid}


def waiting(house: House) -> Mapping[str, Any]:
    return {"submission_uuid": house.waiting.uuid}


def into_case(house: House) -> Mapping[str, Any]:
    return {**waiting(house), **case(house)}


def compared(house: House) -> Mapping[str, Any]:
    return {"is_same_person": "on", "case_version": str(house.case.version)}


def entered(house: House) -> Mapping[str, Any]:
    return {"submission_uuid": house.entered.uuid}


def typed_in(house: House) -> Mapping[str, Any]:
    """The short way, told at the desk; somebody in the other office gets the form back: the town is not theirs."""
    answers = {key: value for key, value in SHORT_WAY.items() if isinstance(value, str)}
    return {**answers, "languages": ["ar"], "municipality": house.entered.municipality.code, "page_language": "ar"}


def step(house: House) -> Mapping[str, Any]:
    return {"step_uuid": house.step.uuid}


def deadline(house: House) -> Mapping[str, Any]:
    return {"deadline_uuid": house.deadline.uuid}


def a_day(name: str) -> Mapping[str, Any]:
    """The three fields of a day in half a year."""
    day = clock.today() + timedelta(days=180)
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def consent(house: House) -> Mapping[str, Any]:
    return {"consent_uuid": house.consent.uuid}


def question(house: House) -> Mapping[str, Any]:
    return {"request_uuid": house.question.uuid}


def referral(house: House) -> Mapping[str, Any]:
    return {"referral_uuid": house.referral.uuid}


def answered(word: str) -> Parameters:
    return lambda house: {**referral(house), "word": word}


def advised(house: House) -> Mapping[str, Any]:
    return {"advisor": str(house.advisor.uuid)}


def appointment(house: House) -> Mapping[str, Any]:
    return {"appointment_uuid": house.appointment.uuid}


text = always(kind="appointment_reminder", channel="sms", language="de")
wording = always(body="{own_word}\nTermin: {weekday}, {date}, {time}\n{place}\nTel. {phone}\n{voluntary}")
offer_page = always(slug="offer")


def hint(house: House) -> Mapping[str, Any]:
    return {"title_de": house.word, "text_de": f"Bitte klären Sie das mit {house.word}."}


def page(house: House) -> Mapping[str, Any]:
    return {"title_de": "Was wir anbieten", "body_de": "Beratung", "version": str(house.page.version)}


def page_version(house: House) -> Mapping[str, Any]:
    return {"version": str(house.page.version)}


def member(house: House) -> Mapping[str, Any]:
    return {"member_uuid": house.colleague.uuid}


def own_office(house: House) -> Mapping[str, Any]:
    return {"organisation_uuid": house.office.uuid}


def address(_house: House) -> Mapping[str, Any]:
    return {
        "street": "Bahnhofstraße 1",
        "postal_code": "59423",
        "place": "Unna",
        "phone": "02303 25380",
        "email": "office@example.org",
    }


def invitation(house: House) -> Mapping[str, Any]:
    return {"invitation_uuid": house.invitation.uuid}


def invited(_house: House) -> Mapping[str, Any]:
    return {
        "key": str(new_uuid()),
        "name": "Neu",
        "email": "neu@example.org",
        "role": "advisor",
        "language": "de",
    }


def numbered(house: House) -> Mapping[str, Any]:
    return {"reference": house.case.reference}


def erased(house: House) -> Mapping[str, Any]:
    return {"reason": "requested", "reference": house.case.reference, "is_confirmed": "on"}


def moment(house: House) -> Mapping[str, Any]:
    starts_at = clock.local(days_from_now(9))
    return {
        "starts_at_day": str(starts_at.day),
        "starts_at_month": str(starts_at.month),
        "starts_at_year": str(starts_at.year),
        "starts_at_time": "11:00",
        "minutes": "45",
        "advisor": str(house.advisor.uuid),
        "place": "office",
    }


OUTSIDE = (
    Row("livez", "open"),
    Row("healthz", "open", get=(200, 503)),
    Row("metrics", "nobody"),
    Row("home", "open"),
    Row("theme_set", "open", get=None, post=302),
)

ACCOUNT = (
    Row("account_login", "guest", post=200),
    Row("account_logout", "account", post=302, but=dict.fromkeys(UNKNOWN, "away")),
    Row("account_inactive", "open"),
    Row("account_reauthenticate", "account", post=200),
    Row("account_change_password", "account", post=200),
    Row("account_reset_password", "open", post=302, body=always(email="niemand@example.org")),
    Row("account_reset_password_done", "open"),
    Row("account_reset_password_from_key", "open", always(uidb36="1", key="falsch"), post=200),
    Row("account_reset_password_from_key_done", "open"),
    Row("mfa_index", "account"),
    Row("mfa_authenticate", "nobody", post=200, but=dict.fromkeys(ROLES, "away")),  # only between password and code
    Row("mfa_reauthenticate", "account", get=302, post=(200, 302)),
    Row("mfa_activate_totp", "account", get=(200, 302), post=(200, 302)),
    Row("mfa_list_webauthn", "account", get=(200, 302)),
    Row("mfa_add_webauthn", "account", get=(200, 302), post=(200, 302)),
    Row("mfa_edit_webauthn", "account", always(pk=0), get=(302, 404), post=(302, 404)),
    Row("mfa_remove_webauthn", "account", always(pk=0), get=(302, 404), post=(302, 404)),
    Row("mfa_reauthenticate_webauthn", "account", get=(200, 302), post=(200, 302)),
    Row("mfa_deactivate_totp", "account", get=(302, 404), post=(302, 404)),
    Row("mfa_view_recovery_codes", "account", get=(302, 404)),
    Row("mfa_generate_recovery_codes", "account", get=(302, 404), post=(302, 404)),
    Row("mfa_download_recovery_codes", "account", get=(302, 404), post=404),
)

PEOPLE = (
    Row("people:home", "account", get=(200, 302), post=(200, 302)),
    Row("people:office_settings", "settings_list"),
    Row("people:office_details", "settings_list", post=302, body=address),
    Row("people:member_list", "settings_list", shows=True),
    Row("people:member_detail", "settings", member, shows=True),
    Row("people:member_role", "settings", member, post=302, body=always(role="team_lead"), shows=True),
    Row("people:member_end", "settings", member, post=302, shows=True),
    Row("people:member_factor_reset", "settings", member, post=200, shows=True),
    Row("people:invitation_new", "settings", own_office, post=302, body=invited),
    Row("people:invitation_send", "settings", invitation, get=None, post=302),
    Row("people:invitation_revoke", "settings", invitation, get=None, post=302),
    Row("people:invitation_open", "open", lambda here: {**invitation(here), "token": "falsch"}, get=410),
    Row("people:invitation_accept", "open", get=410, post=410),
    Row("people:membership_switch", "account", post=200),
    Row("people:membership_back", "account", get=None, post=404),
    Row("people:session_left", "open"),
    Row("people:session_stay", "open"),
    Row("people:unsent_form", "account", get=302, post=302),
    Row("people:oidc_start", "nobody", get=None, post=302),
    Row("people:oidc_finish", "nobody"),
    Row("oidc_callback", "nobody"),
)

INTAKE = (
    Row("intake:start", "open", post=(200, 302), body=always(has_read="on")),
    Row("intake:elsewhere", "open"),
    Row("intake:resume", "open", post=302, body=lambda here: {"reference": here.draft.reference, "code": CODE}),
    Row("intake:callback_town", "open", post=302, body=always(municipality="kamen")),
    Row(
        "intake:callback",
        "open",
        always(town="kamen"),
        post=302,
        body=always(name="A", phone="0231 1234567", language="ar"),
    ),
    Row("intake:confirm", "open", get=302, post=302),  # opens nothing without a hand-over
    Row("intake:confirm_number", "open", post=200, body=always(number="0000-0000-0000")),
    Row("intake:give_back", "open", get=None, post=302),
    Row("intake:code", "draft"),
    Row("intake:keep", "draft", get=None, post=302, but=dict.fromkeys(SENT, "away")),
    Row("intake:task_list", "draft"),
    Row("intake:more", "draft"),
    Row("intake:check", "draft", post=302, shows=True),
    Row("intake:sent", "code", get=302, but={"draft": "away"}),
    # 202: nobody has made the paper yet; what stands on it is looked at in tests/intake/test_papers.py.
    Row("intake:receipt", "pin", get=202, but={"draft": "away"}),
    Row("intake:card", "code", get=202, but={"draft": "away"}),
    Row("intake:blank", "open"),
    Row("intake:delete", "draft"),
    Row("intake:delete_now", "draft", get=None, post=302),
    Row("intake:leave", "open", get=None, post=302),
    Row("intake:left", "open"),
    Row("intake:beside", "open", get=None, post=302, body=always(beside="de")),
    Row("intake:group_save", "draft", always(group_code="idea"), get=None, post=200, body=always(idea="Ein Laden")),
    Row("intake:group_detail", "draft", always(group_code="idea"), post=302, body=always(idea="Ein Laden"), shows=True),
)

FOUNDER = (
    Row("status:status_form", "open", post=302, body=lambda here: {"reference": here.enquiry.reference, "code": CODE}),
    Row("status:status_detail", "code", shows=True, but={"draft": "bare"}),
    Row("status:code_lost", "open", post=302, body=lambda here: {"reference": here.enquiry.reference}),
    Row("status:code_told", "open"),
    Row("status:pin_form", "code", get=(200, 302), post=(200, 302), body=always(pin=PIN)),
    Row("status:own_close", "open", get=None, post=302),
    Row("status:own_detail", "pin"),
    Row("status:message_list", "pin", shows=True),
    Row("status:consent_list", "pin"),
    Row("status:consent_withdraw", "pin_thing", consent, post=302),
    Row("status:consent_answer", "pin_thing", question, get=None, post=302, body=always(decision="yes")),
    Row("status:hint_list", "pin"),
    Row("status:document_list", "pin", shows=True),
    Row(
        "status:document_upload",
        "code_thing",
        lambda here: {"request_uuid": here.wanted.uuid},
        post=302,
        body=a_file,
        shows=True,
    ),
    Row("status:document_download", "pin_thing", lambda here: {"document_uuid": here.document.uuid}, shows=True),
    Row("status:view_list", "pin"),
    Row("status:data_detail", "pin", shows=True),
    Row("status:data_paper", "pin", shows=True),
    Row("status:data_export", "pin", shows=True),
    Row("status:deletion_form", "pin", post=302),
)

DESK = (
    Row("cases:day_detail", "staff_list", shows=True),
    Row("cases:day_appointment", "staff", appointment, get=302, post=302),
    Row("cases:day_step", "staff", step, get=302, post=302),
    Row("cases:day_deadline", "staff", deadline, get=302, post=302),
    Row("cases:day_call", "staff", case, get=302, post=302, body=always(reached="yes")),
    Row("cases:day_referral", "staff", referral, get=302, post=302),
    Row("cases:day_plan", "staff", case, get=302, post=302, body=always(text="Schritt")),
    Row("cases:inbox_list", "staff_list", shows=True),
    Row("cases:submission_detail", "staff", waiting, shows=True),
    Row("cases:submission_accept", "staff", waiting, get=302, post=302, body=advised),
    Row(
        "cases:submission_close",
        "staff",
        waiting,
        get=302,
        post=302,
        body=always(reason="withdrawn", is_confirmed="on"),
    ),
    Row("cases:submission_add", "staff", into_case, get=302, post=302, body=compared),
    Row("cases:submission_code", "staff", waiting, get=302, post=200, body=always(is_known="on")),
    Row("cases:submission_receipt", "staff", waiting, get=202),
    Row("cases:submission_card", "staff", waiting, get=202),
    Row("cases:entry_new", "staff_list", always(channel="desk"), post=(200, 302), body=typed_in),
    Row("cases:entry_edit", "staff", entered, post=302, body=typed_in, shows=True),
    Row("cases:confirmation_detail", "staff", entered, shows=True),
    Row("cases:device_hand_over", "staff", entered, get=302, post=302, body=always(language="ar")),
    Row("cases:number_make", "staff", entered, get=302, post=200, shows=True),
    Row(
        "cases:phone_confirm",
        "staff",
        entered,
        get=302,
        post=302,
        body=always(language="ar", was_read="on", is_right="on"),
    ),
    Row("cases:case_list", "staff_list", shows=True),
    Row("cases:view_list", "staff_list", post=302, body=always(name="Planung", query="phase=planning"), shows=True),
    Row("cases:view_delete", "staff", a_view, get=302, post=302),
    Row("cases:bulk_preview", "staff_list", get=302, post=200, body=closing),
    Row("cases:bulk_carry_out", "staff_list", get=302, post=302, body=closing_now),
    Row("cases:bulk_done", "staff_list", always(token=new_uuid()), get=302),
    Row("cases:case_export", "staff_list", always(form_of_table="csv"), shows=True),
    Row("cases:label_list", "lead_list", post=302, body=always(name="Eilig"), shows=True),
    Row("cases:label_detail", "lead", a_label, post=302, body=always(name="Eilig"), shows=True),
    Row("cases:label_delete", "lead", a_label, get=302, post=302, body=always(is_confirmed="on")),
    Row("cases:case_detail", "staff", case, shows=True),
    Row("cases:case_labels", "staff", case, post=302, body=chosen_label, shows=True),
    Row("cases:note_create", "staff", case, get=302, post=302, body=always(text="Notiz")),
    Row("cases:phase_move", "staff", case, get=302, post=302, body=always(to=Phase.ORIENTATION)),
    Row("cases:state_change", "staff", case, get=302, post=302, body=always(to=CaseState.RESTING, reason="Pause")),
    Row("cases:advisor_assign", "staff", case, get=302, post=302, body=advised),
    Row("cases:application_record", "staff", case, get=302, post=302, body=always(has_application="no")),
    Row("cases:age_record", "staff", case, get=302, post=302, body=always(is_adult="yes")),
    Row("cases:code_renew", "staff", case, get=302, post=200, body=always(is_known="on")),
    Row("cases:pin_set", "staff", case, get=302, post=200, body=always(is_known="on")),
    Row("cases:step_create", "staff", case, get=302, post=302, body=always(text="Schritt")),
    Row("cases:deadline_create", "staff", case, get=302, post=302, body=lambda here: {"kind": "eks", **a_day("day")}),
    Row(
        "cases:deadline_change",
        "staff",
        deadline,
        get=302,
        post=302,
        body=lambda here: {"reason": "Karte verlängert", **a_day("due_on")},
    ),
    Row("cases:deadline_done", "staff", deadline, get=302, post=302, body=always(is_done="yes")),
    Row(
        "cases:step_done",
        "staff",
        step,
        get=302,
        post=302,
        body=always(is_done="yes"),
    ),
)

DOCUMENTS = (
    Row("cases:document_ask", "staff", case, post=302, body=always(kind="eks"), shows=True),
    Row("cases:document_detail", "staff", asked, shows=True),
    Row("cases:document_upload", "staff", wanted, get=302, post=302, body=a_file),
    Row("cases:document_accept", "staff", asked, get=302, post=302, body=seen),
    Row(
        "cases:document_return",
        "staff",
        asked,
        get=302,
        post=302,
        body=lambda here: {**seen(here), "reason": "unreadable"},
    ),
    Row("cases:document_withdraw", "staff", wanted, get=302, post=302),
    Row("cases:document_download", "staff", document, shows=True),
    Row("cases:document_delete", "staff", document, get=302, post=302),
)

ERASURE = (
    Row("cases:case_erasure", "staff", case, shows=True),
    Row("cases:memo_detail", "staff", case, shows=True),
    Row("cases:memo_paper", "staff", case),
    Row("cases:erasure_request", "staff", case, get=302, post=302, body=always(is_known="on")),
    Row("cases:erasure_decline", "lead", case, get=302, post=302, body=always(reason="claims")),
    Row("cases:erasure_carry_out", "lead", case, get=302, post=302, body=erased),
    Row(
        "audit:history_list",
        "settings_list",
        query=numbered,
        shows=True,
        but=dict.fromkeys(("other_team_lead", "administrator", "other_administrator"), "bare"),
    ),
    Row("retention:period_list", "settings_list"),
    Row("retention:run_list", "settings_list"),
    Row(
        "retention:period_edit", "settings_list", always(code="draft"), post=302, body=always(amount="12", version="0")
    ),
)

NETWORK = (
    Row("directory:offer_list", "open"),
    Row("directory:offer_detail", "open", lambda here: {"offer_uuid": here.offer.uuid}),
    Row("referrals:referral_new", "staff", case, shows=True),
    Row("referrals:consent_fields", "staff", offered, shows=True),
    Row("referrals:consent_new", "staff", offered, get=302, post=302),
    Row(
        "referrals:referral_send",
        "staff",
        lambda here: {**offered(here), **consent(here)},
        post=302,
        body=always(question="Was brauche ich?"),
        shows=True,
    ),
    Row("referrals:request_new", "staff", offered, get=None, post=302, query=always(field="question")),
    Row("referrals:request_end", "staff", question, get=None, post=302),
    Row("referrals:consent_withdraw", "staff", consent, post=302, body=always(withdrawn_by="phone"), shows=True),
    Row("referrals:referral_list", "partner_list", shows=True),
    Row("referrals:referral_detail", "partner", referral, shows=True),
    Row("referrals:referral_answer", "partner", answered("accept"), post=302, shows=True),
)

APPOINTMENTS = (
    Row("appointments:appointment_list", "staff_list"),
    Row("appointments:appointment_new", "staff", case, post=302, body=moment, shows=True),
    Row("appointments:appointment_move", "staff", appointment, post=302, body=moment, shows=True),
    Row(
        "appointments:appointment_cancel",
        "staff",
        appointment,
        post=302,
        body=always(cancelled_by="office"),
        shows=True,
    ),
    Row(
        "appointments:appointment_outcome",
        "staff",
        appointment,
        post=200,
        body=always(outcome="took_place"),
        shows=True,
    ),
)

MESSAGES = (
    Row("messages:message_list", "lead_list", shows=True),
    Row(
        "messages:message_retry",
        "lead",
        lambda here: {"message_uuid": here.failed_message.uuid},
        get=None,
        post=302,
    ),
    Row("messages:failed_retry", "lead_list", get=None, post=302),
    Row("messages:text_list", "settings_list"),
    Row("messages:text_edit", "settings_list", text, post=302, body=wording, shows=True),
    Row("messages:text_go_back", "settings_list", text, get=None, post=302),
)

STATISTICS = (
    Row("statistics:figure_list", "staff_list", shows=True),
    Row("statistics:figure_export", "staff_list", query=always(year="2024"), shows=True),
)

HINTS = (
    Row("hints:hint_list", "settings_list", shows=True),
    Row("hints:hint_edit", "settings_list", always(code="alcohol"), post=302, body=hint, shows=True),
)

CONTENT = (
    Row("content:page_detail", "open", always(slug="way")),
    Row("content:notice_detail", "nobody", always(version="0.1")),
    Row("content:feedback_new", "open", post=(200, 302), body=always(text="Der Knopf ist zu klein.")),
    Row("content:page_list", "settings_list"),
    Row("content:page_edit", "settings_list", offer_page, post=302, body=page, shows=True),
    Row("content:page_preview", "settings_list", offer_page, post=302, body=page_version, shows=True),
    Row("content:version_detail", "settings_list", always(slug="offer", number=1), shows=True),
    Row("content:feedback_list", "lead_list", shows=True),
    Row(
        "content:feedback_answer",
        "lead",
        lambda here: {"feedback_uuid": here.feedback.uuid},
        get=None,
        post=302,
    ),
)

ROWS = (
    *(*OUTSIDE, *ACCOUNT, *PEOPLE, *INTAKE, *FOUNDER, *DESK, *DOCUMENTS, *ERASURE),
    *(*NETWORK, *APPOINTMENTS, *MESSAGES, *STATISTICS, *HINTS, *CONTENT),
)
