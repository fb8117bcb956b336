"""Codes of the advisors' screens."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CaseWarning(TextChoices):
    """What an advisor should not overlook when opening a case."""

    UNDER_18 = "under_18", _("Under 18: please call. Nothing is passed on to partners.")
    AGE_UNKNOWN = "age_unknown", _("Age not known yet: please ask. Until then nothing is passed on to partners.")
    START_WITHOUT_APPLICATION = (
        "start_without_application",
        _("A start is planned, but no application is recorded. Money for the start has to be asked for before it."),
    )
    MONEY_ASKED_FOR = (
        "money_asked_for",
        _("The founder asked for money in the enquiry. Please record the application with its time of receipt."),
    )


class DayPart(TextChoices):
    """The parts of "My day", in the order of the page; also what stands in its address."""

    APPOINTMENTS = "appointments", _("Appointments today")
    ENQUIRIES = "enquiries", _("New enquiries")
    ANSWERS = "answers", _("Answers of founders")
    CALLS = "calls", _("Second try to call")
    DEADLINES = "deadlines", _("Deadlines near or past")
    STEPS = "steps", _("Steps that are due")
    MESSAGES = "messages", _("Messages that did not arrive")
    DOCUMENTS = "documents", _("Documents to look at")
    REFERRALS = "referrals", _("Referrals without an answer")
    FOLLOW_UPS = "follow_ups", _("Follow-ups that are due")
    IDLE = "idle", _("Cases without a next step")


class NextAppointment(TextChoices):
    """When the founder is expected next, as the worklist filters by it."""

    TODAY = "today", pgettext_lazy("next appointment", "Today")
    WEEK = "week", _("Within 7 days")
    PLANNED = "planned", pgettext_lazy("next appointment", "Planned")
    NONE = "none", _("None planned")
    WITHOUT_OUTCOME = "without_outcome", _("Outcome not recorded yet")


class ViewRefusal(TextChoices):
    """Why a view of the worklist is not saved."""

    NAME_TAKEN = "name_taken", _("You have a view with this name already.")
    TOO_MANY = "too_many", _("You have 20 views already. Please delete one that you do not need.")


class HandedOn(TextChoices):
    """What became of an appointment that was to go to another advisor, or what would."""

    DONE = "done", _("Goes along")
    BUSY = "busy", _("Left: the new advisor has another appointment then")
    STALE = "stale", _("Left: somebody else changed the appointment in the meantime")
    OVER = "over", _("Left: the appointment has begun or is cancelled")
    GONE = "gone", _("Left: the appointment is not there any more")
    ADVISOR_LEFT = "advisor_left", _("Left: this person does not work on cases of your office any more")
