"""What rows and columns are called in the history of changes."""

from typing import Any

from django.db import models
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from gruendungswerkstatt.common.history import Event, kept_fields

KINDS: dict[str, Any] = {
    "cases_files.case": _("Case"),
    "cases_files.founder": _("Personal details"),
    "intake.submission": _("Enquiry"),
    "intake.officehint": _("Hint to founders"),
    "cases_files.note": _("Note"),
    "cases_files.planstep": _("Step"),
    "cases_files.steptemplate": _("Template of a step"),
    "cases_files.textblock": _("Text block of the office"),
    "cases_files.deadline": _("Deadline"),
    "cases_files.askback": _("Question to the founder"),
    "cases_files.followup": _("Follow-up"),
    "cases_files.funding": _("Funding"),
    "cases_files.translation": _("Translation of own words"),
    "cases_files.erasurerequest": _("Request for deletion"),
    "cases_files.label": _("Label of the office"),
    "cases_files.caselabel": _("Label on a case"),
    "cases_appointments.appointment": _("Appointment"),
    "cases_referrals.consent": _("Consent"),
    "cases_referrals.referral": _("Referral"),
    "network_people.organisation": _("Organisation"),
    "network_people.municipality": _("Town"),
    "network_people.membership": _("Membership"),
    "network_people.user": _("Account"),
    "network_people.invitation": _("Invitation"),
    "network_people.leave": _("Leave with a deputy"),
    "network_directory.offer": _("Offer"),
    "network_directory.offertopic": _("Topic of an offer"),
    "network_directory.offermunicipality": _("Town of an offer"),
    "network_directory.servicetopic": _("Topic"),
    "network_directory.topicgroup": _("Group of topics"),
    "messaging.messagetext": _("Texts of messages"),
    "content.page": _("Page of the portal"),
    "audit.retentionperiod": _("Retention period"),
}

# What runs an office and the network, without a word about founders: administrators see the history of these alone.
SETTINGS = frozenset({
    "audit.retentionperiod", "content.page", "messaging.messagetext", "intake.officehint", "cases_files.label",
    "cases_files.steptemplate",
    "cases_files.textblock",
    "network_people.organisation", "network_people.municipality", "network_people.membership", "network_people.user",
    "network_people.invitation", "network_people.leave", "network_directory.offer", "network_directory.offertopic",
    "network_directory.offermunicipality", "network_directory.servicetopic", "network_directory.topicgroup",
})  # fmt: skip

# Columns that tell which row it is, where that is not a person's file.
TITLES: dict[str, tuple[str, ...]] = {
    "cases_files.label": ("name",),
    "cases_files.steptemplate": ("code",),
    "cases_files.textblock": ("name",),
    "audit.retentionperiod": ("code",),
    "content.page": ("slug",),
    "intake.officehint": ("hint_code",),
    "messaging.messagetext": ("kind", "channel", "language"),
    "network_directory.offer": ("title",),
    "network_directory.offermunicipality": ("offer",),
    "network_directory.offertopic": ("offer",),
    "network_directory.servicetopic": ("name",),
    "network_directory.topicgroup": ("name",),
    "network_people.invitation": ("name",),
    "network_people.leave": ("membership",),
    "network_people.membership": ("user",),
    "network_people.municipality": ("name",),
    "network_people.organisation": ("name",),
    "network_people.user": ("name",),
}

# One name means one thing in every table but these.
FIELDS_OF: dict[tuple[str, str], Any] = {
    ("cases_files.askback", "seen_at"): _("Answer read by the office"),
    ("cases_files.funding", "amount"): _("Amount in euros"),
    ("cases_files.textblock", "place"): _("Where it is offered"),
    ("content.page", "summary"): _("Summary"),
    ("intake.submission", "channel"): _("How it came in"),
}
FIELDS: dict[str, Any] = {
    "actor": _("Who does it"),
    "address": _("Address"),
    "advisor": _("Advisor"),
    "amount": _("Length of time"),
    "answer": _("Answer"),
    "answer_language": _("Language"),
    "answered_at": _("Answered on"),
    "answers": _("Answers"),
    "application_received_at": _("Application received"),
    "asked_at": _("Asked for on"),
    "asked_by": _("Asked by"),
    "asked_on": _("Asked for on"),
    "author": _("Author"),
    "block": _("Text block"),
    "body": _("Text"),
    "born_on": _("Date of birth"),
    "born_precision": _("Precision of the date of birth"),
    "cancelled_by": _("Cancelled by"),
    "channel": _("Way"),
    "checked_by": _("Checked by"),
    "checked_on": _("Last checked on"),
    "closed_at": _("Closed on"),
    "closing_reason": _("Reason"),
    "consent": _("Consent"),
    "contact_way": _("Way to reach the person"),
    "cost": _("Cost"),
    "counted_from_on": _("Counted from"),
    "decided_at": _("Decided on"),
    "decided_by": _("Decided by"),
    "decided_on": _("Decided on"),
    "decision": _("Decision"),
    "decline_reason": _("Reason"),
    "delete_after_on": _("To be deleted after"),
    "days": _("Due after so many days"),
    "deputy": _("Deputy"),
    "description": _("Description"),
    "done_at": _("Done"),
    "due_on": _("Due on"),
    "email": _("E-mail"),
    "ended_at": _("End"),
    "ends_at": _("End"),
    "ends_on": _("End"),
    "expires_at": _("Valid until"),
    "fields": _("Data passed on"),
    "given_at": _("Given on"),
    "given_by": _("Given by"),
    "check_marks": _("Please check"),
    "confirmed_at": _("Confirmed"),
    "confirmed_way": _("How it was confirmed"),
    "entered_by": _("Typed in by"),
    "has_application": _("Application"),
    "has_childcare": _("Childcare"),
    "has_interpreting": _("Interpreting"),
    "hint_code": _("Step"),
    "helper_contact": _("Contact of the helper"),
    "interpreted_by": _("Interpreted by"),
    "invited_at": _("Invited on"),
    "invited_by": _("Invited by"),
    "is_active": _("Account active"),
    "is_from_machine": _("Suggested by a machine"),
    "is_in_business": _("Still in business"),
    "jobs": _("Employees"),
    "months": _("Months after closing"),
    "tries": _("Tries that reached nobody"),
    "work": _("The business is"),
    "is_adult": _("18 or older"),
    "is_for_women": _("For women"),
    "is_off": _("Switched off"),
    "is_phone_shared": _("Others use this phone"),
    "is_published": _("Published"),
    "is_step_free": _("Step-free"),
    "kind": _("Kind"),
    "label": _("Label"),
    "language": _("Language"),
    "languages": _("Languages"),
    "last_checked_on": _("Last checked on"),
    "looked_after_by": _("Looked after by"),
    "may_call_helper": _("The helper may be called"),
    "membership": _("Membership"),
    "municipality": _("Town"),
    "name": _("Name"),
    "name_latin": _("Name as in the passport"),
    "name_original": _("Name in the original script"),
    "needs_interpreter": _("Needs an interpreter"),
    "notice_language": _("Language of the privacy notice"),
    "notice_version": _("Version of the privacy notice"),
    "off_reason": _("Reason"),
    "offer": _("Offer"),
    "opened_at": _("Opened on"),
    "organisation": _("Organisation"),
    "outcome": _("Outcome"),
    "own_word": _("Own word in messages"),
    "partner": _("Partner"),
    "phase": _("Phase"),
    "phone": _("Phone"),
    "place": _("Place"),
    "planned_start_on": _("Planned start"),
    "postal_code": _("Postal code"),
    "postal_codes": _("Postal codes"),
    "purpose": _("Purpose"),
    "question": _("Question"),
    "reason": _("Reason"),
    "recorded_by": _("Recorded by"),
    "reference": _("Reference number"),
    "reminder_style": _("Kind of reminders"),
    "reminded_at": _("Partner asked for an answer"),
    "requested_at": _("Asked for on"),
    "revoked_at": _("Taken back on"),
    "role": _("Role"),
    "safe_times": _("Safe times"),
    "search_words": _("Search words"),
    "sector": _("Sector"),
    "seen_at": _("Read by the partner"),
    "sent_at": _("Sent on"),
    "sent_by": _("Sent by"),
    "servicetopic": _("Topic"),
    "settings": _("How it takes place"),
    "started_at": _("Beginning"),
    "signed_by": _("Signed by"),
    "slug": _("Page"),
    "source": _("Where it comes from"),
    "starts_at": _("Beginning"),
    "starts_on": _("Beginning"),
    "state": _("State"),
    "street": _("Street"),
    "summary": _("What happens there"),
    "taken_back_at": _("Taken back on"),
    "template": _("Template"),
    "text": _("Text"),
    "texts": _("Texts"),
    "title": _("Title"),
    "topic": _("Topic"),
    "used_at": _("Accepted on"),
    "user": _("Person"),
    "valid_from": _("Valid from"),
    "valid_to": _("Valid to"),
    "video": _("Video"),
    "wants_email": _("Reminders by e-mail"),
    "wants_sms": _("Reminders by SMS"),
    "website": _("Website"),
    "what_to_bring": _("What to bring"),
    "withdrawal_recorded_by": _("Withdrawal recorded by"),
    "withdrawn_at": _("Withdrawn on"),
    "withdrawn_by": _("Withdrawn by"),
}

# Keys and inner matters; a founder's answers stand in the enquiry itself and are not changed after sending.
NOT_SHOWN = frozenset({
    "uuid", "code", "office", "case", "founder", "submission", "group", "position",
    "is_superuser", "joined_at", "created_at", "created_by", "written_at", "text_languages",
    "questionnaire_version", "is_callback", "keep_longer", "shipped_digest",
    "changed_at", "changed_by",
})  # fmt: skip


def kind_label(code: str) -> Any:
    """What a row of this kind is called; a kind that has no words yet by its model's name."""
    return KINDS.get(code, code.partition(".")[2])


def shown_fields(model: type[Event]) -> list[tuple[models.Field, str]]:
    """Columns that are shown, with their labels; of translated ones each language instead of the untranslated twin."""
    fields = {field.name: field for field in kept_fields(model)}
    kind, shown = model.pgh_tracked_model._meta.label_lower, []
    for name, field in fields.items():
        if f"{name}_de" in fields:
            continue
        base, _sign, language = name.rpartition("_")
        if base in fields and f"{base}_de" in fields:
            shown.append((field, f"{_label(kind, base)} ({get_language_info(language)['name_translated']})"))
        elif name not in NOT_SHOWN:
            shown.append((field, str(_label(kind, name))))
    return shown


def _label(kind: str, name: str) -> Any:
    return FIELDS_OF.get((kind, name)) or FIELDS.get(name, name)
